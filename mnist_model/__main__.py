"""The command line: python -m mnist_model classify drawing.png, python -m mnist_model evaluate."""

import argparse
import sys
from collections.abc import Iterable, Iterator

import numpy as np
from PIL import Image, UnidentifiedImageError
from tqdm import tqdm

from mnist_model.classifier import Classifier, Reading, load_classifier
from mnist_model.copybook import unseen_others
from mnist_model.data import MNIST_VARIABLE, Examples, load_mnist, load_pen_digits
from mnist_model.evaluate import STRESSES, Read, formatted, measure_refusals, read, stress, together
from mnist_model.pictures import draw_confusion, draw_hardest, draw_reliability, draw_robustness
from mnist_model.recipes import DEFAULT

UNSEEN_OF_EACH_KIND = 100
STRESSED = 2_000  # of each set of digits: enough for a curve
HARDEST = 36
TITLES = {"test": "MNIST test", "pen": "pen digits"}


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m mnist_model", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    command = commands.add_parser("classify", help="read the digit in a picture")
    command.add_argument("picture", help="any plain background, dark on light or light on dark")
    command.set_defaults(run=classify)

    command = commands.add_parser(
        "evaluate", help="how well digits are read; the figures go into the model's card"
    )
    command.add_argument(
        "--data",
        metavar="mnist.npz",
        help=f"MNIST; without it ${MNIST_VARIABLE}, or else Keras downloads it",
    )
    command.add_argument("--pen", metavar="FILE", help="pen digits in UNIPEN format")
    command.set_defaults(run=evaluate)

    for command in commands.choices.values():
        command.add_argument("--recipe", default=DEFAULT, help="the trained model that reads")

    arguments = parser.parse_args()
    arguments.run(arguments)


def classify(arguments: argparse.Namespace) -> None:
    """Print what is read in a picture."""
    Image.MAX_IMAGE_PIXELS = None  # the classifier has its own limit, and says what it is
    try:
        image = Image.open(arguments.picture)
    except OSError as error:
        if not isinstance(error, UnidentifiedImageError):
            raise
        raise ValueError(f"{arguments.picture} is not a picture that can be read.") from None
    except Exception as error:  # a damaged file makes Pillow's decoders raise nearly anything
        raise ValueError(f"{arguments.picture} can't be read ({error}).") from error
    with image:
        print(describe(load_classifier(arguments.recipe).classify_image(image)))


def describe(reading: Reading) -> str:
    """A reading as text, a line for each digit."""
    if reading.digit is None:
        return "The picture is blank."
    verdict = (
        str(reading.digit) if reading.is_digit else f"? (no digit; nearest is {reading.digit})"
    )
    bars = (
        f"  {digit} {'█' * round(40 * p):40s} {100 * p:5.1f} %"
        for digit, p in enumerate(reading.probabilities)
    )
    return "\n".join((verdict, *bars))


def evaluate(arguments: argparse.Namespace) -> None:
    """Measure a trained model; print the figures, and keep them and their pictures beside it."""
    _, test = load_mnist(arguments.data)
    pens = load_pen_digits(arguments.pen) if arguments.pen is not None else None
    classifier = load_classifier(arguments.recipe)

    parts = read(classifier, test)
    sets = {"test": together(list(progress(parts, len(test), "MNIST test")))}
    if pens:
        parts = (r for part in formatted(*pens) for r in read(classifier, part))
        sets["pen"] = together(list(progress(parts, len(pens[1]), "pen digits")))
    figures = {name: digits.figures(classifier.digit_threshold) for name, digits in sets.items()}
    others = unseen_others(UNSEEN_OF_EACH_KIND, seed=0)
    refusals = {
        name: measure_refusals(classifier, *others, digits) for name, digits in sets.items()
    }
    curves = stressed(classifier, sets)

    for name, title in TITLES.items():
        if name in sets:
            print(f"{title}: {figures[name]}")
            print(f"no digits, of kinds not trained on, against {title}: {refusals[name]}")
    results = {name: part.to_card() for name, part in figures.items()}
    results["others"] = {name: part.to_card() for name, part in refusals.items()}
    results["robustness"] = curves
    keep(classifier, results, sets)


def stressed(classifier: Classifier, sets: dict[str, Read]) -> dict:
    """Stress -> set of digits -> (strength, share read right)."""
    curves: dict[str, dict[str, list]] = {name: {TITLES[s]: [] for s in sets} for name in STRESSES}
    steps = sum(len(kind.strengths) for kind in STRESSES.values())
    for name, digits in sets.items():
        every = max(1, len(digits.labels) // STRESSED)
        some = Examples(digits.pixels[::every], digits.labels[::every])
        for what, strength, accuracy in progress(
            stress(classifier, some), steps, f"{TITLES[name]}, made harder", each=1
        ):
            curves[what][TITLES[name]].append((strength, round(accuracy, 4)))
    return curves


def keep(classifier: Classifier, results: dict, sets: dict[str, Read]) -> None:
    """Write figures into the model's card, and their pictures beside it."""
    folder = classifier.folder
    classifier.card["figures"] |= results
    classifier.save_card()
    for name, title in TITLES.items():
        if name in sets:
            file = folder / ("confusion.png" if name == "test" else f"confusion-{name}.png")
            draw_confusion(np.array(results[name]["confusion"]), title, file)
    draw_reliability(
        {TITLES[name]: (part.probabilities, part.labels) for name, part in sets.items()},
        folder / "calibration.png",
    )
    draw_hardest(
        {TITLES[name]: (part, part.hardest(HARDEST)) for name, part in sets.items()},
        folder / "hardest.png",
    )
    draw_robustness(results["robustness"], folder / "robustness.png")
    print(f"Figures and pictures are in {folder}.")


def progress(parts: Iterable, total: int, title: str, each: int = 0) -> Iterator:
    """Pass parts on, with a bar on a screen that says how far they are."""
    with tqdm(total=total, desc=title, unit="", disable=None, leave=False) as bar:
        for part in parts:
            yield part
            bar.update(each or len(part.labels))


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # a terminal without block characters
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except (OSError, ValueError) as error:
        sys.exit(f"mnist_model: {error}")
