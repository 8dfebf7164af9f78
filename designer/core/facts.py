"""Facts: what is known of one node of a graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from designer.core.diagnostic import Diagnostic
from designer.core.field import Field, Reach
from designer.core.layer import Layer
from designer.core.lean import lean_dataclass
from designer.core.shape import Shape


class Answer(NamedTuple):
    """What a layer says about inputs of some shapes, wherever in a net it stands."""

    outputs: tuple[Shape, ...]
    weights: int
    macs: int
    activation_bytes: int
    reach: tuple[Reach, Reach] | None


class Facts(NamedTuple):
    """What is known of one node; None says that it cannot be known.

    `inputs` has one shape a port. `parameters` counts learned weights, `macs` the
    multiply–accumulates for one image, `activation_bytes` the outputs for one image in float32.
    `inside` holds the facts of a composite's own nodes. `answer` is what the layer said, one object
    for all equal layers on equal inputs; None where it was not asked.
    """

    layer: Layer
    inputs: tuple[Shape | None, ...] = ()
    outputs: tuple[Shape, ...] | None = None
    parameters: int | None = None
    macs: int | None = None
    activation_bytes: int | None = None
    field: Field | None = None
    inside: Mapping[str, Facts] | None = None
    faults: tuple[Diagnostic, ...] = ()
    answer: Answer | None = None

    @property
    def output(self) -> Shape | None:
        """The shape of the first output, or None where it is not known."""
        return self.outputs[0] if self.outputs else None


@lean_dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the nodes that are known: `known` of `nodes`."""

    parameters: int
    macs: int
    activation_bytes: int
    known: int
    nodes: int

    def changed(self, before: Iterable[Facts | None], after: Iterable[Facts | None]) -> Totals:
        """The sums when these facts take the places of those."""
        old, new = totals(before), totals(after)
        return Totals(
            self.parameters - old.parameters + new.parameters,
            self.macs - old.macs + new.macs,
            self.activation_bytes - old.activation_bytes + new.activation_bytes,
            self.known - old.known + new.known,
            self.nodes - old.nodes + new.nodes,
        )


def totals(facts: Iterable[Facts | None]) -> Totals:
    """Add up what is known of every node."""
    every = [f for f in facts if f is not None]
    if not every:
        return Totals(0, 0, 0, 0, 0)
    columns = dict(zip(Facts._fields, zip(*every, strict=True), strict=True))
    return Totals(
        sum(filter(None, columns["parameters"])),
        sum(filter(None, columns["macs"])),
        sum(filter(None, columns["activation_bytes"])),
        len(every) - columns["outputs"].count(None),
        len(every),
    )
