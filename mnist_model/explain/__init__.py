"""What a network does with one drawing: a file for each question."""

from mnist_model.explain.activation_maximisation import read_ideals
from mnist_model.explain.adversarial import BOUNDS, NORMS, Search, attempt
from mnist_model.explain.attribution import integrated_gradients, occlusion
from mnist_model.explain.comparison import compare_networks
from mnist_model.explain.difference import difference
from mnist_model.explain.feature_maps import LayerOutput, Unit, checked_layer, layer_outputs, unit
from mnist_model.explain.flow import LayerFlow, flow
from mnist_model.explain.perturbation import PERTURBATIONS, perturb
from mnist_model.explain.preprocessing import preprocessing_steps
from mnist_model.explain.training_history import synthetic_confusion
from mnist_model.read.forward import Layer
