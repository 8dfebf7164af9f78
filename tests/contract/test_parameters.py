"""Every layer that PyTorch has carries PyTorch's parameters, by their names and defaults."""

from __future__ import annotations

import inspect

import pytest
from torch import nn

from designer.layers import CATALOGUE

THEIRS = sorted(kind for kind in CATALOGUE if hasattr(nn, kind))

LEFT_OUT = {
    "in_channels": "inferred from what comes in",
    "in_features": "inferred from what comes in",
    "num_features": "inferred from what comes in",
    "num_channels": "inferred from what comes in",
    "normalized_shape": "inferred from what comes in; num_dims says how many of its sizes",
    "inplace": "changes no number",
    "return_indices": "a second result that no layer reads",
    "device": "a setting of the run",
    "dtype": "a setting of the run",
}
"""What of PyTorch's is no parameter here, and why."""

LEFT_OUT_OF_NORMALISATION = {"bias": "newer than the oldest PyTorch that the text must run on"}

OURS = {"LayerNorm": {"num_dims"}}
"""What is a parameter here and not in PyTorch."""

WITHOUT_DEFAULT = {
    "out_channels": 16,
    "out_features": 10,
    "num_groups": 1,
    "upscale_factor": 2,
    "output_size": 1,
    "groups": 2,
    "dim": 1,
    ("LocalResponseNorm", "size"): 5,
    ("Upsample", "scale_factor"): 2.0,
    ("ZeroPad2d", "padding"): 1,
    ("Conv2d", "kernel_size"): 3,
    ("ConvTranspose2d", "kernel_size"): 3,
    ("MaxPool2d", "kernel_size"): 2,
    ("AvgPool2d", "kernel_size"): 2,
}
"""Our defaults where PyTorch has none, or None that stands for nothing."""


@pytest.mark.parametrize("kind", THEIRS)
def test_it_has_pytorchs_parameters_and_defaults(kind: str) -> None:
    left_out = dict(LEFT_OUT)
    if CATALOGUE[kind].family == "Normalisation":
        left_out |= LEFT_OUT_OF_NORMALISATION
    theirs = {
        name: parameter.default
        for name, parameter in inspect.signature(getattr(nn, kind)).parameters.items()
        if parameter.kind is not parameter.VAR_POSITIONAL
        and parameter.kind is not parameter.VAR_KEYWORD
    }
    ours = {p.name: p.default for p in CATALOGUE[kind].parameters()}
    for name, default in theirs.items():
        if name in left_out:
            assert name not in ours, f"{name}: {left_out[name]}"
            continue
        assert name in ours, f"{kind} lacks {name}"
        if default in (inspect.Parameter.empty, None):
            default = WITHOUT_DEFAULT.get((kind, name), WITHOUT_DEFAULT.get(name))
        assert (type(ours[name]), ours[name]) == (type(default), default), f"{kind}.{name}"
    assert ours.keys() - theirs.keys() == OURS.get(kind, set())


OWN = {
    "Input": {"channels": 1, "height": 28, "width": 28},
    "Greyscale": {"method": "average"},
    "Normalize": {"mean": 0.5, "std": 0.5},
    "Conv1x1": {"out_channels": 16, "stride": 1, "groups": 1, "bias": True},
    "Concat": {},
    "Add": {},
    "Multiply": {},
    "Split": {"sizes": (8, 8)},
    "Slice": {"start": 0, "end": None},
    "GlobalAvgPool2d": {"keepdim": False},
    "Permute": {"dims": (0, 2, 3, 1)},
    "Scale": {"init": 1.0},
    "StochasticDepth": {"p": 0.2, "mode": "row"},
    "Inception": {
        "out_1x1": 64, "reduce_3x3": 96, "out_3x3": 128, "reduce_5x5": 16, "out_5x5": 32,
        "pool_proj": 32, "activation": "ReLU", "batch_norm": False,
    },
    "Output": {},
}  # fmt: skip


def test_layers_of_our_own_have_their_documented_parameters() -> None:
    for kind, wanted in OWN.items():
        assert {p.name: p.default for p in CATALOGUE[kind].parameters()} == wanted, kind


@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_the_defaults_are_within_their_limits(kind: str) -> None:
    """What `limit_faults` takes for granted."""
    assert [p.fault(p.default) for p in CATALOGUE[kind].parameters() if p.fault(p.default)] == []
