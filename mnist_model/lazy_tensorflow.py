"""TensorFlow, imported when it is first needed and without its chatter."""

import contextlib
import os
from collections.abc import Generator
from types import ModuleType


def import_tensorflow() -> ModuleType:
    """The tensorflow module.

    It takes seconds to import, so only what can't do without it calls this. At import it writes to
    the process's standard error which instructions and drivers it did and did not find, and no
    setting of its own silences that.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # the same, later, about drivers
    with _standard_error_closed():
        import tensorflow

    tensorflow.get_logger().setLevel("ERROR")  # several networks in a process are no mistake
    return tensorflow


@contextlib.contextmanager
def _standard_error_closed() -> Generator[None]:
    standard_error = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(standard_error, 2)
        os.close(standard_error)
        os.close(nowhere)
