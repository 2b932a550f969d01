"""Networks from the page's "Teach one", loaded into Keras; `test_page_teach` compares readings."""

import base64
import json

import numpy as np
import pytest

from mnist_model.train.browser_network import load_browser_network

KERNEL = np.arange(7840, dtype="<f4").reshape(784, 10) / 7840
BIAS = np.arange(10, dtype="<f4")
BYTES = KERNEL.tobytes() + BIAS.tobytes()
SAVED = {"shown": {"network": "dense"}, "weightData": base64.b64encode(BYTES).decode()}
SHORT = SAVED | {"weightData": base64.b64encode(BYTES[:-8]).decode()}


def save(folder, text):
    (folder / "network.json").write_text(text)
    return folder / "network.json"


def test_saved_network_gives_its_logits(tmp_path):
    image = np.zeros((1, 28, 28, 1), np.float32)
    image[0, 0, 1, 0] = 255
    logits = load_browser_network(save(tmp_path, json.dumps(SAVED)))(image).numpy()[0]
    np.testing.assert_allclose(logits, KERNEL[1] + BIAS, rtol=1e-5)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "holds no network"),
        ("[]", "holds no network"),
        ("{}", "weightData"),
        (json.dumps(SAVED | {"shown": {"network": "mlp"}}), "there is no network 'mlp'"),
        (json.dumps(SAVED | {"shown": {"network": "cnn"}}), "7850 weights instead of 225034"),
        (json.dumps(SHORT), "7848 weights instead of 7850"),
    ],
)
def test_invalid_network_gets_a_sentence(tmp_path, text, says):
    with pytest.raises(ValueError, match=says):
        load_browser_network(save(tmp_path, text))


def test_a_missing_file_gets_a_sentence(tmp_path):
    with pytest.raises(ValueError, match="There is no network at"):
        load_browser_network(tmp_path / "none.json")
