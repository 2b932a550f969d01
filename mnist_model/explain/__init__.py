"""What a network does with one drawing: a file for each question asked of it."""

from mnist_model.explain.activation_maximisation import Ideals, maximise_activations, read_ideals
from mnist_model.explain.adversarial import (
    BOUNDS,
    NORMS,
    AdversarialExample,
    Search,
    adversarial_example,
    attempt,
)
from mnist_model.explain.attribution import Attribution, integrated_gradients, occlusion
from mnist_model.explain.comparison import compare_networks
from mnist_model.explain.difference import Difference, LayerDifference, difference
from mnist_model.explain.feature_maps import (
    LayerOutput,
    Unit,
    checked_layer,
    layer_outputs,
    unit,
)
from mnist_model.explain.flow import Flow, LayerFlow, flow
from mnist_model.explain.perturbation import PERTURBATIONS, Curve, perturb
from mnist_model.explain.preprocessing import PreprocessingSteps, preprocessing_steps
from mnist_model.explain.training_history import examples_of_confusion
from mnist_model.read.forward import Layer

__all__ = [
    "BOUNDS",
    "NORMS",
    "PERTURBATIONS",
    "AdversarialExample",
    "Attribution",
    "Curve",
    "Difference",
    "Flow",
    "Ideals",
    "Layer",
    "LayerDifference",
    "LayerFlow",
    "LayerOutput",
    "PreprocessingSteps",
    "Search",
    "Unit",
    "adversarial_example",
    "attempt",
    "checked_layer",
    "compare_networks",
    "difference",
    "examples_of_confusion",
    "flow",
    "integrated_gradients",
    "layer_outputs",
    "maximise_activations",
    "occlusion",
    "perturb",
    "preprocessing_steps",
    "read_ideals",
    "unit",
]
