"""Devices that record the path of a pen: their spacing, grid and errors."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Device:
    """A mouse, a stylus, a touch screen or an old tablet.

    Attributes (lengths are in heights of the figure):
        spacing: distance between recorded points.
        grid: horizontal and vertical step to which points are rounded; 0 for no rounding.
        stairs: whether the path moves horizontally and vertically in turn.
        settling: standard deviation of a jump at the start and end of a stroke; 0 for no jump.
    """

    spacing: float = 0.02
    grid: tuple[float, float] = (0.0, 0.0)
    stairs: bool = False
    settling: float = 0.0


def any_device(rng: np.random.Generator) -> tuple[Device, float]:
    """A random device, and how shaky its lines are compared with a pen's."""
    kind = rng.random()
    height = rng.uniform(80, 340)  # of the figure, in the device's own pixels
    fine = (1 / height, 1 / height)
    if kind < 0.30:
        return Device(float(rng.uniform(2, 14) / height), fine), 1.6  # a mouse
    if kind < 0.56:
        return Device(float(rng.uniform(1, 4) / height)), 1.0  # a stylus
    if kind < 0.82:
        return Device(float(rng.uniform(2, 14) / height), fine), 1.0  # a finger
    if kind < 0.90:  # few points, joined by straight lines
        return Device(float(rng.uniform(0.08, 0.3)), fine), 1.0
    if kind < 0.97:  # a coarse grid, square or not
        coarse = 1 / rng.uniform(14, 50)
        uneven = float(np.exp(rng.normal(0, 0.25)))
        grid = (float(coarse * uneven), float(coarse / uneven))
        return Device(float(rng.uniform(0.01, 0.08)), grid, stairs=bool(rng.random() < 0.5)), 1.2
    return Device(float(rng.uniform(1, 4) / height), settling=float(rng.uniform(0.02, 0.09))), 1.0


def recorded(line: np.ndarray, device: Device, rng: np.random.Generator) -> np.ndarray:
    """The points that a device records of a path: ``(n, 2)`` dense points -> ``(m, 2)``."""
    if device.settling:
        before = line[:1] + rng.normal(0, device.settling, 2)
        line = np.vstack([before, line, line[-1:] + rng.normal(0, device.settling, 2)])
    line = even(line, device.spacing)
    if len(line) > 3:  # the speed of the hand varies
        pace = np.exp(rng.normal(0, 0.35, len(line) - 1))
        at = np.concatenate([[0.0], np.cumsum(pace)])
        at *= (len(line) - 1) / at[-1]
        index = np.arange(len(line))
        line = np.column_stack([np.interp(at, index, axis) for axis in line.T])
    if device.grid[0]:
        line = np.round(line / device.grid) * device.grid
    return _stairs(line) if device.stairs else line


def _stairs(line: np.ndarray) -> np.ndarray:
    """Replace each step by a horizontal and a vertical step."""
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
