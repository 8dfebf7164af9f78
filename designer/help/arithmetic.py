"""The arithmetic of one layer over inputs of known shapes: its size, its cost, a dense rival."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from designer.core.facts import Facts
from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.core.walk import BYTES_A_VALUE
from designer.layers.window import Window


@runtime_checkable
class Sliding(Protocol):
    """A layer that slides windows along height and width."""

    def windows(self, x: Shape) -> tuple[Window, Window]: ...


def facts_of(layer: Layer, inputs: tuple[Shape, ...]) -> Facts:
    """What is known of a layer by itself over inputs of these shapes; raises Refused."""
    outputs = layer.infer(*inputs)
    weights, macs = layer.cost(inputs, outputs)
    size = BYTES_A_VALUE * sum(shape.numel for shape in outputs)
    return Facts(layer, inputs, outputs, weights, macs, size)


def why(facts: Facts) -> list[str]:
    """The arithmetic of a node's size, from what comes in to what goes out; [] where unknown."""
    if facts.outputs is None:
        return []
    shapes = _inputs(facts)
    lines = [f"{' and '.join(map(str, shapes))} in"] if shapes else []
    lines += facts.layer.explain(*shapes)
    out = ", ".join(map(str, facts.outputs))
    if lines and lines[-1].startswith("depth = "):
        return [*lines[:-1], f"{lines[-1]} → {out}"]
    return [*lines, f"out → {out}"]


def dense(facts: Facts) -> int:
    """Weights and biases of a dense layer between the same shapes; 0 where that says nothing."""
    if not facts.parameters or not facts.inputs or facts.inputs[0] is None or not facts.output:
        return 0
    if not facts.output.is_image or facts.layer.family != "Convolution":
        return 0
    return facts.inputs[0].numel * facts.output.numel + facts.output.numel


def costs(facts: Facts) -> list[tuple[str, str]]:
    """What a layer costs, each with its arithmetic where the layer has one; [] where unknown."""
    if facts.outputs is None:
        return []
    told = facts.layer.explain_cost(tuple(_inputs(facts)), facts.outputs)
    found = dict(line.split(" ", 1) for line in told)
    for name, number in (("parameters", facts.parameters), ("MACs", facts.macs)):
        if number:
            found.setdefault(name, f"{number:,}")
        else:
            found[name] = "none"
    lines = [(name, found[name]) for name in ("parameters", "MACs")]
    if not facts.parameters and not facts.macs:
        lines = [("costs", "no parameters, no MACs")]
    if rival := dense(facts):
        x, out = _inputs(facts)[0].numel, facts.outputs[0].numel
        times = rival / (facts.parameters or 1)
        lines.append(
            ("a dense layer instead", f"{x:,} · {out:,} + {out:,} = {rival:,} weights and biases")
        )
        lines.append(("so sharing saves", f"{rival:,} / {facts.parameters:,} = {times:,.0f} times"))
    if reads := _extent(facts):
        lines.append(("each output cell sees", reads))
    return lines


def windows(facts: Facts) -> tuple[Window, Window] | None:
    """How the layer's window slides along height and width, where it has one."""
    shapes = _inputs(facts)
    if facts.outputs is None or not isinstance(facts.layer, Sliding) or len(shapes) != 1:
        return None
    return facts.layer.windows(shapes[0])


def _inputs(facts: Facts) -> list[Shape]:
    return [shape for shape in facts.inputs if shape is not None]


def _extent(facts: Facts) -> str:
    """How much of a map a window sees; nothing where there is none, or it is one cell."""
    both = windows(facts)
    extents = [axis.extent for axis in both or ()]
    return f"{extents[0]} × {extents[1]} cells of a map" if extents not in ([], [1, 1]) else ""
