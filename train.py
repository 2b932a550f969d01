"""Rebuild the model that the app loads: python train.py, or a classic one: --recipe NAME

MNIST in; a network trained on it as its recipe says, the app's own also on what the project's
writer writes; its probabilities calibrated on digits held out; and the result written to
``mnist_model/trained/<recipe>/``, which stays as it was until then.
"""

import argparse
import math
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from mnist_model.preprocess.examples import Examples
from mnist_model.read.classifier import DEFAULT, TRAINED
from mnist_model.train.data import MNIST_VARIABLE, load_extra, load_mnist, split
from mnist_model.train.lesson import HABITS, HANDS, MAX_EACH, Shown, write_held_out, write_shown
from mnist_model.train.rebuild import check_replaceable, published_and_reached, rebuild
from mnist_model.train.recipes import LEAST_STEPS, LESSONS, RECIPES, TEACHERS, Recipe

ALL = "all"  # for --recipe
# --quick: so many examples are trained on, whatever the recipe, and so often each MNIST digit.
QUICK_EXAMPLES, QUICK_EPOCHS = 75_000, 3
OTHER_HANDS = 2**31  # added to a lesson's seed: what is held out while it learns


def main() -> None:
    """Train one recipe or all of them, from MNIST to the folders that the app loads."""
    arguments = parse_arguments()
    names = list(RECIPES) if arguments.recipe == ALL else [arguments.recipe]
    folders = {name: chosen_folder(arguments, name) for name in names}
    shown = chosen_lesson(arguments)
    mnist = load_mnist(arguments.data) if shown is None else lesson_digits(shown)
    validation = shown and write_shown(Shown(each=20, seed=OTHER_HANDS + shown.seed % 2**31))[0]
    extra = Examples.none()
    for file in arguments.extra:
        extra = extra.and_also(load_extra(file))
    cards: dict[str, dict[str, Any]] = {}
    try:
        for name, folder in folders.items():
            recipe = chosen_recipe(arguments, name)
            training, test = mnist
            if shown is not None:
                recipe = repeated(recipe, len(training), arguments.epochs)
            elif arguments.quick:
                training = some(training, quick_digits(recipe), arguments.seed)
            cards[name] = rebuild(
                name, recipe, arguments.seed, (training, test), folder, extra, validation
            )
    except KeyboardInterrupt:
        done = f"Trained before that: {', '.join(cards)}. " if cards else ""
        sys.exit(f"\nStopped. {done}The trained model is as it was before.")
    finally:
        if len(folders) > 1 and cards:
            print(table(cards))


def table(cards: dict[str, dict[str, Any]]) -> str:
    """All cards in short, a line for each."""
    lines = [
        f"{'recipe':14} {'parameters':>10} {'minutes':>7} {'validation':>10} {'test':>7}  published"
    ]
    for name, card in cards.items():
        figures = card["figures"]
        lines.append(
            f"{name:14} {card['parameters']:10,} {card['minutes']:7.1f} "
            f"{100 * figures['validation']['accuracy']:8.2f} % "
            f"{100 * figures['test']['accuracy']:5.2f} %  {published_and_reached(card)}"
        )
    return "\n".join(lines)


def parse_arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--recipe",
        choices=[*RECIPES, *LESSONS, *TEACHERS, ALL],
        default=DEFAULT,
        help="what to train",
    )
    parser.add_argument("--epochs", type=positive, help="instead of the recipe's")
    parser.add_argument("--batch-size", type=positive, help="instead of the recipe's")
    parser.add_argument("--learning-rate", type=rate, help="instead of the recipe's")
    parser.add_argument("--seed", type=seed, default=0, help="of everything that is left to chance")
    parser.add_argument(
        "--data",
        metavar="mnist.npz",
        help=f"MNIST; without it ${MNIST_VARIABLE}, or else Keras downloads it",
    )
    parser.add_argument(
        "--extra",
        metavar="FILE",
        nargs="+",
        default=[],
        help="corrections saved on the page (JSON): train on them, too",
    )
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="instead of the app's own folder"
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="a first look in less than four minutes: few of the digits, into a folder of its own",
    )
    lesson = parser.add_argument_group(
        "a lesson", "a few written digits instead of MNIST, in the words of the page's Teach one"
    )
    lesson.add_argument("--shown", type=each, metavar="N", help="how many of each digit")
    lesson.add_argument("--digits", metavar="0123456789", help="which digits; without it all")
    lesson.add_argument("--hands", choices=HANDS, help="whose; without it anybody's")
    lesson.add_argument(
        "--without", choices=HABITS, nargs="+", default=[], help="ways of writing to leave out"
    )
    lesson.add_argument("--distorted", action="store_true", help="each a little")
    lesson.add_argument("--anywhere", action="store_true", help="instead of in the middle")
    lesson.add_argument("--wrong", type=share, default=0.0, help="share of labels, on purpose")
    arguments = parser.parse_args()
    if arguments.shown is None:
        others = ("digits", "hands", "without", "distorted", "anywhere", "wrong")
        why = "goes with --shown: it is of the digits of a lesson."
    else:
        others = ("data", "quick")
        why = "goes without --shown: it is of MNIST, and a lesson has none."
    for name in others:
        if getattr(arguments, name) != parser.get_default(name):
            parser.error(f"--{name} {why}")
    return arguments


def each(text: str) -> int:
    """How many of each digit are shown, for argparse."""
    return whole_number(text, 1, MAX_EACH)


def share(text: str) -> float:
    """A number from 0 to 1, for argparse."""
    return 0.0 if number(text) == 0 else rate(text)


def positive(text: str) -> int:
    """A whole number from 1 to a million, for argparse."""
    return whole_number(text, 1, 10**6)


def seed(text: str) -> int:
    """A whole number from 0 to 2^32 - 1, for argparse."""
    return whole_number(text, 0, 2**32 - 1)


def rate(text: str) -> float:
    """A number above 0 and at most 1, for argparse."""
    value = number(text)
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError(f"a number above 0, at most 1, is needed, not {text!r}")
    return value


def number(text: str) -> float:
    """A number, or NaN for what is none."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def whole_number(text: str, lowest: int, highest: int) -> int:
    """A whole number within limits; raises `argparse.ArgumentTypeError` for anything else."""
    if not (text.isdecimal() and lowest <= int(text) <= highest):
        raise argparse.ArgumentTypeError(
            f"a whole number from {lowest} to {highest} is needed, not {text!r}"
        )
    return int(text)


def chosen_lesson(arguments: argparse.Namespace) -> Shown | None:
    """What is shown in a lesson; None where it is MNIST. Raises ValueError for what cannot be."""
    if arguments.shown is None:
        return None
    digits = "0123456789" if arguments.digits is None else arguments.digits
    if not digits.isdecimal():
        raise ValueError(f"The digits are written one after the other, as 0147, not {digits!r}.")
    return Shown(
        digits=tuple(int(digit) for digit in digits),
        each=arguments.shown,
        hands=arguments.hands or "anybody",
        without=tuple(arguments.without),
        distorted=arguments.distorted,
        anywhere=arguments.anywhere,
        wrong=arguments.wrong,
        seed=arguments.seed,
    )


def lesson_digits(shown: Shown) -> tuple[Examples, Examples]:
    """What is shown, with the labels that are told, and everybody's digits to be measured on."""
    held_out, group = write_held_out()
    return write_shown(shown)[0], held_out.take(np.flatnonzero(group == 0))


def repeated(recipe: Recipe, count: int, epochs: int | None = None) -> Recipe:
    """A recipe that goes through so few examples more often, and loses none at an epoch's end.

    Or ``epochs`` times, where that was asked for.
    """
    batch_size = min(recipe.batch_size, count)
    epochs = epochs or max(recipe.epochs, -(-LEAST_STEPS * batch_size // count))
    return replace(recipe, batch_size=batch_size, epochs=epochs)


def quick_digits(recipe: Recipe) -> int:
    """How many of MNIST's digits `--quick` takes, those held out included."""
    beside = recipe.written_digits + recipe.written_non_digits
    trained_on = QUICK_EXAMPLES / recipe.epochs / (1 + beside)
    return max(1, int(trained_on / (1 - recipe.held_out)))


def some(examples: Examples, count: int, seed: int) -> Examples:
    """So many of the examples, or all if there are no more, chosen at random."""
    return split(examples, count, seed)[1] if count < len(examples) else examples


def chosen_recipe(arguments: argparse.Namespace, name: str) -> Recipe:
    """A recipe with what the command line changes in it."""
    changes = {"epochs": QUICK_EPOCHS} if arguments.quick else {}
    for setting in ("epochs", "batch_size", "learning_rate"):
        if getattr(arguments, setting) is not None:
            changes[setting] = getattr(arguments, setting)
    if "epochs" in changes:
        changes["polish"] = 0
    return replace((RECIPES | LESSONS | TEACHERS)[name], **changes)


def chosen_folder(arguments: argparse.Namespace, name: str) -> Path:
    """Where a recipe's result goes: a new folder, or one that this program wrote before."""
    if arguments.output:
        folder = arguments.output / name if arguments.recipe == ALL else arguments.output
    else:
        last = "-quick" if arguments.quick else "-shown" if arguments.shown else ""
        folder = TRAINED / f"{name}{last}"
    check_replaceable(folder.resolve())
    return folder.resolve()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # both leave nothing behind
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped. The trained model is as it was before.")
    except (ValueError, OSError) as error:
        sys.exit(f"train.py: {error}")
