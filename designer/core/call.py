"""Generated text as data: the calls and expressions that a layer stands for in PyTorch."""

from __future__ import annotations

from typing import Any

from designer.core.lean import lean_dataclass

Literal = None | bool | int | float | str | tuple["Literal", ...]
"""What may stand as a constant in generated text; the printer checks its type again."""


@lean_dataclass(frozen=True, slots=True)
class Operand:
    """The value that arrives at one input of the node, by index."""

    index: int = 0


@lean_dataclass(frozen=True, slots=True)
class Operands:
    """All values that arrive at the node, as one tuple in port order."""


Argument = Literal | Operand | Operands


@lean_dataclass(frozen=True, slots=True)
class Definition:
    """A class or function of ours that a net carries in its text because PyTorch has none.

    `source` is the whole definition, formatted; `imports` are the lines it needs on top.
    """

    name: str
    source: str
    imports: tuple[str, ...] = ()


@lean_dataclass(frozen=True, slots=True)
class Call:
    """A call such as `nn.Conv2d(1, 16, kernel_size=5)`; its function is a constant of ours."""

    function: str
    arguments: tuple[Argument, ...] = ()
    keywords: tuple[tuple[str, Argument], ...] = ()
    definition: Definition | None = None


@lean_dataclass(frozen=True, slots=True)
class Chain:
    """All inputs joined by one operator, in port order: `a + b + c`."""

    operator: str


Expression = Call | Chain | Operand
"""What can stand to the right of `x = ` in `forward`; an Operand alone passes its input on."""

INPUT = Operand(0)
INPUTS = Operands()


def call(
    function: str,
    *arguments: Argument,
    definition: Definition | None = None,
    **keywords: Argument,
) -> Call:
    """Write a call down as data."""
    return Call(function, arguments, tuple(keywords.items()), definition)


def changed_from(defaults: dict[str, Argument], **keywords: Argument) -> dict[str, Any]:
    """Keep the keywords whose value is not PyTorch's own default, so that the text stays short."""
    return {
        name: value
        for name, value in keywords.items()
        if name not in defaults
        or type(value) is not type(defaults[name])
        or value != defaults[name]
    }
