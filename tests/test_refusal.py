"""Refusals travel with the key of the page's text for them."""

import json
import re

import pytest
from event_loop import run
from serving import ROOT

from demo.refusal import Refusal, refusals_as_data


def test_a_refusal_is_told_with_its_key():
    @refusals_as_data
    async def answer(question):
        raise Refusal("Nothing is explained.", "refused_nothing_explained")

    told = {"error": "Nothing is explained.", "key": "refused_nothing_explained"}
    assert run(answer(None)) == told


def test_other_errors_and_answers_pass():
    @refusals_as_data
    async def answer(question):
        if question is None:
            raise ValueError("What?")
        return question

    assert run(answer([1])) == [1]
    with pytest.raises(ValueError, match="What"):
        run(answer(None))


def test_every_key_is_a_text():
    keys = set()
    for file in (ROOT / "demo").rglob("*.py"):
        keys |= set(re.findall(r'"(refused_\w+)"', file.read_text()))
    for file in (ROOT / "assets/texts").glob("*.json"):
        texts = json.loads(file.read_text())
        assert keys == {key for key in texts if key.startswith("refused_")}
