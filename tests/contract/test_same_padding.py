"""SAME padding, sizes and numbers, against TensorFlow's rule written out in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import torch

import designer
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer, Refused
from designer.core.shape import Shape
from designer.layers import CATALOGUE
from tests.contract.exported import imported
from tests.contract.same_rule import convolved, padding, pooled, windows

KERNELS = ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (2, 3), (5, 2))
STRIDES = ((1, 1), (2, 2), (3, 3), (4, 4), (1, 2), (3, 1))
DILATIONS = ((1, 1), (2, 2), (3, 3), (3, 1), (1, 2))
SIZES = ((7, 8), (12, 5))
CHANNELS = 2

Net = torch.nn.Module


def every(kind: str, size: tuple[int, int]) -> Iterator[Layer]:
    """A layer of this kind with every kernel, stride and dilation."""
    for kernel, stride in product(KERNELS, STRIDES):
        options: dict[str, Any] = {"kernel_size": kernel, "stride": stride, "padding": "same"}
        if kind == "AvgPool2d":  # PyTorch's knows no dilation
            yield CATALOGUE[kind](**options)
            continue
        more = {"out_channels": 3} if kind == "Conv2d" else {}
        for dilation in DILATIONS:
            layer = CATALOGUE[kind](**options, **more, dilation=dilation)
            if kind == "Conv2d" or not _meets_padding_only(layer, size):
                yield layer


def _meets_padding_only(layer: Any, size: tuple[int, int]) -> bool:
    """Whether a window steps over every real cell, which the layer must then refuse."""
    blank = [[0.0] * size[1]] * size[0]
    lines = windows(blank, layer.kernel_size, layer.stride, layer.dilation)
    is_empty = any(not window for line in lines for window in line)
    try:
        layer.infer(Shape((CHANNELS, *size)))
    except Refused as refusal:
        assert refusal.code == "only-padding"
        assert is_empty
        return True
    assert not is_empty
    return False


def side_by_side(layers: list[Layer], size: tuple[int, int]) -> Design:
    """All layers behind one image, each with an Output of its own."""
    nodes = [Node("image", CATALOGUE["Input"](CHANNELS, *size))]
    edges = []
    for i, layer in enumerate(layers):
        nodes += [Node(f"tried{i}", layer), Node(f"out{i}", CATALOGUE["Output"]())]
        edges += [Edge("image", f"tried{i}"), Edge(f"tried{i}", f"out{i}")]
    return Design(graph=Graph.of(nodes, edges))


def compiled(design: Design, folder: Path) -> Net:
    """The model that the program trains."""
    return designer.build(design)


def exported(design: Design, folder: Path) -> Net:
    """The model that the exported file makes, imported as anybody would."""
    net = imported(design, folder).build_model()
    assert isinstance(net, Net)
    return net


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def right(layer: Any, x: torch.Tensor, weights: Mapping[str, torch.Tensor], name: str) -> Any:
    """What plain Python makes of the image."""
    if isinstance(layer, CATALOGUE["Conv2d"]):
        weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
        lists = (x.tolist(), weight.tolist(), bias.tolist())
        return convolved(*lists, layer.stride, layer.dilation)
    of = max if isinstance(layer, CATALOGUE["MaxPool2d"]) else mean
    dilation = getattr(layer, "dilation", (1, 1))
    if isinstance(dilation, int):
        dilation = (dilation, dilation)
    return [pooled(c.tolist(), layer.kernel_size, layer.stride, dilation, of) for c in x]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ["Conv2d", "MaxPool2d", "AvgPool2d"])
@pytest.mark.parametrize("made", [compiled, exported])
def test_sizes_and_numbers_are_those_of_the_rule(
    made: Callable[[Design, Path], Net], kind: str, size: tuple[int, int], tmp_path: Path
) -> None:
    torch.manual_seed(1)
    layers = list(every(kind, size))
    assert len(layers) >= len(KERNELS) * len(STRIDES)
    design = side_by_side(layers, size)
    facts = designer.analyze(design).facts
    net = made(design, tmp_path).double()
    weights = net.state_dict()
    x = torch.randn(1, CHANNELS, *size, dtype=torch.float64)
    for i, (layer, found) in enumerate(zip(layers, net(x), strict=True)):
        shape = facts[f"tried{i}"].output
        assert shape is not None
        ceilings = tuple(padding(n, 1, s, 1)[0] for n, s in zip(size, layer.stride, strict=True))  # type: ignore[attr-defined]
        assert tuple(found.shape[1:]) == shape
        assert shape[1:] == ceilings
        wanted = torch.tensor(right(layer, x[0], weights, f"tried{i}"), dtype=torch.float64)
        torch.testing.assert_close(
            found[0], wanted, msg=lambda text, layer=layer: f"{layer}: {text}"
        )


def test_an_overridden_divisor_divides_the_sum_of_the_real_cells() -> None:
    layer = CATALOGUE["AvgPool2d"](3, 2, "same", divisor_override=4)
    x = torch.randn(1, CHANNELS, 6, 7, dtype=torch.float64)
    found = designer.build(side_by_side([layer], (6, 7)))(x)
    wanted = [
        pooled(c.tolist(), (3, 3), (2, 2), (1, 1), lambda cells: sum(cells) / 4) for c in x[0]
    ]
    torch.testing.assert_close(found[0], torch.tensor(wanted, dtype=torch.float64))


def source(i: int, n: int, mode: str) -> int:
    """The real cell that stands at place i of a padded row of n."""
    if 0 <= i < n:
        return i
    if mode == "circular":
        return i % n
    if mode == "replicate":
        return min(max(i, 0), n - 1)
    return -i if i < 0 else 2 * (n - 1) - i  # reflect


@pytest.mark.parametrize("mode", ["reflect", "replicate", "circular"])
@pytest.mark.parametrize("made", [compiled, exported])
def test_another_padding_mode_fills_the_same_cells(
    made: Callable[[Design, Path], Net], mode: str, tmp_path: Path
) -> None:
    size = (7, 8)
    layers = [
        CATALOGUE["Conv2d"](2, kernel, stride, "same", padding_mode=mode)
        for kernel, stride in product(((2, 2), (3, 3), (4, 3)), ((1, 1), (2, 2), (3, 1)))
    ]
    net = made(side_by_side(layers, size), tmp_path).double()
    x = torch.randn(1, CHANNELS, *size, dtype=torch.float64)
    for i, (layer, found) in enumerate(zip(layers, net(x), strict=True)):
        weight, bias = net.get_submodule(f"tried{i}").weight, net.get_submodule(f"tried{i}").bias
        for place in product(*(range(n) for n in found.shape[1:])):
            total = bias[place[0]].item()
            for c, j, k in product(range(CHANNELS), *map(range, layer.kernel_size)):
                cell = []
                for axis, step in ((0, j), (1, k)):
                    n, stride = size[axis], layer.stride[axis]
                    _, front = padding(n, layer.kernel_size[axis], stride, 1)
                    cell.append(source(place[1 + axis] * stride - front + step, n, mode))
                total += weight[(place[0], c, j, k)].item() * x[(0, c, *cell)].item()
            assert found[(0, *place)].item() == pytest.approx(total), (layer, place)
