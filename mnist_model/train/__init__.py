"""Networks, data and training: the only folder that needs TensorFlow."""
