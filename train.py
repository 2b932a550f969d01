"""Rebuild the model that the app loads: python train.py, or another one: --recipe NAME

MNIST in, and with it what the project's own writer writes; a network trained on both, distorted;
its probabilities calibrated on digits held out; and the result written to
``mnist_model/trained/<recipe>/``, which stays as it was until then.
"""

import argparse
import contextlib
import json
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from mnist_model.augment import Distortion
from mnist_model.calibration import digit_score_threshold, fit_temperature, log_sum_exp
from mnist_model.classifier import CARD, MODEL, TRAINED, Classifier, write_card
from mnist_model.copybook import write_digits, write_others
from mnist_model.data import MNIST_VARIABLE, Examples, load_mnist, split
from mnist_model.evaluate import measure_examples
from mnist_model.pictures import CONFUSION, CURVES, PICTURES, draw_confusion, draw_learning_curves
from mnist_model.quiet import import_tensorflow
from mnist_model.recipes import DEFAULT, RECIPES, Recipe

ALL = "all"  # for --recipe
PAGES = 6  # the writer writes as many, and epochs take turns: more hands, at no more steps
ANOTHER = 2**40  # added to the seed: drawings that were not trained on
REFUSED = 0.004  # share of held-out digits that may be taken for none: unknown hands lose more
QUICK_EPOCHS = 2


def main() -> None:
    """Train one recipe or all of them, from MNIST to the folders that the app loads."""
    arguments = parse_arguments()
    names = list(RECIPES) if arguments.recipe == ALL else [arguments.recipe]
    folders = {name: chosen_folder(arguments, name) for name in names}
    mnist = load_mnist(arguments.data)
    cards = {}
    for name, folder in folders.items():
        recipe = chosen_recipe(arguments, name)
        cards[name] = rebuild(name, recipe, arguments.seed, mnist, folder)
    if len(cards) > 1:
        print(table(cards))


def rebuild(
    name: str, recipe: Recipe, seed: int, mnist: tuple[Examples, Examples], folder: Path
) -> dict:
    """Train a recipe and put the result in place of what was in ``folder``; returns its card."""
    digits, test = mnist
    training, validation = split(digits, round(len(digits) * recipe.held_out), seed)
    print(f"{name}: {len(training):,} of MNIST's digits to train on, {len(validation):,} held out.")

    with replacing(folder) as new:
        started = time.monotonic()
        copybook = write_copybook(recipe, len(training), seed)
        pages = [training.and_also(page) for page in copybook]
        import_tensorflow()  # seconds: not before the arguments are known to be right
        from mnist_model.training import fit, fit_softness, predict

        network, history = fit(recipe, pages, validation, seed)
        held_out = [validation]
        if recipe.written_digits:
            held_out.append(write_digits(len(validation), seed + ANOTHER))
        softness = 0.0
        if recipe.softened:
            network, softness = fit_softness(recipe, network, held_out)
        network.save(new / MODEL)

        logits = [predict(network, examples.images) for examples in held_out]
        thresholds = [digit_score_threshold(log_sum_exp(part), REFUSED) for part in logits]
        card = {
            "recipe": name,
            "settings": asdict(recipe),
            "seed": seed,
            "training_digits": len(training),
            "written": sum(map(len, copybook)),
            "parameters": network.count_params(),
            "minutes": round((time.monotonic() - started) / 60, 1),
            "versions": versions(),
            "softness": softness,
            "temperature": fit_temperature(logits[0], validation.labels),
            "digit_threshold": min(thresholds),
            "history": history,
            "figures": {},
            **benchmarks_in(folder),
        }
        write_card(card, new)

        classifier = Classifier(new)  # from here on the network is used as the app uses it
        for part, examples in {"validation": validation, "test": test}.items():
            figures = measure_examples(classifier, examples)
            print(f"MNIST {part}: {figures}")
            card["figures"][part] = figures.to_card()
        write_card(card, new)
        draw_learning_curves(history, new / CURVES, distorted=recipe.distortion != Distortion())
        draw_confusion(figures.confusion, "MNIST test", new / CONFUSION)
    print(published_and_reached(card))
    print(f"Written to {folder}.")
    return card


def published_and_reached(card: dict) -> str:
    """One sentence: what is published of the recipe's network, and what this one reached."""
    published = card["settings"]["published"]
    if not published:
        return "Nothing is published of this network."
    return (
        f"Published: {'about ' if published['about'] else ''}{100 * published['accuracy']:.2f} % "
        f"on MNIST {published['of']}; reached: "
        f"{100 * card['figures'][published['of']]['accuracy']:.2f} %."
    )


def table(cards: dict[str, dict]) -> str:
    """All cards in short, a line for each."""
    lines = [f"{'recipe':14} {'parameters':>10} {'minutes':>7} {'validation':>10} {'test':>7}"]
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
    parser = argparse.ArgumentParser(description="Rebuild the model that the app loads.")
    parser.add_argument("--recipe", choices=[*RECIPES, ALL], default=DEFAULT)
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


def check_replaceable(folder: Path) -> None:
    """Raise ValueError unless there is nothing at ``folder`` but what this program writes."""
    if not folder.exists():
        return
    written = {MODEL, CARD, f"{CARD}.new", *PICTURES}
    if not folder.is_dir() or not {file.name for file in folder.iterdir()} <= written:
        raise ValueError(f"{folder} exists and is no trained model alone: it is left as it is.")


def benchmarks_in(folder: Path) -> dict[str, dict]:
    """What `benchmarks/` wrote into the previous card: it tells of the recipe, not of one model."""
    try:
        card = json.loads((folder / CARD).read_text())
        return {name: dict(card.get(name, {})) for name in ("ablations", "seeds")}
    except (OSError, ValueError, AttributeError, TypeError):  # none yet, or damaged
        return {}


def write_copybook(recipe: Recipe, count: int, seed: int) -> list[Examples]:
    """What the writer adds to ``count`` of MNIST's, page by page: digits, and what is none."""
    digits, others = round(recipe.written_digits * count), round(recipe.written_others * count)
    if not digits + others:
        return [Examples.none()]
    pages = min(PAGES, recipe.epochs)
    seeds = range(seed * PAGES, seed * PAGES + pages)
    copybook = [write_digits(digits, s).and_also(write_others(others, s)) for s in seeds]
    print(f"{pages} times {digits:,} digits and {others:,} other drawings written.", flush=True)
    return copybook


def versions() -> dict[str, str]:
    """What the model was made with."""
    tf = import_tensorflow()
    import keras
    import numpy as np

    return {
        "python": platform.python_version(),
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
        "numpy": np.__version__,
    }


@contextlib.contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new folder that takes the place of ``folder`` at the end, and only if all went well."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
        new, old = Path(scratch) / "new", Path(scratch) / "old"
        new.mkdir()
        yield new
        check_replaceable(folder)
        try:
            if folder.exists():
                folder.rename(old)
            new.rename(folder)
        except BaseException:
            if old.exists() and not folder.exists():
                old.rename(folder)
            raise


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # both leave nothing behind
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped. The trained model is as it was before.")
    except (ValueError, OSError) as error:
        sys.exit(f"train.py: {error}")
