"""Gradio's Blocks, which keep and print nothing of the API's calls."""

import functools
from typing import Any

import gradio as gr
from gradio.state_holder import SessionState


class Blocks(gr.Blocks):
    """Blocks that keep nothing of a call.

    Gradio keeps the values of each session's last call: up to 13 MB for each session name that a
    caller makes up.
    """

    @functools.cached_property
    def _state(self) -> SessionState:
        """One state for all sessions, since no component has a state."""
        return SessionState(self)

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        """Raise `gr.Error` for a call with missing values; Gradio would print a traceback."""
        needed = len(block_fn.inputs)
        if len(inputs) < needed:
            sentence = f"This call needs {needed} values in its data; {len(inputs)} came."
            raise gr.Error(sentence, print_exception=False)

    async def preprocess_data(
        self, block_fn: Any, inputs: list[Any], state: Any, explicit_call: bool = False
    ):
        """As Gradio's, with the shared state: the next call replaces the values."""
        return await super().preprocess_data(block_fn, inputs, self._state, explicit_call)

    async def postprocess_data(self, block_fn: Any, predictions: Any, state: Any):
        """As Gradio's, with the shared state."""
        return await super().postprocess_data(block_fn, predictions, self._state)
