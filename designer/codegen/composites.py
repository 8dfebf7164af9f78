"""Composite layers as classes of their own, each printed once however often it is used."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from designer.codegen.classes import ClassText, ClassWriter
from designer.codegen.literal import Named
from designer.codegen.namespace import Namespace
from designer.codegen.source import Lines
from designer.core.call import Call
from designer.core.field import pixel
from designer.core.graph import Graph, Node
from designer.core.layer import Layer
from designer.core.lean import lean_dataclass
from designer.core.order import order
from designer.core.shape import Shape
from designer.core.walk import Walk

DEPTH = "in_channels"
"""The constructor's parameter for what comes in."""


@lean_dataclass(frozen=True, slots=True)
class _Printed:
    name: str
    parameters: tuple[str, ...]


class Composites:
    """The classes of a net's composite layers.

    A class is printed from the inside of the layer, with its integer parameters and the channels
    that come in as numbers that carry a name. Where such a number is passed on unchanged the name
    stands in the text, and so layers that differ in these numbers only share one class. What else
    differs gives another text, hence another class: Inception2.
    """

    def __init__(self, names: Namespace) -> None:
        self.classes: list[Lines] = []
        self.calls: list[Call] = []
        self._names = names
        self._printed: dict[tuple[str, tuple[str, ...]], _Printed] = {}

    def call(self, node: Node, shape: Shape) -> Call:
        """The constructor's call for a composite node, its class printed where it is new."""
        layer = node.layer
        numbers = {DEPTH: shape[0], **_integers(layer)}
        text = self._inside(layer, shape, numbers)
        parameters = tuple(name for name in numbers if name in text.parameters)
        printed = self._class(layer, text, parameters)
        return Call(printed.name, tuple(numbers[name] for name in printed.parameters))

    def _inside(self, layer: Layer, shape: Shape, numbers: dict[str, int]) -> ClassText:
        named = {name: Named(value, name) for name, value in numbers.items()}
        outside = Shape((named.pop(DEPTH), *shape[1:]))
        changes: dict[str, Any] = dict(named)
        graph: Graph | None = replace(layer, **changes).inside(outside)  # type: ignore[type-var]
        assert graph is not None
        facts = Walk(graph, order(graph).nodes, (outside, pixel())).everything()
        return ClassWriter(graph, facts, self.call, remarks=False).write()

    def _class(self, layer: Layer, text: ClassText, parameters: tuple[str, ...]) -> _Printed:
        body = (*parameters, *text.constructor.texts, *text.forward.texts)
        key = (layer.kind(), body)
        if key not in self._printed:
            name = self._names.numbered(layer.kind())
            sentence = (layer.__doc__ or name).splitlines()[0]
            lines = Lines()
            lines.add(*text.lines(name, sentence, parameters).texts)
            self.classes.append(lines)
            self.calls += text.calls
            self._printed[key] = _Printed(name, parameters)
        return self._printed[key]


def _integers(layer: Layer) -> dict[str, int]:
    """The integer parameters of a layer."""
    values = {field.name: getattr(layer, field.name) for field in fields(layer)}  # type: ignore[arg-type]
    return {
        name: value
        for name, value in values.items()
        if isinstance(value, int) and not isinstance(value, bool)
    }
