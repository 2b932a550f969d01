"""Rebuilds a recipe's model: from MNIST and the writer to the folder that the app loads."""

import contextlib
import inspect
import json
import math
import os
import platform
import tempfile
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import numpy as np

from mnist_model.explain.activation_maximisation import IDEALS, keep_ideals
from mnist_model.handwriting.synthetic import write_digits, write_non_digits
from mnist_model.preprocess.examples import NOT_A_DIGIT, Examples
from mnist_model.read.calibration import (
    digit_score_threshold,
    fit_temperature,
    log_sum_exp,
    negative_log_likelihood,
)
from mnist_model.read.classifier import CARD, LITE, MODEL, Classifier, write_card
from mnist_model.train.augment import EPOCHS_A_PAGE
from mnist_model.train.data import split
from mnist_model.train.evaluate import measure_examples
from mnist_model.train.keras_model import to_litert
from mnist_model.train.lazy_tensorflow import import_tensorflow
from mnist_model.train.plots import (
    CONFUSION,
    CURVES,
    PICTURES,
    draw_confusion,
    draw_learning_curves,
)
from mnist_model.train.progress import Progress
from mnist_model.train.recipes import Recipe

PAGES = 6  # the writer writes as many, and each epoch takes another: more hands, at no more steps
ANOTHER = 2**40  # added to the seed: drawings that were not trained on
EXTRA_SHARE = 0.02  # of an epoch, that extra drawings are repeated to fill
MOST_REPEATED = 50  # times in an epoch; more would teach one drawing by heart
# Estimated seconds on two cores, for the time left: of a drawing that is written, of an example
# that is trained on (by the network's multiplications, and beside them), of all that comes later.
WRITING, MULTIPLICATION, OVERHEAD, AFTER = 5e-4, 5e-11, 1e-4, 25.0
SOFTENING = 7  # times the held-out digits are read to choose how much is softened
REFUSED = 0.003  # share of held-out digits that may be refused: unknown hands lose more


def rebuild(
    name: str,
    recipe: Recipe,
    seed: int,
    mnist: tuple[Examples, Examples],
    folder: Path,
    extra: Examples | None = None,
    validation: Examples | None = None,
) -> dict[str, Any]:
    """Train a recipe and put the result in place of what was in ``folder``.

    Args:
        name: the recipe's, for its card.
        recipe: how it is trained.
        seed: of everything that is left to chance.
        mnist: its training and its test digits.
        folder: where the result goes (`check_replaceable`).
        extra: drawings that are trained on, too (`data.load_extra`); few are repeated until they
            have some weight.
        validation: held out instead of some of the training digits: those are few, and not MNIST's.

    Returns:
        The model's card.

    Raises:
        ValueError: if there is no such network, or it is not one for this recipe.
    """
    import_tensorflow()  # seconds: not before the arguments are known to be right
    from mnist_model.train import networks
    from mnist_model.train.fit import fit, fit_softness, load_teacher, predict

    network = getattr(networks, recipe.network, None)
    if not inspect.isfunction(network) or recipe.network.startswith("_"):
        raise ValueError(f"networks.py has no {recipe.network}(), which recipe {name} asks for.")
    shapes = [getattr(network(), f"{end}_shape", None) for end in ("input", "output")]
    if shapes != [(None, 28, 28, 1), (None, 10)]:
        raise ValueError(
            f"{recipe.network}() has to return a network from (None, 28, 28, 1) grey levels to "
            f"(None, 10) logits, not from {shapes[0]} to {shapes[1]}."
        )
    if recipe.softened and "softness" not in inspect.signature(network).parameters:
        raise ValueError(f"{recipe.network}() takes no softness, and recipe {name} is softened.")
    teacher = load_teacher(recipe.teacher) if recipe.teacher else None
    digits, test = mnist
    source = "MNIST" if validation is None else "Written"
    training = digits
    if validation is None:
        training, validation = split(digits, round(len(digits) * recipe.held_out), seed)
    extra = usable(extra or Examples.none(), recipe)
    summary = summary_of(network())
    work = Work(recipe, network(), teacher, len(training), len(validation))
    print(summary)
    print(f"{name}: {len(training):,} {source} digits to train on, {len(validation):,} held out.")

    with replacing(folder) as new, Progress(work.total) as progress:
        started = time.monotonic()
        synthetic = write_synthetic(recipe, len(training), seed, progress.advance)
        more = training.and_also(weighted(extra, len(training)))
        pages = [more.and_also(page) for page in synthetic]
        network, history = fit(
            recipe,
            pages,
            validation,
            seed,
            lambda count: progress.advance(count * work.example),
            teacher,
        )
        held_out = [validation]
        if recipe.written_digits:
            held_out.append(write_digits(len(validation), seed + ANOTHER))
        softness = 0.0
        if recipe.softened:
            network, softness = fit_softness(recipe, network, held_out)
        network.save(new / MODEL)
        (new / LITE).write_bytes(to_litert(network))

        logits = [predict(network, examples.images) for examples in held_out]
        thresholds = [digit_score_threshold(log_sum_exp(part), REFUSED) for part in logits]
        progress.advance(work.rest / 2)
        card: dict[str, Any] = {
            "recipe": name,
            "settings": recipe.settings(),
            "seed": seed,
            "training_digits": len(training),
            "written": sum(map(len, synthetic)),
            "extra": len(extra),
            "parameters": network.count_params(),
            "summary": summary,
            "minutes": round((time.monotonic() - started) / 60, 2),
            "versions": versions(),
            "softness": softness,
            "temperature": fit_temperature(logits[0], validation.labels),
            "digit_threshold": min(thresholds),
            "history": history,
            "figures": {},
            **benchmarks_in(folder, recipe),
        }
        write_card(card, new)

        classifier = Classifier(new)  # from here on the network is used as the app uses it
        figures = measure_examples(classifier, test)
        for part, measured in {
            "validation": measure_examples(classifier, validation),
            "test": figures,
        }.items():
            print(f"{source} {part}: {measured}")
            card["figures"][part] = measured.to_card()
        if recipe.published:
            reached = {
                "training": history["accuracy"][-1],
                "validation": card["figures"]["validation"]["accuracy"],
                "test": card["figures"]["test"]["accuracy"],
                "test_loss": negative_log_likelihood(predict(network, test.images), test.labels),
            }
            card["published"] = {
                what: {"published": figure, "reached": round(reached[what], 5)}
                for what, figure in recipe.published
            }
            card["published_about"] = recipe.published.about
            print(published_and_reached(card))
        write_card(card, new)
        draw_learning_curves(history, new / CURVES, distorted=bool(recipe.distortion))
        draw_confusion(figures.confusion, f"{source} test", new / CONFUSION)
        keep_ideals(classifier)
    print(f"Written to {folder}.")
    return card


def published_and_reached(card: dict[str, Any]) -> str:
    """What is published of a card's network, and what this one reached."""
    parts = []
    for what, figure in card.get("published", {}).items():
        published, reached = figure["published"], figure["reached"]
        if what == "test_loss":
            parts.append(f"test loss {published:.4f} published, {reached:.4f} reached")
        else:
            parts.append(f"{what} {100 * published:.3f} % published, {100 * reached:.3f} % reached")
    return "; ".join(parts)


def usable(extra: Examples, recipe: Recipe) -> Examples:
    """What the recipe can learn from: most learn digits alone, and not what is none."""
    digits = np.flatnonzero(extra.labels != NOT_A_DIGIT)
    if recipe.written_non_digits or len(digits) == len(extra):
        return extra
    print(f"{len(extra) - len(digits)} extra drawings are no digit: this recipe leaves them out.")
    return extra.take(digits)


def weighted(extra: Examples, count: int) -> Examples:
    """Extra drawings, repeated (and so distorted anew) until they count beside ``count`` digits."""
    if not len(extra):
        return extra
    times = round(EXTRA_SHARE * count / len(extra))
    return extra.take(np.tile(np.arange(len(extra)), min(max(1, times), MOST_REPEATED)))


def write_synthetic(
    recipe: Recipe, count: int, seed: int, told: Callable[[float], object] = lambda _: None
) -> list[Examples]:
    """What the writer adds to ``count`` of MNIST's, page by page: digits, and what is none.

    ``told`` is called with the seconds of work that are done, as `Work` estimates them.
    """
    counts = [round(share * count) for share in (recipe.written_digits, recipe.written_non_digits)]
    if not sum(counts):
        return [Examples.none()]
    pages = count_pages(recipe)
    synthetic: list[Examples] = []
    for page in range(seed * PAGES, seed * PAGES + pages):
        parts: list[Examples] = []
        for write, part in zip((write_digits, write_non_digits), counts, strict=True):
            parts.append(write(part, page))
            told(part * WRITING)
        synthetic.append(parts[0].and_also(parts[1]))
    digits, others = counts
    print(f"{pages} times {digits:,} digits and {others:,} other drawings written.", flush=True)
    return synthetic


def count_pages(recipe: Recipe) -> int:
    """How many pages the writer writes: no more than there are epochs for."""
    epochs_a_page = EPOCHS_A_PAGE if recipe.teacher else 1
    return min(PAGES, -(-(recipe.epochs + recipe.polish) // epochs_a_page))


class Work:
    """Estimated seconds of a training on two cores, for its `Progress`.

    Attributes:
        example: of each example that is trained on.
        rest: of what comes after the training.
        total: of all.
    """

    def __init__(
        self, recipe: Recipe, network: Any, teacher: Any, digits: int, held_out: int
    ) -> None:
        """Of a recipe, its networks, and how many of MNIST's digits are trained on and held out."""
        multiplications = count_multiplications(network)
        written = round((recipe.written_digits + recipe.written_non_digits) * digits)
        taught = count_multiplications(teacher) / (3 * EPOCHS_A_PAGE) if teacher else 0
        self.example = OVERHEAD + MULTIPLICATION * (multiplications + taught)
        softening = SOFTENING if recipe.softened else 1
        self.rest = AFTER + 2 * held_out * softening * MULTIPLICATION * multiplications / 3
        self.total = (
            WRITING * written * count_pages(recipe)
            + self.example * (recipe.epochs + recipe.polish) * (digits + written)
            + self.rest
        )


def count_multiplications(network: Any) -> int:
    """Of one reading; a training step takes three times as many."""
    return sum(
        math.prod(layer.kernel.shape) * math.prod(layer.output.shape[1:-1])
        for layer in network.layers
        if hasattr(layer, "kernel")
    )


def summary_of(network: Any) -> str:
    """Keras' own table of a network's layers."""
    lines: list[str] = []
    network.summary(print_fn=lambda line, **_: lines.append(line))
    return "\n".join(lines)


def versions() -> dict[str, str | int]:
    """What the model was made with."""
    tf = import_tensorflow()
    import keras

    return {
        "python": platform.python_version(),
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
        "numpy": np.__version__,
        "cores": os.cpu_count() or 0,
    }


def benchmarks_in(folder: Path, recipe: Recipe) -> dict[str, dict[str, Any]]:
    """What `benchmarks/` wrote into the previous card, if it tells of this very recipe."""
    try:
        card = json.loads((folder / CARD).read_text())
        if not same_settings(card, recipe):
            return {}
        return {name: dict(card[name]) for name in ("ablations", "seeds") if name in card}
    except (OSError, ValueError, AttributeError, TypeError):  # none yet, or damaged
        return {}


def same_settings(card: dict[str, Any], recipe: Recipe) -> bool:
    """Whether a model was made by a recipe as it is now.

    A setting that its card lacks is younger than the model, and was what it is without saying.
    """
    unsaid = Recipe(recipe.network, epochs=1, batch_size=1).settings()
    return unsaid | card.get("settings", {}) == json.loads(json.dumps(recipe.settings()))


def check_replaceable(folder: Path) -> None:
    """Raise ValueError unless there is nothing at ``folder`` but what is written here."""
    if not folder.exists():
        return
    written = {MODEL, LITE, CARD, f"{CARD}.new", IDEALS, *PICTURES}
    if not folder.is_dir() or not {file.name for file in folder.iterdir()} <= written:
        raise ValueError(f"{folder} exists and is no trained model alone: it is left as it is.")


@contextlib.contextmanager
def replacing(folder: Path) -> Generator[Path]:
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
