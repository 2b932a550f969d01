"""What is no drawing, and what the sentence about it says; and PNG files that are no picture."""

import struct
import zlib

import numpy as np

from mnist_model.preprocess.strokes import MAX_POINTS, MAX_STROKES

BAD_DRAWINGS = {
    "nothing": (None, "list of strokes"),
    "text": ("seven", "list of strokes"),
    "a number": (7, "list of strokes"),
    "a dictionary": ({"strokes": []}, "list of strokes"),
    "an array without dimensions": (np.array(7), "list of strokes"),
    "one stroke instead of a list": ([[0, 0], [1, 1]], "pair of numbers"),
    "strokes of text": (["seven"], "stroke 1 is a str"),
    "an empty stroke": ([[[0, 0]], []], "Stroke 2 is empty"),
    "an empty array": ([np.zeros((0, 2))], "Stroke 1 is empty"),
    "points of three": ([[[0, 0, 0]]], "pair of numbers"),
    "an array of points of three": ([np.zeros((4, 3))], "pair of numbers"),
    "a solid array": ([np.zeros((4, 2, 2))], "pair of numbers"),
    "points of text": ([[["0", "1"]]], "pair of numbers"),
    "text for a point": ([["01"]], "pair of numbers"),
    "an array of text": ([np.array([["0", "1"]])], "pair of numbers"),
    "points of truth": ([[[True, False]]], "pair of numbers"),
    "an array of complex numbers": ([np.ones((3, 2), complex)], "pair of numbers"),
    "points of nothing": ([[[None, 1]]], "pair of numbers"),
    "not a number": ([[[0, float("nan")]]], "finite"),
    "an array with a NaN": ([np.array([[0, np.nan]])], "finite"),
    "infinity": ([[[0, float("inf")]]], "finite"),
    "an endless whole number": ([[[0, 10**400]]], "finite"),
    "a coordinate out of bounds": ([[[0, 1e300]]], "smaller units"),
    "a million points": ([[[0.0, 0.0]] * 1_000_000], "fewer points"),
    "a million points in an array": ([np.zeros((1_000_000, 2))], "fewer points"),
    "too many points over all": ([[[0, 0]] * (MAX_POINTS // 2 + 1)] * 2, "fewer points"),
    "too many strokes": ([[[0, 0]]] * (MAX_STROKES + 1), "strokes; at most"),
}


def png_file(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A grey PNG that claims a size, whatever pixels it holds: a few kilobytes at any size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(pixels, 9))
    return b"\x89PNG\r\n\x1a\n" + header + data + chunk(b"IEND", b"")
