"""Plots of a trained model's figures, as PNGs."""

from pathlib import Path

import numpy as np

from mnist_model.read.calibration import reliability
from mnist_model.train.evaluate import STRESSES, Read

CURVES, CALIBRATION = "curves.png", "calibration.png"
CONFUSION, CONFUSION_PEN = "confusion.png", "confusion-pen.png"
HARDEST, ROBUSTNESS = "hardest.png", "robustness.png"
PICTURES = {CURVES, CALIBRATION, CONFUSION, CONFUSION_PEN, HARDEST, ROBUSTNESS}

_A_ROW = 12  # digits


def draw_learning_curves(history: dict[str, list[float]], file: Path, *, distorted: bool) -> None:
    """Loss and accuracy in training and validation over the epochs, as a PNG.

    Args:
        history: "loss", "val_loss", "accuracy" and "val_accuracy" of each epoch.
        file: to write.
        distorted: whether the training digits were distorted, and so harder.
    """
    training = "training, distorted" if distorted else "training"
    figure, (left, right) = _axes(2, (9, 3.5))
    for axes, name in ((left, "loss"), (right, "accuracy")):
        epochs = range(1, len(history[name]) + 1)
        dot = "o" if len(epochs) == 1 else ""  # one epoch makes no line
        axes.plot(epochs, history[name], dot + "-", label=training, color="tab:orange")
        axes.plot(epochs, history[f"val_{name}"], dot + "-", label="validation", color="tab:blue")
        axes.set(xlabel="epoch", ylabel=name)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.grid(alpha=0.3)
    left.set_yscale("log")
    right.legend(loc="lower right")
    figure.savefig(file, dpi=110)


def draw_confusion(confusion: np.ndarray, title: str, file: Path) -> None:
    """A confusion matrix, ``(10, 10)`` counts of label and reading, with shaded mistakes."""
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
    # Not pyplot, which needs a display and keeps state. Imported here, since only plots need it.
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, layout="constrained")
    return figure, figure.subplots(1, columns, squeeze=False)[0]


def draw_reliability(parts: dict[str, tuple[np.ndarray, np.ndarray]], file: Path) -> None:
    """Accuracy against confidence, of sets of ``(n, 10)`` probabilities and ``(n,)`` labels."""
    figure, (wide, close) = _axes(2, (9, 4.2))
    for name, (probabilities, labels) in parts.items():
        curve = reliability(probabilities, labels)
        for axes in (wide, close):
            axes.plot(*curve, marker="o", markersize=4, label=name)
    for axes, low in ((wide, 0.0), (close, 0.9)):
        axes.plot([0, 1], [0, 1], color="grey", linewidth=1, linestyle="--")
        axes.set(xlabel="mean confidence", xlim=(low, 1.005), ylim=(low, 1.005))
        axes.grid(alpha=0.3)
    wide.set(ylabel="share read right", title="bins of equally many digits")
    close.set(title="the upper right corner")
    wide.legend(loc="upper left")
    figure.savefig(file, dpi=110)


def draw_hardest(cases: dict[str, tuple[Read, np.ndarray]], file: Path) -> None:
    """The digits whose label got the lowest probability: of each set the readings and indices."""
    rows = {name: -(-len(index) // _A_ROW) for name, (_, index) in cases.items()}
    figure, _ = _axes(1, (9, 0.98 * sum(rows.values()) + 0.35 * len(cases)))
    figure.clear()
    parts = figure.subfigures(len(cases), 1, height_ratios=list(rows.values()), squeeze=False)
    for part, (name, (read, index)) in zip(parts[:, 0], cases.items(), strict=True):
        part.suptitle(name, size=10)
        for axes in (grid := part.subplots(rows[name], _A_ROW, squeeze=False).ravel()):
            axes.axis("off")
        for axes, i in zip(grid, index, strict=False):
            axes.imshow(read.pixels[i], cmap="gray_r", vmin=0, vmax=255)
            row, label = read.probabilities[i], read.labels[i]
            axes.set_title(
                f"{label}: {100 * row[label]:.0f} %\nread {row.argmax()}: {100 * row.max():.0f} %",
                size=6.5,
                color="tab:red" if row.argmax() != label else "black",
            )
    figure.savefig(file, dpi=110)


def draw_robustness(curves: dict[str, dict[str, list[tuple[float, float]]]], file: Path) -> None:
    """Accuracy against strength: stress -> set of digits -> (strength, accuracy)."""
    figure, panels = _axes(len(curves), (12, 3))
    for axes, (stress, sets) in zip(panels, curves.items(), strict=True):
        for name, points in sets.items():
            axes.plot(*zip(*points, strict=True), marker="o", markersize=3, label=name)
        axes.set(title=stress, xlabel=STRESSES[stress].unit, ylim=(0, 1.02))
        axes.grid(alpha=0.3)
    panels[0].set_ylabel("share read right")
    panels[0].legend(loc="lower left", fontsize=8)
    figure.savefig(file, dpi=110)
