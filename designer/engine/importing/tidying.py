"""Tidying: steps that together are one layer become that layer, and what nobody reads goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from designer.core.layer import Layer
from designer.engine.importing.borders import is_same
from designer.engine.importing.sketch import NUMBERED, Sketch, Step, Value
from designer.layers.activations import Hardsigmoid, Hardswish, Sigmoid, SiLU
from designer.layers.conv2d import Conv2d
from designer.layers.image import Normalize
from designer.layers.merges import Concat, Multiply
from designer.layers.zero_pad import ZeroPad2d

GATES: dict[type[Layer], type[Layer]] = {Sigmoid: SiLU, Hardsigmoid: Hardswish}
"""What a value is weighed by, and what it becomes by that."""


def tidied(sketch: Sketch, results: Iterable[Value]) -> tuple[dict[str, Step], tuple[Value, ...]]:
    """The steps that the results depend on, in order, the simplest that give the same numbers.

    With them the results, whose nodes may have other ids now.
    """
    wanted = tuple(results)
    steps = _chained(_needed(sketch.steps, wanted))
    read = Counter(v.node for step in steps.values() for v in step.sources)
    read.update(value.node for value in wanted)
    renamed: dict[str, str] = {}
    for merge in (_gate, _same_padding, _normalisation):
        for name in tuple(steps):
            found = merge(sketch, steps, steps[name]) if name in steps else None
            if found is not None and read[found[0]] == 1:
                gone, step = found
                del steps[gone]
                steps[name] = step
                renamed[name] = step.id
    every = {
        step.id: replace(step, sources=tuple(_under(renamed, v) for v in step.sources))
        for step in steps.values()
    }
    return every, tuple(_under(renamed, value) for value in wanted)


def _under(renamed: Mapping[str, str], value: Value) -> Value:
    """A value under the id that its node has now."""
    return replace(value, node=renamed.get(value.node, value.node))


def _chained(steps: dict[str, Step]) -> dict[str, Step]:
    """A Concat that begins with all that an earlier one reads goes on from that one.

    DenseNet joins all maps anew in every layer: so there is a wire or two a layer, not dozens.
    """
    joined: dict[tuple[Value, ...], Value] = {}
    found = {}
    for name, step in steps.items():
        if isinstance(step.layer, Concat):
            sources = step.sources
            for count in range(len(sources) - 1, 1, -1):
                if (before := joined.get(sources[:count])) is not None:
                    step = replace(step, sources=(before, *sources[count:]))
                    break
            joined.setdefault(sources, Value(name, 0, step.outputs[0]))
        found[name] = step
    return found


Merge = Callable[[Sketch, dict[str, Step], Step], tuple[str, Step] | None]
"""What a step becomes together with one before it, and which; None where it stays."""


def _gate(sketch: Sketch, steps: dict[str, Step], step: Step) -> tuple[str, Step] | None:
    if not isinstance(step.layer, Multiply) or len(step.sources) != 2:
        return None
    for gate, x in (step.sources, step.sources[::-1]):
        before = steps[gate.node]
        kind = GATES.get(type(before.layer))
        if kind is not None and before.sources == (x,):
            name, path = before.id, before.path
            if path[-1] in (before.layer.stem(), NUMBERED):  # a function: it has no name to keep
                last = NUMBERED if path == (NUMBERED,) else kind.stem()
                name, path = sketch.named((*path[:-1], last), kind())
            return gate.node, replace(step, id=name, path=path, layer=kind(), sources=(x,))
    return None


def _same_padding(sketch: Sketch, steps: dict[str, Step], step: Step) -> tuple[str, Step] | None:
    """Zeros around a convolution that are those of SAME, and not alike on opposite sides."""
    if not step.sources:
        return None
    before, layer = steps[step.sources[0].node], step.layer
    if not isinstance(before.layer, ZeroPad2d) or not isinstance(layer, Conv2d):
        return None
    sides = before.layer.padding
    four = sides if isinstance(sides, tuple) else (sides,) * 4
    x = before.sources[0]
    is_bare = layer.padding in (0, "valid") and layer.padding_mode == "zeros"
    if not is_bare or not is_same(layer, four, x.shape):
        return None
    same: Any = replace(layer, padding="same")
    return before.id, replace(step, layer=same, sources=(x,))


def _normalisation(sketch: Sketch, steps: dict[str, Step], step: Step) -> tuple[str, Step] | None:
    """A mean that is subtracted, and then a deviation that is divided by."""
    if not isinstance(step.layer, Normalize) or step.layer.mean != 0:
        return None
    before = steps[step.sources[0].node]
    if not isinstance(before.layer, Normalize) or before.layer.std != 1:
        return None
    both = Normalize(before.layer.mean, step.layer.std)
    merged = replace(step, id=before.id, path=before.path, layer=both, sources=before.sources)
    return before.id, merged


def _needed(steps: dict[str, Step], results: Iterable[Value]) -> dict[str, Step]:
    """The steps that the results depend on; the image stays in any case."""
    seen: set[str] = {next(iter(steps))}
    waiting = [value.node for value in results]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [value.node for value in steps[name].sources]
            owner = steps[name].weights_of
            waiting += [owner] if owner else []
    return {name: step for name, step in steps.items() if name in seen}
