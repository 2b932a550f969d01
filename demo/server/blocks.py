"""Gradio's Blocks, without what they keep and print for every call of the API."""

import functools
from typing import Any

import gradio as gr
from gradio.state_holder import SessionState


class Blocks(gr.Blocks):
    """Blocks that keep nothing of a call.

    Gradio keeps the values of each session's last call: of a large drawing 13 MB, for as many
    sessions as a caller names.
    """

    @functools.cached_property
    def _state(self) -> SessionState:
        """One state for all sessions: there is no component with a state."""
        return SessionState(self)

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        """Raise `gr.Error` for a call without all its values; Gradio would print a traceback."""
        needed = len(block_fn.inputs)
        if len(inputs) < needed:
            sentence = f"This call takes {needed} in its data, and {len(inputs)} came."
            raise gr.Error(sentence, print_exception=False)

    async def preprocess_data(
        self, block_fn: Any, inputs: list[Any], state: Any, explicit_call: bool = False
    ):
        """As Gradio's, but the values go to the one state, where the next call's replace them."""
        return await super().preprocess_data(block_fn, inputs, self._state, explicit_call)

    async def postprocess_data(self, block_fn: Any, predictions: Any, state: Any):
        """As Gradio's, with the one state."""
        return await super().postprocess_data(block_fn, predictions, self._state)
