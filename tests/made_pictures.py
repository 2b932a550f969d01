"""Pictures that people bring, made from pen strokes, for the tests and `benchmarks/accuracy.py`.

Each maker takes a drawing and a random generator, and returns a picture as Pillow would open it.
"""

import io
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from mnist_model import Drawing
from mnist_model.handwriting.numbers import side_by_side
from mnist_model.preprocess.strokes import bounding_box

Maker = Callable[[Drawing, np.random.Generator], Image.Image]

DIGITS = (3, 8)  # in a photographed row
STEEPEST = 15  # degrees that the camera is tilted, to each side
FARTHEST = (2.0, 4.0)  # of the camera from the paper, in widths of the picture


def ink_of(drawing: Drawing, size: tuple[int, int], filled: float, brush: float, at) -> np.ndarray:
    """Coverage, 0 to 1, of a round brush as wide as ``brush`` pixels along a drawing.

    Args:
        drawing: strokes in any unit.
        size: (width, height) of the result in pixels.
        filled: pixels along the longest side of its path.
        brush: its width in pixels.
        at: (x, y) of the middle of its path.
    """
    low, high = bounding_box(drawing)
    scale = filled / max((high - low).max(), 1e-9)
    placed = [(stroke - (low + high) / 2) * scale + at for stroke in drawing]
    return _brushed(placed, size, brush, 3 if max(size) > 100 else 12)


def _brushed(strokes: Drawing, size: tuple[int, int], brush: float, finer: int = 3) -> np.ndarray:
    """Coverage of a round brush along strokes in pixels, drawn so many times finer."""
    canvas = Image.new("L", (size[0] * finer, size[1] * finer))
    pen, radius = ImageDraw.Draw(canvas), brush * finer / 2
    for stroke in strokes:
        path = stroke * finer
        pen.line([tuple(p) for p in path], fill=255, width=max(1, round(2 * radius)))
        for x, y in path:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(canvas.resize(size, Image.Resampling.BOX), float) / 255


def _inked(
    drawing: Drawing,
    size: tuple[int, int],
    rng: np.random.Generator,
    brush: tuple[float, float] = (0.02, 0.08),
    filled: tuple[float, float] = (0.45, 0.75),
) -> np.ndarray:
    """Coverage of a drawing somewhere near the middle; lengths are shares of the shorter side."""
    side = min(size)
    middle = np.array(size) / 2 + rng.uniform(-0.08, 0.08, 2) * side
    width = max(1.2, rng.uniform(*brush) * side)
    return ink_of(drawing, size, rng.uniform(*filled) * side, width, middle)


def _mixed(ink: np.ndarray, ground, colour) -> np.ndarray:
    """``(height, width, 3)`` float: ``colour`` where there is ink, and else ``ground``."""
    return ink[..., None] * np.asarray(colour, float) + (1 - ink[..., None]) * np.asarray(ground)


def _picture(values: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def _packed(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=int(rng.integers(60, 95)))
    return Image.open(file)


def without_margin(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """A bold scan cut at its ink: it touches all four edges. Black and white, or grey."""
    side = int(rng.integers(32, 160))
    ink = ink_of(drawing, (side * 2, side * 2), side, rng.uniform(0.1, 0.32) * side, (side, side))
    if rng.random() < 0.5:
        ink = (ink > 0.5).astype(float)
    rows, columns = np.flatnonzero(ink.max(axis=1) > 0.5), np.flatnonzero(ink.max(axis=0) > 0.5)
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return _picture(255 * (ink if rng.random() < 0.5 else 1 - ink))


def window(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """A window's screenshot: a transparent margin, round corners, at times a bar and a shadow."""
    wide, high = (int(x) for x in rng.integers(220, 420, 2))
    is_dark = rng.random() < 0.3
    paper, pen = ([30] * 3, [240] * 3) if is_dark else ([255] * 3, rng.uniform(0, 90, 3))
    inner = _mixed(_inked(drawing, (wide, high), rng), paper, pen)
    if rng.random() < 0.5:
        bar = np.full((28, wide, 3), 60.0 if is_dark else 222.0)
        inner = np.concatenate([bar, inner])
    content = _picture(inner)
    if inner.shape[0] > high:
        draw = ImageDraw.Draw(content)
        for x, colour in ((14, "#ff5f57"), (34, "#febc2e"), (54, "#28c840")):
            draw.ellipse((x - 6, 8, x + 6, 20), fill=colour)
    margin = int(rng.integers(12, 60))
    size = (content.width + 2 * margin, content.height + 2 * margin)
    shape = Image.new("L", content.size)
    ImageDraw.Draw(shape).rounded_rectangle(
        (0, 0, content.width - 1, content.height - 1), int(rng.integers(0, 16)), fill=255
    )
    result = Image.new("RGBA", size)
    if rng.random() < 0.5:
        shadow = Image.new("L", size)
        shadow.paste(shape.point(lambda x: int(0.5 * x)), (margin, margin + margin // 4))
        result.putalpha(shadow.filter(ImageFilter.GaussianBlur(margin / 3)))
    result.paste(content, (margin, margin), shape)
    return result


def drawing_program(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """A screenshot of a drawing program: a ribbon, a status line, paper on a grey ground."""
    wide, high = int(rng.integers(480, 900)), int(rng.integers(380, 640))
    is_dark = rng.random() < 0.3
    bars, ground, line = (
        ("#202020", "#2b2b2b", "#e0e0e0") if is_dark else ("#f5f6f7", "#c9d3e2", "#333")
    )
    page = Image.new("RGB", (wide, high), ground)
    draw = ImageDraw.Draw(page)
    ribbon, status = int(rng.uniform(0.12, 0.2) * high), int(rng.uniform(0.04, 0.07) * high)
    draw.rectangle((0, 0, wide, ribbon), fill=bars)
    draw.rectangle((0, high - status, wide, high), fill=bars)
    draw.line((0, ribbon, wide, ribbon), fill="#999")
    for x in range(10, wide - 60, 44):
        if rng.random() < 0.7:
            colour = tuple(int(c) for c in rng.integers(0, 255, 3)) if rng.random() < 0.5 else line
            kind = rng.integers(3)
            box = (x, 10, x + 22, 30)
            (draw.rectangle, draw.ellipse)[kind % 2](box, outline=colour, width=2)
            draw.text((x, ribbon - 18), ("Edit", "Pens", "View")[kind], fill=line)
    for x in (12, wide // 3, wide - 70):
        draw.text((x, high - status + 3), f"{int(rng.integers(100, 999))} px", fill=line)
    if rng.random() < 0.5:  # the paper is smaller than its ground
        left, top = 6, ribbon + 6
        size = (
            int(rng.uniform(0.6, 0.95) * wide),
            int((high - status - top) * rng.uniform(0.7, 0.95)),
        )
    else:
        left, top, size = 0, ribbon + 1, (wide, high - status - ribbon - 1)
    paper, pen = ((255, 255, 255), rng.uniform(0, 80, 3))
    page.paste(_picture(_mixed(_inked(drawing, size, rng), paper, pen)), (left, top))
    return page


def phone(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """A phone's screenshot: a clock and a battery above, the home bar below; light or dark."""
    wide = int(rng.integers(300, 420))
    high = int(wide * rng.uniform(1.7, 2.2))
    is_dark = rng.random() < 0.5
    paper, pen = ((0, 0, 0), (255, 255, 255)) if is_dark else ((255, 255, 255), (0, 0, 0))
    if rng.random() < 0.4:
        pen = tuple(int(c) for c in rng.integers(60, 200, 3))
    ink = _inked(drawing, (wide, high), rng, (0.02, 0.07), (0.4, 0.8))
    page = _picture(_mixed(ink, paper, pen))
    draw = ImageDraw.Draw(page)
    sign = "white" if is_dark else "black"
    if rng.random() < 0.4:  # the bar has a ground of its own
        draw.rectangle((0, 0, wide, 34), fill="#1c1c1e" if is_dark else "#e8e8ed")
    draw.text((24, 10), f"{rng.integers(1, 24)}:{rng.integers(10, 60)}", fill=sign, font_size=15)
    draw.rounded_rectangle((wide - 46, 12, wide - 22, 24), 3, outline=sign, width=1)
    draw.rectangle((wide - 44, 14, wide - 32, 22), fill=sign)
    for i in range(4):
        draw.rectangle((wide - 78 + 5 * i, 22 - 3 * i, wide - 75 + 5 * i, 24), fill=sign)
    half = 0.17 * wide
    draw.rounded_rectangle((wide / 2 - half, high - 13, wide / 2 + half, high - 9), 2, fill=sign)
    return page


def _paper(size: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Grained paper under uneven light: ``(height, width)`` float, 0 to 1."""
    y, x = np.mgrid[: size[1], : size[0]] / max(size)
    light = (
        rng.uniform(0.75, 0.95) + rng.normal(0, 0.06) * (x - 0.5) + rng.normal(0, 0.06) * (y - 0.5)
    )
    return light * rng.normal(1, 0.008, light.shape)


def _pencil(drawing: Drawing, size: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    ink = _inked(drawing, size, rng, (0.015, 0.035), (0.45, 0.75))
    return ink * np.clip(rng.normal(1, 0.2, ink.shape), 0.3, 1) * rng.uniform(0.35, 0.55)


def hard_shadow(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """Pencil, with the hard edge of a shadow across the digit."""
    side = int(rng.integers(160, 500))
    values = _paper((side, side), rng) * (1 - _pencil(drawing, (side, side), rng))
    y, x = np.mgrid[:side, :side] / side - 0.5
    angle = rng.uniform(0, 2 * np.pi)
    across = x * np.cos(angle) + y * np.sin(angle) - rng.uniform(-0.15, 0.15)
    soft = rng.uniform(0.5, 2.5) / side
    values *= 1 - rng.uniform(0.25, 0.5) / (1 + np.exp(-np.clip(across / soft, -30, 30)))
    return _packed(_picture(255 * values), rng)


def squared_paper(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """Pencil on squared paper, a little turned."""
    side = int(rng.integers(160, 500))
    values = _paper((side, side), rng)
    y, x = np.mgrid[:side, :side] / side
    turn, pitch = rng.normal(0, 0.02), rng.uniform(0.06, 0.16)
    thick = max(rng.uniform(0.003, 0.007), 1 / side)
    for along in (x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)):
        near = np.abs((along / pitch + rng.random()) % 1 - 0.5) * pitch
        values *= 1 - rng.uniform(0.15, 0.35) * np.clip((thick - near) * side + 0.5, 0, 1)
    values *= 1 - _pencil(drawing, (side, side), rng)
    soft = _picture(255 * values).filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1)))
    return _packed(soft, rng)


def faint(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """Ink that differs from its ground by 22 of 255."""
    side, ground = int(rng.integers(100, 400)), rng.uniform(60, 235)
    sign = -1 if ground > 128 else 1
    values = ground + sign * 22 * _inked(drawing, (side, side), rng)
    return _picture(values + rng.normal(0, rng.choice([0, 0.7]), values.shape))


def animation(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """An animated GIF of a digit that is being drawn; its first frame is blank."""
    side, file = 160, io.BytesIO()
    values = 255 * (1 - _inked(drawing, (side, side), rng))
    frames = [np.full_like(values, 255.0), values]
    halfway = values.copy()
    halfway[side // 2 :] = 255
    frames.insert(1, halfway)
    first, *rest = [_picture(frame) for frame in frames]
    first.save(file, "GIF", save_all=True, append_images=rest, duration=100)
    return Image.open(file)


def twelve_bits(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """16 bits a pixel, of which 12 are used."""
    ink = _inked(drawing, (200, 200), rng)
    file = io.BytesIO()
    values = np.rint(4095 * (ink if rng.random() < 0.5 else 1 - ink)).astype(np.uint16)
    Image.fromarray(values).save(file, "PNG")
    return Image.open(file)


def twelve_bits_shown(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """The same as a browser gives it away: 8 bits a pixel, of which 4 are used."""
    values = np.asarray(twelve_bits(drawing, rng)) // 256
    return Image.fromarray(values.astype(np.uint8))


def thin_and_faint(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """28×28 with a margin, as people make them for MNIST: thin, grey, uneven."""
    width = rng.uniform(0.5, 1.1)
    ink = ink_of(drawing, (28, 28), rng.uniform(16, 20), width, rng.uniform(13, 15, 2))
    return _picture(255 * ink * rng.uniform(0.35, 0.9))


def thin_reduced(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """A hairline drawn on a large canvas that was made as small as 28×28, without much care."""
    ink = ink_of(drawing, (280, 280), rng.uniform(150, 210), rng.uniform(3, 9), (140, 140))
    how = rng.choice([Image.Resampling.BILINEAR, Image.Resampling.BOX, Image.Resampling.LANCZOS])
    small = _picture(255 * ink).resize((28, 28), Image.Resampling(int(how)))
    return _picture(rng.uniform(0.5, 1) * np.asarray(small, float))


def sixteen_enlarged(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """A grey 16×16 that the digit fills, enlarged softly or in blocks."""
    side = 16
    width = rng.uniform(0.1, 0.18) * side
    ink = ink_of(drawing, (side, side), side - width, width, (side / 2, side / 2))
    small = _picture(255 * (ink if rng.random() < 0.5 else 1 - ink))
    how = rng.choice(
        [Image.Resampling.NEAREST, Image.Resampling.BILINEAR, Image.Resampling.BICUBIC]
    )
    times = int(rng.integers(2, 16))
    return small.resize((side * times, side * times), Image.Resampling(int(how)))


KINDS: dict[str, Maker] = {
    "cut at the ink, bold": without_margin,
    "a window on nothing, with shadows": window,
    "a drawing program's screenshot": drawing_program,
    "a phone's screenshot": phone,
    "a hard shadow across pencil": hard_shadow,
    "pencil on squared paper": squared_paper,
    "faint: 22 of 255": faint,
    "a GIF that begins blank": animation,
    "12 of 16 bits": twelve_bits,
    "4 of 8 bits": twelve_bits_shown,
    "28 × 28, thin and faint": thin_and_faint,
    "28 × 28, a reduced hairline": thin_reduced,
    "16 × 16, enlarged": sixteen_enlarged,
}


def photograph(drawing: Drawing, rng: np.random.Generator) -> Image.Image:
    """Pen or pencil on paper, badly lit, ruled, blurred and packed."""
    side = int(np.exp(rng.uniform(np.log(40), np.log(1000))))
    wide = int(side * rng.uniform(1, 1.4))
    y, x = np.mgrid[:side, :wide] / side
    filled = rng.uniform(0.45, 0.8) * side
    at = np.array([wide / 2, side / 2]) + rng.uniform(-0.05, 0.05, 2) * side
    turn = rng.normal(0, 0.05)
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    width = max(1.2, rng.uniform(0.012, 0.06) * side)
    ink = ink_of([stroke @ rotation for stroke in drawing], (wide, side), filled, width, at)
    is_pencil = rng.random() < 0.4
    if is_pencil:
        grain = rng.normal(1, 0.25, ink.shape)
        ink = ink * np.clip(grain, 0.3, 1)
    light = _light(x, y, rng, 0.01)
    paper = np.array([1, 1, 1]) * rng.uniform(0.8, 1) - rng.uniform(0, 0.08, 3)
    colour = paper * rng.uniform(0.45, 0.65) if is_pencil else rng.uniform(0, 0.35, 3)
    picture = np.broadcast_to(paper, (side, wide, 3)).copy()
    if rng.random() < 0.4:  # ruled
        pitch, phase = rng.uniform(0.12, 0.3), rng.random()
        rule = rng.uniform(0.003, 0.01)
        line = np.abs((y / pitch + phase) % 1 - 0.5) * pitch < max(rule, 0.5 / side) / 2
        if rng.random() < 0.3:  # squared
            line = line | (
                np.abs((x / pitch + phase) % 1 - 0.5) * pitch < max(rule, 0.5 / side) / 2
            )
        picture[line] = paper * rng.uniform(0.6, 0.85, 3)
    if rng.random() < 0.15:  # a frame
        near = np.minimum.reduce([x, y, wide / side - x, 1 - y])
        picture[np.abs(near - 0.04) < max(0.006, 0.6 / side)] = paper * 0.3
    picture = picture * (1 - ink[..., None]) + colour * ink[..., None]
    fibres = Image.fromarray(rng.normal(128, 40, (side, wide)).clip(0, 255).astype(np.uint8))
    fibres = fibres.filter(ImageFilter.BoxBlur(rng.uniform(0, 1.5)))
    texture = (np.asarray(fibres, float) - 128) / 40
    picture = picture * (light * (1 + rng.uniform(0, 0.03) * texture))[..., None]
    eight_bits = Image.fromarray(np.clip(255 * picture, 0, 255).astype(np.uint8))
    eight_bits = eight_bits.filter(ImageFilter.GaussianBlur(rng.uniform(0, 0.01) * side))
    file = io.BytesIO()
    eight_bits.save(file, "JPEG", quality=int(rng.integers(40, 95)))
    return Image.open(file)


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


def photograph_of_row(strokes: Drawing, rng: np.random.Generator, paper: str) -> Image.Image:
    """A row on paper, badly lit, seen from aslant, blurred and packed.

    Args:
        strokes: of the row, about one unit high.
        rng: the source of chance.
        paper: "ruled" or "squared".
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
    ink = _brushed([seen(stroke) for stroke in strokes], size, brush)
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
    picture *= _light(x / size[0], y / size[0], rng, 0.005, y.mean() / size[0])[..., None]
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


def _light(
    x: np.ndarray, y: np.ndarray, rng: np.random.Generator, sharpest: float, middle: float = 0.5
) -> np.ndarray:
    """How bright the paper is: falling off aslant, and half of the time in a shadow's edge."""
    light = 1 + rng.normal(0, 0.15) * (x - 0.5) + rng.normal(0, 0.15) * (y - 0.5)
    if rng.random() < 0.5:
        angle, place = rng.uniform(0, 2 * np.pi), rng.uniform(-0.4, 0.4)
        across = (x - 0.5) * np.cos(angle) + (y - middle) * np.sin(angle) - place
        softness = np.exp(rng.uniform(np.log(sharpest), np.log(0.3)))
        light *= 1 - rng.uniform(0.1, 0.4) / (1 + np.exp(-np.clip(across / softness, -30, 30)))
    return light
