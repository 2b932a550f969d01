"""MNIST and pen digits in, checked and split."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mnist_model.quiet import import_tensorflow
from mnist_model.strokes import Drawing

MNIST_VARIABLE = "MNIST_NPZ"
_PARTS = ("x_train", "y_train", "x_test", "y_test")


@dataclass(frozen=True)
class Examples:
    """Digits and what they are.

    Attributes:
        images: ``(n, 28, 28)`` uint8, ink 255 on 0.
        labels: ``(n,)`` int64, 0..9; 10 for what is no digit.
    """

    images: np.ndarray
    labels: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, index: np.ndarray) -> "Examples":
        """The examples at ``index``."""
        return Examples(self.images[index], self.labels[index])

    @classmethod
    def none(cls) -> "Examples":
        """No examples at all."""
        return cls(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.int64))

    def and_also(self, other: "Examples") -> "Examples":
        """These examples, and others after them."""
        return Examples(
            np.concatenate([self.images, other.images]), np.concatenate([self.labels, other.labels])
        )


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
        raise ValueError(f"{path} is not MNIST: it has no {', '.join(missing)}.")
    return arrays


def _checked(images: np.ndarray, labels: np.ndarray) -> Examples:
    if images.ndim != 3 or images.shape[1:] != (28, 28) or images.dtype != np.uint8:
        raise ValueError(
            f"MNIST's images are (n, 28, 28) uint8; these are {images.shape} {images.dtype}."
        )
    if labels.shape != (len(images),) or labels.dtype.kind not in "iu" or not len(labels):
        raise ValueError(
            f"MNIST has a whole-number label for each of its {len(images):,} images; "
            f"these are {labels.shape} {labels.dtype}."
        )
    if labels.min() < 0 or labels.max() > 9:
        raise ValueError(f"MNIST's labels are 0 to 9; these are {labels.min()} to {labels.max()}.")
    return Examples(images, labels.astype(np.int64))


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
