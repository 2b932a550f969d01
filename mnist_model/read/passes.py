"""Lets a thread wait for pens between two passes through a network, or two generated digits."""

import threading
import time
from collections.abc import Callable

REST = 9.0  # a thread rests for so many times a pass's time, while drawings wait
_own = threading.local()


def wait_between_passes(wait: Callable[[float], object]) -> None:
    """Call ``wait(seconds)`` before each later pass or digit of the current thread.

    ``seconds`` are `REST` times those since the last call.
    """
    _own.wait, _own.since = wait, time.perf_counter()


def before_pass() -> None:
    """Wait, in a thread that has called `wait_between_passes`. To be called before each pass."""
    wait = getattr(_own, "wait", None)
    if wait is not None:
        wait(REST * (time.perf_counter() - _own.since))
        _own.since = time.perf_counter()
