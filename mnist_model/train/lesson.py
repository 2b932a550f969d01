"""Digits chosen on purpose, for lessons in what learning from examples is.

The page's tab "Teach one" and ``train.py --shown`` choose with the same words, from the same
sheets of digits.

>>> examples, truth = write_shown(Shown(each=3, without=("crossed-7",)))
"""

import functools
import itertools
import re
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from mnist_model.handwriting import NEAT, VARIANTS, Hand, any_hand, any_variant, write_digit
from mnist_model.preprocess.errors import UserError
from mnist_model.preprocess.examples import Examples
from mnist_model.preprocess.mnist_format import SIZE, STROKE_WIDTH, strokes_to_mnist
from mnist_model.read.passes import before_pass
from mnist_model.train.augment import Distortion, distort

Hands = Literal["neat", "slanted", "anybody"]
HANDS: tuple[Hands, ...] = get_args(Hands)
MAX_EACH = 1_000  # of each digit
SHEET_EACH = 25  # of each digit on a sheet
DISTORTION = Distortion(rotation=12, shear=0.2, scale=0.12, shift=1.2, elastic=0.6, thickness=0.4)

# A way to write a digit that some people have and others don't: the digit, and a regular expression
# for the names of the writer's variants.
HABITS: dict[str, tuple[int, str]] = {
    "slashed-0": (0, "slash"),
    "flagged-1": (1, "flag"),
    "crossed-7": (7, "cross|T with|low bar"),  # a T's bar and a low bar lie across the stem, too
}

# Groups of held-out digits: "everybody" is everybody's digits as they come.
GROUPS = (
    "everybody",
    *(f"{kind}-{digit}" for habit, (digit, _) in HABITS.items() for kind in (habit[:-2], "plain")),
    "slanted",
    "moved",
)
_HELD_OUT_EACH = 40  # of each digit among everybody's; twice as many of a habit
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
        _check_whole("How many of each digit", self.each, 1, MAX_EACH)
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


def write_shown(shown: Shown) -> tuple[Examples, np.ndarray]:
    """Write what a network is shown.

    Returns:
        The examples with the labels that the network gets, ordered so that every beginning has the
        digits in turn; and ``(n,)`` int64 the true digits. A larger ``each`` begins with the same.
    """
    found: dict[int, list[np.ndarray]] = {digit: [] for digit in shown.digits}
    for index in itertools.count():
        if min(map(len, found.values())) >= shown.each:
            break
        sheet, group = write_sheet(shown.hands, index, shown.distorted, shown.seed)
        for image, digit, habit in zip(sheet.images, sheet.labels, group, strict=True):
            if digit in found and GROUPS[habit] not in shown.without:
                found[int(digit)].append(image)
    columns = [images[: shown.each] for images in found.values()]
    images = np.stack(columns, axis=1).reshape(-1, SIZE, SIZE)
    truth = np.tile(np.array(shown.digits, np.int64), shown.each)
    chance = _chance(shown.seed, 2).random((len(truth), 4))
    if shown.anywhere:
        pairs = zip(images, chance[:, :2], strict=True)
        images = np.stack([_placed(image, *place) for image, place in pairs])
    steps = 1 + (chance[:, 2] * (len(shown.digits) - 1)).astype(int)  # to another digit
    others = np.array(shown.digits)[(np.arange(len(truth)) + steps) % len(shown.digits)]
    return Examples(images, np.where(chance[:, 3] < shown.wrong, others, truth)), truth


def write_sheet(
    hands: Hands, index: int, distorted: bool = False, seed: int = 0
) -> tuple[Examples, np.ndarray]:
    """Write a sheet of digits, the ten of them in turn, `SHEET_EACH` times.

    Returns:
        The examples, and ``(n,)`` int64 the index in `GROUPS` of the habit that each shows, of
        those that have one; 0 for the other digits.
    """
    rng = _chance(seed, 0, index)
    digits = np.tile(np.arange(10), SHEET_EACH)
    variants = [any_variant(rng, digit) for digit in digits.tolist()]
    pairs = list(zip(digits.tolist(), variants, strict=True))
    images = np.stack([_rendered(digit, variant, hands, rng) for digit, variant in pairs])
    if distorted:
        images = np.rint(np.clip(distort(images, DISTORTION, rng), 0, 255)).astype(np.uint8)
    return Examples(images, digits), np.array([_habit_group(*pair) for pair in pairs])


@functools.cache
def write_held_out() -> tuple[Examples, np.ndarray]:
    """Digits that are shown to no network: everybody's, and by habits.

    Returns:
        The examples, and ``(n,)`` int64 the index in `GROUPS` of the group that each belongs to.
    """
    parts: list[Examples] = []
    groups: list[int] = []
    for index, group in enumerate(GROUPS):
        rng = _chance(0, 1, index)
        digits, variants, hands = _who_writes(group)
        images = [_rendered(digit, _any_of(rng, variants), hands, rng) for digit in digits]
        if group == "moved":
            images = [_placed(image, *rng.random(2)) for image in images]
        parts.append(Examples(np.stack(images), np.array(digits, np.int64)))
        groups += [index] * len(digits)
    return functools.reduce(Examples.and_also, parts), np.array(groups)


def _check_whole(what: str, value: object, lowest: int, highest: int) -> None:
    if type(value) is not int or not lowest <= value <= highest:
        raise UserError(
            f"{what} is a whole number from {lowest} to {highest:,}, not {value!r:.20}."
        )


def _habit_group(digit: int, variant: str) -> int:
    """The index in `GROUPS` of a variant's habit, or of the plain ones; 0 for other digits."""
    for habit, (of, names) in HABITS.items():
        if of == digit:
            return GROUPS.index(habit if re.search(names, variant) else f"plain-{digit}")
    return 0


def _who_writes(group: str) -> tuple[list[int], list[str], Hands]:
    """The digits of a held-out group, their variants (none: any), and the hand."""
    if group == "everybody":
        return [i % 10 for i in range(10 * _HELD_OUT_EACH)], [], "anybody"
    if group in ("slanted", "moved"):
        hands: Hands = "slanted" if group == "slanted" else "anybody"
        return [i % 10 for i in range(5 * _HELD_OUT_EACH)], [], hands
    digit = int(group[-1])
    index = GROUPS.index(group)
    names = [name for name in VARIANTS[digit] if _habit_group(digit, name) == index]
    return [digit] * (2 * _HELD_OUT_EACH), names, "anybody"


def _any_of(rng: np.random.Generator, names: list[str]) -> str | None:
    return names[rng.integers(len(names))] if names else None


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
