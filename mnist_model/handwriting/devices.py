"""Devices that record a pen's path: their spacing, grid and errors."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Device:
    """A mouse, a stylus, a finger on glass, an old tablet. Lengths in units of the figure's height.

    Attributes:
        spacing: between its points.
        grid: points are rounded to multiples of it, horizontally and vertically; 0 for no rounding.
        stairs: whether the path moves horizontally and vertically in turn, on a coarse grid.
        settling: length of a random jump at a stroke's start and end; 0 for no jump.
    """

    spacing: float = 0.02
    grid: tuple[float, float] = (0.0, 0.0)
    stairs: bool = False
    settling: float = 0.0


def any_device(rng: np.random.Generator) -> tuple[Device, float]:
    """A random device, and how much shakier its lines are than a pen's."""
    kind = rng.random()
    height = rng.uniform(80, 340)  # of the figure, in the device's own pixels
    fine = (1 / height, 1 / height)
    if kind < 0.30:
        return Device(float(rng.uniform(2, 14) / height), fine), 1.6  # a mouse
    if kind < 0.56:
        return Device(float(rng.uniform(1, 4) / height)), 1.0  # a stylus
    if kind < 0.82:
        return Device(float(rng.uniform(2, 14) / height), fine), 1.0  # a finger
    if kind < 0.90:  # few points: corners with straight lines between them
        return Device(float(rng.uniform(0.08, 0.3)), fine), 1.0
    if kind < 0.97:  # a coarse grid, square or not
        coarse = 1 / rng.uniform(14, 50)
        uneven = float(np.exp(rng.normal(0, 0.25)))
        grid = (float(coarse * uneven), float(coarse / uneven))
        return Device(float(rng.uniform(0.01, 0.08)), grid, stairs=bool(rng.random() < 0.5)), 1.2
    return Device(float(rng.uniform(1, 4) / height), settling=float(rng.uniform(0.02, 0.09))), 1.0


def recorded(line: np.ndarray, device: Device, rng: np.random.Generator) -> np.ndarray:
    """A device's record of a path: ``(n, 2)`` dense points -> ``(m, 2)``."""
    if device.settling:
        line = np.vstack(
            [
                line[:1] + rng.normal(0, device.settling, 2),
                line,
                line[-1:] + rng.normal(0, device.settling, 2),
            ]
        )
    line = even(line, device.spacing)
    if len(line) > 3:  # the hand speeds up and slows down
        pace = np.exp(rng.normal(0, 0.35, len(line) - 1))
        at = np.concatenate([[0.0], np.cumsum(pace)])
        at *= (len(line) - 1) / at[-1]
        index = np.arange(len(line))
        line = np.column_stack([np.interp(at, index, axis) for axis in line.T])
    if device.grid[0]:
        line = np.round(line / device.grid) * device.grid
    return _stairs(line) if device.stairs else line


def _stairs(line: np.ndarray) -> np.ndarray:
    """Move horizontally first, then vertically."""
    steps = np.repeat(line, 2, axis=0)[1:]
    steps[::2, 1] = line[:, 1]
    steps[1::2, 0] = line[1:, 0]
    steps[1::2, 1] = line[:-1, 1]
    return steps


def even(line: np.ndarray, spacing: float) -> np.ndarray:
    """The same path with evenly spaced points."""
    if len(line) < 2:
        return line
    along = np.zeros(len(line))
    steps = line[1:] - line[:-1]
    np.cumsum(np.sqrt(steps[:, 0] ** 2 + steps[:, 1] ** 2), out=along[1:])
    count = max(2, round(along[-1] / spacing) + 1)
    at = np.linspace(0, along[-1], count)
    return np.column_stack([np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])])
