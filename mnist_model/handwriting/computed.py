"""Computed outlines: rows of the tables whose knots depend on random values.

Each line of such a row is done in turn, from left to right::

    4 round: 1.5
      depth = 42~60
      cup = 0~12,0~10 -2~8,depth*70 18,depth 40~48,depth-0~10
      top = 48,-3~12
      stem = 47,50 45+0±3,100
      ?40: cup top! stem
      cup | top stem

- ``name = ...`` names a value, a knot ``x,y``, several knots, or a chance: ``?40`` is true in 40 %
  of the cases. ``a b = 1~2 3~4`` names two values.
- A line without a name is the figure. ``|`` lifts the pen. A figure of one line may stand in the
  row's first line: ``4 round: 1.5 = ...``
- ``?40:`` does the rest of its line in 40 % of the cases, and ``?cross:`` if ``cross`` is true.
- ``10~40`` is a random value between 10 and 40, and ``80±5`` has a mean and a standard deviation.
- ``top!`` is a corner; ``top?40`` is one in 40 % of the cases, and ``top?sharp`` if ``sharp`` is
  true. These chances are decided after all knots of a line.
- All numbers are hundredths, also factors, but not degrees: ``12~30°``.
- Values are Python's expressions, without spaces. ``top.x`` is a coordinate. Functions are those of
  `curves`, and those that draw a part or a whole figure (`parts`, `shapes`, `spoiled`), without
  their argument ``rng``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from types import CodeType
from typing import Any, NamedTuple

import numpy as np

from mnist_model.handwriting.curves import (
    Point,
    arc,
    back,
    cos,
    first,
    last,
    mirror,
    rest,
    sin,
    start,
)
from mnist_model.handwriting.hand import Figure, Knots

_LINE = re.compile(r"(?:\?(?P<condition>[^:]+): )?(?:(?P<names>[\w ]+?) = )?(?P<words>.+)")
_WORD = re.compile(r"(?P<value>[^?!]*)(?:!|\?(?P<chance>\w+))?")
_NUMBER = re.compile(
    r"(?P<first>(?:(?<![\w.)°])-)?(?<![\w.])\d+(?:\.\d+)?)"
    r"(?:(?P<chance>[~±])(?P<second>-?\d+(?:\.\d+)?))?(?P<degrees>°?)"
)
_CHANCES = {"~": "uniform", "±": "normal"}
_FUNCTIONS = {
    function.__name__: function
    for function in (arc, back, cos, first, last, mirror, rest, sin, start)
}

Draw = Callable[[np.random.Generator], Figure]
Part = Callable[..., Any]
Word = tuple[CodeType, CodeType | None]  # a value, and whether its last knot is a corner


class _Line(NamedTuple):
    condition: CodeType | None
    names: list[str]  # empty for the figure
    strokes: list[list[Word]]


class _Values(dict[str, Any]):
    """The values named so far; any other name is a function that draws a part."""

    def __init__(self, rng: np.random.Generator, parts: Mapping[str, Part]) -> None:
        super().__init__(rng=rng, uniform=rng.uniform, normal=rng.normal)
        self._parts = parts

    def __missing__(self, name: str) -> Any:
        return _FUNCTIONS[name] if name in _FUNCTIONS else partial(self._parts[name], self["rng"])


def computed(lines: Sequence[str], parts: Mapping[str, Part]) -> Draw:
    """A function that draws a row.

    Args:
        lines: of the row.
        parts: functions by name; their first argument is a random generator.
    """

    def draw(rng: np.random.Generator) -> Figure:
        values = _Values(rng, parts)
        for condition, names, strokes in map(_parsed, lines):
            if condition is not None and not eval(condition, {}, values):
                continue
            if not names:
                return _figure(strokes, values)
            values.update(zip(names, _named(len(names), strokes[0], values), strict=True))
        raise ValueError(f"A form must end in a line without a name; this form does not: {lines}.")

    return draw


@cache
def _parsed(line: str) -> _Line:
    match = _LINE.fullmatch(line)
    assert match
    condition, names, words = match["condition"], match["names"], match["words"]
    strokes = [[_word(word) for word in stroke.split()] for stroke in words.split("|")]
    return _Line(_chance(condition) if condition else None, (names or "").split(), strokes)


def _word(word: str) -> Word:
    match = _WORD.fullmatch(word)
    if match is None:
        raise ValueError(f"A word of a form is a value and perhaps ! or ?CHANCE, not {word!r}.")
    if not match["value"]:
        return _chance(match["chance"]), None
    corner = "True" if word.endswith("!") else match["chance"]
    return _code(match["value"]), _chance(corner) if corner else None


def _chance(text: str) -> CodeType:
    """A condition: a share in hundredths, or an expression."""
    return _code(f"uniform(0,100)<{text}" if text.isdigit() else text)


def _code(text: str) -> CodeType:
    """Compile an expression.

    >>> eval(_code("-5~10+left"), {"uniform": max, "left": 1})
    1.1
    """

    def value(match: re.Match[str]) -> str:
        unit = "" if match["degrees"] else "e-2"
        if not match["chance"]:
            return match["first"] + unit
        return f"{_CHANCES[match['chance']]}({match['first']}{unit},{match['second']}{unit})"

    try:
        return compile(_NUMBER.sub(value, text), text, "eval")
    except SyntaxError as error:
        raise ValueError(f"{text!r} in a form is not a valid expression.") from error


def _named(count: int, words: list[Word], values: _Values) -> Sequence[Any]:
    """The values of a line with so many names."""
    if count == 1 and (len(words) > 1 or words[0][1]):
        return _figure([words], values)
    found = [_value(code, values) for code, _ in words]
    return found[0] if count > len(words) else found


def _value(code: CodeType, values: _Values) -> Any:
    value: Any = eval(code, {}, values)
    is_knot = type(value) is tuple and len(value) == 2 and not isinstance(value[0], list)
    return Point(*value) if is_knot else value


def _figure(strokes: list[list[Word]], values: _Values) -> Figure:
    found = [[_value(code, values) for code, _ in stroke] for stroke in strokes]
    if isinstance(found[0][0], list) and isinstance(found[0][0][0], list):
        return found[0][0]
    figure: Figure = []
    for stroke, parts in zip(strokes, found, strict=True):
        knots: Knots = []
        for (_, corner), part in zip(stroke, parts, strict=True):
            knots += part if isinstance(part, list) else [part]
            if corner is not None and eval(corner, {}, values):
                knots.append(knots[-1])
        figure.append(knots)
    return figure
