"""The rules of the house: who may import whom, and what may be said."""

import ast
import hashlib
import re
import subprocess
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from serving import ROOT


@cache
def nodes(file: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(file.read_text())))


def files(wing: str) -> list[Path]:
    found = sorted((ROOT / wing).rglob("*.py"))
    assert found
    return found


def imports(file: Path) -> set[str]:
    """The names of all modules that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in nodes(file):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize(
    ("wing", "forbidden"),
    [
        ("mnist_model", r"gradio|demo"),
        ("demo", r"tensorflow|keras|mnist_model\.(?!explain$)"),  # public names only
    ],
)
def test_wings_keep_apart(wing, forbidden):
    for file in files(wing):
        assert not [name for name in imports(file) if re.match(forbidden, name)], file
        assert "_" not in {getattr(node, "name", "") for node in nodes(file)}, file


def test_a_space_gets_what_it_needs():
    readme = (ROOT / "README.md").read_text()
    front = readme.split("---")[1]
    settings = dict(re.findall(r"^(\w+): *(.+)$", front, re.MULTILINE))
    pins = dict(re.findall(r"^([\w-]+)==(\S+)$", (ROOT / "requirements.txt").read_text(), re.M))
    assert settings["sdk"] == "gradio"
    assert settings["sdk_version"] == pins["gradio"]
    assert (ROOT / settings["app_file"]).is_file()
    assert settings["python_version"].strip('"') in ("3.11", "3.12", "3.13")
    colours = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}
    assert {settings["colorFrom"], settings["colorTo"]} <= colours
    assert len(settings["short_description"]) <= 60


def test_all_trained_files_together_are_small():
    trained = [file for file in (ROOT / "mnist_model/trained").rglob("*") if file.is_file()]
    shipped = [file for file in trained if not file.parent.name.endswith(("-quick", "-shown"))]
    assert sum(file.stat().st_size for file in shipped) < 20_000_000  # each network twice


def test_no_file_is_too_large_for_a_space():
    listing = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    for file in map(ROOT.joinpath, listing.stdout.splitlines()):
        assert not file.is_file() or file.stat().st_size < 10_000_000, file


def pins(file: str) -> dict[str, str]:
    """What a file pins for Pythons that have a TensorFlow: name -> version."""
    lines = re.findall(r"^([\w.-]+)==([^\s;\\]+)(.*)$", (ROOT / file).read_text(), re.MULTILINE)
    return {name: version for name, version, marker in lines if not re.search(r">= .3\.14", marker)}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-serve"])
def test_the_lock_holds_what_is_required(name):
    required, locked = pins(f"{name}.txt"), pins(f"{name}.lock")
    assert required
    assert required.items() <= locked.items(), "make lock"
    assert (ROOT / f"{name}.lock").read_text().count("--hash=sha256:") >= len(locked)


@pytest.mark.parametrize("kind", ["txt", "lock"])
def test_serving_pins_the_same_versions_as_everything(kind):
    serving = pins(f"requirements-serve.{kind}")
    assert "h5py" in serving
    assert serving.items() <= pins(f"requirements.{kind}").items()
    assert not serving.keys() & {"tensorflow", "keras", "matplotlib"}


def test_no_module_imports_itself_by_others():
    """The graph of imports of each wing has no arrow that runs back up."""
    modules = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
        for wing in ("mnist_model", "demo")
        for file in files(wing)
    }
    graph: dict[str, set[str]] = {name: set() for name in modules}
    for name, file in modules.items():
        for node in ast.parse(file.read_text()).body:  # at import; functions import later
            if isinstance(node, ast.ImportFrom) and node.module:
                names = {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
                others = names & modules.keys() - {name}
                graph[name] |= {one for one in others if not name.startswith(f"{one}.")}
    tuple(TopologicalSorter(graph).static_order())  # a circle is a CycleError


@pytest.mark.parametrize(
    ("wing", "rooms"),
    [
        ("mnist_model", ["preprocess", "handwriting", "read", "explain", "train"]),
        ("demo", ["server", "pad", "tabs"]),
    ],
)
def test_folders_import_only_folders_before_them(wing, rooms):
    found = {path.parent.name for path in (ROOT / wing).glob("*/*.py")}
    assert found == set(rooms)
    for position, room in enumerate(rooms):
        later = "|".join(rooms[position + 1 :]) or "nothing"
        for file in files(f"{wing}/{room}"):
            names = imports(file)
            assert not [one for one in names if re.match(rf"{wing}\.({later})\b", one)], file


def test_libraries_of_others_are_as_published():
    for readme in (ROOT / "assets/vendor").glob("*/README.md"):
        rows = re.findall(r"^\| `(\S+)` \|.*\| `(\w{64})` \|$", readme.read_text(), re.MULTILINE)
        kept = {path.name for path in readme.parent.iterdir()} - {"README.md", "LICENSE"}
        assert {name for name, _ in rows} == kept
        assert (readme.parent / "LICENSE").is_file()
        for name, digest in rows:
            assert hashlib.sha256((readme.parent / name).read_bytes()).hexdigest() == digest, name
