"""Small foreign nets that several tests import."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper

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


def weights(name: str, *sizes: int) -> TensorProto:
    """A tensor of random numbers, the same ones every time."""
    made = np.random.default_rng(len(name)).normal(size=sizes).astype(np.float32)
    return numpy_helper.from_array(made, name)


def onnx_bytes(
    nodes: list[object],
    tensors: list[TensorProto],
    image: tuple[object, ...] = (1, 3, 8, 8),
    output: str = "y",
    version: int = 18,
) -> bytes:
    """A model in ONNX whose input is `x`."""
    graph = helper.make_graph(
        nodes,
        "net",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, list(image))],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
        tensors,
    )
    opset = [helper.make_opsetid("", version)]
    return bytes(helper.make_model(graph, opset_imports=opset, ir_version=9).SerializeToString())


def write_onnx(path: Path) -> None:
    """A convolution and a ReLU."""
    nodes = [
        helper.make_node("Conv", ["x", "stem.conv.weight", "stem.conv.bias"], ["c"]),
        helper.make_node("Relu", ["c"], ["y"]),
    ]
    tensors = [weights("stem.conv.weight", 4, 3, 3, 3), weights("stem.conv.bias", 4)]
    path.write_bytes(onnx_bytes(nodes, tensors))
