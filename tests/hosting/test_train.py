"""train.py, run as its users run it, on a few digits."""

import json
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from digits import DIGITS
from serving import ROOT, once

from mnist_model import load_classifier
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.train.rebuild import benchmarks_in, replacing
from mnist_model.train.recipes import LEAST_STEPS, LESSONS, RECIPES
from train import QUICK_EPOCHS, QUICK_EXAMPLES, main, quick_digits, repeated

# Runs train.py as often as there are lists of arguments: TensorFlow is imported only once. Of all
# recipes it trains two. Few steps and few softnesses are tried.
SEVERAL = """
import json, runpy, sys
import mnist_model.explain.activation_maximisation as ideals
import mnist_model.train.fit as fit
from mnist_model.train.recipes import RECIPES
ideals.STEPS, fit.SOFTNESSES = 2, (0.0, 0.3)
for sys.argv in json.loads(sys.argv[1]):
    if "all" in sys.argv:
        for name in set(RECIPES) - {"mlp", "cnn-dropout"}:
            del RECIPES[name]
    print("# ", *sys.argv)
    runpy.run_path("train.py", run_name="__main__")
"""
SEED_7 = ("--epochs", 2, "--batch-size", 32, "--seed", 7)
SHORT = ("--epochs", 2, "--learning-rate", 0.002)
LONG = ("--recipe", "mlp", "--epochs", 6, "--batch-size", 32)
RUNS = {  # in two processes
    "first": SEED_7,
    "again": SEED_7,
    "extra": (*LONG, "--extra", "eights.json", "other.json"),
    "plain": LONG,
    "alone": (*SHORT, "--recipe", "cnn-dropout"),
    "quick": ("--quick", "--recipe", "cnn-dropout"),
    "all": (*SHORT, "--recipe", "all"),  # last: it deletes the other recipes
}


def train_all(folder: Path) -> None:
    """Train on 240 slanted copies of the ten digits, in MNIST's own file format."""
    rng = np.random.default_rng(0)
    y = np.tile(np.arange(10, dtype=np.uint8), 24)
    slants = [np.array([[1, 0], [slant, 1]]) for slant in rng.uniform(-0.3, 0.3, len(y))]
    x = np.stack(
        [
            strokes_to_mnist([stroke @ slant for stroke in DIGITS[int(digit)]])
            for digit, slant in zip(y, slants, strict=True)
        ]
    )
    np.savez(folder / "few.npz", x_train=x, y_train=y, x_test=x[:50], y_test=y[:50])
    eights = [{"meant": 8, "strokes": [stroke.tolist() for stroke in DIGITS[1]]}] * 3
    (folder / "eights.json").write_text(json.dumps(eights))
    other = [{"meant": 10, "strokes": [[[0, 0], [1, 1]]]}]
    (folder / "other.json").write_text(json.dumps(other))
    lists = [
        [
            "train.py", "--data", f"{folder}/few.npz", "--output", f"{folder}/models/{name}",
            *(f"{folder}/{one}" if str(one).endswith("json") else str(one) for one in run),
        ]
        for name, run in RUNS.items()
    ]  # fmt: skip
    (folder / "models").mkdir()
    printed = ""
    for part in (lists[:1], lists[1:]):
        run = run_python("-c", SEVERAL, json.dumps(part))
        assert run.returncode == 0, run.stderr
        printed += run.stdout
    (folder / "printed").write_text(printed)


@pytest.fixture(scope="session")
def trained() -> tuple[Path, dict[str, str]]:
    """The folder of the models, named as in `RUNS`, and what each training printed."""
    folder = once("trained", train_all)
    printed = (folder / "printed").read_text().split("#  train.py")[1:]
    return folder / "models", dict(zip(RUNS, printed, strict=True))


def run_python(*arguments) -> subprocess.CompletedProcess:
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_trained_model_is_written_and_loads(trained):
    models, printed = trained
    assert {folder.name for folder in models.iterdir()} == set(RUNS)  # and nothing beside them
    folder = models / "first"
    assert {file.name for file in folder.iterdir()} == {
        "model.keras", "model.tflite", "card.json", "curves.png", "confusion.png",
        "ideals.json",
    }  # fmt: skip
    card = json.loads((folder / "card.json").read_text())
    assert (card["seed"], card["settings"]["epochs"], card["settings"]["batch_size"]) == (7, 2, 32)
    assert len(card["history"]["accuracy"]) == 2
    assert card["figures"]["test"]["count"] == 50
    assert load_classifier(folder).classify(DIGITS[1]).probabilities.shape == (10,)
    assert "Total params: 214,650" in printed["first"]  # the summary of the model


def test_all_recipes_are_trained_one_after_the_other_as_each_alone(trained):
    folder, printed = trained
    table = printed["all"].split("recipe ")[-1].splitlines()
    assert [line.split()[0] for line in table[1:3]] == ["mlp", "cnn-dropout"]
    assert "test 98.000 % published, " in table[1]
    card = json.loads((folder / "alone/card.json").read_text())
    assert card["settings"]["learning_rate"] == 0.002
    expect_the_same(folder / "alone", folder / "all/cnn-dropout")


def test_quick_trains_on_a_fixed_number_of_examples(trained):
    folder, _ = trained
    card = json.loads((folder / "quick/card.json").read_text())
    assert card["settings"]["epochs"] == QUICK_EPOCHS
    assert card["training_digits"] == 220  # all that there are but those held out
    for recipe in RECIPES.values():
        recipe = replace(recipe, epochs=QUICK_EPOCHS)
        epoch = round(quick_digits(recipe) * (1 - recipe.held_out)) * (
            1 + recipe.written_digits + recipe.written_non_digits
        )
        assert QUICK_EXAMPLES * 0.99 < QUICK_EPOCHS * epoch < QUICK_EXAMPLES * 1.01


def test_extra_drawings_are_trained_on(trained):
    """Told often enough that it is an 8, the network reads a straight line so."""
    folder, printed = trained
    assert "1 extra drawings are no digit" in printed["extra"]
    extra, plain = load_classifier(folder / "extra"), load_classifier(folder / "plain")
    assert extra.card["extra"] == 3
    line = strokes_to_mnist(DIGITS[1])[np.newaxis]
    assert extra.probabilities(line)[0, 8] > plain.probabilities(line)[0, 8]


def test_the_same_seed_gives_the_same_model(trained):
    expect_the_same(trained[0] / "first", trained[0] / "again")


def expect_the_same(model: Path, other: Path) -> None:
    pixels = np.stack([strokes_to_mnist(strokes) for strokes in DIGITS.values()])
    np.testing.assert_array_equal(
        load_classifier(model).probabilities(pixels), load_classifier(other).probabilities(pixels)
    )


def test_benchmarks_outlive_the_model_and_a_damaged_card_does_no_harm(tmp_path):
    recipe = RECIPES["cnn"]
    assert benchmarks_in(tmp_path, recipe) == {}
    kept = {"ablations": {"a": 1}, "seeds": {"0": {}}}
    card = kept | {"seed": 3, "settings": recipe.settings()}
    (tmp_path / "card.json").write_text(json.dumps(card))
    assert benchmarks_in(tmp_path, recipe) == kept
    assert benchmarks_in(tmp_path, replace(recipe, epochs=1)) == {}
    for damaged in ("[]", "{", json.dumps(card | {"ablations": 5})):
        (tmp_path / "card.json").write_text(damaged)
        assert benchmarks_in(tmp_path, recipe) == {}


def test_a_stopped_training_leaves_the_previous_model_as_it_was(trained, tmp_path):
    folder = shutil.copytree(trained[0] / "alone", tmp_path / "model")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    process = subprocess.Popen(
        [sys.executable, "train.py", "--recipe", "mlp", "--data", trained[0].parent / "few.npz",
         "--epochs", "5000", "--output", folder],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        for line in process.stdout:
            if "Epoch 2/" in line:
                break
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode != 0
    assert errors.strip().endswith("Stopped. The trained model is as it was before.")
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert list(folder.parent.iterdir()) == [folder]


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "card.json").write_text('{"shop": 1}')
    (tmp_path / "thesis.txt").write_text("precious")
    run = run_python("train.py", "--epochs", 1, "--output", tmp_path)
    assert run.returncode == 1
    assert run.stderr.startswith("train.py: ")
    assert "left as it is" in run.stderr
    assert "Traceback" not in run.stderr
    assert (tmp_path / "thesis.txt").read_text() == "precious"


def test_the_previous_model_is_put_back_when_the_new_one_cannot_take_its_place(
    tmp_path, monkeypatch
):
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "card.json").write_text("the previous one")
    rename = Path.rename

    def interrupted(path, target):
        if path.name == "new":
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt), replacing(folder):
        pass
    assert (folder / "card.json").read_text() == "the previous one"
    assert list(tmp_path.iterdir()) == [folder]


def test_few_examples_are_repeated_unless_epochs_are_asked_for():
    recipe = LESSONS["small"]
    often = repeated(recipe, 30)
    assert often.epochs * 30 // often.batch_size >= LEAST_STEPS
    assert repeated(recipe, 30, 2).epochs == 2


MISTAKES = [
    (["--data", "no/such/file.npz"], "There is no MNIST file at no/such/file.npz."),
    (["--data", "README.md"], "README.md is damaged or not an npz file"),
    (["--epochs", "0"], "a whole number from 1 to 1000000 is needed, not '0'"),
    (["--epochs", "many"], "not 'many'"),
    (["--epochs", "9" * 30], "a whole number from 1"),
    (["--seed", "-1"], "argument --seed"),
    (["--learning-rate", "0"], "a number above 0, at most 1, is needed, not '0'"),
    (["--learning-rate", "nan"], "not 'nan'"),
    (["--learning-rate", "fast"], "not 'fast'"),
    (["--seed", str(2**32)], "a whole number from 0 to 4294967295"),
    (["--data", ""], "There is no MNIST file at"),
    (["--recipe", "no-such-recipe"], "invalid choice"),
    (["--digits", ""], "--digits goes with --shown"),
    (["--recipe", "small", "--shown", "3", "--digits", ""], "one after the other"),
    (["--recipe", "small", "--shown", "3", "--quick"], "--quick goes without --shown"),
    (["--recipe", "small", "--shown", "3", "--data", "no.npz"], "--data goes without --shown"),
    (["--output", "tests"], "tests exists and is no trained model alone"),
    (["--output", "README.md"], "README.md exists and is no trained model alone"),
]


@pytest.mark.parametrize(("arguments", "says"), MISTAKES)
def test_a_mistake_is_told_before_any_time_is_spent(arguments, says, monkeypatch, capsys):
    for name in ("tensorflow", "keras"):
        monkeypatch.setitem(sys.modules, name, None)  # to import it takes seconds
    monkeypatch.setattr(sys, "argv", ["train.py", *arguments])
    monkeypatch.chdir(ROOT)
    with pytest.raises((SystemExit, ValueError)) as mistake:
        main()
    assert says in f"{mistake.value}{capsys.readouterr().err}"
