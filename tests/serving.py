"""The app as its users run it: a process of its own, on a free port."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

from filelock import FileLock

SHARED_FOLDER = "DIGIT_SKETCHPAD_TESTS"  # in the environment: of all processes that test
ROOT = Path(__file__).parent.parent
OWN_NGINX = ROOT / ".venv/nginx"  # Debian's package, where none is installed
WITHOUT_TENSORFLOW = {"PYTHONPATH": str(ROOT / "tests/without_tensorflow")}


def post(url: str, data: object, **headers: str):
    """What a server answers, as JSON, to JSON or to bytes."""
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def ask_network(server: "Server", question: object) -> tuple[int, bytes]:
    """The status and the body that /network answers with."""
    body = question if isinstance(question, bytes) else json.dumps(question).encode()
    request = urllib.request.Request(
        f"{server.url}/network", body, {"accept-encoding": "gzip", "content-type": "text/plain"}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Server:
    """``python app.py``, or another command, on 127.0.0.1; can be stopped and started again.

    With a port it is one that runs already, started by another process.
    """

    def __init__(self, log: Path, *command: str, port: int | None = None) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log
        self.folder = ROOT
        self.environment: dict[str, str] = {}
        self.python = sys.executable
        self.command = command or ("app.py",)

    def start(self, within: float = 120) -> None:
        environment = os.environ | {
            "GRADIO_SERVER_NAME": "127.0.0.1",
            "GRADIO_SERVER_PORT": str(self.port),
            **self.environment,
        }
        with self.log.open("a") as output:
            self.process = subprocess.Popen(
                [self.python, *self.command],
                cwd=self.folder,
                env=environment,
                stdout=output,
                stderr=output,
            )
        self.pid = self.process.pid
        deadline = time.monotonic() + within
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"The app did not start:\n{self.log.read_text()}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=5):
                return True
        except OSError:
            return False

    def read(self, drawing: object) -> dict:
        """What the page is answered to a drawing."""
        return post(f"{self.url}/read", drawing)

    @cached_property
    def components(self) -> list[dict]:
        """All that the page is made of, as Gradio tells it."""
        with urllib.request.urlopen(f"{self.url}/config", timeout=30) as answer:
            return json.load(answer)["components"]

    def component_of(self, tab: str) -> int:
        """The id of a tab's component."""
        part = f'data-testid="tab-{tab}"'
        return next(c["id"] for c in self.components if part in str(c["props"]))

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def status_after(self, stop: signal.Signals) -> int:
        """The exit status after a signal that comes while a page is open."""
        session = f"{self.url}/gradio_api/heartbeat/somebody"
        with urllib.request.urlopen(session, timeout=30):
            self.process.send_signal(stop)
            status = self.process.wait(60)
        assert "Traceback" not in self.log.read_text()
        return status


def once(name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first process that asks for it fills, for all processes that test."""
    folder = Path(os.environ[SHARED_FOLDER]) / name
    with FileLock(f"{folder}.lock"):
        if not (folder / "made").exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            (folder / "made").touch()
    return folder


def shared_server(name: str, set_up: Callable[[Server, Path], None]) -> tuple[Server, Path]:
    """A server for all processes that test, and its folder; ``set_up`` is called before it starts.

    It is stopped when all tests have ended.
    """

    def start(folder: Path) -> None:
        server = Server(folder / "log")
        set_up(server, folder)
        server.start()
        (folder / "running").write_text(json.dumps({"port": server.port, "pid": server.pid}))

    folder = once(name, start)
    running = json.loads((folder / "running").read_text())
    server = Server(folder / "log", port=running["port"])
    server.pid = running["pid"]
    return server, folder


def find_nginx() -> str | None:
    """The path of nginx: on the PATH, where Debian puts it, or where `browser.py` did."""
    folders = (os.environ.get("PATH", ""), "/usr/sbin", str(OWN_NGINX / "usr/sbin"))
    return shutil.which("nginx", path=os.pathsep.join(folders))


class Nginx(Server):
    """nginx with `deploy/nginx.conf`, its ports exchanged for free ones; asked like any server."""

    def __init__(self, folder: Path, replicas: Iterable[Server], more: str = "") -> None:
        """Write its configuration into ``folder``; ``more`` are further servers."""
        super().__init__(folder / "nginx.log")
        text = (ROOT / "deploy/nginx.conf").read_text()
        for port, server in zip((7861, 7862), replicas, strict=True):
            text = text.replace(f"127.0.0.1:{port} ", f"127.0.0.1:{server.port} ")
        text = text.replace("listen 7860;", f"listen 127.0.0.1:{self.port};")
        text = text.replace("/tmp/digits-nginx", str(folder / "nginx"))
        (folder / "nginx.conf").write_text(f"{text.rstrip().removesuffix('}')}{more}}}\n")
        self.python = find_nginx() or "nginx"
        self.command = ("-g", "daemon off;", "-c", str(folder / "nginx.conf"))

    def stop(self) -> None:
        """Let it end its workers."""
        self.process.terminate()
        self.process.wait()
