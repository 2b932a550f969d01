"""Finds the ink in a picture: how much each pixel differs from its background.

A picture does not say which colour is ink and where its paper is. So there may be several
candidates, the likeliest first:

1. The picture is cropped to its paper: to the opaque part of a transparent picture (a screenshot of
   a window), and to the largest plain area with a drawing (the page of a drawing program).
2. If the border has an even colour, as in a painted picture, ink differs from this colour. If the
   border is half ink and half paper, both colours are candidates for ink. In a photograph, ink
   differs from the paper around it, so that a shadow is not ink.
3. Small parts at the edge are removed: a clock, a home bar, a frame, ruled lines.

SciPy loads `scipy.ndimage` at its first use, so that a server without pictures saves 20 MB.
"""

import numpy as np
import scipy
from PIL import Image, ImageFilter, ImageOps

from mnist_model.preprocess.picture_file import decoded

_MIN_CONTRAST = 24  # of 255, between ink and background
_MIN_QUIET_CONTRAST = 8  # the same, on a background with little noise
_NOISE = 6  # minimum contrast of ink, as a multiple of the background's noise
_EVEN = 0.1  # of the contrast: maximum deviation of an even border
_TWO_TONED = 0.75  # minimum share of pixels that are clearly ink or clearly paper
_SMALL = 96  # pixels along a side, to which a picture is reduced to find its paper
_MARGIN = 0.09  # of the shorter side: maximum distance of a frame from the edge
_FRAMED = 0.85  # of each side: minimum length of a frame
_RULES = 6  # minimum of lines that cross the edge of ruled paper
_MAX_SLOPE = 0.1  # of a ruled line
_SLOPES = 4  # different slopes of ruled lines: in perspective they are not parallel
_RULE = 0.03  # of the height: maximum thickness of a ruled line
_CROSSED = 0.3  # maximum share of a ruled line that is paler than the rest
_CLEAR_RULE = 0.12  # of the contrast: paler lines are ignored
_SPECK = 0.03  # of the largest part: smaller parts are specks

_SAME_COLOUR = 6  # of 255: maximum deviation in a plain area
_SHEET = 0.08  # of the picture: minimum size of paper
_MIN_SHEET_SIDE = 24
_FILLED = 0.6  # of its box: minimum opaque share of a background
_BAND = 0.15  # of the picture: maximum distance of a status bar from the edge
_PALE = 0.25  # of the contrast: minimum of ink, since a clock may be darker than the drawing
_SMALL_PART = 0.35  # of the drawing's size: maximum height of signs in a status bar

Box = tuple[slice, slice]  # rows and columns


def ink_candidates(image: Image.Image) -> list[np.ndarray]:
    """Candidates for the ink of a picture, the likeliest first.

    Args:
        image: a PIL image, at most 20,000 pixels along a side and 50 million in all.

    Returns:
        ``(height, width)`` uint8 for each candidate: how much each pixel of the whole picture,
        perhaps reduced, differs from its background. Empty if there is no ink.

    Raises:
        ValueError: if ``image`` is not a PIL image, is too large, or cannot be decoded.
    """
    pixels = np.asarray(decoded(image)).astype(np.int16)
    size = pixels.shape[:2]
    colours, ground = _composited(pixels)
    if colours is None:  # no background: all opaque pixels are ink
        alpha = pixels[..., 3].astype(np.uint8)
        return [alpha] if alpha.max() >= _MIN_CONTRAST else []
    found: list[np.ndarray] = []
    for sheet in _sheets(colours):
        found += [_placed(ink, _within(ground, sheet), size) for ink in _strengths(colours[sheet])]
    return [ink for ink in found if ink.any()]  # not if it is only specks and rules


def _composited(pixels: np.ndarray) -> tuple[np.ndarray | None, Box]:
    """``(height, width, 3)`` colours without transparency, and their place in the picture.

    None instead of colours if the opaque pixels are the ink.
    """
    border = _border(pixels)
    alpha = pixels[..., 3:]
    if np.median(border[:, 3]) >= 128:
        colour = np.median(border[:, :3], axis=0)
        mixed = colour + (pixels[..., :3] - colour) * (alpha / 255)
        return np.rint(mixed).astype(np.int16), _whole(pixels)
    opaque = pixels[..., 3] >= 250
    if not opaque.any():
        return None, _whole(pixels)
    shape = _largest_part(opaque)
    box = _box_of(shape)
    shape = shape[box]
    colours = pixels[box][:, :, :3]
    edge = shape & ~scipy.ndimage.binary_erosion(shape, np.ones((5, 5)))
    colour = np.median(colours[edge], axis=0).astype(np.int16)
    colours = np.where(shape[..., None], colours, colour)
    if shape.mean() < _FILLED or np.abs(colours - colour).max() < _MIN_CONTRAST:
        return None, _whole(pixels)
    return colours, box


def _sheets(colours: np.ndarray) -> list[Box]:
    """Candidates for the paper: rectangles of one colour with ink, or the whole picture."""
    height, width = colours.shape[:2]
    whole = _whole(colours)
    if min(height, width) < 2 * _MIN_SHEET_SIDE:
        return [whole]
    codes = (colours >> 3).astype(np.int32) @ np.array([1024, 32, 1], np.int32)
    counts = np.bincount(codes.ravel())
    found: list[tuple[int, Box]] = []
    for code in np.argsort(-counts)[:4]:
        if counts[code] < _SHEET / 2 * codes.size:
            break
        colour = np.median(colours[codes == code], axis=0)
        plain = np.abs(colours - colour).max(axis=2) <= _SAME_COLOUR
        if plain.mean() < _SHEET:
            continue
        rows, columns = _box_of(_largest_part(plain))
        inset = max(3, round(0.015 * max(height, width)))
        if rows.start > 0 or rows.stop < height or columns.start > 0 or columns.stop < width:
            rows = slice(rows.start + inset, rows.stop - inset)
            columns = slice(columns.start + inset, columns.stop - inset)
            if _is_sheet(plain[rows, columns], codes.size):
                size = (rows.stop - rows.start) * (columns.stop - columns.start)
                found.append((size, (rows, columns)))
    outer = [sheet for sheet in found if any(_holds(sheet[1], other[1]) for other in found)]
    found = sorted((sheet for sheet in found if sheet not in outer), key=lambda sheet: -sheet[0])
    return [box for size, box in found if size >= 0.4 * found[0][0]] or [whole]


def _is_sheet(plain: np.ndarray, size: int) -> bool:
    """Whether an area is plain paper, with ink that does not cross its edges."""
    height, width = plain.shape
    if min(height, width) < _MIN_SHEET_SIDE or plain.size < _SHEET * size:
        return False
    y, x = height // 12, width // 12  # ignore round corners
    sides = (plain[0, x:-x], plain[-1, x:-x], plain[y:-y, 0], plain[y:-y, -1])
    inked = 1 - plain.mean()
    return min(side.mean() for side in sides) > 0.99 and 0.001 < inked < 0.6


def _holds(outer: Box, inner: Box) -> bool:
    return outer != inner and all(
        span.start <= other.start and other.stop <= span.stop
        for span, other in zip(outer, inner, strict=True)
    )


def _strengths(colours: np.ndarray) -> list[np.ndarray]:
    """Candidates for the ink of a picture that is cropped to its paper."""
    border = _border(colours)
    background = np.median(border, axis=0)
    strength = np.abs(colours - background).max(axis=2).astype(np.uint8)
    contrast = int(strength.max())
    if contrast < _MIN_CONTRAST and (
        contrast < _MIN_QUIET_CONTRAST or contrast < _NOISE * _noise(colours)
    ):
        return []
    clear = ((strength < 0.2 * contrast) | (strength > 0.8 * contrast)).mean()
    is_small = min(strength.shape) < 24
    inked = _corners(strength > contrast / 2)
    both = [strength, contrast - strength]
    if (clear >= _TWO_TONED or is_small) and inked == 4:  # a bold 0 without a margin
        return both[1:]
    stray = np.percentile(np.abs(border - background).max(axis=1), 75)
    is_even = stray <= _EVEN * contrast and not (inked and clear >= _TWO_TONED)
    is_ruled = not is_small and _crossings(strength > _PALE * contrast) >= _RULES
    plain = _without_surroundings(_without_frame(strength))
    if is_even and not is_ruled:
        return [plain]
    found: list[np.ndarray] = []
    if not is_even and (clear >= 0.5 or is_small):
        found = both[::-1] if inked == 3 else both if inked < 2 else sorted(both, key=_thickness)
    if not is_small:
        on_paper = _ink_on_paper(Image.fromarray(colours.astype(np.uint8)))
        if on_paper.max() >= _MIN_CONTRAST:
            found.insert(len(found) if clear >= _TWO_TONED else 0, on_paper)
    return [*found, plain] if is_even else found


def _crossings(ink: np.ndarray) -> int:
    """How often ink crosses the picture's edge."""
    sides = (ink[0], ink[-1], ink[:, 0], ink[:, -1])
    return sum(int(np.maximum(np.diff(side.astype(int)), 0).sum()) for side in sides)


def _corners(ink: np.ndarray) -> int:
    """How many of the picture's corners are ink."""
    side = max(1, round(0.02 * min(ink.shape)))
    return sum(
        bool(ink[rows, columns].mean() > 0.5)
        for rows in (slice(0, side), slice(-side, None))
        for columns in (slice(0, side), slice(-side, None))
    )


def _thickness(strength: np.ndarray) -> float:
    """Thickness of the thickest ink, as a share of the ink's box."""
    ink = np.pad(strength > strength.max() / 2, 1)
    rows, columns = _box_of(ink)
    thickest = float(scipy.ndimage.distance_transform_edt(ink).max())
    return thickest / max(rows.stop - rows.start, columns.stop - columns.start)


def _noise(colours: np.ndarray) -> float:
    """Standard deviation of a background that is more than half of the picture."""
    steps = np.abs(np.diff(colours.max(axis=2), axis=1))
    return float(np.median(steps)) / (0.6745 * 2**0.5) if steps.size else 0.0


def _without_surroundings(strength: np.ndarray) -> np.ndarray:
    """Remove small parts at the edge, away from the drawing."""
    height, width = strength.shape
    ink = strength > _PALE * strength.max()
    y, x = round(_BAND * height), round(_BAND * width)
    if not y or not x or ink[y:-y, x:-x].sum() == ink.sum():
        return strength
    labels = labelled(ink)
    places = scipy.ndimage.find_objects(labels)
    boxes = np.array([(c.start, r.start, c.stop, r.stop) for r, c in places], float)
    left, top, right, bottom = boxes.T
    in_band = (bottom <= y) | (top >= height - y) | (right <= x) | (left >= width - x)
    if in_band.all() or not in_band.any():
        return strength
    sizes = np.maximum(right - left, bottom - top)
    size = sizes[~in_band].max()
    main = boxes[~in_band & (sizes > _SMALL_PART * size)]
    low, high = main.min(axis=0), main.max(axis=0)
    apart = np.maximum.reduce([low[0] - right, left - high[2], low[1] - bottom, top - high[3]])
    is_small = bottom - top < _SMALL_PART * size
    dropped = in_band & is_small & (apart > 0.1 * size)
    if not dropped.any():
        return strength
    kept = np.concatenate([[True], ~dropped])[labels]
    away = np.concatenate([[False], dropped])[labels]
    return np.where(_grown(away, 3) & ~(kept & ink), 0, strength).astype(np.uint8)


def _border(pixels: np.ndarray) -> np.ndarray:
    return np.concatenate([pixels[0], pixels[-1], pixels[1:-1, 0], pixels[1:-1, -1]])


def _whole(pixels: np.ndarray) -> Box:
    return slice(0, pixels.shape[0]), slice(0, pixels.shape[1])


def _within(outer: Box, inner: Box) -> Box:
    rows, columns = (
        slice(span.start + other.start, span.start + other.stop)
        for span, other in zip(outer, inner, strict=True)
    )
    return rows, columns


def _placed(strength: np.ndarray, box: Box, size: tuple[int, int]) -> np.ndarray:
    """Put the ink of a box, perhaps reduced, into the whole picture, which is reduced as much."""
    rows, columns = box
    scale = strength.shape[0] / (rows.stop - rows.start)
    if (rows.stop - rows.start, columns.stop - columns.start) == size:
        return strength
    top, left = round(scale * rows.start), round(scale * columns.start)
    bottom, right = top + strength.shape[0], left + strength.shape[1]
    height, width = (max(1, round(scale * side)) for side in size)
    result = np.zeros((max(height, bottom), max(width, right)), np.uint8)
    result[top:bottom, left:right] = strength
    return result


def _box_of(mask: np.ndarray) -> Box:
    return scipy.ndimage.find_objects(mask.astype(np.uint8))[0]


def _ink_on_paper(picture: Image.Image) -> np.ndarray:
    """How much each pixel differs from the paper or the board around it."""
    light = picture.convert("L")
    side = max(light.size)
    if side > 4 * _SMALL:
        size = [max(1, round(length * 4 * _SMALL / side)) for length in light.size]
        light, side = light.resize(size, Image.Resampling.BOX), 4 * _SMALL
    light = light.filter(ImageFilter.GaussianBlur(side / 400))
    size = [max(5, round(length * min(1, _SMALL / side))) for length in light.size]
    small = light.resize(size, Image.Resampling.BOX)
    around = np.asarray(small.filter(ImageFilter.MedianFilter(31))).astype(float)
    beside = np.asarray(small) - around
    if np.percentile(beside, 99) > -np.percentile(beside, 1):  # chalk on a board
        light, small = ImageOps.invert(light), ImageOps.invert(small)
    reach = 2 * (min(small.size) // 9) + 1  # wider than ink
    paper = small.filter(ImageFilter.MaxFilter(reach)).filter(ImageFilter.MinFilter(reach))
    paper = paper.filter(ImageFilter.GaussianBlur(2)).resize(light.size, Image.Resampling.BICUBIC)
    reflected = np.asarray(light, float) / np.maximum(np.asarray(paper, float), 1)
    absorbed = -np.log(np.clip(reflected, 1 / 255, 1))  # the sum where ink is on a line
    absorbed = np.maximum(absorbed - _rules(absorbed), 0)
    absorbed = np.maximum(absorbed - _rules(absorbed.T).T, 0)
    return _without_specks(255 * (1 - np.exp(-absorbed))).astype(np.uint8)


def _without_specks(strength: np.ndarray) -> np.ndarray:
    """Remove frames and specks."""
    contrast = np.percentile(strength, 99.5)
    strength = np.minimum(strength, contrast)
    ink = strength > contrast / 2
    kept = _main_parts(_without_frame(ink))
    return strength * _grown(kept, 2)


def _rules(strength: np.ndarray) -> np.ndarray:
    """How dark the lines are that run nearly horizontally from one side to the other.

    A line is as dark as most of its pixels, since a digit crosses it in few.
    """
    height, width = strength.shape
    rows, columns = np.indices(strength.shape)
    steep: list[tuple[float, float]] = []
    part = strength[:, ::4]  # enough to find the slopes
    y, x = np.indices(part.shape)
    for slope in np.arange(-_MAX_SLOPE, _MAX_SLOPE + 1e-9, 2 / width):
        sheared = (y + slope * (4 * x - width / 2) + height).astype(np.int32)
        total = np.bincount(sheared.ravel(), part.ravel(), 3 * height)
        steep.append((float(np.square(np.diff(total[height : 2 * height])).sum()), slope))
    result = np.zeros_like(strength)
    thick = max(5, round(_RULE * height))
    least = _CLEAR_RULE * np.quantile(strength, 0.995)
    for _, slope in sorted(steep, reverse=True)[:_SLOPES]:
        along = np.rint(rows - slope * (columns - width / 2)).astype(np.int32)
        level = strength[np.clip(along, 0, height - 1), columns]
        profile = np.quantile(level, _CROSSED, axis=1)
        profile -= scipy.ndimage.grey_opening(profile, thick)
        profile[scipy.ndimage.maximum_filter1d(profile, 3) < least] = 0
        back = np.clip(np.rint(rows + slope * (columns - width / 2)), 0, height - 1)
        np.maximum(result, profile[back.astype(np.int32)], out=result)
    return result


def _without_frame(strength: np.ndarray) -> np.ndarray:
    """Remove a rectangle around the rest, at most `_MARGIN` from the edge."""
    height, width = strength.shape
    ink = strength > strength.max() / 2
    margin = max(2, round(_MARGIN * min(height, width)))
    if not ink[margin:-margin, margin:-margin].any():
        return strength
    sides = [ink[:margin].any(axis=0), ink[-margin:].any(axis=0)]
    sides += [ink[:, :margin].any(axis=1), ink[:, -margin:].any(axis=1)]
    if min(side.mean() for side in sides) < _FRAMED:
        return strength
    inner = np.zeros_like(strength)
    inner[margin:-margin, margin:-margin] = strength[margin:-margin, margin:-margin]
    return inner


def _main_parts(ink: np.ndarray) -> np.ndarray:
    """The large parts of the ink that do not run along the picture's edge."""
    labels = labelled(ink)
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    margin = max(2, round(_MARGIN * min(ink.shape)))
    inner = np.bincount(labels[margin:-margin, margin:-margin].ravel(), minlength=len(sizes))
    keep = inner > 0.3 * sizes
    if keep[1:].any():
        keep &= sizes >= _SPECK * sizes[keep].max()
    return keep[labels] & ink if keep[1:].any() else ink


def labelled(ink: np.ndarray) -> np.ndarray:
    """``(height, width)`` int: connected parts (of 8 neighbours) from 1 on, and 0 elsewhere."""
    labels, _ = scipy.ndimage.label(ink, np.ones((3, 3)))
    return labels


def _largest_part(ink: np.ndarray) -> np.ndarray:
    labels = labelled(ink)
    return labels == 1 + int(np.argmax(np.bincount(labels.ravel())[1:]))


def _grown(ink: np.ndarray, by: int) -> np.ndarray:
    mask = Image.fromarray((255 * ink).astype(np.uint8)).filter(ImageFilter.MaxFilter(2 * by + 1))
    return np.asarray(mask) > 0
