"""Drawings as pen strokes: checks and measures.

A stroke is an ``(n, 2)`` float64 array of points, x to the right and y downwards, in any unit.
A drawing is a list of strokes in writing order; a blank drawing has no strokes.
"""

import itertools
from collections.abc import Sequence
from typing import Any, TypeAlias, TypeGuard

import numpy as np

from mnist_model.preprocess.errors import UserError

Stroke: TypeAlias = np.ndarray
Drawing: TypeAlias = list[Stroke]

MAX_STROKES = 1_000
MAX_POINTS = 20_000
MAX_COORDINATE = 1e9
_MIN_COORDINATE = 1e-100  # nearer to 0 is 0: a quotient of two distances is finite

_SHAPE_ADVICE = "A drawing is a list of strokes, and a stroke is a list of [x, y] points"


def parse(drawing: object) -> Drawing:
    """Check a drawing from outside, and return it as arrays.

    Args:
        drawing: a sequence of strokes, each a sequence of ``(x, y)`` points or an ``(n, 2)`` array,
            in any unit.

    Returns:
        ``(n, 2)`` float64 arrays with n >= 1; an empty list for a blank drawing.

    Raises:
        ValueError: with a sentence that says what is wrong and what is allowed.
    """
    if isinstance(drawing, np.ndarray) and drawing.dtype == object:
        drawing = drawing.tolist()
    if not _is_sequence(drawing):
        raise UserError(f"{_SHAPE_ADVICE}; this is a {type(drawing).__name__}.")
    if len(drawing) > MAX_STROKES:
        raise UserError(
            f"The drawing has {len(drawing):,} strokes; at most {MAX_STROKES:,} are allowed."
        )
    points_left = MAX_POINTS
    strokes = []
    for position, stroke in enumerate(drawing, start=1):
        array = _parse_stroke(stroke, position, points_left)
        points_left -= len(array)
        strokes.append(array)
    return strokes


def _parse_stroke(stroke: object, position: int, points_left: int) -> Stroke:
    if not _is_sequence(stroke):
        raise UserError(f"{_SHAPE_ADVICE}; stroke {position} is a {type(stroke).__name__}.")
    # Lengths are checked before arrays are made: a million points must not cost time or memory.
    if len(stroke) == 0:
        raise UserError(f"Stroke {position} is empty; a stroke needs at least one [x, y] point.")
    if len(stroke) > points_left:
        raise UserError(
            f"The drawing has more than {MAX_POINTS:,} points; send fewer points for each stroke."
        )
    if isinstance(stroke, np.ndarray):
        # The type is checked first: astype would convert bool and text to numbers.
        is_points = stroke.dtype.kind in "iuf" and stroke.ndim == 2 and stroke.shape[1] == 2
        array = np.asarray(stroke).astype(np.float64) if is_points else None
    else:
        array = _points_to_array(stroke)
    if array is None:
        raise UserError(
            f"Every point must be a pair of numbers [x, y]; stroke {position} has other values."
        )
    if not np.isfinite(array).all():
        raise UserError(
            f"Stroke {position} has a coordinate that is not a finite number (NaN or infinity)."
        )
    size = np.abs(array)
    if size.max() > MAX_COORDINATE:
        raise UserError(
            f"Stroke {position} has a coordinate beyond ±{MAX_COORDINATE:.0e}; use smaller units."
        )
    array[size < _MIN_COORDINATE] = 0.0
    return array


def _points_to_array(points: Sequence[Any]) -> np.ndarray | None:
    """``(n, 2)`` float64; None if a point is not a pair of numbers.

    The types that JSON has are checked together, since each pen sends 30 drawings a second. Other
    types, such as NumPy's numbers, are checked one by one.
    """
    are_pairs = set(map(type, points)) <= {list, tuple} and set(map(len, points)) == {2}
    if not are_pairs and not all(_is_sequence(point) and len(point) == 2 for point in points):
        return None
    values = list(itertools.chain.from_iterable(points))
    if not (set(map(type, values)) <= {int, float} or all(map(_is_number, values))):
        return None
    try:
        return np.array(values, float).reshape(-1, 2)
    except OverflowError:  # an int too large for a float
        return np.full((1, 2), np.inf)


def _is_sequence(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)


def bounding_box(strokes: Drawing) -> tuple[np.ndarray, np.ndarray]:
    """The ``(2,)`` corners (x, y), lowest and highest, of a drawing's points; it is not blank."""
    points = np.concatenate(strokes)
    return points.min(axis=0), points.max(axis=0)


def first_points(drawing: object, count: int) -> Drawing:
    """The beginning of a drawing, as it was when the pen had drawn so many points.

    Args:
        drawing: as for `parse`.
        count: of points over all strokes, at least 1.

    Returns:
        The strokes up to that point; the last may be a part of a stroke.

    Raises:
        ValueError: if ``drawing`` is not a drawing, or ``count`` is not a whole number above 0.
    """
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise UserError(f"The count of points must be a whole number above 0, not {count!r:.50}.")
    begun = []
    for stroke in parse(drawing):
        if count < 1:
            break
        begun.append(stroke[:count])
        count -= len(stroke)
    return begun


def resample(path: np.ndarray, spacing: float, steps: np.ndarray | None = None) -> np.ndarray:
    """Add points to a path, so that neighbours are at most ``spacing`` apart.

    Args:
        path: ``(n, 2)`` points.
        spacing: the largest step allowed, in the path's unit, above 0.
        steps: ``(n - 1, 2)`` from each point to the next; (0, 0) adds no points, between strokes.
            By default the path is one stroke.

    Returns:
        ``(m, 2)`` float64 points, m >= n, in writing order.
    """
    if len(path) == 1:
        return path
    if steps is None:
        steps = np.diff(path, axis=0)
    steps = steps[: len(path) - 1]
    pieces = np.maximum(np.ceil(np.hypot(steps[:, 0], steps[:, 1]) / spacing), 1).astype(int)
    segment = np.repeat(np.arange(len(pieces)), pieces)
    first = np.cumsum(pieces) - pieces
    fraction = (np.arange(len(segment)) - first[segment]) / pieces[segment]
    return np.vstack([path[segment] + fraction[:, None] * steps[segment], path[-1:]])
