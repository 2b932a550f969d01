"""TensorFlow, imported when it is first needed and without its chatter."""

import contextlib
import os
import threading
from collections.abc import Generator
from types import ModuleType


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


_standard_error = threading.Lock()


@contextlib.contextmanager
def standard_error_closed() -> Generator[None]:
    """What is written to the process's standard error meanwhile, by C++ too, goes nowhere."""
    with _standard_error:  # two at once could each keep the other's nowhere
        standard_error = os.dup(2)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 2)
            yield
        finally:
            os.dup2(standard_error, 2)
            os.close(standard_error)
            os.close(nowhere)
