"""Inception: four branches side by side, their maps stacked."""

from __future__ import annotations

from typing import Literal

from designer.core.composite import Composite
from designer.core.example import example
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer, layer
from designer.core.parameter import param
from designer.core.shape import Shape
from designer.layers import activations
from designer.layers.conv2d import Conv1x1, Conv2d
from designer.layers.image import Input
from designer.layers.merges import Concat
from designer.layers.normalisation import BatchNorm2d
from designer.layers.pooling import MaxPool2d
from designer.layers.window import require_image


class _Branches:
    """Builds the inside, branch by branch; normalises and activates every convolution."""

    def __init__(self, settings: Inception) -> None:
        self._batch_norm = settings.batch_norm
        self._activation = settings.activation and getattr(activations, settings.activation)
        self._nodes = [Node("image", Input())]
        self._edges: list[Edge] = []
        self._ends: list[str] = []

    def start(self) -> None:
        """Begin a branch at the image."""
        self._ends.append("image")

    def add(self, name: str, layer: Layer) -> None:
        """Lengthen the present branch by a node."""
        self._nodes.append(Node(name, layer))
        self._edges.append(Edge(self._ends[-1], name))
        self._ends[-1] = name

    def convolve(self, name: str, layer: Layer) -> None:
        """Lengthen the present branch by a convolution and what follows it."""
        self.add(name, layer)
        if self._batch_norm:
            self.add(f"{name}_norm", BatchNorm2d())
        if self._activation:
            self.add(f"{name}_{self._activation.__name__.lower()}", self._activation())

    def concat(self) -> Graph:
        """Stack the ends of all branches."""
        self._nodes.append(Node("concat", Concat()))
        self._edges += [Edge(end, "concat", port) for port, end in enumerate(self._ends)]
        return Graph.of(self._nodes, self._edges)


@layer("Convolution", search="googlenet branches module", rank=3)
class Inception(Composite):
    """Looks through 1×1, 3×3 and 5×5 filters and a pool, and stacks all four."""

    formula = (
        "out_channels = out_1x1 + out_3x3 + out_5x5 + pool_proj",
        "height and width stay: the 3 × 3 pads 1, the 5 × 5 pads 2, the pool moves by 1",
    )
    examples = (example((192, 28, 28), title="The module 3a of GoogLeNet"),)
    pitfalls = (
        "Without the reducing 1 × 1 convolutions the 5 × 5 is what costs: keep `reduce_5x5` at an "
        "eighth of the input's depth or less.",
        "torchvision's GoogLeNet has a 3 × 3 where the paper has a 5 × 5; ours is the paper's.",
        "With `pool_proj` 0 the pool passes all maps on, and the depth grows with every module.",
        "With `batch_norm` each convolution's bias is useless, as anywhere before `BatchNorm2d`.",
    )

    out_1x1: int = param(64, min=1, help="Depth of the 1×1 branch")
    reduce_3x3: int = param(96, min=0, help="Depth of the 1×1 before the 3×3; 0: none")
    out_3x3: int = param(128, min=1, help="Depth of the 3×3 branch")
    reduce_5x5: int = param(16, min=0, help="Depth of the 1×1 before the 5×5; 0: none")
    out_5x5: int = param(32, min=1, help="Depth of the 5×5 branch")
    pool_proj: int = param(32, min=0, help="Depth of the 1×1 behind the pool; 0: pass the maps on")
    activation: (
        Literal["ReLU", "LeakyReLU", "ELU", "SELU", "GELU", "SiLU", "Tanh", "Sigmoid"] | None
    ) = param("ReLU", help="After every convolution; empty: none")
    batch_norm: bool = param(False, help="Normalise after every convolution, before the activation")

    def inside(self, *inputs: Shape) -> Graph:
        (x,) = inputs
        require_image(x, "maps")
        branches = _Branches(self)
        branches.start()
        branches.convolve("branch1x1", Conv1x1(out_channels=self.out_1x1))
        branches.start()
        if self.reduce_3x3:
            branches.convolve("reduce3x3", Conv1x1(out_channels=self.reduce_3x3))
        branches.convolve("branch3x3", Conv2d(self.out_3x3, 3, padding=1))
        branches.start()
        if self.reduce_5x5:
            branches.convolve("reduce5x5", Conv1x1(out_channels=self.reduce_5x5))
        branches.convolve("branch5x5", Conv2d(self.out_5x5, 5, padding=2))
        branches.start()
        branches.add("pool", MaxPool2d(3, stride=1, padding=1))
        if self.pool_proj:
            branches.convolve("project", Conv1x1(out_channels=self.pool_proj))
        return branches.concat()

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        pooled = self.pool_proj or inputs[0].channels
        depths = (self.out_1x1, self.out_3x3, self.out_5x5, pooled)
        total = " + ".join(map(str, depths))
        return ("height and width stay: every branch pads", f"depth {total} = {sum(depths)}")
