import json
import zipfile

import numpy as np
import pytest

from mnist_model.preprocess.examples import NOT_A_DIGIT, Examples
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.train.data import (
    MNIST_VARIABLE,
    load_extra,
    load_mnist,
    load_pen_digits,
    pen_writers,
    split,
)


def arrays(n=20, **changed):
    x = np.arange(n * 784, dtype=np.uint32).astype(np.uint8).reshape(n, 28, 28)
    y = (np.arange(n) % 10).astype(np.uint8)
    return {"x_train": x, "y_train": y, "x_test": x[:5], "y_test": y[:5]} | changed


def save(path, **changed):
    np.savez(path, **{name: a for name, a in arrays(**changed).items() if a is not None})
    return path


def test_mnist_is_read_from_a_file_that_is_named_or_in_the_environment(tmp_path, monkeypatch):
    training, test = load_mnist(save(tmp_path / "m.npz"))
    assert (len(training), len(test)) == (20, 5)
    assert (training.images.dtype, training.labels.dtype) == (np.uint8, np.int64)
    np.testing.assert_array_equal(training.labels[:11], [*range(10), 0])
    monkeypatch.setenv(MNIST_VARIABLE, str(tmp_path / "m.npz"))
    assert len(load_mnist()[0]) == 20


def test_without_a_file_keras_downloads_mnist(monkeypatch):
    import keras

    a = arrays()
    answer = (a["x_train"], a["y_train"]), (a["x_test"], a["y_test"])
    monkeypatch.delenv(MNIST_VARIABLE, raising=False)
    monkeypatch.setattr(keras.datasets.mnist, "load_data", lambda: answer)
    assert len(load_mnist()[1]) == 5

    def fail():
        raise Exception("no route to host")

    monkeypatch.setattr(keras.datasets.mnist, "load_data", fail)
    with pytest.raises(ValueError, match=r"no route to host.*--data mnist.npz"):
        load_mnist()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"y_test": None}, "has no y_test"),
        ({"x_train": np.zeros((20, 32, 32), np.uint8)}, r"\(n, 28, 28\) uint8"),
        ({"x_train": np.zeros((20, 28, 28))}, "float64"),
        ({"x_train": np.zeros((19, 28, 28), np.uint8)}, "19 images"),
        ({"y_train": np.zeros(20)}, "whole-number label"),
        ({"y_train": np.full(20, 10)}, "0 to 9"),
        ({"x_test": np.zeros((0, 28, 28), np.uint8), "y_test": np.zeros(0, int)}, "0 images"),
        ({"y_train": np.array([None] * 20)}, "damaged"),
    ],
)
def test_a_file_that_is_not_mnist_is_refused(tmp_path, changed, says):
    with pytest.raises(ValueError, match=says):
        load_mnist(save(tmp_path / "m.npz", **changed))


def test_damaged_and_missing_files_are_refused(tmp_path):
    whole = save(tmp_path / "m.npz").read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 3] ^= 0xFF
    with zipfile.ZipFile(tmp_path / "text.npz", "w") as archive:
        for name in arrays():
            archive.writestr(f"{name}.npy", "hello")
    text = (tmp_path / "text.npz").read_bytes()
    for content in (b"", b"not an npz", whole[: len(whole) // 2], bytes(flipped), text):
        (tmp_path / "d.npz").write_bytes(content)
        with pytest.raises(ValueError, match="damaged"):
            load_mnist(tmp_path / "d.npz")
    for missing in (tmp_path / "nowhere.npz", tmp_path):
        with pytest.raises(ValueError, match="no MNIST file at"):
            load_mnist(missing)


def test_split_keeps_every_example_once_and_depends_on_the_seed():
    examples = Examples(np.arange(50), np.arange(50))
    kept, held_out = split(examples, 10, seed=3)
    assert (len(kept), len(held_out)) == (40, 10)
    assert sorted([*kept.labels, *held_out.labels]) == list(range(50))
    np.testing.assert_array_equal(held_out.labels, split(examples, 10, seed=3)[1].labels)
    assert (held_out.labels != split(examples, 10, seed=4)[1].labels).any()
    for wrong in (0, 50, 51):
        with pytest.raises(ValueError, match="can't be held out"):
            split(examples, wrong, seed=0)


UNIPEN = """.INCLUDE dene.doc
.LEXICON "0" "1"

.SEGMENT DIGIT 0 ? "7"
.COMMENT 7 12 224
.PEN_DOWN
 10  90
 60  90
.PEN_UP
.DT 100
.PEN_DOWN
 20  50
.PEN_UP
.SEGMENT DIGIT 1 ? "1"
.PEN_DOWN
 5 5
 5 0
"""


def test_pen_digits_are_read_with_y_pointing_down_and_their_writers(tmp_path):
    (tmp_path / "pens").write_text(UNIPEN)
    drawings, labels = load_pen_digits(tmp_path / "pens")
    assert labels.tolist() == [7, 1]
    assert [stroke.tolist() for stroke in drawings[0]] == [[[10, -90], [60, -90]], [[20, -50]]]
    assert [stroke.tolist() for stroke in drawings[1]] == [[[5, -5], [5, 0]]]
    assert pen_writers(tmp_path / "pens") == ["12", ""]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no digits"),
        ("hello world", "holds no digits"),
        ('.SEGMENT LETTER 0 ? "x"', "line 1: a segment without a digit"),
        (UNIPEN + "one two\n", "not a point: 'one two'"),
        (UNIPEN + "1 2 3\n", "not a point"),
        (UNIPEN + '.SEGMENT DIGIT 2 ? "0"', "segment 3 of 3 has no ink"),
    ],
)
def test_a_file_without_pen_digits_is_refused(tmp_path, text, says):
    (tmp_path / "pens").write_text(text)
    with pytest.raises(ValueError, match=says):
        load_pen_digits(tmp_path / "pens")
    with pytest.raises(ValueError, match="no file of pen digits"):
        load_pen_digits(tmp_path / "nowhere")


def test_corrections_are_read(tmp_path):
    line, hook = [[[0, 0], [0, 9]]], [[[0, 0], [5, 0], [3, 9]]]
    drawings = tmp_path / "digits.json"
    drawings.write_text(
        json.dumps(
            [
                {"meant": 1, "read": 7, "strokes": line},
                {"meant": 3, "read": 8, "strokes": []},  # of a picture there are none
                {"meant": NOT_A_DIGIT, "strokes": hook},
            ]
        )
    )
    extra = load_extra(drawings)
    assert extra.labels.tolist() == [1, NOT_A_DIGIT]
    assert (extra.images == np.stack([strokes_to_mnist(line), strokes_to_mnist(hook)])).all()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("{}", "no list of drawings"),
        ("[5]", "drawing 1 has no"),
        ('[{"meant": 11, "strokes": []}]', "drawing 1 has no"),
        ('[{"meant": true, "strokes": []}]', "drawing 1 has no"),
        ('[{"meant": 1}]', "drawing 1: A drawing is a list"),
        ('[{"meant": 1, "strokes": [[["a", 1]]]}]', "pair of numbers"),
    ],
)
def test_corrections_that_are_none_are_refused(tmp_path, text, says):
    file = tmp_path / "digits.json"
    file.write_text(text)
    with pytest.raises(ValueError, match=says):
        load_extra(file)
    with pytest.raises(ValueError, match="There is no file"):
        load_extra(tmp_path / "none.json")
