"""What a network does with one drawing: a file for each question asked of it."""
