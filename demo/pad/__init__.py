"""The sketchpad's server side."""
