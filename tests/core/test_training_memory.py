"""The forecast of training's memory, beside every tensor that lives in a step of the script."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest

import designer
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.training_memory import TrainingMemory, training_memory
from designer.layers import CATALOGUE
from designer.storage.templates import TEMPLATES as ALL
from tests.codegen.nets import RandomNet
from tests.core.live_tensors import peak_of_a_step

CLOSE = 0.01
"""How far the forecast may be off where nothing but single numbers is left out."""

TEMPLATES = {
    "assignment-4": 64,
    "assignment-4-pool": 64,
    "lenet-5": 64,
    "inception-small": 16,
    "network-in-network": 4,
    "all-cnn-c": 4,
    "squeezenet-1.1": 2,
    "googlenet": 2,
    "resnet-18": 2,
    "mobilenet-v2": 2,
    "shufflenet-v2": 2,
    "efficientnet-b0": 2,
    "densenet-121": 2,
}
LARGE = {"alexnet": 2, "vgg-16": 1, "resnet-50": 2, "inception-v3": 2}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template(name: str, tmp_path: Path) -> None:
    check_template(name, TEMPLATES[name], tmp_path)


@pytest.mark.nightly
@pytest.mark.parametrize("name", LARGE)
def test_a_large_template(name: str, tmp_path: Path) -> None:
    check_template(name, LARGE[name], tmp_path)


def check_template(name: str, batch: int, folder: Path) -> None:
    design = template(name)
    check(with_training(design, batch_size=batch), folder)


def template(name: str) -> Design:
    (found,) = (template for template in ALL if template.name == name)
    return found.design()


def check(design: Design, folder: Path, close: float = CLOSE) -> None:
    measured = peak_of_a_step(design, folder)
    assert forecast(design).peak(design.training.batch_size) == pytest.approx(measured, rel=close)


def forecast(design: Design) -> TrainingMemory:
    memory = training_memory(designer.analyze(design), design.training)
    assert memory is not None
    return memory


def with_training(design: Design, **settings: Any) -> Design:
    return replace(design, training=replace(design.training, **settings))


def node(node_id: str, kind: str, **parameters: object) -> Node:
    return Node(node_id, CATALOGUE[kind](**parameters))


def chain(*nodes: Node, batch: int = 8) -> Design:
    edges = [Edge(a.id, b.id) for a, b in pairwise(nodes)]
    return with_training(Design(graph=Graph.of(nodes, edges)), batch_size=batch)


def a_net() -> list[Node]:
    return [
        node("image", "Input", channels=3, height=32, width=32),
        node("conv1", "Conv2d", out_channels=24, padding=1),
        node("norm", "BatchNorm2d"),
        node("relu", "ReLU"),
        node("pool", "MaxPool2d", kernel_size=3, stride=2, padding="same"),
        node("conv2", "Conv2d", out_channels=24, kernel_size=5, padding="same"),
        node("drop", "Dropout"),
        node("flat", "Flatten"),
        node("fc1", "Linear", out_features=300),
        node("act", "GELU"),
        node("fc2", "Linear"),
    ]


@pytest.mark.parametrize(
    "settings",
    [
        {"optimizer": "SGD"},
        {"optimizer": "SGD", "momentum": 0.0, "batch_size": 1},
        {"optimizer": "Adam", "batch_size": 1},
        {"optimizer": "AdamW", "weight_decay": 0.1, "batch_size": 256},
        {"optimizer": "RMSprop", "batch_size": 1},
        {"optimizer": "RMSprop", "momentum": 0.0, "weight_decay": 0.1, "batch_size": 1},
        {"memory_format": "channels_last", "batch_size": 32},
    ],
    ids=lambda settings: ",".join(f"{k}={v}" for k, v in settings.items()),
)
def test_settings(settings: dict[str, Any], tmp_path: Path) -> None:
    check(with_training(chain(*a_net()), **settings), tmp_path, 0.02)


def test_half_precision(tmp_path: Path) -> None:
    check(with_training(chain(*a_net()), precision="bfloat16", batch_size=64), tmp_path, 0.15)


@pytest.mark.parametrize("frozen", [{"conv1"}, {"conv1", "norm"}, {"fc1"}, {"conv2", "norm"}])
def test_frozen_layers(frozen: set[str], tmp_path: Path) -> None:
    nodes = [replace(n, frozen=n.id in frozen) for n in a_net()]
    check(chain(*nodes), tmp_path, 0.02)
    free = forecast(chain(*a_net()))
    some = forecast(chain(*nodes))
    assert some.weights == free.weights
    assert some.gradients < free.gradients


def test_shared_weights_are_there_once(tmp_path: Path) -> None:
    again = [replace(node(f"conv2_{i}", "Conv2d", out_channels=24, kernel_size=5, padding="same"),
                     weights_of="conv2") for i in range(3)]  # fmt: skip
    nodes = a_net()
    nodes[6:6] = again
    check(chain(*nodes), tmp_path, 0.02)
    assert forecast(chain(*nodes)).weights == forecast(chain(*a_net())).weights


def test_random_nets(tmp_path: Path) -> None:
    ratios = []
    for seed in range(30):
        design = with_head(RandomNet(seed).grow(6 + seed % 12))
        if design is not None:
            design = with_training(design, batch_size=200)
            ratios.append(forecast(design).peak(200) / peak_of_a_step(design, tmp_path))
    assert len(ratios) > 15
    assert median(ratios) == pytest.approx(1, abs=0.001)
    assert min(ratios) > 0.99, "nothing is forgotten"
    assert max(ratios) < 1.2, "products of raw images are taken to keep more than they do"


def with_head(design: Design) -> Design | None:
    """A design of one image, its ends joined under a classifier in the place of its marks."""
    if len(design.graph.with_role("image")) > 1:
        return None
    marks = {mark.id for mark in design.graph.with_role("output")}
    nodes = [n for n in design.nodes.values() if n.id not in marks]
    edges = [edge for edge in design.edges if edge.target not in marks]
    ends = Graph.of(nodes, edges).loose
    nodes += [node("joined", "Concat"), node("last", "Linear")]
    for port, end in enumerate(ends):
        nodes.append(node(f"pooled{port}", "Flatten"))
        edges += [Edge(end.id, f"pooled{port}"), Edge(f"pooled{port}", "joined", port)]
    made = Design(graph=Graph.of(nodes, [*edges, Edge("joined", "last")]))
    return made if designer.analyze(made).is_valid else None


def test_the_largest_batch_is_the_last_that_fits() -> None:
    for name in ("lenet-5", "googlenet", "vgg-16"):
        memory = forecast(template(name))
        for gigabytes in (3, 8, 80):
            batch = memory.largest_batch(gigabytes * 10**9)
            assert batch > 0
            assert memory.peak(batch) <= gigabytes * 10**9 < memory.peak(batch + 1)
        assert memory.largest_batch(memory.weights) == 0


def test_what_cannot_be_known_has_no_forecast() -> None:
    for design in (Design(), chain(node("image", "Input"), node("fc", "Linear"))):
        assert training_memory(designer.analyze(design), design.training) is None
