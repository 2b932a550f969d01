"""28×28 pixels to a reading."""
