"""What is seen of the page before Gradio has come."""

import re

import pytest

from demo.server.assets import ASSETS
from demo.server.modules import preload
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


def test_a_module_is_fetched_with_all_that_it_imports():
    found = re.findall(r'href="modules/\w+/(.+?)"', preload("pad/sketchpad.js"))
    assert len(found) == len(set(found))
    assert {"pad/sketchpad.js", "pad/player.js", "shared/question.js"} <= set(found)
    assert all((ASSETS / name).is_file() for name in found)
