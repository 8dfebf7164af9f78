"""Weights that are used by themselves: a factor a channel learns on, and none is a constant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from designer.core.shape import Shape
from designer.engine.importing import onnx_files
from designer.engine.importing.nets import import_module
from designer.engine.importing.refusal import ImportRefused
from designer.layers.scale import Scale
from tests.engine.importing.models import onnx_bytes, weights

IMAGE = Shape((3, 8, 8))


class Weighed(nn.Module):
    """A convolution, and what is done to its maps with four numbers that learn."""

    def __init__(self, does: Callable[[Any, torch.Tensor], torch.Tensor]) -> None:
        super().__init__()
        torch.manual_seed(0)
        self._does = does
        self.conv = nn.Conv2d(3, 4, 3)
        self.gamma = nn.Parameter(torch.rand(4) + 0.1)
        self.register_buffer("fixed", torch.rand(4, 1, 1) + 0.1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self._does(self, self.conv(x))


@pytest.mark.parametrize(
    "does",
    [
        lambda self, x: x * self.gamma.view(1, -1, 1, 1),
        lambda self, x: self.gamma[None, :, None, None] * x,
        lambda self, x: x * self.gamma.reshape(4, 1).unsqueeze(-1),
        lambda self, x: x.mul_(self.gamma.type_as(x).view(4, 1, 1)),
    ],
)
def test_a_factor_a_channel_learns_on_in_whatever_sizes_it_is_kept(does: Any) -> None:
    found = import_module(Weighed(does), IMAGE, "net")
    assert isinstance(found.design.nodes["gamma"].layer, Scale)
    assert sum(weight.numel() for weight in found.model.parameters()) == 112 + 4


@pytest.mark.parametrize(
    ("does", "words"),
    [
        (lambda self, x: x * self.gamma.view(4, 1, 1).exp(), "computes from a learned weight"),
        (lambda self, x: x * self.gamma.view(4, 1, 1).detach(), "computes from a learned weight"),
        (lambda self, x: x * (2 * self.gamma.data).view(4, 1, 1), "computes from a learned weight"),
        (lambda self, x: x * self.gamma.sum(), "computes from a learned weight"),
        (lambda self, x: x * self.gamma[0], "computes from a learned weight"),
        (lambda self, x: x + self.gamma.view(4, 1, 1), "uses add with a learned weight"),
        (lambda self, x: x - self.gamma.view(4, 1, 1), "uses sub with a learned weight"),
        (lambda self, x: x / self.gamma.view(4, 1, 1).abs(), "with a learned weight"),
        (lambda self, x: x * self.gamma[0].item(), "takes the number out of a learned weight"),
        (lambda self, x: x * float(self.gamma[0]), "takes the number out of a learned weight"),
    ],
)
def test_no_weight_becomes_a_constant(does: Any, words: str) -> None:
    with pytest.raises(ImportRefused, match=words):
        import_module(Weighed(does), IMAGE, "net")


def test_what_only_has_the_sizes_of_a_weight_and_what_never_learns_are_constants() -> None:
    def does(self: Any, x: torch.Tensor) -> torch.Tensor:
        return x.type_as(self.gamma) * torch.full_like(self.gamma, 3.0).view(4, 1, 1) / self.fixed

    kinds = [n.layer.kind() for n in import_module(Weighed(does), IMAGE, "n").design.nodes.values()]
    assert kinds == ["Input", "Conv2d", "Normalize", "Normalize"]


def test_a_layer_of_which_a_part_is_frozen_is_refused() -> None:
    net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
    net[0].weight.requires_grad_(False)
    with pytest.raises(ImportRefused, match="0 has weights that learn and others that are frozen"):
        import_module(net, IMAGE, "net")


def in_onnx(path: Path, *steps: tuple[str, list[str], str], sizes: tuple[int, ...]) -> list[Any]:
    """The layers of a graph that uses the weight `gamma`, and sizes `s` of 3 × 1 × 1."""
    onnx = pytest.importorskip("onnx")
    nodes = [onnx.helper.make_node(kind, given, [gives]) for kind, given, gives in steps]
    shape = onnx.helper.make_tensor("s", onnx.TensorProto.INT64, [3], [3, 1, 1])
    file = path / "net.onnx"
    file.write_bytes(onnx_bytes(nodes, [weights("gamma", *sizes), shape]))
    found = onnx_files.import_file(file, (), lambda what: None)
    return [node.layer.kind() for node in found.design.nodes.values()][1:]


def test_in_a_file_a_weight_with_a_factor_a_channel_learns_whatever_its_name(
    tmp_path: Path,
) -> None:
    assert in_onnx(tmp_path, ("Mul", ["x", "gamma"], "y"), sizes=(3, 1, 1)) == ["Scale"]
    steps = (("Reshape", ["gamma", "s"], "g"), ("Mul", ["g", "x"], "y"))
    assert in_onnx(tmp_path, *steps, sizes=(3,)) == ["Scale"]


def test_in_a_file_what_is_made_of_single_numbers_is_a_constant(tmp_path: Path) -> None:
    steps = (("Abs", ["gamma"], "a"), ("Expand", ["a", "s"], "g"), ("Mul", ["x", "g"], "y"))
    assert in_onnx(tmp_path, *steps, sizes=(1,)) == ["Normalize"]


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((("Abs", ["gamma"], "g"), ("Mul", ["x", "g"], "y")), "multiplies 3 × 8 × 8 by weights"),
        ((("Add", ["x", "gamma"], "y"),), "adds weights"),
    ],
)
def test_in_a_file_no_weight_becomes_a_constant_either(
    tmp_path: Path, steps: Any, words: str
) -> None:
    with pytest.raises(ImportRefused, match=words):
        in_onnx(tmp_path, *steps, sizes=(3, 1, 1))
