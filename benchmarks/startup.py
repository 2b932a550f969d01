"""From nothing to the first reading, and where the time goes: python benchmarks/startup.py

    python benchmarks/startup.py --clean
    python benchmarks/startup.py --beside ../before
    python benchmarks/startup.py --quick mnist.npz

The app is started several times; the first start is reported apart, because Python's and the
system's caches may be cold. ``--clean`` makes a new environment first and installs
`requirements.txt`, and nothing else, into it (a minute or two, 2.5 GB in the temporary folder).
``--quick`` times a newcomer's first training instead, `train.py --quick`, on such a copy of MNIST.
``--beside`` starts the app of another checkout in turn with this one, with the same Python. Linux
only: memory is read from /proc.
"""

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from digits import DIGITS, as_json  # noqa: E402
from memory import resident_megabytes  # noqa: E402
from serving import Server  # noqa: E402

STARTS = 5
STEPS = f"""
import json, os, time
os.environ |= {{"GRADIO_ANALYTICS_ENABLED": "False"}}
steps, last = {{}}, time.perf_counter()
def step(name):
    global last
    now = time.perf_counter()
    steps[name], last = now - last, now
import gradio
step("import gradio")
import demo.page, demo.server.priority_queue, mnist_model
step("import the app")
classifier = mnist_model.load_classifier()
step("load the model, read a blank image")
batcher = mnist_model.MicroBatcher(classifier)
queues = demo.server.priority_queue.Queues(batcher)
page = demo.page.create_page(classifier, batcher, queues)
step("put the page together")
page.launch(prevent_thread_lock=True, quiet=True, server_name="127.0.0.1",
            **demo.page.launch_options(classifier, batcher, queues))
step("start the server")
assert classifier.classify({as_json(DIGITS[7])}).digit == 7
step("first reading")
print(json.dumps(steps))
os._exit(0)
"""


def start_app(python: str, checkout: Path, folder: Path) -> tuple[float, float]:
    """Seconds from an app's start to its first reading over HTTP, and its resident MB then."""
    server = Server(folder / "log")
    server.python, server.folder = python, checkout
    started = time.perf_counter()
    server.start()
    with urllib.request.urlopen(f"{server.url}/healthz", timeout=30) as answer:  # reads a seven
        assert json.load(answer)["status"] == "ok"
    seconds = time.perf_counter() - started
    megabytes = resident_megabytes(server.process.pid)
    server.stop()
    return seconds, megabytes


def train_quickly(data: Path, folder: Path) -> None:
    """Time `train.py --quick`, and print what its network reads."""
    model, started = folder / "model", time.perf_counter()
    command = [sys.executable, "train.py", "--quick", "--data", data.resolve(), "--output", model]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = used.ru_utime + used.ru_stime
    print(
        f"train.py --quick: {time.perf_counter() - started:.0f} s, {processor:.0f} s of processor "
        f"time: {processor / 2:.0f} s on two cores to itself"
    )
    test = json.loads((model / "card.json").read_text())["figures"]["test"]
    print(f"MNIST test: {100 * test['accuracy']:.2f} % read right")


def main() -> None:
    """Start it, again and again."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clean", action="store_true", help="in a new environment")
    parser.add_argument("--beside", type=Path, help="another checkout of this project")
    parser.add_argument("--quick", type=Path, metavar="mnist.npz", help="time train.py --quick")
    arguments = parser.parse_args()
    if arguments.quick:
        with tempfile.TemporaryDirectory() as name:
            train_quickly(arguments.quick, Path(name))
        return
    checkouts = [ROOT, *([arguments.beside.resolve()] if arguments.beside else [])]
    with tempfile.TemporaryDirectory() as name:
        folder, python = Path(name), sys.executable
        if arguments.clean:
            subprocess.run([sys.executable, "-m", "venv", folder / "environment"], check=True)
            python = str(folder / "environment/bin/python")
            install = [python, "-m", "pip", "install", "-q", "-r", ROOT / "requirements.txt"]
            subprocess.run(install, check=True)
        starts: dict[Path, list[tuple[float, float]]] = {one: [] for one in checkouts}
        for _ in range(STARTS):
            for checkout, taken in starts.items():
                taken.append(start_app(python, checkout, folder))
        for checkout, taken in starts.items():
            seconds, megabytes = zip(*taken, strict=True)
            print(f"{checkout.name}: first start to a reading over HTTP {seconds[0]:.1f} s, then")
            print(
                f"median of {STARTS - 1}: {statistics.median(seconds[1:]):.1f} s; "
                f"{statistics.median(megabytes):.0f} MB resident"
            )
        print("of which, here:")
        run = subprocess.run(
            [python, "-c", STEPS], cwd=ROOT, check=True, capture_output=True, text=True,
            env=os.environ | {"KERAS_HOME": os.devnull},
        )  # fmt: skip
    steps = json.loads(re.search(r"^\{.*\}$", run.stdout, re.MULTILINE).group())
    for step, taken in steps.items():
        print(f"{step:50s}{taken:6.2f} s")


if __name__ == "__main__":
    main()
