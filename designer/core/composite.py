"""A composite: a layer that is a graph of other layers."""

from __future__ import annotations

from designer.core.facts import Facts
from designer.core.field import pixel
from designer.core.layer import Cost, Layer, Refused
from designer.core.order import order
from designer.core.shape import Shape
from designer.core.walk import Walk


class Composite(Layer):
    """A layer whose shape, cost and text are those of the graph that `inside` returns."""

    is_composite = True

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        every = self._facts(*inputs)
        if every[-1].outputs is None:
            first = next(facts.faults[0] for facts in every if facts.faults)
            said = first.message.replace("{", "{{").replace("}", "}}")
            raise Refused(first.code, "{node} is {a_layer}; inside it " + said)
        return every[-1].outputs

    def cost(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Cost:
        every = self._facts(*inputs)
        weights = sum(facts.parameters or 0 for facts in every)
        return Cost(weights, sum(facts.macs or 0 for facts in every))

    def _facts(self, *inputs: Shape) -> list[Facts]:
        graph = self.inside(*inputs)
        assert graph is not None
        walk = Walk(graph, order(graph).nodes, (inputs[0], pixel()))
        return list(walk.everything().values())
