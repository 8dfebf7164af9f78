"""The drawing of an imported net: its nodes and wires as a design, with frames for its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from designer.core.design import Design, Frame
from designer.core.graph import Edge, Graph, Node
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.sketch import Sketch, Step, Value
from designer.engine.importing.tidying import tidied
from designer.layers.marks import Output

FEWEST, MOST = 2, 30
"""Nodes in a frame: fewer need none, and more are divided where they have parts."""

Path = tuple[str, ...]


def design_of(
    sketch: Sketch, results: Sequence[tuple[str, Value]], name: str
) -> tuple[Design, dict[str, Step]]:
    """The design whose outputs are these, and the steps that its nodes are, by their ids.

    An Output marks what is returned where the last node alone does not say it. Positions are
    left to whoever knows how large nodes are.
    """
    values = [value for _, value in results]
    if sketch.image in values:
        raise ImportRefused("the net gives the image back as it is: there is nothing to import")
    steps, outputs = tidied(sketch, values)
    if _has_to_be_marked(steps, outputs):
        names = [mark for mark, _ in results]
        marked = [
            sketch.add((mark,), Output(), value)[0]
            for mark, value in zip(names, outputs, strict=True)
        ]
        steps |= {value.node: sketch.steps[value.node] for value in marked}
    frames = tuple(_frames([step for step in steps.values() if step.sources]))
    nodes = [_node(step, frames) for step in steps.values()]
    edges = [
        Edge(value.node, step.id, port, value.output)
        for step in steps.values()
        for port, value in enumerate(step.sources)
    ]
    drawn = tuple(
        Frame(".".join(path), (0.0, 0.0), (0.0, 0.0), nodes=inside) for path, inside in frames
    )
    return Design(name, Graph.of(nodes, edges), drawn), steps


def _has_to_be_marked(steps: dict[str, Step], values: Sequence[Value]) -> bool:
    """Whether it is not the one loose end that is returned."""
    read = {value.node for step in steps.values() for value in step.sources}
    only = values[0]
    return len(values) > 1 or only.node in read or len(steps[only.node].outputs) > 1


def _frames(steps: Sequence[Step], depth: int = 0) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The parts of the net that are drawn in a frame: their paths, with the ids of their nodes."""
    groups: dict[Path, list[Step]] = {}
    for step in steps:
        if len(step.path) > depth + 1:
            groups.setdefault(step.path[: depth + 1], []).append(step)
    for path, inside in groups.items():
        if len(inside) > MOST:
            parts = [*_frames(inside, depth + 1)]
            if len(parts) > 1:
                yield from parts
                continue
        if len(inside) >= FEWEST:
            yield path, tuple(step.id for step in inside)


def _node(step: Step, frames: Sequence[tuple[Path, tuple[str, ...]]]) -> Node:
    """A node; in a frame its label leaves out what the frame's title says."""
    around = next((path for path, inside in frames if step.id in inside), ())
    label = ".".join(step.path[len(around) :]) if around else ""
    if label.isdecimal():  # a Sequential's
        label = f"{label} {step.layer.kind()}"
    return Node(
        step.id,
        step.layer,
        label="" if label == step.id else label,
        weights_of=step.weights_of,
        frozen=step.frozen,
    )
