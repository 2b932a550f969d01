"""With this folder in PYTHONPATH no process can import TensorFlow or Keras."""

import sys

sys.modules["tensorflow"] = sys.modules["keras"] = None  # pyright: ignore[reportArgumentType]
