"""python -m mnist_model, run as its users run it."""

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest
from digits import DIGITS
from PIL import Image
from serving import ROOT

from mnist_model import load_classifier
from mnist_model.measure.report import measure_all
from mnist_model.preprocess.examples import Examples
from mnist_model.preprocess.mnist_format import strokes_to_mnist


def run(*arguments) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "mnist_model", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_classify_reads_a_picture(tmp_path):
    image = Image.fromarray(255 - strokes_to_mnist(DIGITS[4])).resize((200, 200))
    image.save(tmp_path / "drawing.png")
    answer = run("classify", tmp_path / "drawing.png")
    assert answer.returncode == 0, answer.stderr
    verdict, *bars = answer.stdout.splitlines()
    assert verdict == "4"
    assert len(bars) == 10
    assert answer.stderr == ""


def test_classify_says_when_there_is_nothing_to_read(tmp_path):
    Image.new("L", (50, 50), 255).save(tmp_path / "blank.png")
    assert run("classify", tmp_path / "blank.png").stdout == "The picture is blank.\n"


def test_number_reads_strokes_and_pictures(tmp_path):
    strokes = [stroke + np.array([0.7 * place, 0]) for place in (0, 1) for stroke in DIGITS[4]]
    (tmp_path / "drawing.json").write_text(json.dumps([stroke.tolist() for stroke in strokes]))
    answer = run("number", tmp_path / "drawing.json")
    assert answer.returncode == 0, answer.stderr
    text, sure, *digits = answer.stdout.splitlines()
    assert text == "44"
    assert "sure of all of it" in sure
    assert len(digits) == 2
    four = 255 - strokes_to_mnist(DIGITS[4])
    image = Image.fromarray(np.concatenate([four, four], axis=1)).resize((400, 200))
    image.save(tmp_path / "picture.png")
    assert run("number", tmp_path / "picture.png").stdout.splitlines()[0] == "44"


def test_number_says_when_there_is_nothing_to_read(tmp_path):
    (tmp_path / "blank.json").write_text("[]")
    assert run("number", tmp_path / "blank.json").stdout == "There is no ink.\n"


def test_a_damaged_picture_is_named(tmp_path):
    (tmp_path / "half.png").write_bytes(b"\x89PNG\r\n\x1a\nno chunk but junk")
    answer = run("classify", tmp_path / "half.png")
    assert answer.returncode == 1
    assert f"{tmp_path / 'half.png'} can't be read" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("content", "says"),
    [("{", "is damaged or not JSON"), ("7", "A drawing is a list of strokes"), ("[[]]", "empty")],
)
def test_number_says_what_is_no_drawing(tmp_path, content, says):
    (tmp_path / "drawing.json").write_text(content)
    answer = run("number", tmp_path / "drawing.json")
    assert answer.returncode == 1
    assert says in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["classify", "nowhere.png"], "No such file"),
        (["classify", "README.md"], "README.md is not a picture that can be read."),
        (["classify", "tests"], "directory"),
        (["classify", "docs/images/page.png", "--recipe", "no-such-recipe"], "python train.py"),
        (["number", "nowhere.json"], "No such file"),
        (
            ["number", "README.md"],
            "README.md is not a picture that can be read, nor strokes in a file named *.json.",
        ),
        (["evaluate", "--data", "nowhere.npz"], "There is no MNIST file at nowhere.npz."),
    ],
)
def test_a_mistake_gets_a_sentence(arguments, says):
    answer = run(*arguments)
    assert answer.returncode == 1
    assert says in answer.stderr
    assert "Traceback" not in answer.stderr


def test_evaluate_prints_the_figures_and_keeps_them_with_their_pictures(tmp_path):
    model = tmp_path / "model"
    shutil.copytree(ROOT / "mnist_model/trained/sketchpad", model)
    for picture in model.glob("*.png"):
        picture.unlink()
    pixels = np.stack([strokes_to_mnist(strokes) for strokes in DIGITS.values()])
    labels = np.arange(10)
    np.savez(tmp_path / "m.npz", x_train=pixels, y_train=labels, x_test=pixels, y_test=labels)
    lines = ['.SEGMENT DIGIT 0 ? "1"', ".PEN_DOWN", "10 90", "10 10", ".PEN_UP"]
    (tmp_path / "pens").write_text("\n".join(lines))
    lines.insert(1, ".COMMENT 1 ada")
    (tmp_path / "unipen.txt").write_text("\n".join(lines))
    pens = ("--pen", tmp_path / "pens", tmp_path / "unipen.txt")
    data = ("--data", tmp_path / "m.npz", *pens)
    answer = run("evaluate", *data, "--recipe", model)
    assert answer.returncode == 0, answer.stderr
    assert "MNIST test: 100.00 % of 10 read right" in answer.stdout
    assert "pen digits: 100.00 % of 1 read right" in answer.stdout
    assert "no digits, of kinds not trained on, against pen digits:" in answer.stdout
    figures = json.loads((model / "card.json").read_text())["figures"]
    assert figures["pen"]["count"] == 1
    assert figures["pen"]["by_writer"] == {}
    assert figures["unipen"]["by_writer"]["ada"] == {"count": 1, "accuracy": 1.0, "refused": 0.0}
    assert "by writer, %: ada: 100.0" in answer.stdout
    assert 0 <= figures["non_digits"]["test"]["refused"] <= 1
    assert figures["robustness"]["rotation"]["test"][4] == [0, 1.0]
    assert {file.name for file in model.glob("*.png")} == {
        "curves.png", "confusion.png", "confusion-pen.png",
        "calibration.png", "hardest.png", "robustness.png",
    }  # fmt: skip

    classifier = load_classifier(model)
    measure_all(classifier, Examples(pixels, labels), {}).keep(classifier)
    figures = json.loads((model / "card.json").read_text())["figures"]
    assert "validation" in figures
    assert "pen" not in figures  # what is kept was measured together
    assert not (model / "confusion-pen.png").exists()
