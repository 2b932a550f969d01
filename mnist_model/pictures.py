"""Pictures of a trained model's figures, as PNGs."""

from pathlib import Path

import numpy as np


def draw_learning_curves(history: dict[str, list[float]], file: Path) -> None:
    """Loss and accuracy in training and validation over the epochs, as a PNG.

    Args:
        history: "loss", "val_loss", "accuracy" and "val_accuracy", a number an epoch.
        file: where the picture goes.
    """
    figure, (left, right) = _axes(2, (9, 3.5))
    for axes, name in ((left, "loss"), (right, "accuracy")):
        epochs = range(1, len(history[name]) + 1)
        axes.plot(epochs, history[name], label="training, distorted", color="tab:orange")
        axes.plot(epochs, history[f"val_{name}"], label="validation", color="tab:blue")
        axes.set(xlabel="epoch", ylabel=name)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.grid(alpha=0.3)
    left.set_yscale("log")
    right.legend(loc="lower right")
    figure.savefig(file, dpi=110)


def draw_confusion(confusion: np.ndarray, title: str, file: Path) -> None:
    """A confusion matrix with its counts, the mistakes shaded, as a PNG.

    Args:
        confusion: ``(10, 10)`` counts; a row is what was written, a column what was read.
        title: says which digits they are.
        file: where the picture goes.
    """
    figure, (axes,) = _axes(1, (6, 5.6))
    mistakes = confusion - np.diag(confusion.diagonal())
    axes.imshow(mistakes, cmap="Oranges", vmax=max(1, 1.5 * mistakes.max()))
    for (row, column), count in np.ndenumerate(confusion):
        if count:
            weight = "bold" if row == column else "normal"
            axes.text(column, row, f"{count}", ha="center", va="center", fontweight=weight, size=8)
    axes.set(title=title, xlabel="read", ylabel="written", xticks=range(10), yticks=range(10))
    figure.savefig(file, dpi=110)


def _axes(columns: int, size: tuple[float, float]):
    # Not pyplot: a figure of its own needs no display and leaves no state behind. Imported here,
    # because only pictures need it.
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, layout="constrained")
    return figure, figure.subplots(1, columns, squeeze=False)[0]
