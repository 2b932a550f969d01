"""The time left of a training."""

import io
import sys

import pytest

from mnist_model.train.progress import Progress, in_words


def test_time_left_begins_with_the_estimate_and_follows_the_clock(capsys):
    now = [0.0]
    with Progress(100, clock=lambda: now[0], screen=True) as progress:
        assert progress.left() == pytest.approx(100)
        for second in range(1, 101):  # three times as long as estimated
            now[0] = 3.0 * second
            progress.advance(1)
            if second == 20:
                assert progress.left() == pytest.approx(240, rel=0.15)
                print("Epoch 1")
        assert progress.left() == pytest.approx(0, abs=1)
    printed = capsys.readouterr()
    assert "2 min left" in printed.err  # before anything was done
    assert "Epoch 1" in printed.out


def test_no_bar_is_drawn_without_a_screen(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with Progress(100) as progress:
        progress.advance(50)
    assert sys.stderr.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (42, "40 s"), (58, "1 min"), (190, "3 min"), (4_800, "1 h 20 min")],
)
def test_a_duration_is_told_as_exactly_as_it_is_known(seconds, words):
    assert in_words(seconds) == words
