"""The app as it is hosted: as a Space, in a container, behind a proxy, watched and stopped."""

import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from unittest import mock

import kubernetes_validate
import pytest
import yaml
from digits import DIGITS, as_json
from gradio_client import Client
from pad import Pad, expect_verdict, wait_until_loaded, wait_until_told
from serving import ROOT, Nginx, Server, find_nginx, free_port, post, shared_server

from app import main

DOCKERFILE = (ROOT / "Dockerfile").read_text()
HOSTING = (ROOT / "docs/hosting.md").read_text()

# Runs before anything else of the process: writes down whom it connects to.
SPY = """
import os, sys

def spy(event, arguments, log=os.environ["SPY_LOG"]):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        with open(log, "a") as file:
            print(arguments[1][0], file=file)
    if event == "socket.getaddrinfo":
        with open(log, "a") as file:
            print(arguments[0], file=file)

sys.addaudithook(spy)
"""
# Then lets nothing be imported but the standard library and what is locked for serving.
ONLY_LOCKED = """
import importlib.metadata, re

normal = lambda name: re.sub(r"[-_.]+", "-", name).lower()
locked = {normal(line.split("==")[0]) for line in open(os.environ["LOCK"]) if "==" in line}
owners = importlib.metadata.packages_distributions()

class OnlyLocked:
    def find_spec(self, name, path=None, target=None):
        of = {normal(owner) for owner in owners.get(name.split(".")[0], [])}
        if of and not of & locked:
            raise ModuleNotFoundError(f"{name} is of {of}, not locked for serving")

sys.meta_path.insert(0, OnlyLocked())
try:
    import pytest
except ModuleNotFoundError as error:
    print(error)
"""
# Gradio asks for its own page before it goes on, and ends the app if that takes over 3 seconds.
SLOW = """
import httpx

def late(*_, **__):
    raise httpx.ReadTimeout("as on a busy machine")

httpx.head = late
"""


def files_below(folder: Path) -> str:
    """All files, and when each was written last."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return "\n".join(f"{file} {file.stat().st_mtime_ns}" for file in files)


def set_up_container(server: Server, root: Path) -> None:
    app, home = root / "app", root / "home"
    for folder in (app, home, root / "tmp", root / "spy"):
        folder.mkdir()
    (root / "spied").touch()
    ignored = shutil.ignore_patterns("__pycache__", "*-quick")
    for source, target in re.findall(r"^COPY (?!--from)(\S+) (\S+)$", DOCKERFILE, re.MULTILINE):
        if source == "requirements-serve.lock":
            continue  # copied into the first stage only
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, app / target, ignore=ignored)
        else:
            shutil.copy(ROOT / source, app / target)
    (root / "spy/sitecustomize.py").write_text(SPY + ONLY_LOCKED + SLOW)
    python, *server.command = json.loads(
        re.search(r"^CMD (\[.+\])$", DOCKERFILE, re.MULTILINE).group(1)
    )
    assert python == "python"
    server.folder = app
    server.environment = {
        "HOME": str(home),
        "TMPDIR": str(root / "tmp"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(root / "spy"),
        "SPY_LOG": str(root / "spied"),
        "LOCK": str(ROOT / "requirements-serve.lock"),
        "SYSTEM": "spaces",  # as on Hugging Face
        "SPACE_ID": "somebody/digits",
    }
    (root / "before").write_text(files_below(app))


@pytest.fixture(scope="session")
def container() -> tuple[Server, Path]:
    """What the image contains, run as the image runs it, and the folder with "app" and "home".

    Without a container engine: only the files that the Dockerfile copies, with its environment and
    its command, so that what it forgets is missing here, too.
    """
    return shared_server("container", set_up_container)


def test_image_reads_however_slowly_it_starts_calls_nobody_and_writes_nothing_but_to_tmp(container):
    server, root = container
    for digit in DIGITS:
        assert server.read(as_json(DIGITS[digit]))["digit"] == digit
    assert files_below(root / "app") == (root / "before").read_text()
    assert not files_below(root / "home")
    hosts = set((root / "spied").read_text().split())
    assert hosts <= {"127.0.0.1", "localhost", "::1", "None", "0.0.0.0"}, hosts
    with urllib.request.urlopen(f"{server.url}/config", timeout=30) as answer:
        assert json.load(answer)["space_id"] is None  # else Gradio asks huggingface.co about it
    assert "pytest is of {'pytest'}, not locked" in server.log.read_text()


def test_the_activity_log_has_a_line_a_second_and_no_drawing(container):
    server, _ = container
    before = len(server.log.read_text())
    for _ in range(30):
        server.read(as_json(DIGITS[7]))
    deadline, told = time.monotonic() + 60, []
    while sum(line["readings"] for line in told) < 30:
        assert time.monotonic() < deadline
        time.sleep(0.1)
        lines = server.log.read_text()[before:].splitlines()
        told = [json.loads(line) for line in lines if line.endswith("}")]
    assert len(told) < 30
    assert told[-1].keys() == {
        "time", "readings", "passes", "waiting", "p50_ms", "p95_ms", "p99_ms",
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/healthz", "/config", "/gradio_api/nothing"])
def test_every_answer_says_what_the_page_may_do(server, path):
    try:
        with urllib.request.urlopen(f"{server.url}{path}", timeout=10) as answer:
            headers = answer.headers
    except urllib.error.HTTPError as error:
        headers = error.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "https://huggingface.co" in re.search(r"frame-ancestors ([^;]+)", policy).group(1)
    assert "http" not in re.sub(r"frame-ancestors [^;]+", "", policy)  # nothing from elsewhere
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_the_page_has_its_outlines_before_any_script(server, language):
    request = urllib.request.Request(server.url, headers={"Accept-Language": language})
    with urllib.request.urlopen(request, timeout=30) as answer:
        page = answer.read().decode()
        assert len(page.encode()) == int(answer.headers["content-length"])
    outlines = page[page.index('<div id="skeleton"') : page.index("<gradio-app")]
    outlines, pen = outlines.split("<script>")
    assert pen.rstrip().endswith("</script>")
    texts = json.loads((ROOT / f"assets/texts/{language}.json").read_text())
    assert texts["title"] in outlines
    assert not re.search(r"\{\w+\}", outlines)


def test_page_asks_at_its_own_origin_whatever_headers_say(server):
    request = urllib.request.Request(server.url, headers={"X-Forwarded-Host": "inside.test"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        page = answer.read().decode()
    assert page.count('"root":"./"') == page.count('const root = "./"') == 1


def test_a_taken_port_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        environment = {"GRADIO_SERVER_NAME": "127.0.0.1", "GRADIO_SERVER_PORT": port}
        run = app(environment=environment)
    assert run.returncode == 1
    assert run.stderr == f"app.py: Port {port} is taken. Name another one in GRADIO_SERVER_PORT.\n"


# Refuses whatever would be written, as where all folders are read-only.
READ_ONLY = """
import os, sys

def refuse(event, arguments):
    if event == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        raise OSError(30, "Read-only file system", arguments[0])

sys.addaudithook(refuse)
"""


def test_where_nothing_is_writable_that_is_told(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(READ_ONLY)
    run = app(environment={"PYTHONPATH": str(tmp_path)})
    assert run.returncode == 1
    assert run.stderr.startswith("app.py: Gradio needs a folder to write to, and none is writable.")
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GRADIO_SERVER_PORT", "99999"),
        ("GRADIO_SERVER_PORT", "-5"),
        ("GRADIO_SERVER_PORT", "80.5"),
        ("GRADIO_SERVER_NAME", "999.1.1.1"),
        ("GRADIO_SERVER_NAME", "203.0.113.7"),  # of nobody's machine: RFC 5737
    ],
)
def test_where_nothing_can_be_served_is_told_by_its_name(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValueError, match=f"^{variable} is .*{re.escape(repr(value))}"):
        main()


@pytest.fixture
def started(monkeypatch):
    """`main` in this process; signals, log and environment are afterwards as they were."""
    monkeypatch.setenv("MPLCONFIGDIR", os.environ.get("MPLCONFIGDIR", ""))
    monkeypatch.setattr("demo.server.activity_log.limit_tracebacks", lambda: None)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)

    def started(*options: str) -> None:
        monkeypatch.setattr(sys, "argv", ["app.py", *options])
        main()

    yield started
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(("stop", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_signal_closes_the_page_and_gives_the_status_that_shells_expect(
    started, monkeypatch, stop, status
):
    page = mock.Mock()
    page.launch.return_value = (None, "http://127.0.0.1", None)
    page.block_thread.side_effect = lambda: signal.raise_signal(stop)
    monkeypatch.setattr("demo.page.create_page", lambda *_: page)
    with pytest.raises(SystemExit) as ended:
        started()
    assert ended.value.code == status
    page.close.assert_called_once()


def test_a_card_that_tells_too_little_is_told(started, tmp_path, classifier):
    folder = tmp_path / "model"
    shutil.copytree(classifier.folder, folder)
    (folder / "card.json").write_text(json.dumps(classifier.card | {"figures": {"test": 3}}))
    with pytest.raises(ValueError, match=r"^The card of the model in .* is damaged"):
        started("--recipe", str(folder))


def app(*options: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "app.py", *options],
        cwd=ROOT, env=os.environ | (environment or {}), capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip


def test_kubernetes_resources_fit_the_published_schemas():
    resources = list(yaml.safe_load_all((ROOT / "deploy/kubernetes.yaml").read_text()))
    assert len(resources) == 3
    for resource in resources:
        kubernetes_validate.validate(resource, "1.37", strict=True)


PROXY = re.search(r"```nginx\n *location /digits/ {\n(.+?)}", HOSTING, re.DOTALL).group(1)
HEADERS = {"documented": PROXY, "bare": PROXY.strip().split("\n")[0]}
SITES = list(itertools.product(("/", "/digits/"), ("http", "https"), HEADERS))


@pytest.fixture(scope="module")
def nginx(tmp_path_factory, server, container):
    """nginx with two replicas, and with a server for each of `SITES`."""
    if not (find_nginx() and shutil.which("openssl")):
        pytest.skip("needs openssl, and nginx, which `make test` brings where it can")

    def set_root_path(server: Server, _: Path) -> None:
        server.environment = {"GRADIO_ROOT_PATH": "/digits"}

    below, _ = shared_server("below", set_root_path)  # a path
    folder = tmp_path_factory.mktemp("nginx")
    key = f"{folder}/key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=digits.test",
         "-keyout", key, "-out", key + ".crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    more = ""
    ports = {}
    for site in SITES:
        path, scheme, headers = site
        ports[site] = free_port()
        app = below if (path, headers) == ("/digits/", "documented") else server
        tls = f"ssl_certificate {key}.crt; ssl_certificate_key {key};" if scheme == "https" else ""
        more += f"""
            server {{
                listen 127.0.0.1:{ports[site]}{" ssl" if tls else ""};
                {tls}
                location {path} {{
                    {HEADERS[headers].replace("http://127.0.0.1:8000", app.url)}
                }}
            }}"""
    proxy = Nginx(folder, [server, container[0]], more)
    proxy.start()
    proxy.sites = {site: f"{site[1]}://digits.test:{port}{site[0]}" for site, port in ports.items()}
    yield proxy
    proxy.stop()


@pytest.fixture(scope="module")
def proxied_page(chromium):
    """A page that every proxy is tried with: the second load takes half the time of the first."""
    context = chromium.new_context(ignore_https_errors=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("site", SITES, ids=" ".join)
def test_page_behind_a_proxy_asks_nothing_but_its_own_root(proxied_page, nginx, site):
    url, page = nginx.sites[site], proxied_page
    asked: list[str] = []
    errors: list[str] = []
    listeners = {
        "request": lambda request: asked.append(request.url),
        "response": lambda one: one.status >= 400 and errors.append(f"{one.status}: {one.url}"),
        "console": lambda message: message.type == "error" and errors.append(message.text),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    page.goto(url)
    wait_until_loaded(page)
    Pad(page).draw(DIGITS[7], slowly=True)  # without TLS there are no points between two frames
    expect_verdict(page, "7")
    wait_until_told(page)
    needed = ["read", "network", "modules/", "gradio_api/component_server/", "theme.css"]
    if site == SITES[-1]:
        page.get_by_role("tab", name="Teach one").click()
        page.get_by_test_id("change").click()
        page.get_by_test_id("each").fill("0")
        page.get_by_test_id("network").select_option("dense")
        page.get_by_test_id("teach").click()
        worker_has_all = ':is([data-phase="training"], [data-phase="trained"])'
        page.locator(worker_has_all).wait_for(state="attached")
        needed += ["written/anybody/0", r"modules/\w+/vendor/.+\.wasm"]  # its worker's
    page.get_by_test_id("clear").click()
    page.goto("about:blank")
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    own = {one.removeprefix(url) for one in asked if not one.startswith(("data:", "blob:"))}
    assert not [one for one in own if one.startswith("http")]
    assert [name for name in needed if not any(re.match(name, one) for one in own)] == []
    assert not [one for one in errors if "Cross-Origin-Opener-Policy" not in one]  # of http


def test_client_without_a_cookie_meets_the_same_replica(nginx):
    call = f"{nginx.url}/gradio_api/call/classify"
    drawing = {"data": [as_json(DIGITS[7])]}
    for number in range(20):
        client = {"User-Agent": f"client {number}"}
        asked = post(call, drawing, **client)
        request = urllib.request.Request(f"{call}/{asked['event_id']}", headers=client)
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert b"event: complete" in answer.read()


JAVASCRIPT = """
import { Client } from "@gradio/client";
for (const url of process.argv.slice(1)) {
  const client = await Client.connect(url);
  const { data } = await client.predict("/classify", [%s]);
  console.log(data[0].digit, client.config.root);
  client.close();
}
"""


@pytest.mark.skipif(
    not (ROOT / "node_modules/@gradio/client").exists(), reason="needs node and npm's packages"
)
def test_javascript_client_is_answered_through_a_proxy(nginx):
    """Without a Host header it would be sent to the server's own address, as the documents say."""
    sites = [f"{nginx.url}/"] * 10
    sites += [url for site, url in nginx.sites.items() if "documented" in site]
    sites = [url.replace("digits.test", "127.0.0.1") for url in sites]
    program = JAVASCRIPT % as_json(DIGITS[7])
    run = subprocess.run(
        ["node", "--input-type=module", "-e", program, *sites],
        cwd=ROOT, env=os.environ | {"NODE_TLS_REJECT_UNAUTHORIZED": "0"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.stdout.splitlines() == [f"7 {url.rstrip('/')}" for url in sites], run.stderr


@pytest.mark.parametrize("site", SITES[::5], ids=" ".join)
def test_python_client_is_answered_through_a_proxy(nginx, site):
    url = nginx.sites[site].replace("digits.test", "127.0.0.1")
    client = Client(url, verbose=False)
    assert client.predict(as_json(DIGITS[7]), api_name="/classify")["digit"] == 7
