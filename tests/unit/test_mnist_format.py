import tracemalloc
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from bad_drawings import png_file
from digits import DIGITS
from PIL import Image, ImageDraw

from mnist_model.preprocess.images import image_to_mnist
from mnist_model.preprocess.mnist_format import STROKE_WIDTH, strokes_to_mnist


def centre_of_mass(image: np.ndarray) -> np.ndarray:
    """(x, y) in pixel indices, as MNIST's own figures count it."""
    y, x = np.indices(image.shape)
    return np.array([(x * image).sum(), (y * image).sum()]) / image.sum(dtype=float)


def ink_box(image: np.ndarray) -> tuple[int, int]:
    """(width, height) of the ink in pixels."""
    return tuple(np.ptp(np.flatnonzero(image.any(axis=axis))) + 1 for axis in (0, 1))


# Hand-computed: a round pen of radius r covers these areas of the pixels around its centre.


def test_a_dot_is_a_disc_as_wide_as_the_pen():
    image = strokes_to_mnist([[(123, 45)]], width=4).astype(int)
    # Its centre lies on the corner between pixels 14 and 15. Radius 2: the four pixels there are
    # full; their neighbours hold 0.9132 (the circle's segment), the diagonal ones 0.3152.
    expected = np.array([[80, 233, 233, 80], [233, 255, 255, 233]])
    expected = np.vstack([expected, expected[::-1]])
    np.testing.assert_allclose(image[13:17, 13:17], expected, atol=8)  # of 255
    assert image.sum() == image[13:17, 13:17].sum()


def test_a_line_fills_twenty_pixels_with_round_ends():
    image = strokes_to_mnist([[(0, 7), (100, 7)]], width=2).astype(int)
    # Radius 1 around y = 15: rows 14 and 15 are full, and the ends are quarters of a disc (pi / 4).
    np.testing.assert_allclose(image[14:16, 6:24], 255, atol=1)
    np.testing.assert_allclose(image[14:16, [5, 24]], 255 * np.pi / 4, atol=12)
    assert image[:14].sum() == image[16:].sum() == image[:, :5].sum() == image[:, 25:].sum() == 0


def test_the_centre_of_mass_decides_the_place_by_hand():
    # A capital L without serifs, pen 2: the upright covers columns 0-1 of the box, the foot rows
    # 18-19. Two bars 20 long that share a corner 2x2: centre of mass (40 * 1 + 36 * 11) / 76 = 5.74
    # along x and (40 * 10 + 36 * 19) / 76 = 14.26 along y, so the box goes to (int(15 - 5.74),
    # int(15 - 14.26)) = (9, 0), and then stays inside the frame at (8, 0).
    image = strokes_to_mnist([[(0, 0), (0, 18), (18, 18)]], width=2)
    np.testing.assert_allclose(image[[10, 10, 18, 19], [8, 9, 20, 20]], 255, atol=2)
    assert image[:, :8].sum() == image[20:].sum() == 0


def test_drawing_has_mnists_size_and_place():
    rng = np.random.default_rng(5)
    for number in range(300):
        shape = np.eye(2) + rng.uniform(-0.4, 0.4, (2, 2))
        image = strokes_to_mnist([stroke @ shape for stroke in DIGITS[number % 10]])
        assert (image.shape, image.dtype, image.max()) == ((28, 28), np.uint8, 255)
        assert max(ink_box(image)) == 20
        assert centre_of_mass(image).min() > 13.5 - 1e-9
        assert centre_of_mass(image).max() <= 14.5 + 1e-9


@pytest.mark.parametrize("scale", [1e-6, 0.01, 3, 280, 1e6])
@pytest.mark.parametrize("shift", [(0, 0), (0.6, -0.3), (-700.5, 12.25)])
def test_where_and_how_large_it_was_drawn_does_not_matter(scale, shift):
    for digit, strokes in DIGITS.items():
        moved = [(stroke + shift) * scale for stroke in strokes]
        difference = strokes_to_mnist(moved).astype(int) - strokes_to_mnist(strokes)
        assert np.abs(difference).max() <= 1, digit


def test_the_sampling_of_the_pen_does_not_matter():
    coarse = [[(0, 0), (10, 0), (4, 15)]]
    fine = [np.vstack([np.linspace(a, b, 200) for a, b in pairwise(coarse[0])])]
    difference = strokes_to_mnist(coarse).astype(int) - strokes_to_mnist(fine)
    assert np.abs(difference).max() <= 12


def test_a_moving_pen_changes_the_image_smoothly():
    before = strokes_to_mnist([[(0, 0), (100, 0), (40, 150)]]).astype(int)
    after = strokes_to_mnist([[(0, 0), (100, 0), (40.1, 150)]])
    assert np.abs(after - before).max() <= 4


@pytest.mark.parametrize("width", [2, STROKE_WIDTH, 3.7])
def test_the_pen_has_the_width_asked_for(width):
    image = strokes_to_mnist([[(0, 0), (0, 50)]], width=width)
    across = image[8:20].sum(axis=1) / 255
    np.testing.assert_allclose(across, width, rtol=0.02)


@pytest.mark.parametrize("width", [0, 0.1, -1, 20, float("nan"), None, "2", 1j, np.ones(2)])
def test_an_impossible_pen_is_refused(width):
    with pytest.raises(ValueError, match="width must be from"):
        strokes_to_mnist([[(0, 0), (1, 1)]], width=width)


@pytest.mark.parametrize("far", [1e7, 1e8, 9e8])
def test_a_drawing_at_the_limit_of_precision_keeps_the_format(far):
    step = np.spacing(far)
    for points in ([(far, far), (far + step, far)], [(far, 0), (far + 3 * step, step)]):
        x, y = centre_of_mass(strokes_to_mnist([points]))
        assert 13.4 < x < 14.6
        assert 13.4 < y < 14.6
    strokes_to_mnist([far + np.random.default_rng(0).integers(0, 2, (20_000, 2)) * step])


def test_the_longest_path_allowed_takes_little_memory():
    tracemalloc.start()
    strokes_to_mnist([[(0, 0), (1000, 1000)] * 10_000])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100e6


def test_blank_drawing_is_a_blank_image_and_one_that_stands_still_is_a_dot():
    assert not strokes_to_mnist([]).any()
    assert strokes_to_mnist([[(0, 0)]], width=0.5).any()
    np.testing.assert_array_equal(strokes_to_mnist([[(5, 5)] * 50]), strokes_to_mnist([[(0, 0)]]))


# Pictures


def picture(
    strokes, brush=0.07, side=400, ink="black", background="white", mode="RGB"
) -> Image.Image:
    """A drawing as a paint program would save it, drawn four times finer and shrunk."""
    canvas = Image.new("L", (side * 4, side * 4))
    draw = ImageDraw.Draw(canvas)
    radius = brush * side * 2
    for stroke in strokes:
        points = [tuple(point) for point in np.asarray(stroke) * side * 4]
        draw.line(points, fill=255, width=round(2 * radius), joint="curve")
        for x, y in points:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    mask = canvas.resize((side, side), Image.Resampling.BOX)
    image = Image.new("RGB", (side, side), background)
    image.paste(ink, mask=mask)
    return image.convert(mode)


def likeness(first: np.ndarray, second: np.ndarray) -> float:
    """Correlation, at best: a hair's breadth more ink can move the centre of mass by a pixel."""
    return max(
        float(np.corrcoef(np.roll(first, (down, right), (0, 1)).ravel(), second.ravel())[0, 1])
        for down in (-1, 0, 1)
        for right in (-1, 0, 1)
    )


@pytest.mark.parametrize("digit", DIGITS)
def test_a_picture_is_formatted_like_its_strokes_whatever_the_brush(digit):
    image = image_to_mnist(picture(DIGITS[digit], brush=(0.005, 0.02, 0.07, 0.12)[digit % 4]))
    assert max(ink_box(image)) == 20
    assert likeness(image, strokes_to_mnist(DIGITS[digit])) > 0.9


@pytest.fixture(scope="module")
def plain():
    return image_to_mnist(picture(DIGITS[3]))


@pytest.mark.parametrize(
    ("ink", "background", "mode"),
    [
        ("black", "white", "L"),
        ("white", "black", "L"),
        ("black", "white", "1"),
        ("navy", "khaki", "RGB"),
        ("yellow", "teal", "P"),
        ("red", "lime", "CMYK"),
        ("#777", "#999", "RGB"),
        ("black", "white", "I"),
        ("white", "black", "F"),
        ("black", "white", "HSV"),
    ],
)
def test_colours_polarity_and_mode_do_not_matter(plain, ink, background, mode):
    other = image_to_mnist(picture(DIGITS[3], ink=ink, background=background, mode=mode))
    assert likeness(plain, other) > 0.97


@pytest.mark.parametrize("colour", ["black", "white", "orange"])
def test_ink_on_nothing_is_ink_whatever_its_colour(plain, colour):
    mask = picture(DIGITS[3], ink="white", background="black", mode="L")
    image = Image.new("RGBA", mask.size, (0, 0, 0, 0))
    image.paste(colour, mask=mask)
    assert likeness(image_to_mnist(image), plain) > 0.97


def test_bits_noise_jpeg_and_turned_photographs_do_not_matter():
    grey = np.asarray(picture(DIGITS[7], mode="L"))
    deep = Image.fromarray(grey.astype(np.uint16) * 257)
    assert deep.mode.startswith("I")
    noise = np.random.default_rng(1).normal(20, 6, grey.shape)
    noisy, turned = BytesIO(), BytesIO()
    values = np.clip(0.8 * grey + noise, 0, 255).astype(np.uint8)
    Image.fromarray(values).save(noisy, "JPEG", quality=40)
    exif = Image.Exif()
    exif[0x0112] = 6  # "turn me by 90 degrees"
    sideways = picture(DIGITS[7]).transpose(Image.Transpose.ROTATE_90)
    sideways.save(turned, "JPEG", exif=exif, quality=95)
    for image in (deep, Image.open(noisy), Image.open(turned)):
        assert likeness(image_to_mnist(image), strokes_to_mnist(DIGITS[7])) > 0.9


def test_place_size_and_shape_of_the_picture_do_not_matter():
    expected = strokes_to_mnist(DIGITS[4])
    small = picture(DIGITS[4], side=90)
    wide = Image.new("RGB", (1500, 200), "white")
    wide.paste(small, (1380, 5))
    assert likeness(image_to_mnist(wide), expected) > 0.88
    assert likeness(image_to_mnist(picture(DIGITS[4], side=28, brush=0.09)), expected) > 0.8


@pytest.mark.parametrize(
    "image",
    [
        Image.new("L", (1, 1), 255),
        Image.new("RGB", (300, 200), "teal"),
        Image.new("RGBA", (50, 50), (0, 0, 0, 0)),
        Image.new("F", (20, 20), float("nan")),
        Image.effect_noise((200, 200), 3),
    ],
)
def test_nothing_but_background_is_a_blank_image(image):
    assert not image_to_mnist(image).any()


@pytest.mark.parametrize("size", [(20_000, 20_000), (20_001, 10), (8_000, 8_000)])
def test_a_picture_too_large_is_refused_before_it_is_decoded(size, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)
    with pytest.raises(ValueError, match="at most 20,000 along a side and 50 million"):
        image_to_mnist(Image.open(BytesIO(png_file(*size))))


def test_a_hairline_in_a_huge_picture_is_ink():
    image = Image.new("L", (12_000, 2_000), 255)
    ImageDraw.Draw(image).line([(11_000, 100), (11_200, 1_900)], fill=0, width=1)
    assert ink_box(image_to_mnist(image))[1] == 20


def test_whatever_a_decoder_raises_becomes_a_sentence(monkeypatch):
    with pytest.raises(ValueError, match="cannot be decoded"):
        image_to_mnist(Image.open(BytesIO(png_file(100, 100))))

    def fail(*_):
        raise IndexError("index out of range")

    monkeypatch.setattr(Image.Image, "convert", fail)
    with pytest.raises(ValueError, match=r"cannot be decoded \(index out of range\)"):
        image_to_mnist(Image.new("L", (10, 10)))


@pytest.mark.parametrize("thing", [None, "seven.png", np.zeros((28, 28))])
def test_what_is_no_picture_is_refused(thing):
    with pytest.raises(ValueError, match="must be a PIL image"):
        image_to_mnist(thing)
