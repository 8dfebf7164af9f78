"""The pages about shapes, padding and the receptive field."""

from __future__ import annotations

from itertools import pairwise

from designer.codegen import snippet
from designer.core.analysis import analyze
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer
from designer.core.parameter import Padding
from designer.core.shape import Shape
from designer.help.arithmetic import facts_of
from designer.help.layers import worked
from designer.help.notions.notion import notion
from designer.help.page import Code, Formula, Heading, Page, Points, Table, Words
from designer.layers.conv2d import Conv2d
from designer.layers.image import Input
from designer.layers.pooling import MaxPool2d


def shape() -> Page:
    """What the numbers on a node mean."""
    conv = Conv2d(out_channels=16, kernel_size=5, stride=2, padding="same")
    x = Shape((3, 28, 28))
    return notion(
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
    return notion(
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
    return notion(
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
