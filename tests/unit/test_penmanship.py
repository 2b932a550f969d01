"""Generated drawings: every variant and kind, hands, devices, and the tables of forms."""

import numpy as np
import pytest
from PIL import Image

from mnist_model.handwriting import (
    KINDS,
    NEAT,
    UNSEEN,
    VARIANTS,
    Hand,
    write_digit,
    write_non_digit,
)
from mnist_model.handwriting import __main__ as sheet
from mnist_model.handwriting.computed import computed
from mnist_model.handwriting.devices import Device, any_device
from mnist_model.handwriting.digits import WEIGHTS, any_digit
from mnist_model.handwriting.hand import write
from mnist_model.handwriting.table import figure, written_form
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.preprocess.strokes import bounding_box, parse

EVERY_VARIANT = [(digit, name) for digit, names in VARIANTS.items() for name in names]


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize(("digit", "variant"), EVERY_VARIANT)
def test_variant_is_a_drawing_in_any_hand(digit, variant):
    source = rng(1)
    for _ in range(10):
        drawing = parse(write_digit(digit, source, variant))
        lowest, highest = bounding_box(drawing)
        assert 0.5 < (highest - lowest).max() < 2.5  # about one unit high


@pytest.mark.parametrize("kind", KINDS)
def test_kind_of_non_digit_is_a_drawing(kind):
    source = rng(1)
    for _ in range(4):
        pixels = strokes_to_mnist(write_non_digit(source, kind))
        assert pixels.max() > 100


def test_same_seed_writes_the_same_drawings():
    def page(seed):
        source = rng(seed)
        return [write_digit(d, source) for d in range(10)] + [write_non_digit(source)]

    for one, other in zip(page(3), page(3), strict=True):
        assert len(one) == len(other)
        for a, b in zip(one, other, strict=True):
            np.testing.assert_array_equal(a, b)
    assert not np.array_equal(page(3)[1][0], page(4)[1][0])


def test_crossed_7_has_a_bar_and_plain_0_is_closed():
    for seed in range(20):
        body, bar = write_digit(7, rng(seed), "crossed", NEAT)
        assert np.ptp(bar[:, 0]) > 1.2 * np.ptp(bar[:, 1])
        assert body[:, 1].min() < bar[:, 1].min()
        assert bar[:, 1].max() < body[:, 1].max()
        (ring,) = write_digit(0, rng(seed), "plain", NEAT)
        assert np.hypot(*(ring[0] - ring[-1])) < 0.35


def test_unseen_kinds_are_never_chosen_for_training():
    assert set(KINDS) > UNSEEN
    from mnist_model.handwriting.non_digits import any_kind

    source = rng(0)
    drawn = {any_kind(source) for _ in range(5_000)}
    assert not drawn & UNSEEN
    assert drawn == set(KINDS) - UNSEEN


def test_every_variant_has_a_weight():
    source = rng()
    for digit, weights in WEIGHTS.items():
        assert set(weights) == set(VARIANTS[digit])
        assert min(weights.values()) > 0
        assert any_digit(source, digit)


def test_mixture_lies_between_its_outlines_and_keeps_their_corners():
    draw = written_form(["0,0 50,0! 50,100", "0,0 100,0! 100,100"])
    source = rng()
    widths = []
    for _ in range(200):
        ((start, corner, same, end),) = draw(source)
        assert corner == same
        assert start != corner != end
        widths.append(corner[0])
    assert 0.3 < min(widths) < 0.6
    assert 0.9 < max(widths) < 1.2


def test_computed_outline_keeps_its_limits_and_corners():
    source, corners = rng(), 0
    draw = computed(["10~40,0 -5~10,80! 80±5,90?50 0,0 | 5,5"], {})
    for _ in range(200):
        line, dot = draw(source)
        assert 0.1 <= line[0][0] <= 0.4
        assert line[1] == line[2]
        corners += len(line) == 6
        assert dot == [(0.05, 0.05)]
    assert 60 < corners < 140


@pytest.mark.parametrize(
    ("lines", "strokes"),
    [
        (["a b = 10 20", "a,b b-5,a*50 10,a/b"], [[(0.1, 0.2), (0.15, 0.05), (0.1, 0.5)]]),
        (["top = 10,0", "top! top.x+-2,max(5,3)"], [[(0.1, 0), (0.1, 0), (0.08, 0.05)]]),
        (["path = 0,0 5,1!", "back(path) | mirror(rest(path),10)"],
         [[(0.05, 0.01), (0.05, 0.01), (0, 0)], [(0.05, 0.01), (0.05, 0.01)]]),
        (["?0: 1,1", "yes = ?100", "?yes: 2,2?yes 3,sin(90°)", "4,4"],
         [[(0.02, 0.02), (0.02, 0.02), (0.03, 1.0)]]),
        (["knots end = part(2)", "first(knots) end"], [[(0.02, 0), (0, 1)]]),
    ],
)  # fmt: skip
def test_computed_outline_does_its_lines_in_turn(lines, strokes):
    parts = {"part": lambda _, x: ([(x, 0.0)], (0.0, 1.0))}
    found = computed(lines, parts)(rng())
    assert [[tuple(knot) for knot in stroke] for stroke in found] == [
        [pytest.approx(knot) for knot in stroke] for stroke in strokes
    ]


def test_sheet_shows_every_form(tmp_path, monkeypatch, capsys):
    arguments = ["sheet", f"{tmp_path}/sheet.png", "--table", "digits", "--each", "1"]
    monkeypatch.setattr("sys.argv", arguments)
    sheet.main()
    assert capsys.readouterr().out.endswith(f": {len(EVERY_VARIANT)} drawings.\n")
    page = np.asarray(Image.open(tmp_path / "sheet.png").convert("L"))
    rows, columns = page.shape[0] // sheet.CELL, page.shape[1] // sheet.CELL
    cells = page.reshape(rows, sheet.CELL, columns, sheet.CELL).min(axis=(1, 3))
    assert (cells < 100).sum() == len(EVERY_VARIANT)


def test_corner_is_sharper_than_a_curve_and_haste_rounds_both():
    def sharpest(form, haste):
        hand = Hand(haste=haste, carelessness=0, wobble=0)
        (line,) = write(figure(form), hand, rng())
        steps = np.diff(line, axis=0)
        angles = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
        return np.abs(np.diff(angles)).max()

    assert sharpest("0,0 50,100! 100,0", haste=0) > 1.2
    assert sharpest("0,0 50,100 100,0", haste=0) < 0.8
    assert sharpest("0,0 50,100! 100,0", haste=0.3) < 0.6


def test_slant_moves_the_top_of_a_stem():
    (upright,) = write(figure("30,0 30,100"), Hand(carelessness=0, wobble=0), rng())
    (leaning,) = write(figure("30,0 30,100"), Hand(carelessness=0, wobble=0, slant=0.5), rng())
    assert np.ptp(upright[:, 0]) < 1e-6
    assert leaning[0, 0] - leaning[-1, 0] == pytest.approx(0.5, abs=0.02)


def test_device_records_points_on_its_grid():
    hand = Hand(device=Device(spacing=0.1, grid=(1 / 50, 1 / 50)))
    (line,) = write(figure("30,0 30,100"), hand, rng())
    np.testing.assert_allclose(line * 50, np.rint(line * 50), atol=1e-9)
    assert 8 <= len(line) <= 12


@pytest.mark.parametrize(
    "device",
    [
        Device(),
        Device(spacing=0.3),
        Device(grid=(0.1, 0.05)),
        Device(grid=(0.1, 0.05), stairs=True),
        Device(settling=0.1),
    ],
)
@pytest.mark.parametrize("form", ["0,0 60,50 0,100", "30,30", "30,30 30,30", "30,0! 30,100! 30,0"])
def test_device_records_finite_points_of_any_path(device, form):
    for seed in range(10):
        for line in write(figure(form), Hand(device=device), rng(seed)):
            assert line.ndim == 2
            assert line.shape[1] == 2
            assert len(line) >= 1
            assert np.isfinite(line).all()


def test_steps_of_stairs_are_horizontal_or_vertical():
    hand = Hand(device=Device(grid=(0.1, 0.1), stairs=True))
    (line,) = write(figure("0,0 60,100"), hand, rng())
    assert (np.abs(np.diff(line, axis=0)).min(axis=1) < 1e-9).all()
    assert np.ptp(line, axis=0) == pytest.approx([0.6, 1.0], abs=0.15)


def test_settling_moves_the_start_of_a_stroke():
    hand = Hand(carelessness=0, wobble=0, device=Device(settling=0.1))
    begins = [write(figure("30,0 30,100"), hand, rng(seed))[0][0] for seed in range(40)]
    assert np.std(begins, axis=0) == pytest.approx([0.1, 0.1], abs=0.05)


def test_all_kinds_of_devices_occur():
    devices = [any_device(rng(seed))[0] for seed in range(300)]
    assert all(0 < device.spacing < 0.5 for device in devices)
    assert any(device.stairs for device in devices)
    assert any(device.settling for device in devices)
    assert any(device.grid[0] != device.grid[1] for device in devices)


def test_stroke_drawn_twice_stays_near_itself():
    one, again = write(figure("30,0 30,100"), Hand(twice=1.0), rng())
    assert np.abs(again.mean(axis=0) - one.mean(axis=0)).max() < 0.3


def test_only_near_strokes_are_joined():
    joined = Hand(ligatures=1.0)
    assert len(write(figure("0,0 0,50 | 10,60 50,60"), joined, rng())) == 1
    assert len(write(figure("0,0 0,100 | 0,0 50,0"), joined, rng())) == 2
    assert len(write_non_digit(rng(), "letter i", joined)) == 2  # joined, it would be a 1


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: write_digit(10, rng()), "from 0 to 9, not 10"),
        (lambda: write_digit(7, rng(), "crowned"), "no variant 'crowned' of the 7. Choose"),
        (lambda: written_form(["0,0 50,0", "0,0 50,0 100,0"]), "have the same knots"),
        (lambda: computed(["0,0 5;5"], {})(rng()), "'5;5' in a form is not a valid expression"),
        (lambda: computed(["0,0 5,5?!"], {})(rng()), "a value and perhaps"),
        (lambda: computed(["?0: 0,0 5,5"], {})(rng()), "must end in a line without a name"),
        (lambda: write_non_digit(rng(), "poem"), "There is no kind 'poem'. Choose"),
    ],
)
def test_invalid_input_raises_a_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()
