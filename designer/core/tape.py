"""The steps of one forward pass: what each reads, makes and keeps for the way back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from designer.core import ends
from designer.core.facts import Facts
from designer.core.graph import Graph, Node
from designer.core.kept import VIEW, Kept
from designer.core.layer import Layer
from designer.core.order import order as order_of
from designer.core.shape import Shape

Value = int
"""The number of a tensor, in the order in which they are made."""


class Step(NamedTuple):
    """One layer at work: the values that it reads and makes, and how it treats memory.

    `weights` counts those that it learns itself, and `learns` says whether a gradient reaches any
    that it uses, which may be another node's.
    """

    inputs: tuple[Value, ...]
    outputs: tuple[Value, ...]
    kept: Kept
    weights: int = 0
    learns: bool = False


class _Uses(NamedTuple):
    """How a node has its weights: `frozen`, or as `others` of another node."""

    frozen: bool = False
    others: bool = False


class Tape:
    """The steps that the results of a graph need, composites opened up.

    `numels` has how many numbers each value holds for one sample; `images` and `results` are the
    values that come in and that are returned; `weights` are all, `learned` those that are not
    frozen, and `largest` is the most that one layer learns.
    """

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.numels: list[int] = []
        self.images: list[Value] = []
        self.results: list[Value] = []
        self.weights = 0
        self.learned = 0
        self.largest = 0

    @classmethod
    def of(cls, graph: Graph, order: tuple[str, ...], facts: Mapping[str, Facts]) -> Tape:
        """Write down a graph whose every node is known."""
        tape = cls()
        needed = _needed(graph)
        values = tape._run(graph, [n for n in order if n in needed], facts, {}, _Uses())
        tape.results = [values[node.id][0] for node in ends.outputs(graph)]
        return tape

    def _run(
        self,
        graph: Graph,
        order: list[str],
        facts: Mapping[str, Facts],
        values: dict[str, tuple[Value, ...]],
        outer: _Uses,
    ) -> dict[str, tuple[Value, ...]]:
        held: set[str] = set()  # by their owner: it may be bypassed, or lie where nothing is read
        for node_id in order:
            if node_id in values:  # what comes into a composite
                continue
            node, known = graph.nodes[node_id], facts[node_id]
            edges = sorted(graph.incoming.get(node_id, ()), key=lambda edge: edge.port)
            inputs = tuple(values[edge.source][edge.output] for edge in edges)
            owner = graph.nodes.get(node.weights_of or node_id, node)
            uses = _Uses(outer.frozen or owner.frozen, outer.others or owner.id in held)
            if not node.bypassed:
                held.add(owner.id)
            if known.inside is not None and not node.bypassed:
                values[node_id] = self._inside(known, inputs, uses)
            else:
                values[node_id] = self._step(node, known, inputs, uses)
        return values

    def _step(
        self, node: Node, known: Facts, inputs: tuple[Value, ...], uses: _Uses
    ) -> tuple[Value, ...]:
        shapes = known.outputs or ()
        made = tuple(range(len(self.numels), len(self.numels) + len(shapes)))
        self.numels += [shape.numel for shape in shapes]
        if node.layer.role == "image":
            self.images += made
            return made
        if node.bypassed:
            self.steps.append(Step(inputs, made, VIEW))
            return made
        taken = tuple(shape for shape in known.inputs if shape is not None)
        kept, weights = _asked(node.layer, taken, shapes)
        own = 0 if uses.others else weights
        learned = 0 if uses.frozen else own
        self.weights += own
        self.learned += learned
        self.largest = max(self.largest, learned)
        learns = weights > 0 and not uses.frozen
        self.steps.append(Step(inputs, made, kept, learned, learns))
        return made

    def _inside(self, known: Facts, inputs: tuple[Value, ...], uses: _Uses) -> tuple[Value, ...]:
        shapes = tuple(shape for shape in known.inputs if shape is not None)
        graph = known.layer.inside(*shapes)
        assert graph is not None
        assert known.inside is not None
        ordered = order_of(graph).nodes
        fed: dict[str, tuple[Value, ...]] = {
            node.id: (value,) for node, value in zip(ends.images(graph), inputs, strict=True)
        }
        values = self._run(graph, list(ordered), known.inside, fed, uses)
        return values[ordered[-1]]


@lru_cache(maxsize=1 << 14)
def _asked(layer: Layer, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> tuple[Kept, int]:
    return layer.kept(inputs, outputs), layer.cost(inputs, outputs).weights


def _needed(graph: Graph) -> set[str]:
    """The nodes that some result depends on; the others are not in the text."""
    found = {node.id for node in ends.outputs(graph)}
    waiting = list(found)
    while waiting:
        for edge in graph.incoming.get(waiting.pop(), ()):
            if edge.source not in found:
                found.add(edge.source)
                waiting.append(edge.source)
    return found
