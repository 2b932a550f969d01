"""What is seen of the page before Gradio has come."""

import pytest

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
