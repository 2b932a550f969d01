"""How long each tab's first answer takes, and what all cost: python benchmarks/explain.py

    python benchmarks/explain.py --beside ../before

For each tab a server is started, and asked as soon as it reads drawings; the answer is timed. On
the last server three visitors then ask all tabs at once, and the resident memory of its processes
is summed. ``--beside`` does the same with the app of another checkout. Linux only: memory is read
from /proc.
"""

import argparse
import json
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from digits import DIGITS, as_json  # noqa: E402
from memory import resident_megabytes  # noqa: E402
from serving import Server, post  # noqa: E402

VISITORS = 3
SEVEN = as_json(DIGITS[7])


def ask(server: Server, tab: str, question: object, function: str = "ask") -> Any:
    """What a tab's server function answers."""
    call = {"component_id": server.component_of(tab), "fn_name": function, "session_hash": tab}
    answer = post(f"{server.url}/gradio_api/component_server/", {**call, "data": question})
    assert isinstance(answer, dict | list), (tab, answer)
    assert not {"error", "busy"} & set(map(str, answer)), (tab, answer)
    return answer


def functions(server: Server, tab: str) -> list[str]:
    """The server functions that a tab has."""
    identity = server.component_of(tab)
    return next(c["props"].get("server_fns", []) for c in server.components if c["id"] == identity)


def finely(server: Server, question: dict) -> None:
    """Ask which ink counts as the page does once the pen rests."""
    name = "ask_finely" if "ask_finely" in functions(server, "attribution") else "ask"
    ask(server, "attribution", question, name)


def fool(server: Server, question: dict) -> None:
    """Press "Fool it" and wait for the last attempt, where there are several."""
    search: Any = {}
    while search is not None:
        found = ask(server, "adversarial", {**question, "name": "", "search": search or None})
        search = found.get("search")


def network(server: Server, question: dict) -> None:
    """Ask for the network's maps."""
    body = json.dumps({"pixels": question["pixels"]}).encode()
    request = urllib.request.Request(f"{server.url}/network", body)
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.headers["content-type"] == "application/octet-stream"


def ideals(server: Server, _: dict) -> None:
    """Ask for all ten, where the page does not bring them with it."""
    if functions(server, "activation_maximisation"):
        for digit in range(10):
            ask(server, "activation_maximisation", digit)


def written(server: Server, _: dict) -> None:
    """Ask for digits to learn from, where these are written when they are asked for."""
    try:
        with urllib.request.urlopen(f"{server.url}/written?shown=20", timeout=60) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise


TABS: dict[str, Callable[[Server, dict], object]] = {
    "the network": network,
    "what it sees": lambda server, one: ask(server, "preprocessing", one),
    "which ink counts": lambda server, one: ask(server, "attribution", one),
    "which ink, finely": finely,
    "stress it": lambda server, one: ask(server, "perturbation", one),
    "fool it": fool,
    "compare networks": lambda server, one: ask(server, "comparison", one),
    "how it learned": lambda server, one: ask(server, "training_history", one),
    "its ideal digits": ideals,
    "teach one": written,
}


def whole_memory(process: int) -> float:
    """Resident MB of a process and all that it started."""
    tasks = Path(f"/proc/{process}/task").iterdir()  # each thread has its own children
    children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return resident_megabytes(process) + sum(map(whole_memory, children))


def measure(checkout: Path, folder: Path) -> dict[str, float]:
    """Seconds of each tab's first answer, and the memory in the end."""
    found = {}
    for name, first in TABS.items():
        server = Server(folder / "log")
        server.folder = checkout
        server.start()
        try:
            question = {"pixels": server.read(SEVEN)["pixels"], "strokes": SEVEN, "digit": 3}
            question |= {"change": "rotation", "written": 7, "read": 7}
            server.component_of("teach")  # the page's parts are known
            started = time.perf_counter()
            first(server, question)
            found[name] = time.perf_counter() - started
            if name == list(TABS)[-1]:
                with ThreadPoolExecutor(VISITORS) as visitors:
                    for tab in TABS.values():
                        list(visitors.map(tab, [server] * VISITORS, [question] * VISITORS))
                found["MB"] = whole_memory(server.process.pid)
        finally:
            server.stop()
    return found


def main() -> None:
    """Measure one checkout or two, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--beside", type=Path, help="another checkout of this project")
    arguments = parser.parse_args()
    checkouts = [ROOT, *([arguments.beside.resolve()] if arguments.beside else [])]
    with tempfile.TemporaryDirectory() as folder:
        found = {one.name: measure(one, Path(folder)) for one in checkouts}
    print(f"{'first answer, s':20s}", *(f"{name:>9s}" for name in found))
    for row in [*TABS, "MB"]:
        title, places = (f"MB, {VISITORS} visitors", 0) if row == "MB" else (row, 2)
        print(f"{title:20s}", *(f"{one[row]:9.{places}f}" for one in found.values()))


if __name__ == "__main__":
    main()
