"""Figures of a trained network, and their plots."""
