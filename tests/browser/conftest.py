import pytest
from pad import DESKTOP, Pad
from playwright.sync_api import Page


@pytest.fixture
def page(request, open_page, server) -> Page:
    """The page; its settings are the test's parameter, the file's SETTINGS, or a desktop's."""
    settings = getattr(request, "param", getattr(request.module, "SETTINGS", DESKTOP))
    return open_page(server.url, **settings)


@pytest.fixture
def pad(page) -> Pad:
    return Pad(page)
