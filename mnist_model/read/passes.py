"""A thread can wait between two passes through a network, or two generated digits, for pens."""

import threading
from collections.abc import Callable

_own = threading.local()


def wait_between_passes(wait: Callable[[], object]) -> None:
    """From now on call ``wait`` before each pass or digit of the current thread."""
    _own.wait = wait


def before_pass() -> None:
    """Call before each pass or digit; does nothing in threads without `wait_between_passes`."""
    wait = getattr(_own, "wait", None)
    if wait is not None:
        wait()
