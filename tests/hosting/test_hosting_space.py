"""The app as `make space` uploads it, to a stand-in of Hugging Face's Hub."""

import base64
import json
import os
import signal
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from digits import DIGITS, as_json
from serving import ROOT, Server

SPACE = "somebody/digits"


class Hub(ThreadingHTTPServer):
    """Answers `huggingface_hub` as the Hub does, and keeps what is committed in a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.folder = folder
        self.commits = 0

    def commit(self, lines: list[dict]) -> None:
        self.commits += 1
        for line in lines:
            value = line["value"]
            if line["key"] == "file":
                path = self.folder / value["path"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(base64.b64decode(value["content"]))
            elif line["key"] == "deletedFile":
                (self.folder / value["path"]).unlink()

    def names(self) -> set[str]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix() for path in files}


class Answer(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        if self.headers["Authorization"] != "Bearer right":
            self.answer({"error": "Invalid user token."}, 401)
        elif self.path.startswith("/api/whoami"):
            self.answer({"name": "somebody"})
        else:
            assert self.path.startswith(f"/api/spaces/{SPACE}/tree/main"), self.path
            file = {"type": "file", "size": 1, "oid": ""}
            self.answer([file | {"path": name} for name in self.server.names()])

    def do_POST(self) -> None:
        told = [
            json.loads(line)
            for line in self.rfile.read(int(self.headers["Content-Length"])).splitlines()
        ]
        home = f"https://huggingface.co/spaces/{SPACE}"
        if self.path == "/api/repos/create":
            assert (told[0]["organization"], told[0]["name"]) == tuple(SPACE.split("/"))
            assert (told[0]["type"], told[0]["sdk"]) == ("space", "gradio")
        elif self.path == f"/api/spaces/{SPACE}/commit/main":
            self.server.commit(told)
        files = [
            {"path": file["path"], "uploadMode": "regular", "shouldIgnore": False}
            for file in told[0].get("files", [])
        ]
        done = {"url": home, "commitUrl": f"{home}/commit/1", "commitOid": "1"}
        self.answer({**done, "files": files, "errors": [], "warnings": []})

    def answer(self, data: object, status: int = 200) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub(tmp_path):
    (tmp_path / "space").mkdir()
    with Hub(tmp_path / "space") as hub:
        Thread(target=hub.serve_forever, daemon=True).start()
        yield hub
        hub.shutdown()


def make_space(hub: Hub, *options: str, token: str = "right") -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "deploy/space.py", *options],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        env=os.environ | {
            "HF_ENDPOINT": f"http://127.0.0.1:{hub.server_port}", "HF_TOKEN": token,
            "HF_HOME": f"{hub.folder.parent}/home",
        },
    )  # fmt: skip


def test_uploaded_files_are_an_app_that_reads(hub, tmp_path):
    for name in ("README.md", ".gitattributes", "of-yesterday.py"):
        (hub.folder / name).touch()
    run = make_space(hub, SPACE)
    assert run.returncode == 0, run.stderr
    assert hub.commits == 1
    home = f"http://127.0.0.1:{hub.server_port}/spaces/{SPACE}"  # huggingface.co's, else
    assert run.stdout.endswith(f" MB) and deleted 1. The Space: {home}\n")
    names = hub.names()
    tops = {name.split("/")[0] for name in names}
    assert tops == {
        ".gitattributes", "LICENSE", "README.md", "app.py", "assets", "demo", "docs",
        "mnist_model", "requirements.txt",
    }  # fmt: skip
    pictures = [name for name in names if name.endswith((".webp", ".png"))]
    assert pictures == ["docs/images/drawing.webp"]
    server = Server(tmp_path / "log")
    server.folder = hub.folder
    try:
        server.start()
        assert server.read(as_json(DIGITS[7]))["digit"] == 7
        assert server.status_after(signal.SIGTERM) == 0
    finally:
        server.stop()


def test_dry_run_lists_files_and_sends_nothing(hub):
    run = make_space(hub, SPACE, "--dry-run")
    assert "mnist_model/trained/sketchpad/model.tflite\n" in run.stdout
    assert " MB) would be uploaded to somebody/digits." in run.stdout
    assert not hub.names()


@pytest.mark.parametrize(
    ("space", "token", "sentence"),
    [
        (SPACE, "", "Log in to Hugging Face first: `.venv/bin/hf auth login`"),
        (SPACE, "wrong", "Hugging Face refused it: Invalid user token."),
        ("", "right", "Name the Space by its owner and its name: make space SPACE=owner/name"),
    ],
)
def test_space_that_cannot_be_made_is_told_in_a_sentence(hub, space, token, sentence):
    run = make_space(hub, space, token=token)
    assert run.returncode == 1
    assert run.stderr.startswith(sentence)
    assert len(run.stderr.splitlines()) == 1
    assert not hub.names()


def test_hub_that_is_not_reached_is_told_in_a_sentence(hub):
    hub.server_close()
    run = make_space(hub, SPACE)
    assert run.stderr.startswith("Hugging Face could not be reached: ")
    assert len(run.stderr.splitlines()) == 1
