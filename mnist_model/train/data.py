"""MNIST and pen digits in, checked and split."""

import json
import os
import re
from pathlib import Path

import numpy as np

from mnist_model.preprocess.examples import NOT_A_DIGIT, Examples
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.preprocess.strokes import Drawing
from mnist_model.train.lazy_tensorflow import import_tensorflow

MNIST_VARIABLE = "MNIST_NPZ"
_PARTS = ("x_train", "y_train", "x_test", "y_test")


def load_mnist(path: str | Path | None = None) -> tuple[Examples, Examples]:
    """MNIST's 60,000 training and 10,000 test digits.

    Args:
        path: of an ``mnist.npz`` with x_train, y_train, x_test and y_test. Without it the file that
            the environment variable ``MNIST_NPZ`` names, else Keras downloads MNIST once.

    Returns:
        ``(training, test)``.

    Raises:
        ValueError: if there is no such file, or it does not hold MNIST's arrays.
    """
    if path is None:
        path = os.environ.get(MNIST_VARIABLE) or None
    arrays = _download() if path is None else _read_npz(Path(path))
    training = _checked(arrays["x_train"], arrays["y_train"])
    test = _checked(arrays["x_test"], arrays["y_test"])
    return training, test


def _download() -> dict[str, np.ndarray]:
    import_tensorflow()
    import keras

    try:
        (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
    except Exception as error:
        raise ValueError(
            f"MNIST could not be downloaded ({error}). Name a copy with --data mnist.npz or in the "
            f"environment variable {MNIST_VARIABLE}."
        ) from error
    return {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}


def _read_npz(path: Path) -> dict[str, np.ndarray]:
    if not path.is_file():
        raise ValueError(f"There is no MNIST file at {path}.")
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in _PARTS if name in archive}
        if not all(isinstance(array, np.ndarray) for array in arrays.values()):
            raise ValueError("what is in it are not arrays")
    except Exception as error:  # zipfile, zlib and numpy each have their own for a damaged file
        raise ValueError(f"{path} is damaged or not an npz file ({error}).") from error
    missing = [name for name in _PARTS if name not in arrays]
    if missing:
        raise ValueError(f"{path} is not in MNIST's format: it has no {', '.join(missing)}.")
    return arrays


def _checked(images: np.ndarray, labels: np.ndarray) -> Examples:
    if images.ndim != 3 or images.shape[1:] != (28, 28) or images.dtype != np.uint8:
        raise ValueError(
            f"MNIST: images are (n, 28, 28) uint8; these are {images.shape} {images.dtype}."
        )
    if labels.shape != (len(images),) or labels.dtype.kind not in "iu" or not len(labels):
        raise ValueError(
            f"MNIST: there is a whole-number label for each of the {len(images):,} images; "
            f"these are {labels.shape} {labels.dtype}."
        )
    if labels.min() < 0 or labels.max() > 9:
        raise ValueError(f"MNIST: labels are 0 to 9; these are {labels.min()} to {labels.max()}.")
    return Examples(images, labels.astype(np.int64))


def load_extra(path: str | Path) -> Examples:
    """What a visitor of the page corrected and saved there.

    Args:
        path: of a JSON file: a list of ``{"meant": label, "strokes": [[[x, y], ...], ...]}``.
            Labels are 0 to 9, and `NOT_A_DIGIT` for a drawing that is no digit.

    Raises:
        ValueError: if there is no such file, or something else is in it.
    """
    path = Path(path)
    if not path.is_file():
        raise ValueError(f"There is no file of corrections at {path}.")
    try:
        corrections = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} is damaged or not JSON ({error}).") from error
    if not isinstance(corrections, list):
        raise ValueError(f"{path} holds no list of drawings.")
    images, labels = [], []
    for number, correction in enumerate(corrections, start=1):
        meant = correction.get("meant") if isinstance(correction, dict) else None
        if not isinstance(meant, int) or isinstance(meant, bool) or not 0 <= meant <= NOT_A_DIGIT:
            raise ValueError(
                f'{path}: drawing {number} has no "meant" from 0 to 9, or {NOT_A_DIGIT} for none.'
            )
        try:
            image = strokes_to_mnist(correction.get("strokes"))
        except ValueError as error:
            raise ValueError(f"{path}: drawing {number}: {error}") from error
        if image.any():  # of a picture there are no strokes
            images.append(image)
            labels.append(meant)
    if not images:
        return Examples.none()
    return Examples(np.stack(images), np.array(labels, np.int64))


def split(examples: Examples, held_out: int, seed: int) -> tuple[Examples, Examples]:
    """Set examples aside for validation, the same ones for the same seed.

    Returns:
        ``(kept, held_out)``: shuffled, without overlap; ``held_out`` of them in the second.

    Raises:
        ValueError: if nothing would be kept.
    """
    if not 0 < held_out < len(examples):
        raise ValueError(f"Of {len(examples):,} examples {held_out:,} can't be held out.")
    order = np.random.default_rng(seed).permutation(len(examples))
    return examples.take(order[held_out:]), examples.take(order[:held_out])


def pen_writers(path: str | Path) -> list[str]:
    """Who wrote each digit that `load_pen_digits` gives: the second word of ``.COMMENT``, or ""."""
    writers: list[str] = []
    for line in Path(path).read_text(errors="replace").splitlines():
        words = line.split()
        if words[:1] == [".SEGMENT"]:
            writers.append("")
        elif words[:1] == [".COMMENT"] and len(words) > 2 and writers:
            writers[-1] = words[2]
    return writers


def load_pen_digits(path: str | Path) -> tuple[list[Drawing], np.ndarray]:
    """Digits written with a pen, from a UNIPEN file such as UCI's ``pendigits-orig.tra``.

    Source: Guyon et al., "UNIPEN project of on-line data exchange", ICPR 1994; Alpaydin and
    Alimoglu, "Pen-Based Recognition of Handwritten Digits", doi 10.24432/C5MG6K.

    Returns:
        ``(drawings, labels)``: the strokes with y turned to point down, and ``(n,)`` int64 labels.

    Raises:
        ValueError: if there is no such file or no digit in it.
    """
    path = Path(path)
    if not path.is_file():
        raise ValueError(f"There is no file of pen digits at {path}.")
    drawings: list[list[list[tuple[float, float]]]] = []
    labels: list[int] = []
    for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1):
        words = line.split()
        if not words:
            continue
        if words[0] == ".SEGMENT":
            label = re.search(r'"([0-9])"', line)
            if label is None:
                raise ValueError(f'{path}, line {number}: a segment without a digit, like "7".')
            labels.append(int(label[1]))
            drawings.append([])
        elif words[0] == ".PEN_DOWN" and drawings:
            drawings[-1].append([])
        elif not words[0].startswith(".") and drawings and drawings[-1]:
            try:
                x, y = map(float, words)
            except ValueError:
                raise ValueError(
                    f"{path}, line {number}: not a point: {line.strip()[:60]!r}."
                ) from None
            drawings[-1][-1].append((x, -y))
    if not drawings:
        raise ValueError(f"{path} holds no digits in UNIPEN format (.SEGMENT, .PEN_DOWN, x y).")
    without_ink = [number for number, drawing in enumerate(drawings, 1) if not any(drawing)]
    if without_ink:
        raise ValueError(f"{path}: segment {without_ink[0]} of {len(drawings)} has no ink.")
    strokes = [[np.array(stroke) for stroke in drawing if stroke] for drawing in drawings]
    return strokes, np.array(labels, np.int64)
