"""Facts: what is known of one node of a graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from designer.core.diagnostic import Diagnostic
from designer.core.field import Field
from designer.core.layer import Layer
from designer.core.shape import Shape


class Facts(NamedTuple):
    """What is known of one node; None says that it cannot be known.

    `inputs` has one shape a port. `parameters` counts learned weights, `macs` the
    multiply–accumulates for one image, `activation_bytes` the outputs for one image in float32.
    `inside` holds the facts of a composite's own nodes.
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

    @property
    def output(self) -> Shape | None:
        """The shape of the first output, or None where it is not known."""
        return self.outputs[0] if self.outputs else None
