"""Rebuild the model that the app loads: python train.py, or a classic one: --recipe NAME

MNIST in; a network trained on it as its recipe says, the app's own also on what the project's
writer writes; its probabilities calibrated on digits held out; and the result written to
``mnist_model/trained/<recipe>/``, which stays as it was until then.
"""

import argparse
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from mnist_model.classifier import TRAINED
from mnist_model.data import MNIST_VARIABLE, Examples, load_extra, load_mnist
from mnist_model.rebuild import check_replaceable, published_and_reached, rebuild
from mnist_model.recipes import DEFAULT, RECIPES, Recipe

ALL = "all"  # for --recipe
QUICK_EPOCHS = 2


def main() -> None:
    """Train one recipe or all of them, from MNIST to the folders that the app loads."""
    arguments = parse_arguments()
    names = list(RECIPES) if arguments.recipe == ALL else [arguments.recipe]
    folders = {name: chosen_folder(arguments, name) for name in names}
    mnist = load_mnist(arguments.data)
    extra = Examples.none()
    for file in arguments.extra:
        extra = extra.and_also(load_extra(file))
    cards: dict[str, dict[str, Any]] = {}
    try:
        for name, folder in folders.items():
            recipe = chosen_recipe(arguments, name)
            cards[name] = rebuild(
                name, recipe, arguments.seed, mnist, folder, extra, arguments.continue_from
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
    parser.add_argument("--recipe", choices=[*RECIPES, ALL], default=DEFAULT, help="what to train")
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
        help="corrections saved on the page (.npz or .json), to be trained on, too",
    )
    parser.add_argument(
        "--continue-from",
        type=Path,
        metavar="DIR",
        help="a trained model to go on from, with the same --seed, instead of from scratch",
    )
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="instead of the app's own folder"
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help=f"a first look: {QUICK_EPOCHS} epochs, into a folder of its own",
    )
    return parser.parse_args()


def positive(text: str) -> int:
    """A whole number from 1 to a million, for argparse."""
    return whole_number(text, 1, 10**6)


def seed(text: str) -> int:
    """A whole number from 0 to 2^32 - 1, for argparse."""
    return whole_number(text, 0, 2**32 - 1)


def rate(text: str) -> float:
    """A number above 0 and at most 1, for argparse."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError(f"a number above 0, at most 1, is needed, not {text!r}")
    return value


def whole_number(text: str, lowest: int, highest: int) -> int:
    """A whole number within limits; raises `argparse.ArgumentTypeError` for anything else."""
    if not (text.isdecimal() and lowest <= int(text) <= highest):
        raise argparse.ArgumentTypeError(
            f"a whole number from {lowest} to {highest} is needed, not {text!r}"
        )
    return int(text)


def chosen_recipe(arguments: argparse.Namespace, name: str) -> Recipe:
    """A recipe with what the command line changes in it."""
    changes = {"epochs": QUICK_EPOCHS} if arguments.quick else {}
    for setting in ("epochs", "batch_size", "learning_rate"):
        if getattr(arguments, setting) is not None:
            changes[setting] = getattr(arguments, setting)
    return replace(RECIPES[name], **changes)


def chosen_folder(arguments: argparse.Namespace, name: str) -> Path:
    """Where a recipe's result goes: a new folder, or one that this program wrote before."""
    if arguments.output:
        folder = arguments.output / name if arguments.recipe == ALL else arguments.output
    else:
        folder = TRAINED / (f"{name}-quick" if arguments.quick else name)
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
