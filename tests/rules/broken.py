"""For every code one small design that is broken in just that way; tests and manual read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from designer.core.data import DataDescription
from designer.core.design import Design
from designer.core.graph import Edge, Graph
from designer.core.layer import Layer
from tests.rules.nets import FEW, LETTERS, chain, make, net, with_node

IMAGE = ("image", make("Input"))
FLATTEN = ("flatten", make("Flatten"))
SCORES = ("fc", make("Linear"))
HEAD = (FLATTEN, SCORES)
CONV = ("conv", make("Conv2d", padding=1))
RELU = ("relu", make("ReLU"))


def body(*entries: tuple[str, Layer], **training: Any) -> Design:
    """These layers between an Input and a Flatten with a Linear."""
    return chain(IMAGE, *entries, *HEAD, **training)


def joined(kind: str, *branches: tuple[str, Layer]) -> Design:
    """One-layer branches from the image, merged."""
    wires = [("image", name) for name, _ in branches]
    wires += [(name, "merge") for name, _ in branches]
    wires += [("merge", "relu"), ("relu", "flatten"), ("flatten", "fc")]
    return net([IMAGE, *branches, ("merge", make(kind)), RELU, *HEAD], wires)


@dataclass(frozen=True)
class Broken:
    """A design with one fault: its code, the node that says so, and the data set it meets."""

    code: str
    node: str | None
    design: Design
    data: DataDescription | None = LETTERS
    fixes: int = 1
    """At least so many fixes are offered."""


def _conv(**parameters: object) -> tuple[str, Layer]:
    return ("conv", make("Conv2d", **parameters))


def _split() -> Design:
    entries = [
        IMAGE,
        CONV,
        RELU,
        ("split", make("Split", sizes=(8, 4))),
        ("add", make("Add")),
        *HEAD,
    ]
    wires = [
        ("image", "conv"),
        ("conv", "relu"),
        ("relu", "split"),
        ("add", "flatten"),
        ("flatten", "fc"),
    ]
    design = net(entries, wires)
    both = [Edge("split", "add", 0, 0), Edge("split", "add", 1, 1)]
    return design.with_nodes(design.nodes.values(), [*design.edges, *both])


BROKEN = (
    # --- wires and values -----------------------------------------------------------------------
    Broken("out-of-range", "conv", body(_conv(stride=0), RELU)),
    Broken(
        "missing-input", "relu", net([IMAGE, RELU, *HEAD], [("relu", "flatten"), ("flatten", "fc")])
    ),
    Broken(
        "port-fed-twice",
        "fc",
        net(
            [IMAGE, FLATTEN, ("drop", make("Dropout")), SCORES],
            [("image", "flatten"), ("flatten", "drop"), ("drop", "fc", 0), ("flatten", "fc", 0)],
        ),
    ),
    Broken(
        "no-such-port",
        "relu",
        net([IMAGE, RELU, *HEAD], [("image", "relu", 4), ("relu", "flatten"), ("flatten", "fc")]),
    ),
    Broken(
        "no-such-output",
        "relu",
        replace(
            body(RELU),
            graph=Graph.of(
                body(RELU).nodes.values(),
                [Edge("image", "relu", 0, 2), *body(RELU).edges[1:]],
            ),
        ),
    ),
    Broken(
        "cycle",
        "add",
        net(
            [
                IMAGE,
                ("add", make("Add")),
                ("conv", make("Conv2d", out_channels=1, padding=1)),
                RELU,
                *HEAD,
            ],
            [
                ("image", "add"),
                ("add", "conv"),
                ("conv", "relu"),
                ("relu", "add"),
                ("relu", "flatten"),
                ("flatten", "fc"),
            ],
        ),
    ),
    Broken("illegal-id", "my conv", chain(IMAGE, ("my conv", make("Conv2d")), RELU, *HEAD)),
    # --- shapes ---------------------------------------------------------------------------------
    Broken("needs-vector", "fc", chain(IMAGE, CONV, RELU, SCORES), fixes=2),
    Broken("needs-image", "conv", chain(IMAGE, FLATTEN, CONV, RELU, SCORES)),
    Broken("needs-colour", "grey", body(("grey", make("Greyscale")))),
    Broken("window-too-large", "conv", body(_conv(kernel_size=40), RELU), fixes=2),
    Broken("padding-too-large", "pool", body(("pool", make("MaxPool2d", padding=2))), fixes=2),
    Broken(
        "only-padding",
        "pool",
        body(("pool", make("MaxPool2d", kernel_size=2, stride=1, dilation=29, padding=1))),
    ),
    Broken(
        "groups-do-not-divide",
        "conv",
        chain(("image", make("Input", channels=4)), _conv(groups=3, out_channels=16), RELU, *HEAD),
        None,
    ),
    Broken(
        "channels-differ",
        "merge",
        joined(
            "Add",
            ("a", make("Conv2d", padding=1)),
            ("b", make("Conv2d", out_channels=32, padding=1)),
        ),
    ),
    Broken(
        "sizes-differ",
        "merge",
        joined("Concat", ("a", make("Conv2d", padding=1)), ("b", make("MaxPool2d"))),
        fixes=3,
    ),
    Broken("no-such-dim", "flatten", chain(IMAGE, ("flatten", make("Flatten", end_dim=7)), SCORES)),
    # --- shapes that a single kind of layer asks for --------------------------------------------
    Broken("no-size", "up", body(("up", make("Upsample", scale_factor=None)))),
    Broken(
        "align-corners-without-effect", "up", body(("up", make("Upsample", align_corners=True)))
    ),
    Broken("batch-moved", "order", body(("order", make("Permute", dims=(1, 0, 2, 3))))),
    Broken("no-such-order", "order", body(("order", make("Permute", dims=(0, 1, 1, 3))))),
    Broken("sizes-do-not-add-up", "split", _split()),
    Broken(
        "too-many-outputs",
        "split",
        body(CONV, RELU, ("split", make("Split", sizes=(1,) * 65))),
    ),
    Broken(
        "no-such-channels", "slice", body(CONV, RELU, ("slice", make("Slice", start=4, end=40)))
    ),
    Broken("cut-to-nothing", "pad", body(("pad", make("ZeroPad2d", padding=-14)))),
    Broken(
        "one-value",
        "norm",
        body(CONV, RELU, ("pool", make("AdaptiveAvgPool2d")), ("norm", make("InstanceNorm2d"))),
    ),
    Broken(
        "output-padding-too-large",
        "up",
        body(("up", make("ConvTranspose2d", output_padding=3)), RELU),
    ),
    Broken("nothing-left", "up", body(("up", make("ConvTranspose2d", padding=40)), RELU)),
    # --- where the net begins and ends ----------------------------------------------------------
    Broken("nothing-after-input", "image", net([IMAGE], []), fixes=0),
    Broken(
        "unused-branch",
        "pool",
        net(
            [
                IMAGE,
                RELU,
                ("side", make("Conv2d")),
                ("pool", make("MaxPool2d")),
                *HEAD,
                ("out", make("Output")),
            ],
            [
                ("image", "relu"),
                ("relu", "side"),
                ("side", "pool"),
                ("relu", "flatten"),
                ("flatten", "fc"),
                ("fc", "out"),
            ],
        ),
        fixes=2,
    ),
    Broken(
        "several-outputs",
        "other",
        net(
            [IMAGE, *HEAD, ("other", make("Linear"))],
            [("image", "flatten"), ("flatten", "fc"), ("flatten", "other")],
        ),
    ),
    Broken("merge-of-one", "merge", body(("merge", make("Concat")))),
    Broken(
        "same-input-twice",
        "merge",
        net(
            [IMAGE, ("merge", make("Add")), *HEAD],
            [("image", "merge"), ("image", "merge"), ("merge", "flatten"), ("flatten", "fc")],
        ),
    ),
    # --- names and weights ----------------------------------------------------------------------
    Broken(
        "ids-differ-in-case",
        "Relu",
        body(
            CONV,
            RELU,
            ("pool", make("MaxPool2d")),
            ("conv2", make("Conv2d")),
            ("Relu", make("ReLU")),
        ),
    ),
    Broken(
        "weights-do-not-fit",
        "conv2",
        with_node(
            body(CONV, RELU, ("conv2", make("Conv2d", padding=1))), "conv2", weights_of="conv"
        ),
    ),
    Broken(
        "nothing-to-train",
        "fc",
        with_node(with_node(body(CONV, RELU), "conv", frozen=True), "fc", frozen=True),
        fixes=2,
    ),
    # --- the data set ---------------------------------------------------------------------------
    Broken("image-differs", "image", chain(("image", make("Input", channels=3, height=32)), *HEAD)),
    Broken("classes-differ", "fc", chain(IMAGE, FLATTEN, ("fc", make("Linear", out_features=7)))),
    Broken("not-class-scores", "relu", chain(IMAGE, CONV, RELU)),
    Broken(
        "several-images",
        "second",
        net(
            [IMAGE, ("second", make("Input")), ("concat", make("Concat")), *HEAD],
            [("image", "concat"), ("second", "concat"), ("concat", "flatten"), ("flatten", "fc")],
        ),
        fixes=0,
    ),
    Broken(
        "first-output-only",
        "maps",
        net(
            [IMAGE, CONV, RELU, *HEAD, ("scores", make("Output")), ("maps", make("Output"))],
            [
                ("image", "conv"),
                ("conv", "relu"),
                ("relu", "flatten"),
                ("flatten", "fc"),
                ("fc", "scores"),
                ("relu", "maps"),
            ],
        ),
        fixes=0,
    ),
    Broken("more-parameters-than-pixels", None, body(CONV, RELU, batch_size=16), FEW, fixes=0),
    Broken(
        "huge-linear",
        "fc1",
        chain(
            IMAGE,
            _conv(out_channels=256, padding=1),
            RELU,
            FLATTEN,
            ("fc1", make("Linear", out_features=1024)),
            ("relu2", make("ReLU")),
            ("fc2", make("Linear")),
        ),
        None,
    ),
    # --- training -------------------------------------------------------------------------------
    Broken("no-such-device", None, body(device="tpu")),
    Broken("learning-rate-unusual", None, body(learning_rate=3.0)),
    Broken(
        "batch-larger-than-set",
        None,
        chain(IMAGE, ("pool", make("AvgPool2d", kernel_size=14)), *HEAD, batch_size=64),
        FEW,
    ),
    Broken(
        "norm-needs-a-batch",
        "norm",
        body(
            _conv(bias=False),
            ("pool", make("AdaptiveAvgPool2d")),
            ("norm", make("BatchNorm2d")),
            batch_size=1,
        ),
    ),
    Broken("softmax-before-loss", "softmax", chain(IMAGE, *HEAD, ("softmax", make("Softmax")))),
    Broken("activation-on-scores", "relu", chain(IMAGE, *HEAD, RELU)),
    Broken("dropout-on-scores", "drop", chain(IMAGE, *HEAD, ("drop", make("Dropout")))),
    # --- habits ---------------------------------------------------------------------------------
    Broken("activation-twice", "relu2", body(CONV, RELU, ("relu2", make("ReLU")))),
    Broken("no-nonlinearity", "conv2", body(CONV, ("conv2", make("Conv2d")), RELU)),
    Broken("bias-before-norm", "conv", body(CONV, ("norm", make("BatchNorm2d")), RELU)),
    Broken(
        "norm-twice",
        "norm2",
        body(
            _conv(bias=False), ("norm", make("BatchNorm2d")), ("norm2", make("BatchNorm2d")), RELU
        ),
    ),
    Broken(
        "dropout-before-norm",
        "drop",
        body(CONV, RELU, ("drop", make("Dropout2d", p=0.2)), ("norm", make("BatchNorm2d"))),
        fixes=2,
    ),
    Broken("does-nothing", "again", chain(IMAGE, FLATTEN, ("again", make("Flatten")), SCORES)),
    Broken(
        "no-effect-with-same",
        "pool",
        body(("pool", make("MaxPool2d", padding="same", ceil_mode=True))),
    ),
    Broken(
        "pool-on-one-cell",
        "pool2",
        body(
            CONV,
            RELU,
            ("pool", make("AdaptiveAvgPool2d")),
            ("pool2", make("MaxPool2d", padding="same")),
        ),
    ),
    Broken("dropout-drops-all", "drop", body(CONV, RELU, ("drop", make("Dropout", p=1.0)))),
    Broken("stride-skips-cells", "conv", body(_conv(stride=5), RELU)),
    Broken(
        "dead-weights",
        "conv",
        chain(
            ("image", make("Input", height=2, width=2)),
            _conv(kernel_size=7, padding="same"),
            RELU,
            *HEAD,
        ),
        None,
    ),
    Broken(
        "field-larger-than-image",
        "conv3",
        chain(
            ("image", make("Input", height=8, width=8)),
            ("conv1", make("Conv2d", kernel_size=7, padding=3)),
            RELU,
            ("pool1", make("MaxPool2d")),
            ("conv2", make("Conv2d", kernel_size=5, padding=2)),
            ("relu2", make("ReLU")),
            ("pool2", make("MaxPool2d", kernel_size=4)),
            ("conv3", make("Conv2d", kernel_size=3, padding=1)),
            ("relu3", make("ReLU")),
            *HEAD,
        ),
        None,
        fixes=0,
    ),
)
"""Sorted by what they are about, as the manual is."""
