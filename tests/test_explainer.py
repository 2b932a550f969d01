"""What needs TensorFlow runs in a process of its own."""

import os

import numpy as np
import pytest
from digits import DIGITS

from demo.explainer import Explainer
from mnist_model import Classifier, strokes_to_mnist
from mnist_model.explain import adversarial_example, layer_outputs


def process(_: Classifier) -> int:
    return os.getpid()


def crash(_: Classifier) -> None:
    os._exit(1)


@pytest.fixture(scope="module")
def explainer(classifier):
    explainer = Explainer(classifier)
    yield explainer
    explainer.close()


def test_it_answers_from_another_process_with_what_the_function_returns(classifier, explainer):
    assert explainer(process) != os.getpid()
    pixels = strokes_to_mnist(DIGITS[7])
    there, here = explainer(layer_outputs, pixels), layer_outputs(classifier, pixels)
    np.testing.assert_allclose(there[0].maps, here[0].maps, atol=1e-4)


def test_it_tells_how_far_it_is(explainer):
    assert explainer.telling(adversarial_example, strokes_to_mnist(DIGITS[7]), 3).success
    assert explainer.progress == 1


def test_what_cannot_be_explained_is_told_as_by_the_function(explainer):
    with pytest.raises(ValueError, match="0 to 9"):
        explainer.telling(adversarial_example, strokes_to_mnist(DIGITS[7]), 11)


def test_after_a_crash_the_next_question_is_answered(explainer):
    with pytest.raises(ValueError, match="Ask again"):
        explainer(crash)
    assert explainer(process) != os.getpid()


def test_a_server_without_explanations_says_so(classifier):
    with pytest.raises(ValueError, match="explains nothing"):
        Explainer(classifier, "never")(process)
