import json
import re
import statistics
import sys
from dataclasses import replace

import pytest
from serving import ROOT

from mnist_model import load_classifier, trained_recipes
from mnist_model.read.classifier import CARD, DEFAULT, TEACHER, TRAINED
from mnist_model.train import networks
from mnist_model.train.augment import Distortion
from mnist_model.train.rebuild import same_settings
from mnist_model.train.recipes import RECIPES, TEACHERS, Recipe

sys.path.insert(0, str(ROOT / "benchmarks"))

from training import median_seed


def tells_its_parameters(function):
    assert f"{function().count_params():,} parameters" in function.__doc__.replace("\n    ", " ")


@pytest.mark.parametrize("name", RECIPES | TEACHERS)
def test_network_takes_digits_gives_ten_logits_and_its_docstring_tells_its_parameters(name):
    function = getattr(networks, (RECIPES | TEACHERS)[name].network)
    tells_its_parameters(function)
    network = function()
    assert network.input_shape == (None, 28, 28, 1)
    assert network.output_shape == (None, 10)
    assert network.layers[-1].activation.__name__ == "linear"


@pytest.mark.parametrize("name", [DEFAULT, TEACHER])
def test_own_network_and_its_teacher_were_trained_as_their_recipes_say(name):
    card = json.loads((TRAINED / name / CARD).read_text())
    assert same_settings(card, (RECIPES | TEACHERS)[name])


def test_teacher_is_not_served():
    assert TEACHER not in trained_recipes()


@pytest.mark.parametrize("name", [name for name in RECIPES if RECIPES[name].published])
def test_a_classic_network_reaches_what_is_published_and_its_median_is_shipped(name):
    if not (TRAINED / name / CARD).is_file():
        pytest.skip(f"not trained yet: benchmarks/training.py seeds --recipe {name} --ship")
    card = load_classifier(name).card
    assert same_settings(card, RECIPES[name])
    assert len(card["seeds"]) >= 5
    for what, figure in RECIPES[name].published:
        runs = {seed: run[f"mnist_{what}"] for seed, run in card["seeds"].items()}
        mean = statistics.mean(runs.values())
        assert mean <= figure if what == "test_loss" else mean >= figure, (what, runs)
    assert median_seed(name, card["seeds"]) == str(card["seed"])


def test_the_median_seed():
    results = {str(seed): {"mnist_test": x} for seed, x in enumerate((5, 1, 3, 3, 9))}
    assert median_seed("cnn-deep", results) == "3"
    assert median_seed("cnn", {"4": {"mnist_validation": 1}, "5": {"mnist_validation": 2}}) == "4"


def test_a_network_of_ones_own_is_one_function_and_one_row():
    section = (ROOT / "docs/extending.md").read_text().split("## A network")[1]
    function, row = re.findall(r"```python\n(.*?)```", section, re.DOTALL)[:2]
    assert len((function + row).splitlines()) <= 10
    names = dict(vars(networks))
    exec(function, names)
    recipes = eval("{" + row + "}", {"Recipe": Recipe})
    ((name, recipe),) = recipes.items()
    tells_its_parameters(names[recipe.network])
    network = names[recipe.network]()
    assert name in section.split("--recipe ")[1]
    assert network.output_shape == (None, 10)


@pytest.mark.parametrize(
    "wrong",
    [
        {"optimizer": "sgd"},
        {"weight_decay": 0.1},
        {"warmup": 0.1},
        {"one_hot": True, "written_non_digits": 0.1},
        {"epochs": 0},
        {"batch_size": 0},
        {"batch_size": "64"},
        {"settling": 1.1},
        {"settling": -0.1},
    ],
)
def test_settings_without_sense_are_refused(wrong):
    with pytest.raises(ValueError, match=r"optimizer|weight_decay|one_hot|whole number|settling"):
        Recipe(**{"network": "cnn", "epochs": 1, "batch_size": 1, **wrong})


def test_the_last_epochs_are_distorted_half_as_far():
    shift = Distortion(shift=2)
    recipe = Recipe("cnn", epochs=8, batch_size=1, distortion=shift, settling=0.25)
    assert recipe.distortions() == [shift] * 6 + [Distortion(shift=1)] * 2
    assert replace(recipe, settling=0).distortions() == [shift] * 8


def test_a_card_that_lacks_a_setting_is_of_a_recipe_without_it():
    recipe = Recipe("cnn", epochs=2, batch_size=1)
    settings = recipe.settings()
    del settings["settling"]
    assert same_settings({"settings": settings}, recipe)
    assert not same_settings({"settings": settings}, replace(recipe, settling=0.5))
    assert not same_settings({"settings": settings}, replace(recipe, epochs=3))
