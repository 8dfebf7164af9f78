"""A net while it is drawn: its nodes in file order, in blocks, and the blocks in stages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from designer.core.data import DataSettings
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.core.training import TrainingSettings
from designer.layers.image import Input
from resources.templates.zoo.page import Block, Stage, place

Source = str | tuple[str, int]
"""A node, or one output of a node that has several."""


@dataclass
class _StageSketch:
    title: str
    text: str
    blocks: list[list[str]] = field(default_factory=list)


class Sketch:
    """Nodes are added from sources to targets; each stands in the block that was begun last."""

    def __init__(self, side: int = 224, stage: str = "stem", note: str = "") -> None:
        self._nodes: dict[str, Node] = {}
        self._edges: list[Edge] = []
        self._shapes: dict[str, tuple[Shape, ...]] = {}
        self._stages: list[_StageSketch] = []
        self._prefix = ""
        self.stage(stage)
        self.image = self.add("image", Input(3, side, side), note=note)

    def stage(self, title: str, text: str = "") -> None:
        """Begin a stage: a frame with a title, and perhaps a text, around its blocks."""
        self._stages.append(_StageSketch(title, text))
        self.block()

    def block(self, prefix: object = "") -> None:
        """Begin a block: nodes that lie in one row. The prefix leads the labels of its nodes."""
        self._stages[-1].blocks.append([])
        self._prefix = str(prefix)

    def add(
        self, path: str, layer: Layer, *sources: Source, label: str = "", note: str = ""
    ) -> str:
        """Add a node that reads these sources in port order; return its id.

        `path` is torchvision's name of the module. Without a `label` the id is what is shown.
        """
        name = path.replace(".", "_").replace("-", "_")
        if name in self._nodes:
            raise ValueError(f"two nodes {name}")
        ends = [(s, 0) if isinstance(s, str) else s for s in sources]
        self._edges += [Edge(s, name, port, output) for port, (s, output) in enumerate(ends)]
        self._shapes[name] = layer.infer(*(self._shapes[s][output] for s, output in ends))
        shown = f"{self._prefix} {label}".strip() if label else ""
        self._nodes[name] = Node(name, layer, label="" if shown == name else shown, note=note)
        self._stages[-1].blocks[-1].append(name)
        return name

    def channels(self, source: Source) -> int:
        """The depth of what a node gives."""
        name, output = (source, 0) if isinstance(source, str) else source
        return self._shapes[name][output].channels

    def design(
        self, name: str, data: str = "cifar-10", training: TrainingSettings | None = None
    ) -> Design:
        """The net as a design, laid out in rows within frames."""
        graph = Graph.of(self._nodes.values(), self._edges)
        stages = [
            Stage(s.title, s.text, tuple(Block(tuple(b)) for b in s.blocks if b))
            for s in self._stages
        ]
        places, frames = place(graph, [stage for stage in stages if stage.blocks])
        nodes = (replace(node, position=places[node.id]) for node in graph.nodes.values())
        return Design(
            name,
            Graph.of(nodes, graph.edges),
            frames,
            DataSettings(data),
            training or TrainingSettings(),
        )
