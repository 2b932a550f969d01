"""python -m mnist_model."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from digits import DIGITS
from PIL import Image
from serving import ROOT, WITHOUT_TENSORFLOW

from mnist_model import load_classifier
from mnist_model.__main__ import main
from mnist_model.preprocess.examples import Examples
from mnist_model.preprocess.mnist_format import strokes_to_mnist
from mnist_model.train import report
from mnist_model.train.report import measure_all


def run_python(*arguments: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "mnist_model", *map(str, arguments)]
    environment = os.environ | WITHOUT_TENSORFLOW
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def run(monkeypatch, capsys):
    """What the command line prints; a mistake is raised as ValueError or OSError."""

    def run(*arguments: object) -> str:
        monkeypatch.setattr(sys, "argv", ["mnist_model", *map(str, arguments)])
        monkeypatch.chdir(ROOT)
        main()
        return capsys.readouterr().out

    return run


def test_classify_reads_a_picture_in_a_process_of_its_own(tmp_path):
    image = Image.fromarray(255 - strokes_to_mnist(DIGITS[4])).resize((200, 200))
    image.save(tmp_path / "drawing.png")
    answer = run_python("classify", tmp_path / "drawing.png")
    assert (answer.returncode, answer.stderr) == (0, "")
    verdict, *bars = answer.stdout.splitlines()
    assert verdict == "4"
    assert len(bars) == 10


def test_mistake_is_a_sentence_and_an_exit_status():
    answer = run_python("classify", "nowhere.png")
    assert answer.returncode == 1
    assert answer.stderr.startswith("mnist_model: ")
    assert "Traceback" not in answer.stderr


def test_number_reads_strokes_and_pictures(run, tmp_path):
    strokes = [stroke + np.array([0.7 * place, 0]) for place in (0, 1) for stroke in DIGITS[4]]
    (tmp_path / "drawing.json").write_text(json.dumps([stroke.tolist() for stroke in strokes]))
    text, sure, *digits = run("number", tmp_path / "drawing.json").splitlines()
    assert text == "44"
    assert "sure of the whole number" in sure
    assert len(digits) == 2
    four = 255 - strokes_to_mnist(DIGITS[4])
    image = Image.fromarray(np.concatenate([four, four], axis=1)).resize((400, 200))
    image.save(tmp_path / "picture.png")
    assert run("number", tmp_path / "picture.png").splitlines()[0] == "44"


def test_nothing_to_read_is_told(run, tmp_path):
    Image.new("L", (50, 50), 255).save(tmp_path / "blank.png")
    assert run("classify", tmp_path / "blank.png") == "The picture is blank.\n"
    (tmp_path / "blank.json").write_text("[]")
    assert run("number", tmp_path / "blank.json") == "There is no ink.\n"


@pytest.mark.parametrize(
    ("arguments", "content", "says"),
    [
        (["number", "{}.json"], "{", "is not valid JSON"),
        (["number", "{}.json"], "7", "A drawing is a list of strokes"),
        (["number", "{}.json"], "[[]]", "empty"),
        (["classify", "{}.png"], "\x89PNG\r\n\x1a\nno chunk but junk", ".png cannot be read"),
        (["classify", "nowhere.png"], "", "No such file"),
        (["classify", "README.md"], "", "README.md is not a picture that can be read."),
        (["classify", "tests"], "", "directory"),
        (["classify", "docs/images/page.png", "--recipe", "no-such-recipe"], "", "python train.py"),
        (["number", "nowhere.json"], "", "No such file"),
        (["number", "README.md"], "", "read, nor strokes in a file named *.json."),
        (["evaluate", "--data", "nowhere.npz"], "", "There is no MNIST file at nowhere.npz."),
    ],
)
def test_a_mistake_gets_a_sentence(run, tmp_path, arguments, content, says):
    command, name, *options = arguments
    file = name.replace("{}", f"{tmp_path}/drawing")
    if file != name:
        Path(file).write_text(content, "latin-1")
    with pytest.raises((ValueError, OSError)) as mistake:
        run(command, file, *options)
    assert says in str(mistake.value)


def test_evaluate_prints_the_figures_and_keeps_them_with_their_pictures(run, tmp_path, monkeypatch):
    monkeypatch.setattr(report, "_UNSEEN_OF_EACH_KIND", 4)
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
    printed = run("evaluate", *data, "--recipe", model)
    assert "MNIST test: 100.00 % of 10 read right" in printed
    assert "pen digits: 100.00 % of 1 read right" in printed
    assert "no digits, of kinds not trained on, against pen digits:" in printed
    figures = json.loads((model / "card.json").read_text())["figures"]
    assert figures["pen"]["count"] == 1
    assert figures["pen"]["by_writer"] == {}
    assert figures["unipen"]["by_writer"]["ada"] == {"count": 1, "accuracy": 1.0, "refused": 0.0}
    assert "by writer, %: ada: 100.0" in printed
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
