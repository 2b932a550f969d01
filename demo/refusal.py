"""Answers that are refused, in words that the page can say in its visitor's language."""

import functools
from collections.abc import Awaitable, Callable
from typing import Any

from mnist_model import UserError


class Refusal(UserError):
    """Why there is no answer: a sentence, and the key of the text that says it on the page."""

    def __init__(self, sentence: str, key: str) -> None:
        """Say ``sentence``; ``key`` is in every file of ``assets/texts/``."""
        super().__init__(sentence)
        self.key = key


def refusals_as_data(
    answer: Callable[[object], Awaitable[object]],
) -> Callable[[object], Awaitable[object]]:
    """The same answer, or ``{"error": sentence, "key": key}`` in a `Refusal`'s place."""

    @functools.wraps(answer)
    async def keyed(question: Any):
        try:
            return await answer(question)
        except Refusal as refusal:
            return {"error": str(refusal), "key": refusal.key}

    return keyed
