"""Examples of a layer at work: settings over shapes, and small samples in plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Union

from designer.core.lean import lean_dataclass
from designer.core.shape import Shape

Values = Union[float, "tuple[Values, ...]"]
"""One sample in plain numbers, nested as its shape is: channels of rows of columns, for one."""


@lean_dataclass(frozen=True, slots=True)
class Example:
    """Input shapes and parameters that the help works out with the layer's own rules."""

    inputs: tuple[Shape, ...]
    parameters: Mapping[str, Any]
    title: str


def example(*inputs: tuple[int, ...], title: str = "", **parameters: Any) -> Example:
    """An example over inputs of these shapes; parameters that are left out have their default."""
    return Example(tuple(map(Shape, inputs)), parameters, title)


class Numbers(NamedTuple):
    """A sample for every input with what the layer makes of it, one sample an output.

    `weights` are those of the layer's first learned tensor, nested as the layer reads them.
    `lines` are the arithmetic of one cell or two.
    """

    given: tuple[Values, ...]
    gives: tuple[Values, ...]
    lines: tuple[str, ...] = ()
    weights: Values = ()
