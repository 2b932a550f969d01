"""Turns a picture of a digit, painted or photographed, into MNIST format.

1. Ink is what differs from the background: from the border's colour where that is even, as in what
   a program painted, and else from the paper around it, so that a shadow is no ink. Ruled lines and
   frames are taken out.
2. The ink becomes as wide as MNIST's mean pen. A round brush of radius R leaves its path dilated by
   R (Minkowski sum), so growing or eroding that by the difference gives what a brush of the wanted
   radius would have left. What is about as wide already keeps its grey levels: a small picture has
   no other detail.
3. Box, 20×20, centre of mass: as strokes are (`mnist_format`).
"""

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from mnist_model.errors import UserError
from mnist_model.mnist_format import BOX, STROKE_WIDTH, blank, framed

MAX_IMAGE_PIXELS = 50_000_000
MAX_IMAGE_SIDE = 20_000

_WORKING_SIDE = 1_024  # larger pictures are reduced towards this size
_MOST_REDUCED = 8  # but no further, or a hairline would fade into the background
_LEAST_CONTRAST = 24  # of 255, between ink and background
_EVEN = 0.1  # of the contrast: how far an even border strays
_SMALL = 96  # pixels along a side, where the paper is looked at
_CELLS = 160  # along the longer side of the ink, where its width is set
_NATURAL = (1.2, 5.0)  # widths, in pixels of the 28×28, that stay as they are
_FAINT = 0.3  # of the contrast: the edge of ink that keeps its grey levels
_MARGIN = 0.09  # of the shorter side: where frames are, and what else is not the digit
_FRAMED = 0.85  # of each side, that a frame runs along
_LABELLED_SIDE = 400  # of a picture whose parts are found
_SPECK = 0.03  # of the largest part
_LIGHTEST = 0.35  # of the usual radius: ink that is thinner is the edge's roughness


def image_to_mnist(image: Image.Image) -> np.ndarray:
    """Bring a picture of a digit, on any plain background or on paper, into MNIST format.

    Dark on light and light on dark both work, in colour or with transparency.

    Args:
        image: a PIL image, at most 20,000 pixels along a side and 50 million in all.

    Returns:
        ``(28, 28)`` uint8, ink 255 on 0. All 0 if the picture shows nothing but background.

    Raises:
        ValueError: if ``image`` is not a PIL image, is too large, or can't be decoded.
    """
    strength = ink_strength(image)
    return blank() if strength is None else ink_to_mnist(strength, int(strength.max()))


def ink_strength(image: Image.Image) -> np.ndarray | None:
    """How much each pixel of a picture differs from its background.

    Args:
        image: as for `image_to_mnist`, and what is raised is the same.

    Returns:
        ``(height, width)`` uint8, perhaps reduced; None where nothing stands out.
    """
    if not isinstance(image, Image.Image):
        raise UserError(f"A PIL image is needed; this is a {type(image).__name__}.")
    _check_size(image)
    strength = _ink_strength(_decoded(image))
    return strength if strength.max() >= _LEAST_CONTRAST else None


def ink_to_mnist(strength: np.ndarray, contrast: int) -> np.ndarray:
    """Ink in MNIST format.

    Args:
        strength: as `ink_strength` gives it, or a part of it; some of it above half the contrast.
        contrast: the most of the whole picture.
    """
    return framed(_at_pen_width(strength, contrast))


def components(strength: np.ndarray) -> list[np.ndarray]:
    """The connected parts of a picture's ink, the specks left out.

    Args:
        strength: as `ink_strength` gives it.

    Returns:
        ``(height, width)`` bool for each.
    """
    ink = np.asarray(strength > strength.max() / 2)
    factor = -(-max(ink.shape) // _LABELLED_SIDE)
    height, width = (-(-side // factor) for side in ink.shape)
    padded = np.zeros((height * factor, width * factor), bool)
    padded[: ink.shape[0], : ink.shape[1]] = ink
    coarse = np.asarray(padded.reshape(height, factor, width, factor).any(axis=(1, 3)))
    labels, count = _labelled(coarse)
    sizes = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    kept = np.flatnonzero(sizes >= _SPECK * sizes.max()) + 1
    fine = np.repeat(np.repeat(labels, factor, axis=0), factor, axis=1)
    fine = fine[: ink.shape[0], : ink.shape[1]]
    return [(fine == label) & ink for label in kept]


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width < 1 or height < 1:
        raise UserError("The picture is empty: it has no pixels.")
    if max(width, height) > MAX_IMAGE_SIDE or width * height > MAX_IMAGE_PIXELS:
        raise UserError(
            f"The picture is {width:,} × {height:,} pixels; at most {MAX_IMAGE_SIDE:,} along a "
            f"side and {MAX_IMAGE_PIXELS // 10**6} million in all are allowed. Make it smaller."
        )


def _decoded(image: Image.Image) -> Image.Image:
    """Upright and in RGBA, at most about `_WORKING_SIDE` pixels along a side."""
    try:
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith(("I", "F")):
            image = _to_eight_bits(image)
        rgba = image.convert("RGBA")
    except Exception as error:  # a damaged file makes Pillow's decoders raise nearly anything
        raise UserError(f"The picture can't be decoded ({error}).") from error
    factor = min(-(-max(rgba.size) // _WORKING_SIDE), _MOST_REDUCED)
    return rgba.reduce(factor) if factor > 1 else rgba


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Stretch a 16-bit, 32-bit or floating-point picture over 0..255."""
    values = np.nan_to_num(np.asarray(image, np.float32), posinf=0.0, neginf=0.0)
    low, high = values.min(), values.max()
    scale = 255 / (high - low) if high > low else 0.0
    return Image.fromarray(((values - low) * scale).astype(np.uint8))


def _ink_strength(rgba: Image.Image) -> np.ndarray:
    """How much each pixel differs from the background: ``(height, width)`` uint8, 0..255."""
    pixels = np.asarray(rgba).astype(np.int16)
    border = np.concatenate([pixels[0], pixels[-1], pixels[1:-1, 0], pixels[1:-1, -1]])
    background = np.median(border, axis=0)
    alpha = pixels[..., 3]
    if background[3] < 128:
        return alpha.astype(np.uint8)  # nothing lies behind the ink, so whatever is opaque is ink
    difference = np.abs(pixels[..., :3] - background[:3]).max(axis=2)
    strength = (difference * (alpha / 255)).astype(np.uint8)
    stray = np.percentile(np.abs(border[:, :3] - background[:3]).max(axis=1), 75)
    is_paper = stray > _EVEN * strength.max() and min(rgba.size) >= 24
    return _ink_on_paper(rgba) if is_paper else _without_frame(strength)


def _ink_on_paper(rgba: Image.Image) -> np.ndarray:
    """As `_ink_strength`, beside the paper or the board around each pixel."""
    light = rgba.convert("L")
    side = max(light.size)
    if side > 4 * _SMALL:
        light = light.resize(
            [max(1, round(one * 4 * _SMALL / side)) for one in light.size], Image.Resampling.BOX
        )
        side = 4 * _SMALL
    light = light.filter(ImageFilter.GaussianBlur(side / 400))
    small = light.resize(
        [max(5, round(one * min(1, _SMALL / side))) for one in light.size], Image.Resampling.BOX
    )
    around = np.asarray(small.filter(ImageFilter.MedianFilter(31))).astype(float)
    beside = np.asarray(small) - around
    if np.percentile(beside, 99) > -np.percentile(beside, 1):  # chalk on a board
        light, small = ImageOps.invert(light), ImageOps.invert(small)
    reach = 2 * (min(small.size) // 9) + 1  # wider than ink
    paper = small.filter(ImageFilter.MaxFilter(reach)).filter(ImageFilter.MinFilter(reach))
    paper = paper.filter(ImageFilter.GaussianBlur(2)).resize(light.size, Image.Resampling.BICUBIC)
    reflected = np.asarray(light, float) / np.maximum(np.asarray(paper, float), 1)
    strength = np.clip(255 * (1 - reflected), 0, 255)
    return _without_lines_and_specks(strength).astype(np.uint8)


def _without_lines_and_specks(strength: np.ndarray) -> np.ndarray:
    """The same without ruled lines, without frames, and without what is small and far."""
    contrast = np.percentile(strength, 99.5)
    strength = np.minimum(strength, contrast)
    ink = strength > contrast / 2
    ink = _without_frame(ink)
    for turned in (False, True):
        ink = _without_rules(ink.T).T if turned else _without_rules(ink)
    kept = _main_parts(ink)
    return strength * _grown(kept, 2)


def _without_rules(ink: np.ndarray) -> np.ndarray:
    """Without thin lines from one side to the other, level or nearly so."""
    height, width = ink.shape
    thick = max(2, round(0.02 * height))
    columns = np.arange(width)
    result = ink
    for slope in np.linspace(-0.08, 0.08, 9):
        rows = np.clip(np.arange(height)[:, None] + np.rint(slope * (columns - width / 2)), 0,
                       height - 1).astype(int)  # fmt: skip
        level = result[rows, columns]
        near = level.copy()
        near[1:] |= level[:-1]
        near[:-1] |= level[1:]
        for row in np.flatnonzero(near.mean(axis=1) > 0.8):
            for column in np.flatnonzero(near[row]):
                middle = rows[row, column]
                above, below = middle, middle
                while above > 0 and result[above - 1, column] and middle - above <= thick:
                    above -= 1
                while below < height - 1 and result[below + 1, column] and below - middle <= thick:
                    below += 1
                if below - above < thick:
                    result = result if result is not ink else ink.copy()
                    result[above : below + 1, column] = False
    return result


def _without_frame(strength: np.ndarray) -> np.ndarray:
    """The same without a rectangle drawn around the rest, at most `_MARGIN` from the edge."""
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
    """The parts of the ink that are large and near, not what runs along the picture's edge."""
    labels, count = _labelled(ink)
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    sizes[0] = 0
    margin = max(2, round(_MARGIN * min(ink.shape)))
    inner = np.bincount(labels[margin:-margin, margin:-margin].ravel(), minlength=count + 1)
    keep = inner > 0.3 * sizes
    if keep[1:].any():
        keep &= sizes >= _SPECK * sizes[keep].max()
    return keep[labels] & ink if keep[1:].any() else ink


def _labelled(ink: np.ndarray) -> tuple[np.ndarray, int]:
    """Connected parts (of 8 neighbours): ``(height, width)`` int labels from 1 on, and how many."""
    from scipy import ndimage  # 30 MB, which a server without pictures does not need

    labels, count = ndimage.label(ink, np.ones((3, 3)))
    return labels, count


def _grown(ink: np.ndarray, by: int) -> np.ndarray:
    mask = Image.fromarray((255 * ink).astype(np.uint8)).filter(ImageFilter.MaxFilter(2 * by + 1))
    return np.asarray(mask) > 0


def _at_pen_width(strength: np.ndarray, contrast: int) -> np.ndarray:
    """Ink as MNIST's pen would have left it: ``(height, width)`` shares 0..1, cropped to it."""
    cells = _in_cells(strength, contrast)
    ink = np.pad(cells > 0.5, 1)
    inside = _distances(~ink)
    ridge = _ridge(inside)
    radius = float(np.median(inside[ridge])) - 0.5
    if _NATURAL[0] <= 2 * radius * BOX / _CELLS <= _NATURAL[1]:
        return _tight(strength / contrast, _FAINT)
    path = max(ink.shape) - 2 - 2 * radius
    wanted = STROKE_WIDTH / 2 * path / (BOX - STROKE_WIDTH) if path > 2 else radius
    margin = int(np.ceil(max(0.0, wanted - radius))) + 1
    ink = np.pad(ink, margin)
    inside, outside = np.pad(inside, margin), _distances(ink)
    edge = np.where(ink, inside - 0.5, 0.5 - outside)  # how far within the ink, in cells
    shares = np.clip(edge + wanted - radius + 0.5, 0, 1)
    # Where the pen pressed less, nothing would be left: the middle of that stroke is drawn anew.
    light = np.pad(ridge, margin) & (inside < radius - wanted + 1) & (inside > _LIGHTEST * radius)
    if light.any():
        shares = np.maximum(shares, np.clip(wanted + 0.5 - _distances(light), 0, 1))
    return _tight(shares, 0.5)


def _in_cells(strength: np.ndarray, contrast: int) -> np.ndarray:
    """The ink's box, shares 0..1 of the contrast, with `_CELLS` along its longer side."""
    left, top, right, bottom = _box(strength > contrast / 2)
    scale = _CELLS / max(right - left, bottom - top)
    size = (max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale)))
    if scale >= 1:
        picture = Image.fromarray(strength)
        larger = picture.resize(size, Image.Resampling.BILINEAR, (left, top, right, bottom))
        return np.asarray(larger) / contrast
    # Reducing must not lose a hairline: a cell is as dark as the darkest of its pixels.
    part = strength[top:bottom, left:right]
    cells = np.zeros(size[::-1], np.uint8)
    y, x = np.indices(part.shape)
    place = (np.minimum((y * scale).astype(int), size[1] - 1),
             np.minimum((x * scale).astype(int), size[0] - 1))  # fmt: skip
    np.maximum.at(cells, place, part)
    return cells / contrast


def _box(ink: np.ndarray) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) around what is true."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _tight(shares: np.ndarray, faintest: float) -> np.ndarray:
    """Cropped to what is at least as dark."""
    left, top, right, bottom = _box(shares >= faintest)
    return np.clip(shares[top:bottom, left:right], 0, 1)


def _distances(true: np.ndarray) -> np.ndarray:
    """Each cell's distance to the nearest one that is true: ``(height, width)`` float."""
    from scipy import ndimage

    return ndimage.distance_transform_edt(~true)


def _ridge(inside: np.ndarray) -> np.ndarray:
    """The middle of the strokes: where no neighbour is further from the edge."""
    padded = np.pad(inside, 1)
    height, width = inside.shape
    around = [padded[i : i + height, j : j + width] for i in range(3) for j in range(3)]
    return (inside > 0) & (inside >= np.maximum.reduce(around))
