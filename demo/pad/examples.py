"""Drawings that the page offers: to watch, kinds of digits that networks like to misread; and the
tour's, with what each of its experiments opens.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mnist_model import NEAT, Drawing, write_digit, write_non_digit

_PAD = 1000  # units along a side, as in assets/shared/strokes.js
_GRAIN = 0.5  # of a unit: the grid on which the page's points lie
_TALL = 660  # units that the longer side fills
_STEP = 6  # units; points closer than this say nothing new

_STEPS = 8  # points between two corners of the drawing that is made by hand
_OPEN_4 = [
    [(0.44, 0.2), (0.36, 0.3), (0.3, 0.42), (0.4, 0.53), (0.66, 0.5)],
    [(0.68, 0.25), (0.65, 0.52), (0.62, 0.85)],
]
_BETWEEN_4_AND_9 = [
    [(0.57, 0.2), (0.47, 0.25), (0.36, 0.42), (0.4, 0.53), (0.66, 0.5)],
    [(0.68, 0.18), (0.65, 0.52), (0.62, 0.85)],
]


def examples() -> list[dict[str, Any]]:
    """The examples in the order in which they are shown.

    Returns:
        For each a ``name``, to which the page's texts have an ``example_<name>``, and ``strokes``:
        lists of [x, y] points in pad units.
    """
    drawings = {
        "flag": write_digit(1, np.random.default_rng(3), "with a long flag", NEAT),
        "crossed": write_digit(7, np.random.default_rng(8), "crossed", NEAT),
        "curled": write_digit(9, np.random.default_rng(7), "curled", NEAT),
        "slashed": write_digit(0, np.random.default_rng(6), "slashed", NEAT),
        "ambiguous": [_smooth(corners) for corners in _BETWEEN_4_AND_9],
        "letter": write_non_digit(np.random.default_rng(7), "letter R", NEAT),
        "scribble": write_non_digit(np.random.default_rng(6), "tangle", NEAT),
    }
    return [{"name": name, "strokes": _on_pad(drawing)} for name, drawing in drawings.items()]


def experiments() -> list[dict[str, Any]]:
    """The tour's experiments, in their order; assets/stage/tour_steps.js says when each is done.

    Returns:
        For each a ``name``, to which the page's texts have a ``tour_<name>`` and its ``_task``; the
        ``strokes`` to begin with, in pad units, or none; the ``tab`` that is opened, and the
        ``choices`` made in it, by the test id of each field.
    """
    drawn = {example["name"]: example["strokes"] for example in examples()}
    seven = write_digit(7, np.random.default_rng(2), "plain", NEAT)
    six = write_digit(6, np.random.default_rng(4), "plain", NEAT)
    five = write_digit(5, np.random.default_rng(1), "in two strokes", NEAT)
    four = _on_pad([_smooth(corners) for corners in _OPEN_4])
    blank: list[Any] = []
    return [
        _experiment("map", drawn["crossed"], "network"),
        _experiment("corner", blank, "preprocessing"),
        _experiment("crossbar", _on_pad(seven), "attribution", digit="7", against="1"),
        _experiment("gap", drawn["ambiguous"], "attribution", digit="4", against="9"),
        _experiment("none", blank, "network"),
        _experiment("turn", _on_pad(six), "perturbation", change="rotation"),
        _experiment("middle", _on_pad(five), "comparison", right="0", down="0"),
        _experiment("ink", four, "attribution", digit="9", against="4"),
        _experiment("least", four, "adversarial", target="9", norm="linf"),
        _experiment("seven", blank, "comparison", right="0", down="0"),
    ]


def lesson_drawings() -> dict[str, list[Any]]:
    """The strokes, in pad units, that Teach one draws on the pad, by the name of its lesson."""
    two = _on_pad(write_digit(2, np.random.default_rng(3), "plain", NEAT))
    seven = _on_pad(write_digit(7, np.random.default_rng(23), "crossed", NEAT))
    five = _on_pad(write_digit(5, np.random.default_rng(1), "in two strokes", NEAT))
    corner = [[[0.45 * x + 20, 0.45 * y + 20] for x, y in stroke] for stroke in five]
    return {"three": two, "crossed": seven, "middle": corner, "wrong": two}


def _experiment(name: str, strokes: list[Any], tab: str, **choices: str) -> dict[str, Any]:
    return {"name": name, "strokes": strokes, "tab": tab, "choices": choices}


def _smooth(corners: Sequence[tuple[float, float]]) -> np.ndarray:
    """A Catmull-Rom spline through the corners: ``(n, 2)`` points."""
    p = np.array([corners[0], *corners, corners[-1]])
    t = np.linspace(0, 1, _STEPS, endpoint=False)[:, None]
    pieces = [
        b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return np.vstack([*pieces, p[-1]])


def _on_pad(drawing: Drawing) -> list[list[list[float]]]:
    """In the middle of the pad, on its grid, with no more points than are seen."""
    points = np.concatenate(drawing)
    lowest, highest = points.min(axis=0), points.max(axis=0)
    scale = _TALL / (highest - lowest).max()
    middle = (lowest + highest) / 2
    strokes = []
    for stroke in drawing:
        placed = np.round(((stroke - middle) * scale + _PAD / 2) / _GRAIN) * _GRAIN
        kept = [placed[0]]
        for point in placed[1:]:
            if np.hypot(*(point - kept[-1])) >= _STEP:
                kept.append(point)
        strokes.append([point.tolist() for point in kept])
    return strokes
