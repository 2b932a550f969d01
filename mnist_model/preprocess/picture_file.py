"""Decodes a picture of any format: one upright frame, eight bits a channel, a limited size."""

import numpy as np
from PIL import Image, ImageOps

from mnist_model.preprocess.errors import UserError

MAX_IMAGE_PIXELS = 50_000_000
MAX_IMAGE_SIDE = 20_000

_MAX_ANIMATED_PIXELS = 200_000_000  # of all frames up to the last
_ANIMATED = ("GIF", "PNG", "WEBP")  # other formats store other pictures after the first
_WORKING_SIDE = 1_024  # pixels; larger pictures are reduced to about this size
_MAX_REDUCTION = 8  # more would blur a hairline into the background


def decoded(image: Image.Image) -> Image.Image:
    """The picture, upright and in RGBA, with about `_WORKING_SIDE` pixels along a side at most.

    An animation's last frame is used, since it shows the complete digit.

    Raises:
        ValueError: if ``image`` is not a PIL image, is too large, or can't be decoded.
    """
    if not isinstance(image, Image.Image):
        raise UserError(f"The picture must be a PIL image, not a {type(image).__name__}.")
    _check_size(image)
    try:
        image = ImageOps.exif_transpose(_last_frame(image))
        if image.mode.startswith(("I", "F")):
            image = _to_eight_bits(image)
        rgba = image.convert("RGBA")
    except Exception as error:  # Pillow's decoders raise many kinds of errors
        raise UserError(f"The picture cannot be decoded ({error}).") from error
    factor = min(-(-max(rgba.size) // _WORKING_SIDE), _MAX_REDUCTION)
    return rgba.reduce(factor) if factor > 1 else rgba


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width < 1 or height < 1:
        raise UserError("The picture is empty: it has no pixels.")
    if max(width, height) > MAX_IMAGE_SIDE or width * height > MAX_IMAGE_PIXELS:
        raise UserError(
            f"The picture is {width:,} × {height:,} pixels; at most {MAX_IMAGE_SIDE:,} along a "
            f"side and {MAX_IMAGE_PIXELS // 10**6} million in all are allowed. Make it smaller."
        )


def _last_frame(image: Image.Image) -> Image.Image:
    """The last frame of an animation, within `_MAX_ANIMATED_PIXELS`."""
    if image.format not in _ANIMATED or not getattr(image, "is_animated", False):
        return image
    shown = image.tell()
    frames = min(
        getattr(image, "n_frames", 1), _MAX_ANIMATED_PIXELS // (image.width * image.height)
    )
    try:
        image.seek(max(frames - 1, 0))
        return image.copy()
    finally:
        image.seek(shown)


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Stretch a 16-bit, 32-bit or floating-point picture over 0..255."""
    values = np.nan_to_num(np.asarray(image, np.float32), posinf=0.0, neginf=0.0)
    low, high = values.min(), values.max()
    scale = 255 / (high - low) if high > low else 0.0
    return Image.fromarray(((values - low) * scale).astype(np.uint8))
