"""Images in MNIST format with their labels."""

from dataclasses import dataclass

import numpy as np

NOT_A_DIGIT = 10  # label of a drawing that is not a digit


@dataclass(frozen=True)
class Examples:
    """Digits and their labels.

    Attributes:
        images: ``(n, 28, 28)`` uint8, ink 255 on 0.
        labels: ``(n,)`` int64, 0..9; 10 for a drawing that is not a digit.
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
        """These examples, followed by others."""
        return Examples(
            np.concatenate([self.images, other.images]), np.concatenate([self.labels, other.labels])
        )
