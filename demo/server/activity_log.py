"""What the log is told: a line of JSON for each second in which something was read, and no more
tracebacks than somebody can read.
"""

import json
import logging
import threading
import time
from datetime import UTC, datetime

import numpy as np

from mnist_model import MicroBatcher

EVERY = 1.0  # s


Counts = tuple[int, int]  # readings and passes since the start


def line(batcher: MicroBatcher, before: Counts, now: Counts) -> str | None:
    """What was read in between; None if nothing was."""
    readings, passes = (new - old for new, old in zip(now, before, strict=True))
    if not readings:
        return None
    p50, p95, p99 = 1000 * np.percentile(batcher.take_seconds() or [0.0], [50, 95, 99])
    return json.dumps(
        {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "readings": readings,
            "passes": passes,
            "waiting": batcher.waiting,
            "p50_ms": round(p50, 1),
            "p95_ms": round(p95, 1),
            "p99_ms": round(p99, 1),
        }
    )


class TracebackLimit(logging.Filter):
    """Lets one traceback a second pass, so that nobody can fill the disk by provoking them."""

    def __init__(self) -> None:
        """Nothing has passed yet."""
        super().__init__()
        self._last = -EVERY

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is logged."""
        if record.exc_info is None:
            return True
        now = time.monotonic()
        if now - self._last < EVERY:
            return False
        self._last = now
        return True


def limit_tracebacks() -> None:
    """Throttle tracebacks in the logs of asyncio, of uvicorn and of this program."""
    for name in ("asyncio", "demo", "uvicorn.error"):
        logging.getLogger(name).addFilter(TracebackLimit())


def log_activity(batcher: MicroBatcher) -> None:
    """Print such lines from a thread of their own, for as long as the process runs."""

    def keep() -> None:
        before = (batcher.readings, batcher.passes)
        while True:
            time.sleep(EVERY)
            now = (batcher.readings, batcher.passes)
            if words := line(batcher, before, now):
                print(words, flush=True)
            before = now

    threading.Thread(target=keep, name="activity log", daemon=True).start()
