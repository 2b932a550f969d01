"""The log: a line of JSON for each second with readings, and at most one traceback a second."""

import json
import logging
import threading
import time
from datetime import UTC, datetime

import numpy as np

from mnist_model import MicroBatcher

INTERVAL_S = 1.0
Counts = tuple[int, int]  # readings and passes since the start


def log_line(batcher: MicroBatcher, before: Counts, now: Counts) -> str | None:
    """The readings between two counts, as JSON; None if there were none."""
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
    """Passes one traceback a second, so that bad requests cannot fill the disk."""

    def __init__(self) -> None:
        """Start with no traceback."""
        super().__init__()
        self._last = -INTERVAL_S

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is logged."""
        if record.exc_info is None:
            return True
        now = time.monotonic()
        if now - self._last < INTERVAL_S:
            return False
        self._last = now
        return True


def limit_tracebacks() -> None:
    """Throttle tracebacks in the loggers of asyncio, uvicorn and this program."""
    for name in ("asyncio", "demo", "uvicorn.error"):
        logging.getLogger(name).addFilter(TracebackLimit())


def log_activity(batcher: MicroBatcher) -> None:
    """Print a line for each second with readings, from a thread, until the process ends."""

    def log() -> None:
        before = (batcher.readings, batcher.passes)
        while True:
            time.sleep(INTERVAL_S)
            now = (batcher.readings, batcher.passes)
            if words := log_line(batcher, before, now):
                print(words, flush=True)
            before = now

    threading.Thread(target=log, name="activity log", daemon=True).start()
