"""Small nets and small data, so that a test trains in a second."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from designer.core.data import DataSettings
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer
from designer.core.training import TrainingSettings
from designer.layers import CATALOGUE
from designer.resources import resource

QUICK = TrainingSettings(
    epochs=2, batch_size=32, device="cpu", threads=1, memory_format="contiguous"
)


def chain(*layers: Layer, name: str = "Small", **settings: object) -> Design:
    """A net of layers in a row, with training settings that open no race."""
    ids = [f"{layer.stem()}{number}" for number, layer in enumerate(layers)]
    nodes = [Node(node_id, layer) for node_id, layer in zip(ids, layers, strict=True)]
    edges = [Edge(a, b) for a, b in pairwise(ids)]
    training = replace(QUICK, **settings)  # type: ignore[arg-type]
    return Design(name, Graph.of(nodes, edges), training=training)


def layer(kind: str, **params: object) -> Layer:
    return CATALOGUE[kind](**params)


def small_net(size: int = 28, classes: int = 10, **settings: object) -> Design:
    """A convolution, dropout (so that random states matter) and a head."""
    return chain(
        layer("Input", height=size, width=size),
        layer("Conv2d", out_channels=4, kernel_size=5, stride=2, padding="same"),
        layer("BatchNorm2d"),
        layer("ReLU"),
        layer("Flatten"),
        layer("Dropout", p=0.25),
        layer("Linear", out_features=classes),
        **settings,
    )


def lenet(**settings: object) -> Design:
    return chain(
        layer("Input"),
        layer("Conv2d", out_channels=6, kernel_size=5, padding=2),
        layer("ReLU"),
        layer("MaxPool2d"),
        layer("Conv2d", out_channels=16, kernel_size=5),
        layer("ReLU"),
        layer("MaxPool2d"),
        layer("Flatten"),
        layer("Linear", out_features=120),
        layer("ReLU"),
        layer("Linear", out_features=84),
        layer("ReLU"),
        layer("Linear", out_features=10),
        name="LeNet-5",
        **settings,
    )


def reading(design: Design, source: Path | str) -> Design:
    return replace(design, data=DataSettings(source=str(source)))


def some_letters(path: Path, train: int = 640, others: int = 100) -> Path:
    """The first letters of each split as a file of their own."""
    with resource("data", "letters.npz").open("rb") as file:
        arrays = dict(np.load(file))
    for name, array in arrays.items():
        if name != "classes":
            chance = np.random.RandomState(0).permutation(len(array))
            arrays[name] = array[chance[: others if "_" in name else train]]
    np.savez(path, **arrays)
    return path
