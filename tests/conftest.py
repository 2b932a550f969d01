import json
import os
import random
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import launch_browser
from pad import wait_until_loaded
from playwright.sync_api import Browser, Page, expect, sync_playwright
from serving import ROOT, SHARED_FOLDER, WITHOUT_TENSORFLOW, Server, shared_server

from mnist_model import Classifier, load_classifier
from mnist_model.train.data import MNIST_VARIABLE

LONG = ("test_train.py", "test_hosting.py")  # begun first, so that nobody waits for them at the end
FAILED = pytest.StashKey[bool]()
# Playwright's own scripts count as a visitor's touch: whether there was one is said to the page.
UNTOUCHED = "untouched"  # a cookie
TOUCHED = f"""Object.defineProperty(UserActivation.prototype, "hasBeenActive",
    {{get: () => !document.cookie.includes("{UNTOUCHED}")}})"""
SCREEN = {"width": 1280, "height": 720}
PATIENCE = 60_000  # ms: a busy machine is no failure
expect.set_options(timeout=PATIENCE)
SHARED = ROOT.parent / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if seed := os.environ.get("SHUFFLE"):
        random.Random(seed).shuffle(items)
    else:
        items.sort(key=lambda item: item.path.name not in LONG)


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    return load_classifier()


@pytest.fixture(scope="session")
def mnist_file() -> Path:
    path = Path(os.environ.get(MNIST_VARIABLE, SHARED / "mnist.npz"))
    if not path.is_file():
        pytest.skip(f"needs MNIST: name a copy in ${MNIST_VARIABLE}")
    return path


@pytest.fixture(scope="session")
def pen_digits_file() -> Path:
    path = Path(os.environ.get("PEN_DIGITS", SHARED / "pen_digits_train.txt"))
    if not path.is_file():
        pytest.skip("needs UCI's pen digits: name pendigits-orig.tra in $PEN_DIGITS")
    return path


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # else it has been named by who started this process
        os.environ[SHARED_FOLDER] = tempfile.mkdtemp(prefix="digit-sketchpad-")
        # As app.py does, before the workers import NumPy: threads of BLAS would compete with them.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    folder = Path(os.environ.pop(SHARED_FOLDER))
    for running in folder.glob("*/running"):
        os.kill(json.loads(running.read_text())["pid"], signal.SIGTERM)
    shutil.rmtree(folder, ignore_errors=True)  # what is stopping may still write


@pytest.fixture(scope="session")
def server() -> Server:
    """The app, the same for all processes that test; it cannot import TensorFlow."""

    def set_up(server: Server, _: Path) -> None:
        server.environment = WITHOUT_TENSORFLOW

    return shared_server("server", set_up)[0]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch_browser(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def kept_pages() -> dict[str, Page]:
    """Blank pages in browsers of their own, by settings: to load into one takes half the time."""
    return {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture
def open_page(chromium: Browser, kept_pages, request) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser of its own, as `new_context` is told, and waits until all is there.

    ``clock``: its timers can be moved on (``page.clock``). ``untouched``: examples draw themselves
    until the page is touched, as for any visitor; else it is as if somebody had touched it already,
    and the pad stays blank. The browser is used again, without what it has stored, by another test
    that is told the same but for the screen's size; after a failure it is closed.
    """
    opened: list[tuple[str | None, Page]] = []

    def open_page(
        url: str, clock: bool = False, untouched: bool = False, viewport=SCREEN, **settings
    ) -> Page:
        key = None if clock else json.dumps(settings, sort_keys=True)
        page = kept_pages.pop(key, None)
        if page is None:
            page = chromium.new_context(viewport=viewport, **settings).new_page()
            page.context.add_init_script(TOUCHED)
            page.set_default_timeout(PATIENCE)
        page.set_viewport_size(viewport)
        opened.append((key, page))
        if untouched:
            page.context.add_cookies([{"name": UNTOUCHED, "value": "1", "url": url}])
        if clock:
            page.clock.install()
        page.goto(url)
        wait_until_loaded(page)
        return page

    yield open_page
    for key, page in opened:
        is_kept = key and key not in kept_pages and not request.node.stash.get(FAILED, False)
        if is_kept and len(page.context.pages) == 1 and not page.is_closed():
            leave(page)
            kept_pages[key] = page
        else:
            page.context.close()


def leave(page: Page) -> None:
    """Let go of everything, and forget what was stored."""
    page.mouse.up()
    for key in ("ArrowRight", "Shift", "Control"):
        page.keyboard.up(key)
    page.unroute_all(behavior="ignoreErrors")
    # The pad first: what is on it would be kept for a reload.
    page.evaluate(
        """() => {
            document.querySelector('[data-testid="clear"]')?.click();
            localStorage.clear();
            sessionStorage.clear();
        }"""
    )
    page.context.clear_cookies()
    page.goto("about:blank")
