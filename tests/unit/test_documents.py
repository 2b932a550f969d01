"""The documents: figures are those of the cards, and what they name is there."""

import re
import subprocess
import sys

import pytest
from serving import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))

from set_figures import with_figures

TEXT = "Before.\n<!-- figures: seeds -->\nold\n<!-- end of seeds -->\nAfter.\n"


def run(mnist_test):
    names = ("pen_digits", "pen_digits_worst_digit", "mnist_test_calibration_error")
    names += ("pen_digits_calibration_error", "pen_digits_refused", "unseen_kinds_refused")
    return dict.fromkeys(names, 0.5) | {"mnist_test": mnist_test}


def test_figures_take_the_place_of_older_ones_and_nothing_else_changes():
    card = {"teacher": {"seeds": {"10": run(0.98), "2": run(0.99)}}}
    once = with_figures(TEXT, card)
    assert once.startswith("Before.\n<!-- figures: seeds -->\n\n| seed | MNIST test |")
    assert once.endswith("|\n\n<!-- end of seeds -->\nAfter.\n")
    assert "old" not in once
    assert once.index("| 2 | 99.00 %") < once.index("| 10 | 98.00 %") < once.index("**98.50 %**")
    assert with_figures(once, card) == once


def test_what_was_not_measured_is_said_to_be_so():
    assert "\n\nNot measured yet.\n\n" in with_figures(TEXT, {"sketchpad": {}})


@pytest.mark.parametrize(
    "text", ["<!-- figures: horses -->\n<!-- end of horses -->", "<!-- figures: seeds -->\n"]
)
def test_a_place_that_nothing_belongs_in_is_a_mistake(text):
    with pytest.raises(ValueError, match="is not a section, or has no end"):
        with_figures(text, {"sketchpad": {}})


def test_the_documents_have_the_figures_of_the_cards():
    git = ["git", "status", "--porcelain", "mnist_model/trained"]
    changed = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=False)
    if changed.returncode or changed.stdout:
        pytest.skip("the model was trained or measured anew and not committed")
    check = [sys.executable, "benchmarks/set_figures.py", "--check"]
    run = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def anchors(document) -> set[str]:
    """What ``#...`` may name in it, as GitHub makes it of headings."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_leads_somewhere(document):
    for target in re.findall(r"\]\(([^)]+)\)", document.read_text()):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_file_that_is_named_is_there(document):
    text = document.read_text()
    named = re.findall(
        r"\b((?:assets|benchmarks|demo|deploy|mnist_model|tests)/[\w./-]+\.\w+)", text
    )
    for name in set(named) - {name for name in named if "NAME" in name}:
        assert list(ROOT.glob(name)), name


def test_the_tree_of_the_code_is_the_tree():
    block = (ROOT / "docs/code.md").read_text().split("```")[1]
    room = ""
    for line in block.splitlines():
        if match := re.match(r"(\w+)/ ", line):
            room = match[1]
        indented = re.match(r"  ([\w/.]+\.(?:py|js)|\w+/) ", line)
        if room and indented:
            assert (ROOT / room / indented[1]).exists(), line


def test_where_to_change_what_is_true():
    rows = re.findall(
        r"^\| .+? \| `(.+?)`.* \| `(.+?)`", (ROOT / "CONTRIBUTING.md").read_text(), re.M
    )
    assert len(rows) >= 8
    for file, name in rows:
        assert name in (ROOT / file).read_text(), (file, name)
