"""The order in which a net is computed, as a person would write it: branch after branch."""

from __future__ import annotations

from collections.abc import Mapping

from designer.core import ends
from designer.core.call import Expression, Operand
from designer.core.graph import Graph, Node
from designer.core.lean import lean_dataclass

Value = tuple[str, int]
"""What a node gives at one of its outputs; for an image, what comes in there."""


@lean_dataclass(frozen=True, slots=True)
class Step:
    """One line of `forward`: a node that computes, what it reads in port order, what it makes."""

    node: Node
    operands: tuple[Value, ...]
    values: tuple[Value, ...]


@lean_dataclass(frozen=True, slots=True)
class Flow:
    """A graph as steps: every value is made before it is read, and every step is needed.

    `results` has the node that stands for each result (an Output mark, or the node itself) with
    the value that is returned.
    """

    images: tuple[Node, ...]
    steps: tuple[Step, ...]
    results: tuple[tuple[Node, Value], ...]


def flow(graph: Graph, forms: Mapping[str, Expression]) -> Flow:
    """Put the steps of an acyclic graph in order; what no result depends on is left out.

    A node whose form is an Operand computes nothing: who reads it reads that input of it. The
    steps come in depth-first order, inputs in port order, so that a branch stays together.
    """
    sources = _Sources(graph, forms)
    results = tuple((node, sources.value((node.id, 0))) for node in ends.outputs(graph))
    steps: dict[str, Step] = {}
    images = ends.images(graph)
    known = {node.id for node in images}
    for _, (last, _) in results:
        stack = [last]
        while stack:
            node_id = stack[-1]
            if node_id in known:
                stack.pop()
                continue
            operands = sources.operands(node_id)
            missing = [source for source, _ in operands if source not in known]
            if missing:
                stack.extend(reversed(missing))
            else:
                known.add(stack.pop())
                node = graph.nodes[node_id]
                made = tuple((node_id, i) for i in range(node.layer.output_count))
                steps[node_id] = Step(node, operands, made)
    return Flow(images, tuple(steps.values()), results)


class _Sources:
    """Where values come from, past the nodes that compute nothing."""

    def __init__(self, graph: Graph, forms: Mapping[str, Expression]) -> None:
        self._incoming = graph.incoming
        self._forms = forms
        self._operands: dict[str, tuple[Value, ...]] = {}

    def operands(self, node_id: str) -> tuple[Value, ...]:
        """The values that a node reads, in port order."""
        if node_id not in self._operands:
            edges = sorted(self._incoming.get(node_id, ()), key=lambda edge: edge.port)
            found = tuple(self.value((edge.source, edge.output)) for edge in edges)
            self._operands[node_id] = found
        return self._operands[node_id]

    def value(self, value: Value) -> Value:
        """The value itself, or the one that it passes on."""
        while isinstance(form := self._forms.get(value[0]), Operand):
            edges = self._incoming[value[0]]
            edge = next(edge for edge in edges if edge.port == form.index)
            value = (edge.source, edge.output)
        return value
