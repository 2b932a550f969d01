"""Sorts ink into lines of writing. Signs side by side are in one line, at any distance.

1. Ink that overlaps in both directions is one sign (or signs that touch). Ink that overlaps only
   from left to right is one sign, too, if its total height is at most that of another sign, or if
   the same sign lies next to all of it. Other signs above each other are in different lines.
2. The lines are the cheapest cover of all signs by chains from left to right. The cost of a link
   grows with its distance from the common direction of all lines. The cost of a line is high, so
   that a new line begins only if signs are above each other, or if the writing clearly begins again
   at the left and below. This is done for a few directions, and the cheapest cover is used.

Sources: Fulkerson, "Note on Dilworth's Decomposition Theorem for Partially Ordered Sets",
Proceedings of the AMS 7, 1956: the least cover by chains is an assignment of successors. Kuhn, "The
Hungarian Method for the Assignment Problem", Naval Research Logistics Quarterly 2, 1955.

Costs are negative log-likelihoods, in nats; lengths are in usual heights of the signs.
"""

from typing import NamedTuple

import numpy as np
import scipy  # which loads `scipy.optimize` at its first use

MAX_LINES = 20  # with more, all ink is one line

_TALL = 0.5  # lower ink belongs to the nearest sign: a hat, a bar, a dot
_BESIDE = 0.3  # minimum overlap of the heights of signs side by side, as a share of the lower sign
_NEAR_BELOW = 0.1  # maximum vertical distance of strokes that may be one digit
_NEAR_ALONE = 0.35  # the same, if they are the only ink: an 8 of two rings
_NEAR_BESIDE = 2.0  # maximum horizontal distance of neighbours in a line
_MIN_WIDTH = 0.5  # of a sign: a narrower 1 counts as so wide
_ABOVE = 0.5  # minimum overlap of the widths of signs above each other, as a share of the narrower
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
        are_in_order: whether they are in writing order.

    Returns:
        One or two ways, the likelier first: the indices of the boxes of each line, from top to
        bottom.
    """
    left, top, right, bottom = boxes.T
    height = bottom - top
    usual = usual_height(height)
    tall = np.flatnonzero(height >= _TALL * usual)
    side, end, roof, foot = (edge[tall] for edge in (left, right, top, bottom))
    share = np.minimum(foot[:, None], foot) - np.maximum(roof[:, None], roof)
    lower = np.minimum(height[tall][:, None], height[tall])
    overlap = np.minimum(end[:, None], end) - np.maximum(side[:, None], side)
    narrower = np.minimum((end - side)[:, None], end - side)
    is_over = (overlap > 0) | (overlap >= narrower)  # a vertical stroke has no width
    both = np.maximum(foot[:, None], foot) - np.minimum(roof[:, None], roof)
    is_beside = share >= _BESIDE * lower
    near_beside = (is_beside & (overlap >= -_NEAR_BESIDE * usual)).astype(int)
    is_one = is_over & (is_beside | (both <= height.max()) | (near_beside @ near_beside > 0))
    near = _NEAR_ALONE if left.max() <= right.min() else _NEAR_BELOW
    found: list[list[np.ndarray]] = []
    or_near = is_one | (is_over & (share > -near * usual))
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
    """The median height of strokes, without dots and bars."""
    return float(np.median(heights[heights >= 0.35 * heights.max()]))


def _signs(boxes: np.ndarray, sign: np.ndarray, are_in_order: bool) -> _Signs:
    """The box around each sign; ``sign`` is the ``(n,)`` index of the sign of each box."""
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
    top, bottom = signs.top, signs.bottom
    share = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    tall = bottom - top
    is_beside = share >= _BESIDE * np.minimum(tall[:, None], tall)
    follows = (far > 0) & (is_beside | (half + half[:, None] - far <= 2 * _ABOVE * narrower))
    order = np.argsort(x)
    pairs = order[:-1], order[1:]
    if follows[pairs].all():
        return _side_by_side(signs, order, far[pairs], down[pairs])
    far = np.where(follows, far, 1.0)
    order_cost = 0.0 if signs.begun is None else _BACKWARDS * (signs.begun[:, None] > signs.begun)
    covers: list[tuple[float, np.ndarray, np.ndarray]] = []
    for slope in sorted(_SLOPES, key=abs):
        link = _stray(far, down - slope * far) + _FAR * far + order_cost
        after = _cheapest_chains(np.where(follows, link, _NEVER))
        linked = np.flatnonzero(after >= 0)
        cost = float(link[linked, after[linked]].sum()) + (slope / _SLOPE) ** 2 / 2
        covers.append((cost + _NEW_LINE * (len(after) - len(linked)), after, y - slope * x))
    _, after, low = min(covers, key=lambda cover: cover[0])
    line = _chain_of(after)
    height = np.bincount(line, low) / np.bincount(line)
    return np.argsort(np.argsort(height))[line]


def _stray(far: np.ndarray, down: np.ndarray) -> np.ndarray:
    """The cost of a next sign at a distance, lower or higher than expected."""
    return down**2 / (_STRAY**2 + (_BEND * far) ** 2) / 2


def _side_by_side(
    signs: _Signs, order: np.ndarray, far: np.ndarray, down: np.ndarray
) -> np.ndarray:
    """As `_lines_of`, if no sign is above another: ``far`` and ``down`` from each sign to the next.

    A new line begins where all ink at the left is below all ink at the right, and further than one
    line could slope. If the order is known, the ink at the left must also have been written later.
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
    """The cheapest cover by chains, where each chain costs `_NEW_LINE`.

    Args:
        link: ``(n, n)`` cost of a link from the row's sign to the column's; at most `_NEVER`.

    Returns:
        ``(n,)`` the successor of each sign, or -1.
    """
    ends = np.where(np.eye(len(link), dtype=bool), _NEW_LINE, _NEVER)
    _, chosen = scipy.optimize.linear_sum_assignment(np.hstack([np.minimum(link, _NEVER), ends]))
    return np.where(chosen < len(link), chosen, -1)


def _chain_of(after: np.ndarray) -> np.ndarray:
    """``(n,)`` index of each sign's chain."""
    linked = np.zeros((len(after), len(after)), bool)
    linked[np.flatnonzero(after >= 0), after[after >= 0]] = True
    return _connected(linked | linked.T)


def _connected(linked: np.ndarray) -> np.ndarray:
    """``(n,)`` index of the connected component of each node; ``(n, n)`` bool, symmetric."""
    label = np.arange(len(linked))
    while True:
        nearby = np.where(linked, label, len(label)).min(axis=1)
        least = np.minimum(label, nearby)
        if (least == label).all():
            return np.unique(label, return_inverse=True)[1]
        label = least[least]
