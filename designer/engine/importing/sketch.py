"""A net while it is imported: nodes with their weights, added from the image to the outputs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import torch

from designer.core.graph import LONGEST_ID, id_fault
from designer.core.layer import Layer, Refused, with_article
from designer.core.shape import Shape
from designer.engine.importing.refusal import ImportRefused
from designer.layers.image import Input

IMAGE = "image"
"""The id of the node that the image enters by."""

NUMBERED = "1"
"""The path of a node that nothing gives a name: it is counted after its layer, relu1, relu2."""

State = Mapping[str, torch.Tensor]
"""Weights and running numbers of one node, by the names that its torch module gives them."""


@dataclass(frozen=True, slots=True)
class Value:
    """What an output of a node gives, for one sample."""

    node: str
    output: int
    shape: Shape


@dataclass(frozen=True, slots=True)
class Grouped:
    """Maps whose channels are seen as groups × channels of a group, or the other way round."""

    of: Value
    groups: int
    is_swapped: bool = False


@dataclass(frozen=True, slots=True)
class Padded:
    """Maps with a border that no layer puts there by itself: only a window can read them.

    `sides` are left, right, top and bottom, `mode` is one of torch's, and `fill` what the cells
    hold where the mode is constant.
    """

    of: Value
    sides: tuple[int, int, int, int]
    mode: str
    fill: float


Found = Value | Grouped | Padded
"""What a step of the foreign net stands for here."""


def shape_of(found: Found) -> Shape:
    """The shape of a value, and of what a border or groups of channels are seen on."""
    return found.shape if isinstance(found, Value) else found.of.shape


@dataclass(frozen=True, slots=True)
class Step:
    """A node to be: its layer, what it reads, and its weights.

    `path` are the words that lead to it in the foreign net, from the outermost module inwards.
    """

    id: str
    path: tuple[str, ...]
    layer: Layer
    sources: tuple[Value, ...]
    outputs: tuple[Shape, ...]
    state: State = field(default_factory=dict)
    frozen: bool = False
    weights_of: str | None = None


class Sketch:
    """Nodes in the order in which they were added, each after those that it reads."""

    def __init__(self, image: Shape) -> None:
        self.steps: dict[str, Step] = {}
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}  # below them every number is taken
        self._owners: dict[tuple[int, ...], str] = {}
        self._lenders: dict[int, str] = {}
        (self.image,) = self.add((IMAGE,), Input(*image))

    def add(
        self,
        path: Sequence[str],
        layer: Layer,
        *sources: Value,
        state: State | None = None,
        frozen: bool = False,
    ) -> tuple[Value, ...]:
        """Add a node, and give its outputs.

        Where its very weights are another node's, it uses those. Raises ImportRefused where the
        layer cannot take what comes in, or holds what a layer must not.
        """
        node_id, path = self.named(tuple(path), layer)
        if layer.limit_faults:
            what = layer.limit_faults[0][1]
            name = node_id if path == (NUMBERED,) else spoken(path)
            raise ImportRefused(f"{name} cannot be {with_article(layer.kind())}: {what}")
        shapes = tuple(source.shape for source in sources)
        try:
            outputs = layer.infer(*shapes)
        except Refused as refusal:
            raise ImportRefused(_sentence(refusal, path, layer, sources)) from None
        owner = self._owner(path, layer, state or {}, node_id)
        self._taken.add(node_id.lower())
        self.steps[node_id] = Step(
            node_id, path, layer, sources, outputs, state or {}, frozen, owner
        )
        return tuple(Value(node_id, i, shape) for i, shape in enumerate(outputs))

    def put(self, node_id: str, layer: Layer, state: State) -> None:
        """Give a node another layer that takes and gives the same shapes, and its weights."""
        self.steps[node_id] = replace(self.steps[node_id], layer=layer, state=state)

    def _owner(self, path: Sequence[str], layer: Layer, state: State, node_id: str) -> str | None:
        """The node whose weights these are already; None: nobody's."""
        held = {name: id(tensor) for name, tensor in state.items()}
        if not held:
            return None
        key = tuple(held.values())
        owner = self._owners.get(key)
        if owner is not None and self.steps[owner].layer == layer:
            return owner
        lender = next((self._lenders[i] for i in key if i in self._lenders), None)
        if lender is not None:
            raise ImportRefused(
                f"{spoken(path)} and {lender} share some of their weights, but are not the same "
                "layer with the same parameters, and here only such can share: give each its own"
            )
        self._owners[key] = node_id
        self._lenders |= dict.fromkeys(key, node_id)
        return None

    def named(self, path: tuple[str, ...], layer: Layer) -> tuple[str, tuple[str, ...]]:
        """A legal id that comes nearest to the path, and that no node has, whatever its case.

        With it the path, whose last word has a number where the module was there before.
        """
        wanted = self._wanted(path, layer)
        if wanted.lower() not in self._taken:
            return wanted, path
        number = self._free(f"{wanted}_", 2)
        node_id = f"{wanted}_{number}"
        return node_id, (*path[:-1], f"{path[-1]}_{number}")

    def _wanted(self, path: tuple[str, ...], layer: Layer) -> str:
        """The id that a path would have by itself; that of a number alone has one already."""
        words = [re.sub(r"\W+", "_", word).strip("_") for word in path]
        wanted = re.sub(r"__+", "_", "_".join(filter(None, words)))
        if not wanted or wanted.isdecimal():
            return self._counted(layer.stem())
        if wanted[0].isdecimal():
            wanted = f"net_{wanted}"
        if len(wanted) > LONGEST_ID - 8:  # its end tells it from its neighbours
            wanted = wanted[8 - LONGEST_ID :].lstrip("_0123456789")
        if id_fault(wanted) is not None:
            wanted = f"{wanted}_{layer.stem()}" if wanted.isidentifier() else layer.stem()
        return wanted

    def _counted(self, stem: str) -> str:
        return f"{stem}{self._free(stem, 1)}"

    def _free(self, stem: str, first: int) -> int:
        """The least number that makes an id of this stem which no node has."""
        number = self._numbers.get(stem.lower(), first)
        while f"{stem}{number}".lower() in self._taken:
            number += 1
        self._numbers[stem.lower()] = number
        return number


def spoken(path: Sequence[str]) -> str:
    """A path as a sentence says it."""
    return ".".join(path) or "the net"


def _sentence(refusal: Refused, path: Sequence[str], layer: Layer, sources: Sequence[Value]) -> str:
    """A layer's answer in the words of the foreign net."""
    source = sources[refusal.port].node if refusal.port < len(sources) else "what comes in"
    said = refusal.message
    for hole, words in {
        "{node}": spoken(path),
        "{a_layer}": with_article(layer.kind()),
        "{input}": source,
        "{sources}": ", ".join(f"{value.node} gives {value.shape}" for value in sources),
    }.items():
        said = said.replace(hole, words)
    return f"the net does what a design cannot: {said}"
