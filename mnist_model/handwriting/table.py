"""Reads the tables of forms, `digits.txt` and `others.txt`.

A row is a name, its frequency relative to the others, and outlines::

    0 a drop: 0.6
      34,0 4,48 8,92 38,98 52,60 38,18 22,2
      40,0 -4,60 14,100 50,92 58,50 46,20 30,8
    0 plain: 5 = ring((-10°,20°))

An outline has ``x,y`` for each knot in hundredths of the height, ``!`` after a corner, and ``|``
where the pen is lifted. All outlines of a digit's form have the same knots, and the figure is a
random mixture of them. Other forms are one of their outlines, chosen at random. An outline may also
be computed from random values, or by a function (`computed`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import ModuleType

import numpy as np

from mnist_model.handwriting.computed import Draw, computed
from mnist_model.handwriting.hand import Figure, Knots

Rng = np.random.Generator

_MISSED = 0.012  # standard deviation of each knot of a mixture
_BEYOND = 0.25  # share by which a mixture may lie outside the outlines


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes:
        name: of the form.
        weight: its frequency relative to the others.
        outlines: its lines as text.
    """

    name: str
    weight: float
    outlines: list[str]

    def draw(self, of_outlines: Callable[[list[str]], Draw], *modules: ModuleType) -> Draw:
        """The function that draws the form.

        Args:
            of_outlines: makes a function from outlines.
            modules: whose functions draw parts and figures.
        """
        if not any(re.search("[=~±?(]", line) for line in self.outlines):
            return of_outlines(self.outlines)
        parts = {name: value for module in modules for name, value in vars(module).items()}
        return computed(self.outlines, parts)


def rows(file: str) -> list[Row]:
    """The rows of a table in this folder."""
    read: list[Row] = []
    for line in (Path(__file__).parent / file).read_text().splitlines():
        if line.startswith("  "):
            read[-1].outlines.append(line.strip())
        elif line and not line.startswith("#"):
            name, _, rest = line.partition(": ")
            weight, _, outline = rest.partition(" = ")
            read.append(Row(name, float(weight), [outline] if outline else []))
    return read


def figure(form: str) -> Figure:
    """The strokes of an outline.

    >>> figure("0,100 30,0! 60,100")
    [[(0.0, 1.0), (0.3, 0.0), (0.3, 0.0), (0.6, 1.0)]]
    """
    return [_stroke(text) for text in form.split("|")]


def _stroke(text: str) -> Knots:
    knots: Knots = []
    for word in text.split():
        x, y = word.rstrip("!").split(",")
        knots += [(int(x) / 100, int(y) / 100)] * (2 if word.endswith("!") else 1)
    return knots


def written_form(outlines: list[str]) -> Draw:
    """A random mixture of the outlines of a form, with the corners of the nearest outline.

    Raises:
        ValueError: if they differ in their strokes or knots.
    """
    figures = [[_once(stroke) for stroke in figure(outline)] for outline in outlines]
    lengths = [len(knots) for knots, _ in figures[0]]
    if any([len(knots) for knots, _ in strokes] != lengths for strokes in figures):
        raise ValueError(
            f"The outlines of a form must have the same knots; these differ: {outlines}."
        )
    knots = np.array([[knot for stroke, _ in strokes for knot in stroke] for strokes in figures])
    corners = [[corner for _, corner in strokes] for strokes in figures]
    ends = np.cumsum(lengths)[:-1]

    def draw(rng: Rng) -> Figure:
        shares = rng.dirichlet(np.full(len(knots), 0.8))
        nearest = corners[int(shares.argmax())]
        shares = shares + _BEYOND * rng.random() * (shares - 1 / len(shares))
        points = np.tensordot(shares, knots, 1) + rng.normal(0, _MISSED, knots[0].shape)
        return [
            [
                (x, y)
                for (x, y), corner in zip(stroke.tolist(), sharp, strict=True)
                for _ in range(1 + corner)
            ]
            for stroke, sharp in zip(np.split(points, ends), nearest, strict=True)
        ]

    return draw


def _once(stroke: Knots) -> tuple[Knots, list[bool]]:
    """The knots of a stroke without repetitions, and whether each is a corner."""
    knots = [(knot, len(list(same)) > 1) for knot, same in groupby(stroke)]
    return [knot for knot, _ in knots], [is_corner for _, is_corner in knots]


def one_of(outlines: list[str]) -> Draw:
    """A random outline of a form, wider or narrower."""
    figures = [figure(outline) for outline in outlines]

    def draw(rng: Rng) -> Figure:
        wide = float(np.exp(rng.normal(0, 0.18)))
        return [
            [(x * wide, y) for x, y in stroke] for stroke in figures[rng.integers(len(figures))]
        ]

    return draw
