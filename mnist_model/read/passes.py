"""Between two passes through a network, or two digits written, a thread can let others go first."""

import threading
from collections.abc import Callable

_own = threading.local()


def wait_between_passes(wait: Callable[[], object]) -> None:
    """Call ``wait`` from now on before each pass or digit that this thread makes for a tab."""
    _own.wait = wait


def before_pass() -> None:
    """Called before each of many passes or digits; does nothing in other threads."""
    wait = getattr(_own, "wait", None)
    if wait is not None:
        wait()
