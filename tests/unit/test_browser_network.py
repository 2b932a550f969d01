"""Networks from the page's "Teach one", loaded into Keras; `test_page_teach` compares readings."""

import base64
import json

import numpy as np
import pytest

from mnist_model.train.browser_network import load_browser_network

KERNEL = np.arange(7840, dtype="<f4").reshape(784, 10) / 7840
BIAS = np.arange(10, dtype="<f4")
LAYERS = [
    {"class_name": "Flatten", "config": {"name": "flat"}},
    {
        "class_name": "Dense",
        "config": {"name": "logits", "units": 10, "activation": "linear", "use_bias": True},
    },
]
SPECS = [
    {"name": "logits/kernel", "shape": [784, 10], "dtype": "float32"},
    {"name": "logits/bias", "shape": [10], "dtype": "float32"},
]
WEIGHTS = KERNEL.tobytes() + BIAS.tobytes()


def save(folder, layers=LAYERS, specs=SPECS, weights=WEIGHTS):
    saved = {
        "modelTopology": {"class_name": "Sequential", "config": {"layers": layers}},
        "weightSpecs": specs,
        "weightData": base64.b64encode(weights).decode(),
    }
    (folder / "network.json").write_text(json.dumps(saved))
    return folder / "network.json"


def test_saved_network_gives_its_logits(tmp_path):
    image = np.zeros((1, 28, 28, 1), np.float32)
    image[0, 0, 1, 0] = 2
    logits = load_browser_network(save(tmp_path))(image).numpy()[0]
    np.testing.assert_allclose(logits, 2 * KERNEL[1] + BIAS, rtol=1e-6)


LAMBDA = [{"class_name": "Lambda", "config": {"name": "evil", "function": "x"}}, *LAYERS]
HUGE = [{**SPECS[0], "shape": [2**40, 2**40]}, SPECS[1]]


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"layers": LAMBDA}, "a layer of another kind, 'Lambda'"),
        ({"layers": LAYERS[:1]}, "do not go together"),
        ({"layers": LAYERS * 40}, "too many layers"),
        ({"specs": SPECS[:1]}, "more weights than"),
        ({"specs": HUGE}, "weights are missing"),
        ({"specs": [{**SPECS[0], "dtype": "int32"}]}, "not float32"),
        ({"weights": WEIGHTS[:-4]}, "weights are missing"),
    ],
)
def test_invalid_network_gets_a_sentence(tmp_path, parts, says):
    with pytest.raises(ValueError, match=says):
        load_browser_network(save(tmp_path, **parts))


def test_other_files_get_a_sentence(tmp_path):
    with pytest.raises(ValueError, match="There is no network at"):
        load_browser_network(tmp_path / "none.json")
    for text in ("{", "[]", "{}"):
        (tmp_path / "text.json").write_text(text)
        with pytest.raises(ValueError, match="holds no network"):
            load_browser_network(tmp_path / "text.json")
