"""A bar over all stages of a training, with the time left from its first second."""

import contextlib
import io
import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

from tqdm import tqdm

_TRUST = 0.03  # share of the work after which the estimate counts as much as the clock


class Progress:
    """Shows on a screen how much of the work is done, and how long the rest takes.

    Work is counted in estimated seconds. How long they really take is learned on the way, so that
    the estimates need only be right beside each other.
    """

    def __init__(
        self,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        screen: bool | None = None,
    ) -> None:
        """Show that nothing is done yet.

        Args:
            seconds: of work, estimated.
            clock: tells seconds.
            screen: whether to show anything; None: if standard error is a terminal.
        """
        self.clock, self.started = clock, clock()
        self.seconds, self.done = seconds, 0.0
        self.printed = contextlib.ExitStack()
        self.bar = tqdm(
            total=seconds,
            bar_format="{percentage:3.0f} % |{bar}| {desc}",
            disable=None if screen is None else not screen,
            leave=False,
        )
        self.advance(0)

    def advance(self, seconds: float) -> None:
        """So much of the work is done."""
        self.done += seconds
        self.bar.set_description_str(f"{in_words(self.left())} left", refresh=False)
        self.bar.update(seconds)
        if not seconds:
            self.bar.refresh()

    def left(self) -> float:
        """Seconds until all is done: by the estimate at first, and then by the clock."""
        share = min(self.done / self.seconds, 1.0)
        total = _TRUST * self.seconds + self.clock() - self.started
        return (1 - share) * total / (_TRUST + share)

    def __enter__(self) -> "Progress":
        """Until the end of the block; what is printed meanwhile appears above the bar."""
        if not self.bar.disable:
            self.printed.enter_context(contextlib.redirect_stdout(_Above(sys.stdout, self.bar)))
        return self

    def __exit__(self, *error: object) -> None:
        """Take the bar away."""
        self.printed.close()
        self.bar.close()


class _Above(io.TextIOBase):
    """Standard output above the bar, line by line."""

    def __init__(self, output: TextIO, bar: "tqdm[Any]") -> None:
        self.output, self.bar, self.line = output, bar, ""

    def write(self, text: str) -> int:
        lines, newline, self.line = (self.line + text).rpartition("\n")
        if newline:
            with tqdm.external_write_mode(self.bar.fp):  # it takes the bar away meanwhile
                self.output.write(lines + newline)
                self.output.flush()
        return len(text)


def in_words(seconds: float) -> str:
    """A duration, as exact as an estimate of it is: "40 s", "3 min", "1 h 20 min"."""
    if seconds < 55:
        return f"{5 * round(seconds / 5)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
