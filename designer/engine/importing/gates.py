"""Gates of dense layers: a vector that becomes maps of one cell, as squeezing and exciting has it.

No layer makes maps of a vector. But a dense layer over C numbers is a 1 × 1 convolution over
C × 1 × 1 maps, so that the net need not leave the maps in the first place.
"""

from __future__ import annotations

from dataclasses import replace

from designer.core.shape import Shape
from designer.engine.importing.sketch import Sketch, Step, Value
from designer.layers.adaptive import GlobalAvgPool2d
from designer.layers.conv2d import Conv1x1
from designer.layers.dropout import Dropout
from designer.layers.flatten import Flatten
from designer.layers.linear import Linear


def as_maps(sketch: Sketch, vector: Value) -> Value | None:
    """The same numbers as C × 1 × 1, the layers since they were maps changed for it.

    None where they never were, or where something else reads the vector on its way.
    """
    chain: list[Step] = []
    value = vector
    while (step := sketch.steps[value.node]).sources:
        if isinstance(step.layer, (Flatten, GlobalAvgPool2d)):
            break
        if not isinstance(step.layer, (Linear, Dropout)) and step.layer.family != "Activation":
            return None
        chain.append(step)
        value = step.sources[0]
    inside = {step.id, *(one.id for one in chain)}
    before = None if _is_read(sketch, inside) else _maps_before(sketch, step)
    if before is None:
        return None
    for one in reversed(chain):
        before = _changed(sketch, one, before)
    return before


def _maps_before(sketch: Sketch, step: Step) -> Value | None:
    """What the vector was made of, as C × 1 × 1."""
    if not step.sources:
        return None
    x = step.sources[0]
    if isinstance(step.layer, Flatten):
        return x if tuple(x.shape[1:]) == (1, 1) else None
    if not isinstance(step.layer, GlobalAvgPool2d):
        return None
    shape = Shape((x.shape.channels, 1, 1))
    kept = GlobalAvgPool2d(True)
    sketch.steps[step.id] = replace(step, layer=kept, outputs=(shape,))
    return Value(step.id, 0, shape)


def _is_read(sketch: Sketch, inside: set[str]) -> bool:
    """Whether somebody else reads the vector on its way, or uses the weights."""
    return any(
        step.id not in inside
        and (step.weights_of in inside or any(v.node in inside for v in step.sources))
        for step in sketch.steps.values()
    ) or any(sketch.steps[name].weights_of for name in inside)


def _changed(sketch: Sketch, step: Step, source: Value) -> Value:
    layer = step.layer
    if isinstance(layer, Linear):
        layer = Conv1x1(layer.out_features, bias=layer.bias)
    outputs = layer.infer(source.shape)
    sketch.steps[step.id] = replace(step, layer=layer, sources=(source,), outputs=outputs)
    return Value(step.id, 0, outputs[0])
