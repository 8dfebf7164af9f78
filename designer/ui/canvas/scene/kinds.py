"""Kinds: what the layers of many nodes have, as arrays: ports, heights and families."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from designer.core.layer import Layer
from designer.ui.canvas.scene.measure import height_for
from designer.ui.canvas.scene.strips import Floats, Ints

ANY = -1
"""The number of inputs of a layer that takes any number of them."""


class Kinds:
    """One entry a layer: `inputs` (ANY for any number), `outputs`, `heights` of nodes in canvas
    units, and `family`, a number in `families`."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        count = len(layers)
        types: list[type[Layer]] = list(map(type, layers))
        numbers = {kind: i for i, kind in enumerate(dict.fromkeys(types))}
        which = np.fromiter(map(numbers.__getitem__, types), np.intp, count)
        self.inputs: Ints = _of_each(numbers, [_inputs(kind) for kind in numbers])[which]
        self.outputs: Ints = np.ones(count, dtype=np.intp)
        for kind, number in numbers.items():
            # as good as all layers have one output; those that count theirs are asked
            if kind.output_count is not Layer.output_count:
                for i in np.flatnonzero(which == number).tolist():
                    self.outputs[i] = layers[i].output_count
        self.families = list(dict.fromkeys(kind.family for kind in numbers))
        family = [self.families.index(kind.family) for kind in numbers]
        self.family: Ints = _of_each(numbers, family)[which]
        ports = np.maximum(np.where(self.inputs > 0, self.inputs, 1), self.outputs)
        several, place = np.unique(ports, return_inverse=True)
        heights = np.array([height_for(number) for number in several.tolist()], dtype=float)
        self.heights: Floats = heights[place]


def _inputs(kind: type[Layer]) -> int:
    return ANY if kind.inputs is None else kind.inputs


def _of_each(numbers: dict[type[Layer], int], values: list[int]) -> Ints:
    return np.array(values, dtype=np.intp).reshape(len(numbers))
