"""The command line: python -m mnist_model classify drawing.png, number drawing.json, evaluate."""

import argparse
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from mnist_model.explain.activation_maximisation import IDEALS, keep_ideals
from mnist_model.read.classifier import DEFAULT, load_classifier
from mnist_model.read.reading import NumberReading, Reading
from mnist_model.train.data import MNIST_VARIABLE, load_mnist, load_pen_digits, pen_writers
from mnist_model.train.report import measure_all, pen_set


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m mnist_model", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(run: Callable[[argparse.Namespace], None], says: str) -> argparse.ArgumentParser:
        command = commands.add_parser(run.__name__, help=says)
        command.set_defaults(run=run)
        command.add_argument(
            "--recipe", default=DEFAULT, help="name or folder of the trained model"
        )
        return command

    command(classify, "read a digit in a picture").add_argument(
        "picture", help="a picture with a plain background, dark on light or light on dark"
    )
    command(number, "read a number in a drawing or a picture").add_argument(
        "drawing", help="strokes as JSON, [[[x, y], ...], ...], in a file *.json; or a picture"
    )
    command(ideals, 'make the pictures of "What it imagines" again, without training')
    measure = command(evaluate, "measure a model; the figures go into its card")
    data_help = f"MNIST; by default ${MNIST_VARIABLE}, or else Keras downloads it"
    measure.add_argument("--data", metavar="mnist.npz", help=data_help)
    measure.add_argument(
        "--pen", metavar="FILE", nargs="+", default=[], help="pen digits in UNIPEN format"
    )
    arguments = parser.parse_args()
    arguments.run(arguments)


def classify(arguments: argparse.Namespace) -> None:
    """Read a digit in a picture and print it."""
    with opened(arguments.picture) as image:
        print(describe(load_classifier(arguments.recipe).classify_image(image)))


def number(arguments: argparse.Namespace) -> None:
    """Read a number in a drawing or a picture and print it."""
    if arguments.drawing.lower().endswith(".json"):
        strokes = drawing(Path(arguments.drawing))
        print(describe_number(load_classifier(arguments.recipe).read_number(strokes)))
        return
    with opened(arguments.drawing, ", nor strokes in a file named *.json") as image:
        print(describe_number(load_classifier(arguments.recipe).read_number_image(image)))


def drawing(file: Path) -> object:
    """The content of a JSON file; the classifier checks that it is a drawing."""
    try:
        return json.loads(file.read_bytes())  # in UTF-8, 16 or 32
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{file} is not valid JSON ({error}).") from error


def opened(name: str, or_else: str = "") -> Image.Image:
    """Open a picture; for the error, ``or_else`` says what else the file may be."""
    Image.MAX_IMAGE_PIXELS = None  # the classifier has its own limit
    try:
        return Image.open(name)
    except UnidentifiedImageError:
        raise ValueError(f"{name} is not a picture that can be read{or_else}.") from None
    except Exception as error:  # Pillow's decoders raise many kinds of errors
        if isinstance(error, OSError) and error.filename is not None:
            raise  # the file does not exist
        raise ValueError(f"{name} cannot be read ({error}).") from error


def describe_number(number: NumberReading) -> str:
    """A number as text, and a line for each of its digits."""
    if not number.digits:
        return "There is no ink."
    lines = [number.text, f"  {100 * number.probability:.1f} % sure of the whole number"]
    for placed in number.digits:
        reading = placed.reading
        verdict = str(reading.digit) if reading.is_digit else f"? (nearest is {reading.digit})"
        left, top, right, bottom = placed.box
        share = 100 * float(reading.probabilities.max())
        place = f"from ({left:g}, {top:g}) to ({right:g}, {bottom:g})"
        lines.append(f"  {verdict} {share:.1f} %, {place}")
    return "\n".join(lines)


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
    """Measure a trained model; print the figures, and write them and plots into its folder."""
    classifier = load_classifier(arguments.recipe)
    pens = {
        pen_set(Path(file)): (*load_pen_digits(file), pen_writers(file)) for file in arguments.pen
    }
    report = measure_all(classifier, load_mnist(arguments.data)[1], pens)
    print(report)
    print(report.keep(classifier))


def ideals(arguments: argparse.Namespace) -> None:
    """Make the pictures of a network's ideal digits again; train.py makes them, too."""
    classifier = load_classifier(arguments.recipe)
    keep_ideals(classifier)
    print(f"Written to {classifier.folder / IDEALS}.")


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal without block characters
        sys.stdout.reconfigure(errors="replace")
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except (OSError, ValueError) as error:
        sys.exit(f"mnist_model: {error}")
