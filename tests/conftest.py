import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import launch_browser
from playwright.sync_api import Browser, Page, sync_playwright
from serving import ROOT, Server

from mnist_model import Classifier, load_classifier
from mnist_model.data import MNIST_VARIABLE

LONG = ("test_train.py", "test_hosting.py")  # begun first, so that nobody waits for them at the end
SHARED = ROOT.parent / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
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


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server") / "log")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch_browser(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser of its own, as `new_context` is told; closed after the test."""
    contexts = []

    def open_page(url: str, **settings) -> Page:
        contexts.append(chromium.new_context(**settings))
        page = contexts[-1].new_page()
        page.goto(url)
        page.get_by_test_id("sketchpad").wait_for()
        page.locator('[data-testid="bars"] [data-digit="9"]').wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
