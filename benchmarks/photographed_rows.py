"""Photographs of rows of digits on ruled and squared paper, made of pen strokes."""

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from mnist_model import Drawing
from mnist_model.handwriting.numbers import side_by_side
from mnist_model.preprocess.strokes import bounding_box

DIGITS = (3, 8)  # in a row
PAPERS = ("ruled", "squared")
STEEPEST = 15  # degrees that the camera is tilted, to each side
FARTHEST = (2.0, 4.0)  # of the camera from the paper, in widths of the picture
_FINER = 3  # times finer than it will be, ink is drawn


def rows_of(
    drawings: Sequence[Drawing], labels: Sequence[int], rng: np.random.Generator
) -> list[tuple[str, Drawing]]:
    """The text and the strokes of rows that use each digit once; they are one unit high."""
    rows, start = [], 0
    while start + DIGITS[0] <= len(drawings):
        end = min(start + int(rng.integers(DIGITS[0], DIGITS[1] + 1)), len(drawings))
        digits = drawings[start:end]
        height = float(np.median([np.ptp(np.concatenate(one)[:, 1]) for one in digits])) or 1.0
        strokes = side_by_side(digits, rng, rng.uniform(0.15, 1.0), height)
        rows.append(("".join(map(str, labels[start:end])), [one / height for one in strokes]))
        start = end
    return rows


def digits_right(text: str, shown: str) -> int:
    """How many digits of a row are in what was read: its length less the least edits between."""
    before = list(range(len(shown) + 1))
    for i, one in enumerate(text, start=1):
        row = [i]
        for j, other in enumerate(shown, start=1):
            row.append(min(before[j - 1] + (one != other), before[j] + 1, row[-1] + 1))
        before = row
    return max(0, len(text) - before[-1])


def photograph_of_row(strokes: Drawing, rng: np.random.Generator, paper: str) -> Image.Image:
    """A row on paper, badly lit, seen from aslant, blurred and packed.

    Args:
        strokes: of the row, about one unit high.
        rng: the source of chance.
        paper: one of `PAPERS`.
    """
    low, high = bounding_box(strokes)
    size = int(rng.uniform(700, 1600)), 0
    across = (high - low)[0] / rng.uniform(0.6, 0.85)  # units that the picture is wide
    scale = size[0] / across
    size = size[0], int(scale * ((high - low)[1] + rng.uniform(1.5, 4)))
    towards = _camera(rng)
    middle = (low + high) / 2 + rng.uniform(-0.04, 0.04, 2) * [across, 1]

    def seen(points: np.ndarray) -> np.ndarray:
        flat = np.column_stack([(points - middle) / across, np.ones(len(points))]) @ towards
        return size[0] * flat[:, :2] / flat[:, 2:] + np.array(size) / 2

    drawn = np.concatenate([seen(stroke) for stroke in strokes])
    if ((drawn < 0.3 * scale) | (drawn > np.array(size) - 0.3 * scale)).any():
        return photograph_of_row(strokes, rng, paper)  # not all of it is seen
    brush = scale * rng.uniform(0.05, 0.12)
    ink = _ink([seen(stroke) for stroke in strokes], size, brush)
    is_pencil = rng.random() < 0.4
    if is_pencil:
        ink *= np.clip(rng.normal(1, 0.25, ink.shape), 0.3, 1)
    x, y = np.meshgrid(np.arange(size[0]) + 0.5, np.arange(size[1]) + 0.5)
    places = np.column_stack([x.ravel(), y.ravel()]) - np.array(size) / 2
    flat = np.column_stack([places / size[0], np.ones(len(places))]) @ np.linalg.inv(towards)
    u, v = (across * flat[:, :2] / flat[:, 2:]).T.reshape(2, *x.shape)
    white = np.full(3, rng.uniform(0.8, 1)) - rng.uniform(0, 0.08, 3)
    pitch = rng.uniform(*((0.9, 1.7) if paper == "ruled" else (0.5, 1.1)))
    rule = white * rng.uniform(0.6, 0.85, 3)
    wide = max(rng.uniform(0.02, 0.05), 1 / scale)
    picture = np.broadcast_to(white, (size[1], size[0], 3)).copy()
    for lines in (v,) if paper == "ruled" else (v, u):
        away = np.abs((lines / pitch + rng.random()) % 1 - 0.5) * pitch
        amount = np.clip((wide / 2 - away) * scale + 0.5, 0, 1)[..., None]
        picture = picture * (1 - amount) + np.minimum(picture, rule) * amount
    colour = white * rng.uniform(0.4, 0.6) if is_pencil else rng.uniform(0, 0.35, 3)
    picture = picture * (1 - ink[..., None]) + colour * ink[..., None]
    picture *= _light(x / size[0], y / size[0], rng)[..., None]
    picture *= 1 + rng.uniform(0, 0.03) * rng.normal(0, 1, x.shape)[..., None]
    shot = Image.fromarray(np.clip(255 * picture, 0, 255).astype(np.uint8))
    shot = shot.filter(ImageFilter.GaussianBlur(float(rng.uniform(0, 0.02) * scale)))
    file = io.BytesIO()
    shot.save(file, "JPEG", quality=int(rng.integers(50, 95)))
    return Image.open(file)


def _camera(rng: np.random.Generator) -> np.ndarray:
    """``(3, 3)``: rows (x, y, 1) on the paper to homogeneous ones in the picture, in its widths."""
    tilt, pan = np.radians(rng.uniform(-STEEPEST, STEEPEST, 2))
    roll = np.radians(rng.normal(0, 2))
    away = rng.uniform(*FARTHEST)
    c, s = np.cos, np.sin
    turn = np.array([[c(roll), -s(roll), 0], [s(roll), c(roll), 0], [0, 0, 1]])
    turn = np.array([[1, 0, 0], [0, c(tilt), -s(tilt)], [0, s(tilt), c(tilt)]]) @ turn
    turn = np.array([[c(pan), 0, s(pan)], [0, 1, 0], [-s(pan), 0, c(pan)]]) @ turn
    return np.array([turn[:, 0], turn[:, 1], [0, 0, away]]) @ np.diag([away, away, 1])


def _light(x: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """How bright the paper is: falling off aslant, and half of the time in a shadow's edge."""
    light = 1 + rng.normal(0, 0.15) * (x - 0.5) + rng.normal(0, 0.15) * (y - 0.5)
    if rng.random() < 0.5:
        angle, place = rng.uniform(0, 2 * np.pi), rng.uniform(-0.4, 0.4)
        across = (x - 0.5) * np.cos(angle) + (y - y.mean()) * np.sin(angle) - place
        softness = np.exp(rng.uniform(np.log(0.005), np.log(0.3)))
        light *= 1 - rng.uniform(0.1, 0.4) / (1 + np.exp(-np.clip(across / softness, -30, 30)))
    return light


def _ink(strokes: Drawing, size: tuple[int, int], brush: float) -> np.ndarray:
    """Coverage, 0 to 1, of a round brush along strokes in pixels."""
    canvas = Image.new("L", (size[0] * _FINER, size[1] * _FINER))
    pen, radius = ImageDraw.Draw(canvas), brush * _FINER / 2
    for stroke in strokes:
        path = stroke * _FINER
        pen.line([tuple(p) for p in path], fill=255, width=max(1, round(2 * radius)))
        for x, y in path:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(canvas.resize(size, Image.Resampling.BOX), float) / 255
