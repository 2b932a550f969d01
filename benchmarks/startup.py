"""From nothing to the first reading, and where the time goes: python benchmarks/startup.py

    python benchmarks/startup.py --clean

The app is started several times; the first start is reported apart, because Python's and the
system's caches may be cold. ``--clean`` makes a new environment first and installs
`requirements.txt`, and nothing else, into it (a minute or two, 2.5 GB in the temporary folder).
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from digits import DIGITS, as_json  # noqa: E402
from serving import Server  # noqa: E402

STARTS = 5
STEPS = f"""
import json, os, time
os.environ |= {{"GRADIO_ANALYTICS_ENABLED": "False", "TF_NUM_INTRAOP_THREADS": "1"}}
steps, last = {{}}, time.perf_counter()
def step(name):
    global last
    now = time.perf_counter()
    steps[name], last = now - last, now
import gradio
step("import gradio")
import demo.page, mnist_model
step("import the app")
from mnist_model.lazy_tensorflow import import_tensorflow
import_tensorflow()
step("import tensorflow")
import keras
step("import keras")
classifier = mnist_model.load_classifier()
step("load the model, compile it, read a blank image")
batcher = mnist_model.MicroBatcher(classifier)
from demo.explainer import Explainer
page = demo.page.create_page(classifier, batcher, Explainer(classifier, "never"))
step("put the page together")
page.launch(prevent_thread_lock=True, quiet=True, server_name="127.0.0.1",
            **demo.page.launch_options(classifier, batcher))
step("start the server")
assert classifier.classify({as_json(DIGITS[7])}).digit == 7
step("first reading")
print(json.dumps(steps))
os._exit(0)
"""


def start_app(python: str, folder: Path) -> float:
    """Seconds from the app's start to its first reading over HTTP."""
    server = Server(folder / "log")
    server.python = python
    started = time.perf_counter()
    server.start()
    assert server.read(as_json(DIGITS[7]))["digit"] == 7
    seconds = time.perf_counter() - started
    server.stop()
    return seconds


def main() -> None:
    """Start it, again and again."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clean", action="store_true", help="in a new environment")
    is_clean = parser.parse_args().clean
    with tempfile.TemporaryDirectory() as name:
        folder, python = Path(name), sys.executable
        if is_clean:
            subprocess.run([sys.executable, "-m", "venv", folder / "environment"], check=True)
            python = str(folder / "environment/bin/python")
            install = [python, "-m", "pip", "install", "-q", "-r", ROOT / "requirements.txt"]
            subprocess.run(install, check=True)
        seconds = [start_app(python, folder) for _ in range(STARTS)]
        print(f"first start to a reading over HTTP: {seconds[0]:.1f} s")
        print(f"then, median of {STARTS - 1}: {statistics.median(seconds[1:]):.1f} s, of which:")
        run = subprocess.run(
            [python, "-c", STEPS], cwd=ROOT, check=True, capture_output=True, text=True,
            env=os.environ | {"KERAS_HOME": os.devnull},
        )  # fmt: skip
    steps = json.loads(re.search(r"^\{.*\}$", run.stdout, re.MULTILINE).group())
    for step, taken in steps.items():
        print(f"{step:50s}{taken:6.2f} s")


if __name__ == "__main__":
    main()
