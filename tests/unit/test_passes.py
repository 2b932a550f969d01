"""A thread rests between passes, for as long as its passes take."""

import threading
import time

from mnist_model.read import passes
from mnist_model.read.passes import before_pass, wait_between_passes


def test_threads_rest_in_proportion_to_their_last_pass(monkeypatch):
    rests, now = [], iter([10.0, 11.0, 14.0, 14.5, 20.0])
    monkeypatch.setattr(time, "perf_counter", lambda: next(now))
    monkeypatch.setattr(passes, "_own", threading.local())
    before_pass()  # no thread of a queue: no rest
    wait_between_passes(rests.append)
    before_pass()
    before_pass()
    assert rests == [passes.REST * 1.0, passes.REST * 0.5]
