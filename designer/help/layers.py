"""The page of a layer, written by the layer: its sentences, its limits, its own arithmetic."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator

from designer.codegen import snippet
from designer.core.example import Example, Numbers, example
from designer.core.facts import Facts
from designer.core.layer import Layer, Refused
from designer.core.parameter import Parameter
from designer.core.shape import Shape
from designer.help import arithmetic
from designer.help.addresses import LAYER
from designer.help.page import (
    Block,
    Code,
    Curve,
    Formula,
    Heading,
    Page,
    Points,
    Sample,
    Table,
    Words,
    Worked,
)
from designer.layers import families

STEPS = 60
"""How many pieces a curve is drawn of."""

ENDS = (-3.0, 3.0)
"""Where a curve begins and ends."""

TRIED: tuple[tuple[int, ...], ...] = ((16, 14, 14), (3, 28, 28), (64,), (8, 16))
"""Shapes over which a layer without examples is shown: the first that it takes."""


def layer_page(kind: type[Layer], node: str = "", facts: Facts | None = None) -> Page:
    """What a layer does, worked out on its examples and on one node of a net, if one is given."""
    sentence, *more = _paragraphs(kind)
    blocks: list[Block] = [Words(text) for text in more]
    if node and facts is not None and facts.outputs is not None:
        blocks += [Heading("In your net"), worked(node, facts)]
    if kind.formula:
        blocks += [Heading("Formula"), Formula(kind.formula)]
    blocks += _shown(kind)
    if parameters := kind.parameters():
        blocks += [Heading("Parameters"), parameter_table(parameters)]
    if kind.pitfalls:
        blocks += [Heading("Pitfalls"), Points(kind.pitfalls)]
    blocks += [Heading("See also"), Words(_others(kind))]
    return Page(f"{LAYER}{kind.kind()}", kind.kind(), kind.family, sentence, tuple(blocks))


def examples(kind: type[Layer]) -> tuple[tuple[str, Layer, tuple[Shape, ...]], ...]:
    """What the page works out: a title, a layer and its inputs; never empty.

    Raises Refused where an example of the layer's own does not fit its own rules.
    """
    found = kind.examples or (_fitting(kind),)
    return tuple((e.title, kind(**e.parameters), e.inputs) for e in found)


def _fitting(kind: type[Layer]) -> Example:
    """An example for a layer that gives none: its defaults over the first inputs that they take."""
    count = 2 if kind.inputs is None else kind.inputs
    for shape in TRIED:
        inputs = (Shape(shape),) * count
        try:
            kind().infer(*inputs)
        except Refused:
            continue
        return example(*inputs)
    raise LookupError(f"{kind.kind()} takes none of {TRIED} and has no examples of its own")


def _shown(kind: type[Layer]) -> Iterator[Block]:
    """The examples: curve, arithmetic, numbers, text."""
    every = examples(kind)
    first = every[0][1]
    if first.curve(0.0) is not None:
        yield Curve(kind.kind(), tuple(_points(first)))
    yield Heading("Worked example" if len(every) == 1 else "Worked examples")
    for title, layer, inputs in every:
        yield worked(title, arithmetic.facts_of(layer, inputs))
    samples = {numbers: None for _, layer, _ in every if (numbers := layer.numbers())}
    if samples:
        yield Heading("In numbers")
        yield from (Sample(_with_signs(numbers)) for numbers in samples)
    yield Heading("In PyTorch")
    yield Code(snippet(first, every[0][2]))


def _with_signs(numbers: Numbers) -> Numbers:
    """The arithmetic with the sign of minus and not a hyphen."""
    return numbers._replace(lines=tuple(line.replace("-", "−") for line in numbers.lines))


def worked(title: str, facts: Facts) -> Worked:
    """The arithmetic of a layer whose outputs are known, under a title."""
    lines, costs = arithmetic.why(facts), arithmetic.costs(facts)
    if not title:
        title = f"Over {' and '.join(map(str, facts.inputs))}" if facts.inputs else "By itself"
    return Worked(title, tuple(lines), tuple(costs), arithmetic.windows(facts))


def _points(layer: Layer) -> Iterator[tuple[float, float]]:
    first, last = ENDS
    for i in range(STEPS + 1):
        x = first + (last - first) * i / STEPS
        y = layer.curve(x)
        assert y is not None
        yield x, y


def _paragraphs(kind: type[Layer]) -> list[str]:
    text = inspect.cleandoc(kind.__doc__ or kind.kind())
    return [" ".join(part.split()) for part in text.split("\n\n")]


def parameter_table(parameters: tuple[Parameter, ...]) -> Table:
    """Every parameter with what it takes, its default and what it means."""
    return Table(("parameter", "takes", "default", ""), tuple(map(_row, parameters)))


def _row(parameter: Parameter) -> tuple[str, ...]:
    default = json.dumps(parameter.default, ensure_ascii=False)
    return (f"`{parameter.name}`", takes(parameter), f"`{default}`", parameter.help)


KINDS = {
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "text": "text",
    "size": "an integer or [height, width]",
    "factor": "a number or [height, width]",
    "sides": "an integer or [left, right, top, bottom]",
    "padding": "an integer, [height, width]",
    "sizes": "integers in a list",
    "numbers": "a number, or one a channel",
}


def takes(parameter: Parameter) -> str:
    """What a parameter takes, with its limits, in words."""
    choices = [f'`"{choice}"`' for choice in parameter.choices]
    kind = [KINDS[parameter.kind]] if parameter.kind in KINDS else []
    words = ", ".join(kind + choices)
    if parameter.is_optional:
        words += " or null"
    for sign, limit in (
        (">", parameter.above),
        ("≥", parameter.minimum),
        ("≤", parameter.maximum),
    ):
        if limit is not None:
            words += f", {sign} {limit:,}"
    return words


def _others(kind: type[Layer]) -> str:
    """The other layers of the family."""
    others = [other.kind() for other in families()[kind.family] if other is not kind]
    if not others:
        return f"It is the only layer of its family, {kind.family}."
    return f"{kind.family}: " + ", ".join(f"`{name}`" for name in others)
