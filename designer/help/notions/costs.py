"""The page about parameters, MACs and memory."""

from __future__ import annotations

from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.help.arithmetic import dense, facts_of
from designer.help.notions.notion import notion
from designer.help.page import Block, Formula, Heading, Page, Points, Table, Words
from designer.layers.conv2d import Conv1x1, Conv2d
from designer.layers.linear import Linear
from designer.layers.normalisation import BatchNorm2d
from designer.layers.pooling import MaxPool2d


def costs() -> Page:
    """Parameters, MACs, memory."""
    x = Shape((16, 14, 14))
    layers: tuple[tuple[Layer, Shape], ...] = (
        (Conv2d(out_channels=32, kernel_size=3, padding="same"), x),
        (Conv1x1(out_channels=32), x),
        (BatchNorm2d(), x),
        (MaxPool2d(), x),
        (Linear(out_features=10), Shape((x.numel,))),
    )
    rows = []
    for layer, given in layers:
        facts = facts_of(layer, (given,))
        cells = (f"`{layer.kind()}`", f"{given}", f"{facts.output}")
        rows.append((*cells, f"{facts.parameters or 0:,}", f"{facts.macs or 0:,}"))
    facts = facts_of(layers[0][0], (x,))
    return notion(
        "costs",
        "What a net costs",
        "Parameters to learn and to store, multiply–accumulates (MACs) to compute, maps to keep "
        "in memory.",
        Table(("layer", "in", "out", "parameters", "MACs"), tuple(rows)),
        Heading("Parameters"),
        Words(
            "Every learned number counts once, biases too; running means of a `BatchNorm2d` are "
            "not learned and do not count. Nodes that share their weights count them once. In "
            "float32 a parameter takes 4 bytes."
        ),
        Formula(
            (
                "convolution: kernel height · kernel width · in / groups · out + out",
                "dense:       in · out + out",
                "batch norm:  2 · channels",
            )
        ),
        Heading("Why sharing weights matters"),
        Words(
            f"The convolution above has {facts.parameters:,} weights and biases. A dense layer "
            f"between the same shapes, {x} and {facts.output}, would have {dense(facts):,}: "
            f"{dense(facts) / (facts.parameters or 1):,.0f} times as many. A filter is learned "
            "once and used at every place."
        ),
        Heading("MACs"),
        Words(
            "A multiply–accumulate is one multiplication and one addition, for one image; papers "
            "that count FLOPs count two for it. Counted are convolutions and dense layers, without "
            "their biases: all else is small beside them. A training step costs about three times "
            "the forward pass."
        ),
        *_what_training_keeps(),
    )


def _what_training_keeps() -> tuple[Block, ...]:
    return (
        Heading("Memory"),
        Words(
            "Until the gradient has come back through it, a layer keeps what it needs for that, "
            "4 bytes a value in float32, times the batch. Early layers with their large maps take "
            "most of it; the weights, their gradients and what the optimiser remembers come on "
            "top: one more copy with momentum, two more with Adam."
        ),
        Points(
            (
                "A convolution, a `Linear` and a normalisation keep their input, a `ReLU` its "
                "output: one tensor where they follow each other, and it counts once.",
                "A `MaxPool2d` keeps 8 bytes more for every cell of its output, a `Dropout` a "
                "mask, SAME padding at a stride the padded copy.",
                "An `Add`, a `Concat` and a `Flatten` keep nothing.",
                "What is frozen has no gradient, and frozen layers before the first that learns "
                "keep nothing.",
            )
        ),
        Words(
            "The status bar says what a step needs at its peak, the project's page how large a "
            "batch would fit. What PyTorch itself and the data set take comes on top."
        ),
    )
