"""What is seen of the page before Gradio has come."""

import json
import re
import urllib.request

import pytest
from serving import ROOT

from demo.skeleton import preferred


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("ja, fr;q=0.7", "fr"),
        ("ja", "en"),
        ("\xff;;,,=*", "en"),
    ],
)
def test_the_first_language_that_the_page_has_is_chosen(accepted, language):
    assert preferred(accepted) == language


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


def test_the_outlines_go_when_the_page_is_there(open_page, server):
    page = open_page(server.url)
    assert page.locator("#skeleton").count() == 1
    assert not page.locator("#skeleton").is_visible()
