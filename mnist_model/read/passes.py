"""A thread can wait between two passes through a network, or two generated digits, for pens."""

import threading
import time
from collections.abc import Callable

REST = 9.0  # a thread rests for so many times a pass's time, while drawings wait
_own = threading.local()


def wait_between_passes(wait: Callable[[float], object]) -> None:
    """From now on call ``wait(seconds)`` before each pass or digit of the current thread.

    ``seconds`` are `REST` times those that went by since the last call.
    """
    _own.wait, _own.since = wait, time.perf_counter()


def before_pass() -> None:
    """Call before each pass or digit; does nothing in threads without `wait_between_passes`."""
    wait = getattr(_own, "wait", None)
    if wait is not None:
        wait(REST * (time.perf_counter() - _own.since))
        _own.since = time.perf_counter()
