"""What needs TensorFlow, in a process of its own: pens are read in this one, and never wait for it.

The process starts with the first question, or as the host chooses. It takes TensorFlow's half
gigabyte and its seconds of import away from the server, and gives them back when the app ends.
"""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, get_args

from demo.background import step_back
from demo.refusal import Refusal
from mnist_model import Classifier

Start = Literal["when-asked", "at-once", "never"]
STARTS: tuple[Start, ...] = get_args(Start)
_LESS_URGENT = 5  # nice: a pen that moves goes first
_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


class Explainer:
    """Answers questions about a network, one at a time.

    Attributes:
        classifier: whose network is explained.
    """

    def __init__(self, classifier: Classifier, start: Start = "when-asked") -> None:
        """Prepare to answer; ``start`` says when the process starts."""
        self.classifier = classifier
        self._is_refusing = start == "never"
        self._pool: ProcessPoolExecutor | None = None
        context = multiprocessing.get_context("spawn")  # threads do not survive a fork
        self._context = context
        self._progress = context.Value("d", 0.0)
        if start == "at-once":
            self._submit(_warm_up)

    def __call__(
        self,
        explanation: Callable[Concatenate[Classifier, _Arguments], _Result],
        *arguments: _Arguments.args,
        **more: _Arguments.kwargs,
    ) -> _Result:
        """What ``explanation(classifier, *arguments)`` returns; it is a function of a module.

        Raises:
            ValueError: what it raises, or with a sentence that says why nothing is explained here.
        """
        return self._result(_explain, explanation, *arguments, **more)

    def telling(self, explanation: Callable[..., _Result], *arguments: Any, **more: Any) -> _Result:
        """The same for a function that takes ``progress``, a function that it tells a share."""
        return self._result(_explain_and_tell, explanation, *arguments, **more)

    def _result(self, work: Callable[..., _Result], *arguments: Any, **more: Any) -> _Result:
        self._progress.value = 0.0
        try:
            return self._submit(work, *arguments, **more).result()
        except BrokenProcessPool:
            self._pool = None  # a new one for the next question
            raise Refusal(
                "The process that explains has ended: the server may be short of memory. "
                "Ask again.",
                "refused_ended",
            ) from None

    @property
    def progress(self) -> float:
        """The share of the present answer's work that is done, 0..1, where its function tells."""
        return self._progress.value

    def close(self) -> None:
        """End the process; it starts again with the next question."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
            for process in multiprocessing.active_children():
                process.terminate()

    def _submit(self, work: Callable[..., Any], *arguments: Any, **more: Any) -> Future[Any]:
        if self._is_refusing:
            raise Refusal(
                "This server reads drawings and explains nothing: it was started so.",
                "refused_nothing_explained",
            )
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                1, self._context, _begin, (self.classifier.folder, self._progress)
            )
        return self._pool.submit(work, *arguments, **more)


# In the other process:

_classifier: Classifier
_tell: Callable[[float], None]


def _begin(folder: Any, progress: Any) -> None:
    global _classifier, _tell
    step_back(_LESS_URGENT)
    _classifier = Classifier(folder)
    _tell = partial(setattr, progress, "value")


def _warm_up() -> None:
    _classifier.network  # noqa: B018


def _explain(explanation: Callable[..., _Result], *arguments: Any, **more: Any) -> _Result:
    return explanation(_classifier, *arguments, **more)


def _explain_and_tell(explanation: Callable[..., _Result], *arguments: Any, **more: Any) -> _Result:
    return explanation(_classifier, *arguments, progress=_tell, **more)
