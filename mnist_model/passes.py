"""Between two passes through a network a thread can let others go first."""

import threading
from collections.abc import Callable

_own = threading.local()


def wait_between_passes(wait: Callable[[], object]) -> None:
    """Call ``wait`` from now on before each pass that this thread makes for an explanation."""
    _own.wait = wait


def before_pass() -> None:
    """Whatever makes many passes calls this before each; does nothing in other threads."""
    wait = getattr(_own, "wait", None)
    if wait is not None:
        wait()
