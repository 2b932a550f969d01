from itertools import repeat

import numpy as np
from digits import DIGITS

from mnist_model.preprocess.examples import Examples
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.preprocess.transform import thicken, warp
from mnist_model.train.augment import Distortion, distort, distorted_batches

IMAGES = np.stack([strokes_to_mnist(strokes) for strokes in DIGITS.values()])
STRONG = Distortion(rotation=15, shear=0.2, scale=0.15, shift=2, elastic=0.8, thickness=0.5)


def rng(seed=0):
    return np.random.default_rng(seed)


def test_without_distortion_the_batches_are_the_images_themselves():
    np.testing.assert_allclose(distort(IMAGES, Distortion(), rng()), IMAGES, atol=1e-3)
    batches = distorted_batches([Examples(IMAGES, np.arange(10))], 5, repeat(Distortion()), seed=0)
    for _ in range(4):
        images, labels = next(batches)
        np.testing.assert_array_equal(images[..., 0], IMAGES[labels])
        assert images.dtype == np.float32


def test_a_shift_moves_the_centre_of_mass_no_further_than_asked():
    many = np.repeat(IMAGES, 20, axis=0)
    moved = distort(many, Distortion(shift=2), rng())
    y, x = np.indices((28, 28))

    def centre(images):
        mass = images.sum(axis=(1, 2))
        return np.stack([(images * x).sum((1, 2)) / mass, (images * y).sum((1, 2)) / mass])

    distance = np.abs(centre(moved) - centre(many.astype(float)))
    assert distance.max() < 2.05
    assert distance.max() > 1.8


def test_a_quarter_turn_is_numpys_and_scale_changes_the_ink_both_ways():
    turned = distort(IMAGES[7:8].repeat(200, axis=0), Distortion(rotation=90), rng())
    likeness = [np.corrcoef(t.ravel(), np.rot90(IMAGES[7], 1).ravel())[0, 1] for t in turned]
    assert max(likeness) > 0.9
    ink = distort(IMAGES[:1].repeat(200, 0), Distortion(scale=0.2), rng()).sum((1, 2))
    ratio = ink / IMAGES[0].sum()
    assert 0.6 < ratio.min() < 0.75
    assert 1.3 < ratio.max() < 1.46


def test_elastic_displacement_has_the_strength_asked_for():
    ramp = np.tile(np.arange(28, dtype=np.float32), (500, 1, 1)).repeat(28, axis=1)
    bent = distort(ramp, Distortion(elastic=0.5), rng())
    displacement = (bent - ramp)[:, 4:-4, 4:-4]
    np.testing.assert_allclose(displacement.std(), 0.5, rtol=0.05)
    assert np.abs(np.diff(displacement, axis=2)).max() < 0.6  # smooth


def test_a_pixel_thicker_is_the_brightest_neighbour_and_thinner_the_darkest():
    image = np.zeros((1, 28, 28), np.float32)
    image[0, 10:13, 10] = 200
    thick = thicken(image, np.array([1.0]))
    assert (thick > 0).sum() == 3 * 3 + 2
    assert thicken(image, np.array([-1.0])).max() == 0
    np.testing.assert_allclose(thicken(image, np.array([0.25]))[0, 11, 9], 50)
    np.testing.assert_array_equal(thicken(image, np.array([0.0])), image)


def test_a_warp_turns_clockwise_and_shifts_to_the_left():
    image = np.zeros((1, 28, 28), np.float32)
    image[0, 4, 14] = 255  # above the middle
    still = {"rotation": np.zeros(1), "shear": np.zeros(1)}
    still |= {"scale": np.ones((2, 1)), "shift": np.zeros((2, 1))}

    def brightest(**changes):
        return np.unravel_index(warp(image, **still | changes)[0].argmax(), (28, 28))

    assert brightest() == (4, 14)
    assert brightest(rotation=np.array([90.0]))[1] > 20
    assert brightest(shift=np.array([[3.0], [1.0]])) == (3, 11)


def test_batches_show_every_digit_once_an_epoch_and_depend_on_the_seed():
    examples = [Examples(IMAGES, np.arange(10))]
    batches = distorted_batches(examples, 4, repeat(STRONG), seed=1)
    epoch = [next(batches) for _ in range(2)]
    assert [images.shape for images, _ in epoch] == [(4, 28, 28, 1)] * 2
    assert len({label for _, labels in epoch for label in labels}) == 8
    again = distorted_batches(examples, 4, repeat(STRONG), seed=1)
    np.testing.assert_array_equal(next(again)[0], epoch[0][0])
    other = distorted_batches(examples, 4, repeat(STRONG), seed=2)
    assert (next(other)[0] != epoch[0][0]).any()


def test_epochs_take_turns_with_the_pages_and_each_has_its_own_distortion():
    pages = [Examples(IMAGES, np.full(10, page)) for page in range(3)]
    batches = distorted_batches(pages, 5, repeat(STRONG), seed=1)
    assert [next(batches)[1][0] for _ in range(8)] == [0, 0, 1, 1, 2, 2, 0, 0]
    examples = [Examples(IMAGES, np.arange(10))]
    batches = distorted_batches(examples, 10, [STRONG, Distortion(), STRONG], seed=1)
    changes = [np.abs(images[..., 0] - IMAGES[labels]).max() for images, labels in batches]
    assert [change > 100 for change in changes] == [True, False, True]


def test_half_a_distortion_goes_half_as_far():
    assert STRONG.times(0.5) == Distortion(7.5, 0.1, 0.075, 1, 0.4, 0.25)
    assert not STRONG.times(0)
