"""Finds the ink in a photograph of paper, without shadows and ruled lines.

1. The paper at each pixel is the brightest grey within a pen's width: a grey-scale closing. Ink is
   darker than the paper by a share of its brightness.
2. A rule is a straight line from side to side. Dark ridges vote for lines, as in a Hough transform,
   and a line that is dark along most of its length is a rule. It is removed, except where ink
   crosses it: where it is darker than elsewhere, or where ink continues on both sides.

Sources: Serra, "Image Analysis and Mathematical Morphology", 1982, for closing; Duda and Hart, "Use
of the Hough Transformation to Detect Lines and Curves in Pictures", Communications of the ACM 15,
1972.
"""

import numpy as np
import scipy
from PIL import Image

from mnist_model.preprocess.ink import labelled

MAX_SIDE = 1_000  # pixels; larger photographs are reduced
_WIDEST_PEN = 0.13  # of the shorter side
_STEEPEST = 0.2  # slope of a rule
_LONG = 0.6  # minimum dark share of a rule
_MAX_RULES = 60  # in each direction
_UNEVEN = 1  # grey levels: minimum deviation of a photograph's border
_SMALL = 120  # pixels along a side, to which a picture is reduced to recognise a board
_EDGE = 3  # pixels: ink within it reaches the edge
_MIN_SIDE = 120  # pixels of a photograph: smaller photographs show too little of the rules
_LEAST = 0.035  # of the paper's brightness: minimum darkness of a rule or of ink


def ink_on_paper(image: Image.Image) -> np.ndarray:
    """How dark the ink in a photograph is.

    Args:
        image: dark ink on light paper, or light ink on a dark board.

    Returns:
        ``(height, width)`` uint8, perhaps reduced: 255 for the usual ink, 0 for paper and rules.
    """
    ndimage = scipy.ndimage  # loaded at its first use
    light = image.convert("L")
    if max(light.size) > MAX_SIDE:
        light.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.BOX)
    grey = ndimage.gaussian_filter(np.asarray(light, np.float32), 0.7)
    reach = max(3, round(_WIDEST_PEN * min(grey.shape)))
    factor = min(1, _SMALL / max(light.size))
    size = max(1, round(factor * light.width)), max(1, round(factor * light.height))
    small = np.asarray(light.resize(size, Image.Resampling.BOX), np.float32)
    beside = small - ndimage.median_filter(small, _SMALL // 3)
    if np.percentile(beside, 99) > -np.percentile(beside, 1):  # chalk on a board
        grey = 255 - grey
    paper = ndimage.grey_closing(grey, (reach, reach))
    paper = ndimage.gaussian_filter(paper, reach / 6)
    dark = np.clip(1 - grey / np.maximum(paper, 1), 0, 1)
    noise = float(np.median(dark)) / 0.67
    least = max(_LEAST, 2.5 * noise)
    for _ in range(2):
        dark = without_rules(dark, least).T
    above = dark[dark > least]
    if not len(above):
        return np.zeros(dark.shape, np.uint8)
    usual = float(np.percentile(above[above >= _otsu(above)], 50))
    dark[dark < min(least, usual / 4)] = 0
    dark[_reaches_edge(dark > usual / 2)] = 0
    return np.clip(255 * dark / usual, 0, 255).astype(np.uint8)


def is_photograph(image: Image.Image) -> bool:
    """Whether a picture is a photograph: its border has several colours."""
    if image.mode not in ("L", "RGB", "CMYK", "YCbCr") or max(image.size) < _MIN_SIDE:
        return False
    grey = np.asarray(image.convert("L"), float)
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    return float(np.percentile(np.abs(border - np.median(border)), 75)) >= _UNEVEN


def _reaches_edge(ink: np.ndarray) -> np.ndarray:
    """The parts of the ink at the edge, which are ends of rules; none if there are no others."""
    labels = labelled(ink)
    near = np.ones(ink.shape, bool)
    near[_EDGE:-_EDGE, _EDGE:-_EDGE] = False
    parts = ink & np.isin(labels, labels[near])
    return parts if (ink & ~parts).any() else np.zeros(ink.shape, bool)


def without_rules(dark: np.ndarray, least: float) -> np.ndarray:
    """Remove straight, thin and nearly horizontal lines from side to side.

    Args:
        dark: ``(height, width)`` shares by which pixels are darker than the paper.
        least: minimum darkness of a rule.
    """
    height, width = dark.shape
    smooth = scipy.ndimage.gaussian_filter(dark, (1.5, 4))
    ridge = (smooth > least) & (smooth >= scipy.ndimage.maximum_filter1d(smooth, 7, axis=0))
    y, x = np.nonzero(ridge)
    result = dark.copy()
    slopes = np.arange(-_STEEPEST, _STEEPEST, 1.5 / width)
    middle = x - width / 2
    margin = int(_STEEPEST * width / 2) + 2
    rows = height + 2 * margin
    at = np.rint(y - slopes[:, None] * middle + margin).astype(int)  # a line's row at its middle
    index = at + rows * np.arange(len(slopes))[:, None]
    votes = np.bincount(index.ravel(), minlength=rows * len(slopes)).astype(np.int64)
    columns = np.arange(width)
    for _ in range(_MAX_RULES):
        table = votes.reshape(len(slopes), rows)
        padded = np.pad(table, ((0, 0), (1, 1)))
        near = padded[:, :-2] + table + padded[:, 2:]
        best = int(near.argmax())
        slope, start = slopes[best // rows], best % rows - margin
        line = start + slope * (columns - width / 2)
        inside = (line > -1) & (line < height)
        if near.flat[best] < max(_LONG * inside.sum(), 0.3 * width):
            break
        mine = np.abs(y - start - slope * middle) <= 3
        np.subtract.at(votes, index[:, mine].ravel(), 1)
        y, x, middle, index = y[~mine], x[~mine], middle[~mine], index[:, ~mine]
        _take_out(result, dark, line, inside, least)
    return result


def _take_out(
    result: np.ndarray, dark: np.ndarray, line: np.ndarray, inside: np.ndarray, least: float
) -> None:
    """Remove a rule from ``result``; ``line`` is its row in each column, if ``inside``."""
    height = len(dark)
    columns = np.flatnonzero(inside)
    rows = np.clip(np.rint(line[inside]), 0, height - 1).astype(int)
    reach = max(6, height // 25)
    offsets = np.arange(-reach, reach + 1)
    band = np.clip(rows + offsets[:, None], 0, height - 1)
    profile = np.median(dark[band, columns], axis=1)  # of the rule, since most columns have no ink
    top = float(profile[reach - 3 : reach + 4].max())
    wide = np.flatnonzero(profile > max(0.25 * top, 0.5 * least))
    wide = np.append(wide[np.abs(wide - reach) <= reach // 2 + 2], reach)
    first, last = int(wide.min()) - 1, int(wide.max()) + 1
    local = dark[band[first : last + 1], columns]
    beside = np.maximum(0.5 * top, least)
    above = dark[band[max(0, first - 2)], columns] > beside
    below = dark[band[min(2 * reach, last + 2)], columns] > beside
    is_darker = local.max(axis=0) > 1.5 * top + 0.05
    crossed = (above & below) | (is_darker & (above | below | (local.max(axis=0) > 2 * top)))
    clear = np.flatnonzero(~crossed)
    for offset in range(first, last + 1):
        result[band[offset, clear], columns[clear]] = 0


def _otsu(values: np.ndarray) -> float:
    """The threshold that best separates values into two groups (Otsu 1979)."""
    counts, edges = np.histogram(values.astype(float), 64)
    middles = (edges[1:] + edges[:-1]) / 2
    low, total = np.cumsum(counts), counts.sum()
    sums = np.cumsum(counts * middles)
    inner = low * (total - low)
    between = np.where(inner > 0, (sums[-1] * low / total - sums) ** 2 / np.maximum(inner, 1), -1)
    return min(float(middles[int(between.argmax())]), float(values.max()))
