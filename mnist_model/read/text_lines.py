"""Sorts ink into lines of writing. Signs side by side are in one line, at any distance.

1. Ink that overlaps in both directions is one sign (or signs that touch). So is ink that overlaps
   from left to right, if its height together is at most that of another sign, or if it lies side by
   side with the same sign. Other signs above each other are in different lines.
2. The lines are the cheapest cover of all signs by chains from left to right. The cost of a link
   grows with its distance from the common direction of all lines. The cost of a line is high, so
   that a new line begins only if signs are above each other, or if the writing clearly begins again
   at the left and below. Of a few directions, the one with the cheapest cover is used.

Sources: Fulkerson, "Note on Dilworth's Decomposition Theorem for Partially Ordered Sets",
Proceedings of the AMS 7, 1956: the least cover by chains is an assignment of successors. Kuhn, "The
Hungarian Method for the Assignment Problem", Naval Research Logistics Quarterly 2, 1955.

Costs are negative log-likelihoods, in nats; lengths are in usual heights of the signs.
"""

from typing import NamedTuple

import numpy as np

MAX_LINES = 20  # with more, all ink is one line

_TALL = 0.5  # lower ink belongs to the nearest sign: a hat, a bar, a dot
_SAME_SIGN = 0.3  # overlap of two heights, as a share of the smaller one
_NEAR_BELOW = 0.1  # vertical distance of strokes that may be one digit
_NEAR_ALONE = 0.35  # likewise, if they are the only ink: an 8 of two rings
_NEAR_BESIDE = 2.0  # horizontal distance of neighbours in a line
_MIN_WIDTH = 0.5  # that a sign counts as, even a 1
_ABOVE = 0.5  # overlap of two widths, as a share of the smaller one, of signs above each other
_SLOPES = np.array([-0.27, -0.135, 0.0, 0.135, 0.27])  # of lines: up to 15 degrees
_SLOPE = 0.2  # standard deviation of the slope of a drawing's lines
_STRAY = 0.3  # standard deviation of a sign's height above its line
_BEND = 0.12  # standard deviation of a line's slope from sign to sign
_FAR = 0.1  # cost of a link for each height of its length
_NEW_LINE = 8.0  # cost of a line
_BACKWARDS = 7.0  # cost of a link from a sign that was written later
_NEVER = 1e6  # cost of an impossible link


class _Signs(NamedTuple):
    """Boxes of signs, ``(n,)`` each, and their order of writing if it is known."""

    left: np.ndarray
    top: np.ndarray
    right: np.ndarray
    bottom: np.ndarray
    begun: np.ndarray | None


def text_lines(boxes: np.ndarray, are_in_order: bool) -> list[list[np.ndarray]]:
    """Sort ink into lines of writing.

    Args:
        boxes: ``(n, 4)`` left, top, right, bottom of strokes or of parts of a picture; n > 0.
        are_in_order: whether they are in the order of writing.

    Returns:
        One or two ways, the likelier first: for each line from top to bottom the indices of its
        boxes.
    """
    left, top, right, bottom = boxes.T
    height = bottom - top
    usual = usual_height(height)
    tall = np.flatnonzero(height >= _TALL * usual)
    side, end, roof, foot = (edge[tall] for edge in (left, right, top, bottom))
    share = np.minimum(foot[:, None], foot) - np.maximum(roof[:, None], roof)
    lower = np.minimum(height[tall][:, None], height[tall])
    overlap = np.minimum(end[:, None], end) - np.maximum(side[:, None], side)
    both = np.maximum(foot[:, None], foot) - np.minimum(roof[:, None], roof)
    is_beside = share >= _SAME_SIGN * lower
    near_beside = (is_beside & (overlap >= -_NEAR_BESIDE * usual)).astype(int)
    is_one = (overlap > 0) & (is_beside | (both <= height.max()) | (near_beside @ near_beside > 0))
    near = _NEAR_ALONE if left.max() < right.min() else _NEAR_BELOW
    found: list[list[np.ndarray]] = []
    or_near = is_one | ((overlap > 0) & (share > -near * usual))
    for linked in (is_one,) if (or_near == is_one).all() else (is_one, or_near):
        sign = _connected(linked)
        line_of = _lines_of(_signs(boxes[tall], sign, are_in_order), usual)[sign]
        label = np.empty(len(boxes), int)
        label[tall] = line_of
        for index in np.setdiff1d(np.arange(len(boxes)), tall):
            across = np.maximum(side - right[index], left[index] - end)
            along = np.maximum(roof - bottom[index], top[index] - foot)
            away = np.hypot(np.maximum(across, 0), np.maximum(along, 0))
            label[index] = line_of[int(np.argmin(away))]
        lines = [np.flatnonzero(label == line) for line in range(int(label.max()) + 1)]
        if len(lines) > MAX_LINES:
            lines = [np.arange(len(boxes))]
        if not found or len(lines) < len(found[0]):
            found.append(lines)
    return found


def usual_height(heights: np.ndarray) -> float:
    """Median height of strokes, without dots and bars."""
    return float(np.median(heights[heights >= 0.35 * heights.max()]))


def _signs(boxes: np.ndarray, sign: np.ndarray, are_in_order: bool) -> _Signs:
    """Boxes around each sign; ``sign`` has the sign's index of each of the ``boxes``."""
    count = int(sign.max()) + 1
    low, high = np.full((count, 2), np.inf), np.full((count, 2), -np.inf)
    np.minimum.at(low, sign, boxes[:, :2])
    np.maximum.at(high, sign, boxes[:, 2:])
    begun = np.unique(sign, return_index=True)[1] if are_in_order else None
    return _Signs(low[:, 0], low[:, 1], high[:, 0], high[:, 1], begun)


def _lines_of(signs: _Signs, usual: float) -> np.ndarray:
    """``(n,)`` index of each sign's line, from top to bottom."""
    usual = usual or 1.0
    x, y = (signs.left + signs.right) / 2 / usual, (signs.top + signs.bottom) / 2 / usual
    half = np.maximum(signs.right - signs.left, _MIN_WIDTH * usual) / 2 / usual
    far, down = x - x[:, None], y - y[:, None]  # from the row's sign to the column's
    narrower = np.minimum(half, half[:, None])
    share = np.minimum(signs.bottom[:, None], signs.bottom) - np.maximum(
        signs.top[:, None], signs.top
    )
    tall = signs.bottom - signs.top
    is_beside = share >= _SAME_SIGN * np.minimum(tall[:, None], tall)
    follows = (far > 0) & (is_beside | (half + half[:, None] - far <= 2 * _ABOVE * narrower))
    order = np.argsort(x)
    pairs = order[:-1], order[1:]
    if follows[pairs].all():
        return _side_by_side(signs, order, far[pairs], down[pairs])
    far = np.where(follows, far, 1.0)
    order_cost = 0.0 if signs.begun is None else _BACKWARDS * (signs.begun[:, None] > signs.begun)
    best: tuple[float, np.ndarray, np.ndarray] | None = None
    for slope in sorted(_SLOPES, key=abs):
        link = _stray(far, down - slope * far) + _FAR * far + order_cost
        after = _cheapest_chains(np.where(follows, link, np.inf))
        linked = np.flatnonzero(after >= 0)
        cost = float(link[linked, after[linked]].sum()) + (slope / _SLOPE) ** 2 / 2
        lines = len(after) - len(linked)
        if best is None or cost + _NEW_LINE * lines < best[0]:
            best = cost + _NEW_LINE * lines, after, y - slope * x
    assert best is not None
    line = _chain_of(best[1])
    height = np.bincount(line, best[2]) / np.bincount(line)
    return np.argsort(np.argsort(height))[line]


def _stray(far: np.ndarray, down: np.ndarray) -> np.ndarray:
    """The cost of a next sign that is so far, and so much lower or higher than expected."""
    return down**2 / (_STRAY**2 + (_BEND * far) ** 2) / 2


def _side_by_side(
    signs: _Signs, order: np.ndarray, far: np.ndarray, down: np.ndarray
) -> np.ndarray:
    """As `_lines_of`, if no sign is above another: ``far`` and ``down`` from each sign to the next.

    A new line begins where all ink at the left is below all ink at the right, and too steeply for
    one line. If the order of writing is known, the left ink must also have been written later.
    """
    top, bottom = signs.top[order], signs.bottom[order]
    is_below = np.minimum.accumulate(top)[:-1] > np.maximum.accumulate(bottom[::-1])[::-1][1:]
    cost = _stray(far, np.minimum(down + _SLOPES[-1] * far, 0))
    if signs.begun is not None:
        is_below &= signs.begun[order][:-1] > signs.begun[order][1:]
        cost += _BACKWARDS
    begins = np.concatenate([[False], is_below & (cost >= _NEW_LINE)])
    line = np.empty(len(order), int)
    line[order] = begins.sum() - np.cumsum(begins)
    return line


def _cheapest_chains(link: np.ndarray) -> np.ndarray:
    """The cover by chains that costs least, where each chain costs `_NEW_LINE`.

    Args:
        link: ``(n, n)`` cost of a link from the row's sign to the column's; infinite if impossible.

    Returns:
        ``(n,)`` the successor of each sign, or -1.
    """
    count = len(link)
    ends = np.where(np.eye(count, dtype=bool), _NEW_LINE, _NEVER)
    chosen = _assigned(np.hstack([np.minimum(link, _NEVER), ends]))
    return np.where(chosen < count, chosen, -1)


def _assigned(costs: np.ndarray) -> np.ndarray:
    """Assign a different column to each row, with the smallest sum of costs.

    Args:
        costs: ``(n, m)`` finite, n <= m.
    """
    rows, columns = costs.shape
    of_row, of_column = np.zeros(rows + 1), np.zeros(columns + 1)  # potentials
    owner = np.full(columns + 1, -1)  # row of each column; a search begins at the last
    for row in range(rows):
        owner[-1], column = row, columns
        least = np.full(columns, np.inf)
        came_from = np.full(columns, columns)
        seen = np.zeros(columns + 1, bool)
        while owner[column] >= 0:  # to a free column, by the cheapest path
            seen[column] = True
            reduced = costs[owner[column]] - of_row[owner[column]] - of_column[:-1]
            is_less = ~seen[:-1] & (reduced < least)
            least[is_less] = reduced[is_less]
            came_from[is_less] = column
            nearest = int(np.where(seen[:-1], np.inf, least).argmin())
            step = least[nearest]
            of_row[owner[seen]] += step
            of_column[seen] -= step
            least[~seen[:-1]] -= step
            column = nearest
        while column != columns:
            owner[column] = owner[came_from[column]]
            column = came_from[column]
    chosen = np.empty(rows, int)
    taken = np.flatnonzero(owner[:-1] >= 0)
    chosen[owner[taken]] = taken
    return chosen


def _chain_of(after: np.ndarray) -> np.ndarray:
    """``(n,)`` index of each sign's chain."""
    linked = np.eye(len(after), dtype=bool)
    linked[np.flatnonzero(after >= 0), after[after >= 0]] = True
    return _connected(linked | linked.T)


def _connected(linked: np.ndarray) -> np.ndarray:
    """``(n,)`` indices of the connected components of a graph, ``(n, n)`` bool."""
    label = np.full(len(linked), -1)
    count = 0
    for seed in range(len(linked)):
        if label[seed] >= 0:
            continue
        front = np.array([seed])
        label[seed] = count
        while len(front):
            reached = linked[front].any(axis=0) & (label < 0)
            label[reached] = count
            front = np.flatnonzero(reached)
        count += 1
    return label
