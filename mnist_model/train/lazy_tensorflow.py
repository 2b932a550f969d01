"""TensorFlow, imported when it is first needed and without its chatter."""

import os
from types import ModuleType

from mnist_model.read.litert import standard_error_closed


def import_tensorflow() -> ModuleType:
    """The tensorflow module.

    It takes seconds to import, so only what can't do without it calls this. At import it writes to
    the process's standard error which instructions and drivers it did and did not find, and no
    setting of its own silences that.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # the same, later, about drivers
    with standard_error_closed():
        import tensorflow

    tensorflow.get_logger().setLevel("ERROR")  # several networks in a process are no mistake
    return tensorflow
