"""Processes beside the server's: pens are read in that one, and never wait for these."""

import contextlib
import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import wait


def step_back(niceness: int) -> None:
    """Called first in such a process: it is less urgent by so much, and ends with the server."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the server's, which ends this one
    threading.Thread(target=_end_with_server, daemon=True).start()
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(niceness)


def _end_with_server() -> None:
    server = multiprocessing.parent_process()
    if server is not None:
        wait([server.sentinel])
        os._exit(0)
