"""Small foreign nets that several tests import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

NET = """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, padding=1)
        self.fc = nn.Linear(4 * 12 * 12, 5)

    def forward(self, x):
        return self.fc(torch.flatten(torch.relu(self.conv(x)), 1))
"""
"""A module of a user's."""


def weights(name: str, *sizes: int) -> Any:
    """A tensor of ONNX's with random numbers, the same ones every time."""
    onnx = pytest.importorskip("onnx")
    made = np.random.default_rng(len(name)).normal(size=sizes).astype(np.float32)
    return onnx.numpy_helper.from_array(made, name)


def onnx_bytes(nodes: Sequence[Any], tensors: Sequence[Any]) -> bytes:
    """A model in ONNX that takes an image `x` of 3 × 8 × 8 and gives `y`."""
    helper = pytest.importorskip("onnx").helper
    graph = helper.make_graph(
        list(nodes),
        "net",
        [helper.make_tensor_value_info("x", 1, [1, 3, 8, 8])],
        [helper.make_tensor_value_info("y", 1, None)],
        list(tensors),
    )
    opset = [helper.make_opsetid("", 18)]
    return bytes(helper.make_model(graph, opset_imports=opset, ir_version=9).SerializeToString())


def write_onnx(path: Path) -> None:
    """A convolution and a ReLU."""
    helper = pytest.importorskip("onnx").helper
    nodes = [
        helper.make_node("Conv", ["x", "stem.conv.weight", "stem.conv.bias"], ["c"]),
        helper.make_node("Relu", ["c"], ["y"]),
    ]
    tensors = [weights("stem.conv.weight", 4, 3, 3, 3), weights("stem.conv.bias", 4)]
    path.write_bytes(onnx_bytes(nodes, tensors))
