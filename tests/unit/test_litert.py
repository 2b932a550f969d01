"""The files of a trained model: what is damaged is told, and what is missing is done without."""

import threading
import zipfile

import numpy as np
import pytest
from digits import DIGITS

from mnist_model import Classifier, load_classifier, strokes_to_mnist
from mnist_model.read import classifier as classifier_module
from mnist_model.read.classifier import CARD, LITE, MODEL, TRAINED
from mnist_model.read.forward import forward


def shown() -> np.ndarray:
    """Digits, a blank and noise."""
    rng = np.random.default_rng(0)
    digits = [strokes_to_mnist(strokes) for strokes in DIGITS.values()]
    noise = rng.integers(0, 256, (5, 28, 28))
    sparse = np.where(rng.random((5, 28, 28)) < 0.05, 255, 0)
    return np.concatenate([digits, np.zeros((1, 28, 28)), noise, sparse]).astype(np.uint8)


def test_many_threads_read_at_once(classifier):
    images = shown()
    expected = classifier.probabilities(images)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(classifier.probabilities(images)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    for one in found:
        np.testing.assert_array_equal(one, expected)


def copied(folder, *names):
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes((TRAINED / "mlp" / name).read_bytes())
    return folder


def test_without_it_numpy_reads_and_says_so_once(tmp_path, capsys):
    folder = copied(tmp_path / "old", CARD, MODEL)
    classifier_module._warn_of_numpy.cache_clear()  # another test may have heard it
    old = [Classifier(folder), Classifier(folder)][0]
    assert capsys.readouterr().err.count("NumPy reads") == 1
    expected = load_classifier("mlp").probabilities(shown())
    np.testing.assert_allclose(old.probabilities(shown()), expected, atol=1e-4)


@pytest.mark.parametrize("damaged", [LITE, MODEL])
def test_damaged_file_is_named(tmp_path, damaged):
    folder = copied(tmp_path / "damaged", CARD, MODEL, LITE)
    (folder / damaged).write_bytes(b"no network" * 100)
    with pytest.raises(ValueError, match=rf"damaged \({damaged} is not a"):
        Classifier(folder)


def test_what_visitors_are_told_of_a_damaged_network_names_no_folder_of_the_server(tmp_path):
    folder = copied(tmp_path / "damaged", CARD, MODEL, LITE)
    with zipfile.ZipFile(folder / MODEL, "w") as empty:
        empty.writestr("nothing.txt", "")
    with pytest.raises(ValueError, match="cannot be read") as raised:
        forward(Classifier(folder))
    assert str(tmp_path) not in str(raised.value)
