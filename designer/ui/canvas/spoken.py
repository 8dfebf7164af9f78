"""What a screen reader says of the canvas: nodes, ports, wires and frames in words."""

from __future__ import annotations

from typing import NamedTuple

from designer.ui.canvas.scene.look import UNKNOWN, shape_words
from designer.ui.canvas.scene.picture import Picture


class NodeKey(NamedTuple):
    """A node by its id, or by its path inside an unfolded composite."""

    id: str


class PortKey(NamedTuple):
    """A port of a node."""

    id: str
    port: int
    is_output: bool


class WireKey(NamedTuple):
    """A wire by the nodes and ports at its ends."""

    source: str
    output: int
    target: str
    port: int


class FrameKey(NamedTuple):
    """A frame, a comment or the outline of an unfolded composite, by its place among them."""

    number: int


class DotKey(NamedTuple):
    """A point that a wire is led through, by its place among the wire's."""

    wire: WireKey
    number: int


Key = NodeKey | PortKey | WireKey | FrameKey | DotKey


def wire_key(picture: Picture, w: int) -> WireKey:
    """What wire w is known by."""
    wires, items = picture.wires, picture.items
    source, target = items[wires.source[w]].id, items[wires.target[w]].id
    return WireKey(source, wires.output[w], target, wires.port[w])


def node_words(picture: Picture, i: int) -> str:
    """`conv1, Conv2d, 16 × 14 × 14, selected, error: …`: what a node is and what ails it."""
    item = picture.items[i]
    shape = shape_words(item.facts.outputs if item.facts else None)
    kind = item.node.layer.kind()
    parts = [item.node.title, kind, "shape unknown" if shape == UNKNOWN else shape]
    # readers keep silent about the state of what has their focus, so that the words say it
    states = {
        "selected": item.id in picture.chosen,
        "frozen": item.node.frozen,
        "bypassed": item.node.bypassed,
    }
    parts += [word for word, on in states.items() if on]
    if (fault := picture.faults.get(i)) is not None:
        parts.append(f"{fault.severity}: {fault.message}")
    return ", ".join(parts)


def node_description(picture: Picture, i: int) -> str:
    """Where a node's wires come from and go to, and the user's note on it."""
    wires, items = picture.wires, picture.items
    ends = [*zip(wires.source, wires.target, strict=True)]
    sources = [items[source].node.title for source, target in ends if target == i]
    targets = [items[target].node.title for source, target in ends if source == i]
    parts = [f"reads {' and '.join(sources)}"] if sources else []
    parts += [f"read by {' and '.join(targets)}"] if targets else []
    return ". ".join([*parts, *filter(None, [items[i].node.note])])


def port_words(picture: Picture, key: PortKey) -> str:
    """`input 1 of add1, 16 × 14 × 14`: a port and what passes it."""
    i = picture.index[key.id]
    item = picture.items[i]
    facts = item.facts
    shapes = (facts.outputs if key.is_output else facts.inputs) if facts else ()
    shape = shapes[key.port] if shapes and key.port < len(shapes) else None
    ports = picture.outputs(i) if key.is_output else picture.inputs(i)
    side = "output" if key.is_output else "input"
    number = f" {key.port + 1}" if ports.number > 1 else ""
    said = "nothing known" if shape is None else str(shape)
    loose = "" if ports.any_number or ports.wired >> key.port & 1 else ", not connected"
    return f"{side}{number} of {item.node.title}, {said}{loose}"


def wire_words(picture: Picture, key: WireKey) -> str:
    """`wire from conv1 to relu1, 16 × 14 × 14`."""
    source = picture.items[picture.index[key.source]]
    target = picture.items[picture.index[key.target]]
    words = f"wire from {source.node.title} to {target.node.title}"
    outputs = source.facts.outputs if source.facts else None
    if outputs and 0 <= key.output < len(outputs):
        words += f", {outputs[key.output]}"
    return words


def dot_words(picture: Picture, key: DotKey, count: int) -> str:
    """`point 1 of 2 of the wire from conv1 to relu1`."""
    source = picture.items[picture.index[key.wire.source]].node.title
    target = picture.items[picture.index[key.wire.target]].node.title
    return f"point {key.number + 1} of {count} of the wire from {source} to {target}"


def frame_words(picture: Picture, key: FrameKey) -> str:
    """A frame by its title, a comment by its text."""
    panel = picture.panels[key.number]
    kind = "composite" if panel.owner else "frame" if panel.title else "comment"
    return ", ".join(filter(None, (kind, panel.title, panel.subtitle, panel.text)))
