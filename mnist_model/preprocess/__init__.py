"""Ink, strokes or pictures, to 28×28 pixels in MNIST format."""
