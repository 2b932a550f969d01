"""The page: Gradio in here, no TensorFlow."""
