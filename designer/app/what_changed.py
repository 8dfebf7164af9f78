"""What changed between two designs, in the few words that a list of runs has room for."""

from __future__ import annotations

from dataclasses import fields

from designer.core.change import diff
from designer.core.design import Design
from designer.core.graph import Node


def what_changed(old: Design | None, new: Design) -> str:
    """Say what a run tries that the one before did not: `+ inception1`, `conv1 stride 1 → 2`.

    Without a design before, the name of the new one; with no difference, `the same again`.
    """
    if old is None:
        return new.name
    change = diff(old, new)
    words = [f"+ {name}" for name in new.nodes if name in change.added]
    words += [f"− {name}" for name in old.nodes if name in change.removed]
    for name in new.nodes:
        if name in change.changed:
            words += _node(old.nodes[name], new.nodes[name])
    if not words and (change.edges_added or change.edges_removed):
        words.append("other wires")
    for before, after in ((old.data, new.data), (old.training, new.training)):
        words += _fields(before, after, "")
    if not words:
        return "the same again"
    return ", ".join(words[:3]) + (f" and {len(words) - 3} more" if len(words) > 3 else "")


def _node(old: Node, new: Node) -> list[str]:
    if old.layer.kind() != new.layer.kind():
        return [f"{new.id} {old.layer.kind()} → {new.layer.kind()}"]
    words = _fields(old.layer, new.layer, f"{new.id} ")
    for name in ("frozen", "bypassed"):
        if getattr(old, name) != getattr(new, name):
            words.append(f"{new.id} {'' if getattr(new, name) else 'not '}{name}")
    return words


def _fields(old: object, new: object, front: str) -> list[str]:
    return [
        f"{front}{field.name.replace('_', ' ')} {_value(before)} → {_value(after)}"
        for field in fields(new)  # type: ignore[arg-type]
        if (before := getattr(old, field.name)) != (after := getattr(new, field.name))
    ]


def _value(value: object) -> str:
    if value is None:
        return "auto"
    if isinstance(value, tuple):
        return "×".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
