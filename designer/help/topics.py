"""Pages about notions: shapes, padding, receptive fields, costs, training; their numbers worked."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise

from designer.codegen import snippet
from designer.core.analysis import analyze
from designer.core.data import DataSettings
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer
from designer.core.parameter import Padding, parameters_of
from designer.core.shape import Shape
from designer.core.training import TrainingSettings
from designer.help.addresses import CONTENTS, TOPIC
from designer.help.arithmetic import dense, facts_of
from designer.help.layers import parameter_table, worked
from designer.help.page import Block, Code, Formula, Heading, Page, Points, Table, Words
from designer.layers import families
from designer.layers.conv2d import Conv1x1, Conv2d
from designer.layers.image import Input
from designer.layers.linear import Linear
from designer.layers.normalisation import BatchNorm2d
from designer.layers.pooling import MaxPool2d

NOTION = "Notion"


def _page(name: str, title: str, lead: str, *blocks: Block) -> Page:
    return Page(f"{TOPIC}{name}", title, NOTION, lead, blocks)


def contents() -> Page:
    """The page that leads to all others."""
    layers = [
        Words(f"{family}: " + ", ".join(f"`{kind.kind()}`" for kind in kinds))
        for family, kinds in families().items()
    ]
    notions = tuple(
        f"[{page.title}]({page.address}): {page.lead}" for page in topics() if page.kind == NOTION
    )
    return Page(
        CONTENTS,
        "Help",
        "Convnet Designer",
        "F1 explains what is selected or has the focus: a node, a layer of the palette, a "
        "problem, a setting. So does every question mark.",
        (
            Heading("A net in five steps"),
            Points(
                (
                    "Drag an `Input` onto the canvas, or press Space there and type.",
                    "Add layers behind it: what is added goes behind the selected node. Drag from "
                    "port to port to connect.",
                    "Read the [shape](topic/shape) on every node; the inspector says why it is so.",
                    "Mend what is red: each problem says what it needs, and Enter takes the fix.",
                    "Press Train, or Ctrl+Return, and watch the [curves](topic/training).",
                )
            ),
            Heading("Notions"),
            Points(
                (
                    *notions,
                    "[Problems](topic/problems): all that can be wrong with a net.",
                    "[Keys](topic/keys): everything that the keyboard does.",
                )
            ),
            Heading("Layers"),
            *layers,
        ),
    )


def shape() -> Page:
    """What the numbers on a node mean."""
    conv = Conv2d(out_channels=16, kernel_size=5, stride=2, padding="same")
    x = Shape((3, 28, 28))
    return _page(
        "shape",
        "Shapes",
        "The sizes of one sample, channels first: 16 × 14 × 14 is 16 maps of 14 rows and 14 "
        "columns.",
        Words(
            "A vector has one number, `10` say. The batch is not part of a shape: no layer here "
            "touches it, so a design holds for batches of any size. PyTorch's tensors have it in "
            "front, as N × 16 × 14 × 14; papers and TensorFlow often put the channels last, as "
            "14 × 14 × 16."
        ),
        Heading("Where it comes from"),
        Words(
            "Shapes follow from the image and the layers' parameters alone, so they are known "
            "while you draw, without running anything. A `?` means that something before it is "
            "at fault; mend that, and the shape is there."
        ),
        worked("A convolution over a colour image", facts_of(conv, (x,))),
        Heading("The same in PyTorch"),
        Code(snippet(conv, (x,))),
        Heading("What needs which"),
        Points(
            (
                "Convolutions, pooling and `BatchNorm2d` need maps: channels × height × width.",
                "A `Linear` needs a vector: put a `Flatten` or a `GlobalAvgPool2d` in front.",
                "`Add` needs equal shapes; `Concat` equal heights and widths, and adds up depths.",
                "The last shape of a classifier is a vector with one score a class.",
            )
        ),
    )


def padding() -> Page:
    """Same, valid, and numbers of cells."""
    sizes: tuple[tuple[Padding, int], ...] = (("same", 1), ("same", 2), ("valid", 1), ("valid", 2))
    rows = []
    for name, stride in sizes:
        layer = Conv2d(out_channels=8, kernel_size=3, stride=stride, padding=name)
        out = layer.infer(Shape((3, 28, 28)))[0]
        rows.append((f'`"{name}"`', f"{stride}", _sizes(layer), f"{out}"))
    even = Conv2d(out_channels=8, kernel_size=4, stride=3, padding="same")
    return _page(
        "padding",
        "Same and valid padding",
        "Valid stays inside the image; same pads it, so that the size depends on the stride "
        "alone: ⌈n / stride⌉.",
        Formula(
            (
                "same:    out = ⌈n / stride⌉",
                "         padded in all = max(0, (out − 1) · stride + kernel − n)",
                "valid:   out = ⌊(n − kernel) / stride⌋ + 1",
                "p cells: out = ⌊(n + 2 · p − kernel) / stride⌋ + 1",
            )
        ),
        Heading("A 3 × 3 kernel over 3 × 28 × 28, 8 filters"),
        Table(("padding", "stride", "height and width", "output"), tuple(rows)),
        Heading("The odd cell"),
        Words(
            "Where an odd number of cells must be padded, the additional one goes to the bottom "
            "and to the right. That is TensorFlow's rule, and here it holds at every stride, in "
            "the model that trains and in what is exported."
        ),
        worked(
            "A 4 × 4 kernel, stride 3, over 3 × 10 × 10",
            facts_of(even, (Shape((3, 10, 10)),)),
        ),
        Heading("What lies in the padded cells"),
        Points(
            (
                "Zeros for a `Conv2d`, unless `padding_mode` says otherwise.",
                "−∞ for a `MaxPool2d`: a padded cell never wins.",
                "Nothing for an `AvgPool2d` with same: padded cells do not count. With a number "
                "of cells they count as zeros, unless `count_include_pad` is false.",
                "Pooling pads at most half its kernel; a window of padding alone says nothing.",
            )
        ),
    )


def _sizes(layer: Conv2d) -> str:
    """The arithmetic of a square image's sides."""
    return layer.windows(Shape((3, 28, 28)))[0].sentence()


def _chain(*layers: Layer) -> Design:
    """An image of 28 × 28 pixels through these layers."""
    image = Node("image", Input())
    graph = Graph.of([image])
    nodes = [image]
    for layer in layers:
        nodes.append(Node(graph.free_id(layer.stem()), layer))
        graph = Graph.of(nodes)
    edges = [Edge(a.id, b.id) for a, b in pairwise(nodes)]
    return Design("Example", Graph.of(nodes, edges))


def receptive_field() -> Page:
    """How much of the image a cell sees."""
    conv = Conv2d(out_channels=8, kernel_size=3, padding=1)
    pool = MaxPool2d(kernel_size=2)
    analysis = analyze(_chain(conv, conv, pool, conv, pool, conv))
    rows = []
    for name, facts in analysis.facts.items():
        assert facts.field is not None
        span = facts.field[0]
        rows.append((f"`{name}`", f"{facts.output}", f"{span.size} × {span.size}", f"{span.jump}"))
    return _page(
        "receptive-field",
        "Receptive field",
        "How much of the image one cell of a map can see: what lies outside it cannot change "
        "the cell.",
        Formula(
            (
                "field = field before + (kernel − 1) · dilation · jump before",
                "jump  = jump before · stride",
            )
        ),
        Words(
            "The jump is how many pixels two neighbouring cells are apart. Small kernels one "
            "after another see as much as a large one: two of 3 × 3 see 5 × 5, with fewer "
            "weights. Strides and pooling make the field grow fast, since everything behind them "
            "jumps farther."
        ),
        Heading("A small net, worked out"),
        Table(("node", "shape", "sees", "jump"), tuple(rows)),
        Heading("What to make of it"),
        Points(
            (
                "To tell objects apart the last maps should see about the whole object.",
                "A field larger than the image sees padding; that is common and does no harm, but "
                "further 3 × 3 convolutions then add no context.",
                "Behind a `Linear`, a `Flatten` or a `GlobalAvgPool2d` every value sees all.",
                "Where branches meet, a cell sees what it sees through any of them; where their "
                "strides differ, cells see differently much, and the largest field is told.",
            )
        ),
    )


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
    return _page(
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


def training() -> Page:
    """What each setting of a run does."""
    return _page(
        "training",
        "Training settings",
        "What decides a run besides the net and its data. They are part of the design: undo, "
        "saving and the exported script cover them.",
        parameter_table(parameters_of(TrainingSettings)),
        Heading("Where to begin"),
        Points(
            (
                "Adam with 0.001 and batches of 64. It forgives most things.",
                "SGD with momentum 0.9 wants a rate 10 to 100 times as large, a schedule and "
                "patience; for image nets it often ends a little better.",
                "AdamW is Adam with the weight decay beside the gradient and not inside it: take "
                "it wherever you decay with Adam.",
            )
        ),
        Heading("When it does not learn"),
        Points(
            (
                "The loss is not a number, or jumps: divide the learning rate by 10.",
                "The loss stays where it began (ln of the number of classes, 2.303 for ten): look "
                "for a `Softmax` before the loss, a `ReLU` behind the last layer, labels that are "
                "shuffled, or a rate that is far too small.",
                "Training goes well and validation does not: `Dropout`, weight decay, fewer "
                "weights or more images.",
                "The rate should fall towards the end: cosine falls smoothly to 0, step divides "
                "by 10 at half and at three quarters of the steps.",
            )
        ),
        Heading("Batch size"),
        Words(
            "A larger batch gives steadier steps, and fewer of them an epoch; with twice the batch "
            "try a rate up to twice as large. It takes [memory](topic/costs) in proportion. "
            "`BatchNorm2d` wants at least about 8 images."
        ),
        Heading("The same run again"),
        Words(
            "Same seed, same resolved settings and same machine give the same losses, in the app "
            "and in the exported script. What `auto` picked is written into the run."
        ),
    )


def data() -> Page:
    """What a net is trained on."""
    return _page(
        "data",
        "Data",
        "The images that a net learns from, and those that it is judged by.",
        parameter_table(parameters_of(DataSettings)),
        Points(
            (
                "Training images are learned from. Validation images choose between settings and "
                "weights. Test images are looked at in the end, for the figure that one reports.",
                "The `Input` must have the images' shape, and the last `Linear` as many outputs "
                "as there are classes; the problems list says where that is not so.",
                "Pixels arrive as numbers from 0 to 1. A `Normalize` in the net centres them.",
            )
        ),
    )


PAGES: dict[str, Callable[[], Page]] = {
    "shape": shape,
    "padding": padding,
    "receptive-field": receptive_field,
    "costs": costs,
    "training": training,
    "data": data,
}
"""The notions by the end of their address, in the order in which one reads them."""


@cache
def topics() -> tuple[Page, ...]:
    """Every page about a notion."""
    return tuple(make() for make in PAGES.values())
