"""What a network is shown in a lesson: the same words give the same digits."""

import numpy as np
import pytest

from mnist_model.train.lesson import GROUPS, HABITS, Shown, write_held_out, write_sheet, write_shown


def test_a_larger_count_begins_with_the_same():
    choices = {"digits": (2, 7), "wrong": 0.5, "anywhere": True, "without": ("crossed-7",)}
    whole, truth = write_shown(Shown(each=12, **choices))
    few, _ = write_shown(Shown(each=3, **choices))
    np.testing.assert_array_equal(few.images, whole.images[:6])
    np.testing.assert_array_equal(few.labels, whole.labels[:6])
    assert truth.tolist() == [2, 7] * 12


def test_the_seed_decides_and_what_is_left_out_changes_no_other_digit():
    def images(**choices):
        return write_shown(Shown(digits=(3, 7), each=10, **choices))[0].images

    np.testing.assert_array_equal(images(), images())
    assert (images() != images(seed=1)).any()
    without = images(without=("crossed-7",))
    np.testing.assert_array_equal(images()[::2], without[::2])
    assert (images()[1::2] != without[1::2]).any()


def test_a_sheet_tells_each_digits_habit_and_a_lesson_leaves_it_out():
    sheet, group = write_sheet("anybody", 0)
    assert sheet.labels.tolist() == [*range(10)] * 25
    for habit, (digit, _) in HABITS.items():
        names = {GROUPS[one] for one in group[sheet.labels == digit]}
        assert names == {habit, f"plain-{digit}"}
    assert not group[np.isin(sheet.labels, [2, 3, 4, 5, 6, 8, 9])].any()
    crossed = {image.tobytes() for image in sheet.images[group == GROUPS.index("crossed-7")]}
    shown, _ = write_shown(Shown(digits=(7,), each=50, without=("crossed-7",)))
    assert not crossed & {image.tobytes() for image in shown.images}


def test_wrong_labels_are_about_as_many_as_asked_for_and_of_digits_that_are_shown():
    examples, truth = write_shown(Shown(digits=(1, 4, 7), each=100, wrong=0.2))
    wrong = examples.labels != truth
    assert 0.13 < wrong.mean() < 0.27
    assert set(examples.labels) == {1, 4, 7}


def test_anywhere_all_ink_is_kept_and_reaches_the_edges():
    centred, _ = write_shown(Shown(digits=(1,), each=60, hands="neat"))
    moved, _ = write_shown(Shown(digits=(1,), each=60, hands="neat", anywhere=True))
    np.testing.assert_array_equal(
        centred.images.sum(axis=(1, 2), dtype=int), moved.images.sum(axis=(1, 2), dtype=int)
    )
    columns = moved.images.any(axis=1)
    assert columns[:, :3].any()
    assert columns[:, -3:].any()
    assert not centred.images[:, :, :3].any()


def test_distorted_differs_and_slanted_leans():
    def images(**choices):
        return write_shown(Shown(digits=(1,), each=50, **choices))[0].images

    assert (images() != images(distorted=True)).any()

    def lean(images):
        top, bottom = images[:, :12].sum(axis=1), images[:, 16:].sum(axis=1)
        middle = [(part * np.arange(28)).sum(axis=1) / part.sum(axis=1) for part in (top, bottom)]
        return np.nanmean(middle[0] - middle[1])  # some 1s lie flat

    assert lean(images(hands="slanted")) > lean(images(hands="neat")) + 2


def test_what_is_held_out_has_every_group_and_is_shown_to_nobody():
    examples, group = write_held_out()
    assert set(group) == set(range(len(GROUPS)))
    for number, name in enumerate(GROUPS):
        if name[-2:-1] == "-":
            assert set(examples.labels[group == number]) == {int(name[-1])}
    held_out = {image.tobytes() for image in examples.images}
    shown, _ = write_shown(Shown(each=20))
    assert not held_out & {image.tobytes() for image in shown.images}


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({"digits": ()}, "at least one"),
        ({"digits": (3, 3)}, "each named once"),
        ({"digits": (10,)}, "from 0 to 9"),
        ({"each": 0}, "from 1 to 1,000, not 0"),
        ({"each": 10**9}, "from 1 to 1,000"),
        ({"each": 2.5}, "a whole number"),
        ({"hands": "royal"}, "neat, slanted, anybody; not 'royal'"),
        ({"without": ("hooked-9",)}, "crossed-7; not 'hooked-9'"),
        ({"wrong": float("nan")}, "from 0 to 1, not nan"),
        ({"wrong": 0.5, "digits": (3,)}, "at least two digits"),
        ({"seed": -1}, "The seed is a whole number"),
    ],
)
def test_a_mistake_gets_a_sentence(choices, says):
    with pytest.raises(ValueError, match=says):
        Shown(**choices)
