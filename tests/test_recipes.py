import pytest

from mnist_model import networks
from mnist_model.recipes import DEFAULT, RECIPES


def test_the_apps_recipe_is_in_the_table():
    assert DEFAULT in RECIPES


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipes_network_takes_digits_and_gives_ten_logits(name):
    network = getattr(networks, RECIPES[name].network)()
    assert network.input_shape == (None, 28, 28, 1)
    assert network.output_shape == (None, 10)
    assert network.layers[-1].activation.__name__ == "linear"
