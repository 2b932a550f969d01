"""Networks from the page's "Teach one", loaded into Keras; that the logits are the same is shown in
`test_page_teach`."""

import json
import zipfile

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


def model(layers=LAYERS, specs=SPECS) -> str:
    return json.dumps(
        {
            "modelTopology": {"class_name": "Sequential", "config": {"layers": layers}},
            "weightsManifest": [{"paths": ["weights.bin"], "weights": specs}],
        }
    )


def save(folder, text=None, weights=WEIGHTS):
    with zipfile.ZipFile(folder / "network.zip", "w") as archive:
        archive.writestr("model.json", model() if text is None else text)
        archive.writestr("weights.bin", weights)
    return folder / "network.zip"


def test_it_loads_from_the_pages_file_and_from_tensorflow_js_own(tmp_path):
    image = np.zeros((1, 28, 28, 1), np.float32)
    image[0, 0, 1, 0] = 2
    expected = 2 * KERNEL[1] + BIAS
    (tmp_path / "model.json").write_text(model())
    (tmp_path / "weights.bin").write_bytes(WEIGHTS)
    for path in (save(tmp_path), tmp_path / "model.json"):
        np.testing.assert_allclose(
            load_browser_network(path)(image).numpy()[0], expected, rtol=1e-6
        )


LAMBDA = [{"class_name": "Lambda", "config": {"name": "evil", "function": "x"}}, *LAYERS]
HUGE = [{**SPECS[0], "shape": [2**40, 2**40]}, SPECS[1]]


@pytest.mark.parametrize(
    ("text", "weights", "says"),
    [
        ("{", WEIGHTS, "holds no network"),
        ("[]", WEIGHTS, "holds no network"),
        ("{}", WEIGHTS, "modelTopology"),
        (model(layers=LAMBDA), WEIGHTS, "a layer of another kind, 'Lambda'"),
        (model(layers=LAYERS[:1]), WEIGHTS, "do not go together"),
        (model(layers=LAYERS * 40), WEIGHTS, "too many layers"),
        (model(specs=SPECS[:1]), WEIGHTS, "more weights than"),
        (model(specs=HUGE), WEIGHTS, "weights are missing"),
        (model(specs=[{**SPECS[0], "dtype": "int32"}]), WEIGHTS, "not float32"),
        (model(), WEIGHTS[:-4], "weights are missing"),
    ],
)
def test_what_is_none_gets_a_sentence(tmp_path, text, weights, says):
    with pytest.raises(ValueError, match=says):
        load_browser_network(save(tmp_path, text, weights))


def test_other_files_get_a_sentence(tmp_path):
    with pytest.raises(ValueError, match="There is no network at"):
        load_browser_network(tmp_path / "none.zip")
    (tmp_path / "text.zip").write_text("text")
    with pytest.raises(ValueError, match="holds no network"):
        load_browser_network(tmp_path / "text.zip")
