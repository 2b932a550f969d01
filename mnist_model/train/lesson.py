"""What a network is shown: digits chosen on purpose, for lessons in what learning from examples is.

The page's answer "Teach one" and ``train.py --shown`` choose with the same words, and are shown the
same digits.

>>> examples = write_shown(Shown(each=3, without=("crossed-7",)))
"""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from mnist_model.handwriting import NEAT, VARIANTS, Hand, any_hand, write_digit
from mnist_model.preprocess.errors import UserError
from mnist_model.preprocess.examples import Examples
from mnist_model.preprocess.mnist_format import SIZE, STROKE_WIDTH, strokes_to_mnist
from mnist_model.read.passes import before_pass
from mnist_model.train.augment import Distortion, distort

Hands = Literal["neat", "slanted", "anybody"]
HANDS: tuple[Hands, ...] = get_args(Hands)
MOST_EACH = 1_000  # of each digit
DISTORTION = Distortion(rotation=12, shear=0.2, scale=0.12, shift=1.2, elastic=0.6, thickness=0.4)

# A way to write a digit that some people have and others don't: the digit, and what the names of
# the writer's variants have in them, as a regular expression.
HABITS: dict[str, tuple[int, str]] = {
    "slashed-0": (0, "slash"),
    "flagged-1": (1, "flag"),
    "crossed-7": (7, "cross|T with|low bar"),  # whose bars lie across the stem, too
}

# What is held out, group by group: "everybody" is everybody's digits as they come.
GROUPS = (
    "everybody",
    *(f"{kind}-{digit}" for habit, (digit, _) in HABITS.items() for kind in (habit[:-2], "plain")),
    "slanted",
    "moved",
)
_HELD_OUT_EACH = 40  # of each digit among everybody's; twice as many of a habit
_BLOCK = 25  # digits that are written at a time, and kept
_MAX_BLOCKS = 500  # that are kept: 10 MB
_PEN_SPREAD, _PENS = 0.6, (1.3, 4.2)  # pixels, as in `synthetic`
_SLANT = (0.45, 0.75)  # to the right: the top of a digit two thirds of its width ahead


@dataclass(frozen=True)
class Shown:
    """What a network is shown.

    Attributes:
        digits: which, in rising order.
        each: how many of each digit, 1 to 1,000.
        hands: whose: "neat", "slanted", or "anybody" (everybody's own).
        without: names in `HABITS` that are left out.
        distorted: whether each is turned, stretched and bent a little (`DISTORTION`).
        anywhere: whether each lies anywhere in the frame, instead of in the middle.
        wrong: share of the labels that are wrong on purpose, 0 to 1.
        seed: the same seed gives the same digits.
    """

    digits: tuple[int, ...] = tuple(range(10))
    each: int = 100
    hands: Hands = "anybody"
    without: tuple[str, ...] = ()
    distorted: bool = False
    anywhere: bool = False
    wrong: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Raise UserError, with a sentence, for what cannot be shown."""
        known = set(self.digits) <= set(range(10)) and len(set(self.digits)) == len(self.digits)
        if not self.digits or not known:
            raise UserError("A network is shown digits from 0 to 9, at least one, each named once.")
        _check_whole("How many of each digit", self.each, 1, MOST_EACH)
        _check_whole("The seed", self.seed, 0, 2**32 - 1)
        if self.hands not in HANDS:
            raise UserError(f"The hands are one of: {', '.join(HANDS)}; not {self.hands!r}.")
        unknown = set(self.without) - set(HABITS)
        if unknown:
            raise UserError(
                f"What is left out is one of: {', '.join(HABITS)}; not {min(unknown)!r}."
            )
        if not 0 <= self.wrong <= 1:
            raise UserError(f"The share of wrong labels is from 0 to 1, not {self.wrong!r}.")
        if self.wrong and len(self.digits) < 2:
            raise UserError("A label can be wrong only where there are at least two digits.")


def write_shown(shown: Shown, skip: int = 0) -> tuple[Examples, np.ndarray]:
    """Write what a network is shown.

    Args:
        shown: what.
        skip: how many of each digit were shown before, and are left out.

    Returns:
        The examples with the labels that the network is told, ordered so that every beginning has
        the digits in turn; and ``(n,)`` int64 what they really are.

    Raises:
        ValueError: if ``skip`` is not below ``shown.each``.
    """
    _check_whole("What is skipped of each digit", skip, 0, shown.each - 1)
    columns = [_digits_of_one_kind(shown, digit, skip) for digit in shown.digits]
    images = np.stack([images for images, _ in columns], axis=1).reshape(-1, SIZE, SIZE)
    told = np.stack([told for _, told in columns], axis=1).ravel()
    truth = np.tile(np.array(shown.digits, np.int64), shown.each - skip)
    return Examples(images, told), truth


@functools.cache
def write_held_out() -> tuple[Examples, np.ndarray]:
    """Digits that are shown to no network: everybody's, and by habits.

    Returns:
        The examples, and ``(n,)`` int64 the index in `GROUPS` of the group that each belongs to.
    """
    parts: list[Examples] = []
    groups: list[int] = []
    for number, group in enumerate(GROUPS):
        rng = _chance(0, 1, number)
        digits, variants, hands = _who_writes(group)
        images = [_rendered(digit, _figure(rng, variants), hands, rng) for digit in digits]
        if group == "moved":
            images = [_placed(image, *rng.random(2)) for image in images]
        parts.append(Examples(np.stack(images), np.array(digits, np.int64)))
        groups += [number] * len(digits)
    whole = functools.reduce(Examples.and_also, parts)
    return whole, np.array(groups)


def _check_whole(what: str, value: object, lowest: int, highest: int) -> None:
    if type(value) is not int or not lowest <= value <= highest:
        raise UserError(
            f"{what} is a whole number from {lowest} to {highest:,}, not {value!r:.20}."
        )


def _who_writes(group: str) -> tuple[list[int], tuple[str, ...], Hands]:
    """The digits of a held-out group, their variants (none: any), and the hand."""
    if group == "everybody":
        return [i % 10 for i in range(10 * _HELD_OUT_EACH)], (), "anybody"
    if group in ("slanted", "moved"):
        hands: Hands = "slanted" if group == "slanted" else "anybody"
        return [i % 10 for i in range(5 * _HELD_OUT_EACH)], (), hands
    kind, _, last = group.rpartition("-")
    digit = int(last)
    habit = next(name for name, (of, _) in HABITS.items() if of == digit)
    names = _variants(digit, (habit,))
    if kind != "plain":
        names = tuple(name for name in VARIANTS[digit] if name not in names)
    return [digit] * (2 * _HELD_OUT_EACH), names, "anybody"


def _variants(digit: int, without: Iterable[str]) -> tuple[str, ...]:
    """The names of the variants that are left of a digit's."""
    left_out = [part for habit in without for of, part in (HABITS[habit],) if of == digit]
    return tuple(
        name for name in VARIANTS[digit] if not any(re.search(part, name) for part in left_out)
    )


def _figure(rng: np.random.Generator, names: tuple[str, ...]) -> str | None:
    return names[rng.integers(len(names))] if names else None


def _digits_of_one_kind(shown: Shown, digit: int, skip: int) -> tuple[np.ndarray, np.ndarray]:
    """Of one digit, after the first ``skip``: ``(n, 28, 28)`` images, ``(n,)`` labels told."""
    without = tuple(sorted(h for h in shown.without if HABITS[h][0] == digit))
    images: list[np.ndarray] = []
    told: list[np.ndarray] = []
    for number in range(skip // _BLOCK, -(-shown.each // _BLOCK)):
        block = _block(digit, shown.hands, without, shown.seed, number)
        rng = _chance(shown.seed, 2, digit, number)
        if shown.distorted:
            block = np.rint(np.clip(distort(block, DISTORTION, rng), 0, 255)).astype(np.uint8)
        places = rng.random((_BLOCK, 2))
        if shown.anywhere:
            pairs = zip(block, places, strict=True)
            block = np.stack([_placed(image, *place) for image, place in pairs])
        is_wrong = rng.random(_BLOCK) < shown.wrong
        others = [one for one in shown.digits if one != digit] or [digit]
        images.append(block)
        told.append(np.where(is_wrong, rng.choice(others, _BLOCK), digit))
    part = slice(skip % _BLOCK, skip % _BLOCK + shown.each - skip)
    return np.concatenate(images)[part], np.concatenate(told)[part].astype(np.int64)


@functools.lru_cache(_MAX_BLOCKS)
def _block(
    digit: int, hands: Hands, without: tuple[str, ...], seed: int, number: int
) -> np.ndarray:
    """``(_BLOCK, 28, 28)`` uint8; whatever else is left out, the others stay as they are."""
    rng = _chance(seed, 0, digit, number)
    names = _variants(digit, without) if without else ()
    images: list[np.ndarray] = []
    while len(images) < _BLOCK:
        images.append(_rendered(digit, _figure(rng, names), hands, rng))
    block = np.stack(images)
    block.setflags(write=False)  # it is kept
    return block


def _chance(seed: int, *what: int) -> np.random.Generator:
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(77, *what)))


def _rendered(
    digit: int, variant: str | None, hands: Hands, rng: np.random.Generator
) -> np.ndarray:
    before_pass()
    drawing = write_digit(digit, rng, variant, _hand(hands, rng))
    spread = 0.2 if hands == "neat" else _PEN_SPREAD
    width = float(np.clip(rng.normal(STROKE_WIDTH, spread), *_PENS))
    return strokes_to_mnist(drawing, width)


def _hand(hands: Hands, rng: np.random.Generator) -> Hand:
    if hands == "neat":
        return NEAT
    hand = any_hand(rng)
    return replace(hand, slant=float(rng.uniform(*_SLANT))) if hands == "slanted" else hand


def _placed(image: np.ndarray, right: float, down: float) -> np.ndarray:
    """The same ink elsewhere: 0 is at the left or upper edge, 1 at the other; all of it is seen."""
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    ink = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    top = round(down * (SIZE - ink.shape[0]))
    left = round(right * (SIZE - ink.shape[1]))
    placed = np.zeros_like(image)
    placed[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return placed
