"""The proof: the design's own module, with the weights of the original, gives the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch
from torch import nn

from designer import codegen
from designer.core.design import Design
from designer.engine import build
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.sketch import Step

IMAGES = 2
TOLERANCE = 1e-4
"""How far numbers may lie apart, as a share of the largest: sums in another order differ less."""
ROUNDING = 1e-5
"""What rounding alone may come to, as a share of the largest number."""
TELLING = 100
"""How many times as far the outputs of two images must lie apart as those of the two nets."""

Original = Callable[[torch.Tensor], Sequence[torch.Tensor]]
"""Gives the outputs of the original, in order."""


def random_images(shape: Sequence[int]) -> torch.Tensor:
    """Images that differ at every scale, around 0; the same ones every time."""
    generator = torch.Generator().manual_seed(1)
    made = torch.rand(IMAGES, *shape, generator=generator)
    for cells in (2, 5, 12):
        coarse = torch.rand(IMAGES, shape[0], cells, cells, generator=generator)
        made += nn.functional.interpolate(coarse, size=tuple(shape[1:]))
    return made - 2


def with_weights(design: Design, steps: Mapping[str, Step]) -> nn.Module:
    """The design's module in eval mode, with the weights of the steps that its nodes are."""
    with torch.device("meta"):  # no first weights that would be thrown away
        model = build.build(design)
    names = codegen.attributes(design.graph)
    given = {
        f"{names[step.id]}.{key}": tensor.detach()
        for step in steps.values()
        if step.weights_of is None
        for key, tensor in step.state.items()
    }
    wanted = model.state_dict()
    for name, tensor in wanted.items():
        found = given.pop(name, None)
        if found is None and name.endswith("num_batches_tracked"):
            found = torch.zeros((), dtype=tensor.dtype)
        if found is None:
            raise ImportRefused(_misfit(name, "has", "the original has none"))
        if found.numel() != tensor.numel():
            raise ImportRefused(_misfit(name, "has", f"the original's has {found.numel():,}"))
        wanted[name] = found.reshape(tensor.shape).to(tensor.dtype)
    if given:
        raise ImportRefused(_misfit(next(iter(given)), "has no", "the original has one"))
    model.load_state_dict(wanted, assign=True)
    if any(tensor.is_meta for tensor in (*model.parameters(), *model.buffers())):
        model = build.build(design)  # it has numbers that are no weights, as Normalize does
        model.load_state_dict(wanted, assign=True)
    return model.eval()


def _misfit(name: str, has: str, but: str) -> str:
    node, _, weight = name.rpartition(".")
    return f"the layer that {node} becomes here {has} {weight}, but {but}: it cannot be the same"


class Proved(NamedTuple):
    """The largest difference of the outputs, and whether it could have been seen at all."""

    difference: float
    is_weak: bool


def proved(original: Original, model: nn.Module, shape: Sequence[int]) -> Proved:
    """Compare the outputs on random images; raises ImportRefused where they are not equal.

    Numbers that are not finite prove nothing, and neither do outputs of another shape. Those that
    are nearly the same whatever the image is prove little: an error in what is told of the image
    could hide behind a large offset, so that more than rounding is refused there.
    """
    images = random_images(shape)
    with torch.no_grad():
        expected, found = original(images.clone()), model(images.clone())
    found = found if isinstance(found, tuple) else (found,)
    largest, is_weak = 0.0, False
    for number, (one, other) in enumerate(zip(expected, found, strict=True), 1):
        apart = _apart(number, one, other)
        is_faint = _largest(one[0] - one[1]) <= TELLING * apart
        if not apart <= (ROUNDING if is_faint else TOLERANCE) * _largest(one):
            raise ImportRefused(
                f"the import is not equal: on {IMAGES} random images output {number} differs by up "
                f"to {apart:.2g}. What forward does may depend on the values of the image, or on "
                "random numbers; a design always does the same"
            )
        largest = max(largest, apart)
        is_weak |= is_faint
    return Proved(largest, is_weak)


def _apart(number: int, one: torch.Tensor, other: torch.Tensor) -> float:
    """How far an output lies from the original's; raises ImportRefused."""
    if one.shape != other.shape:
        told = f"{tuple(other.shape)} in the place of {tuple(one.shape)}"
        raise ImportRefused(f"the import is not equal: output {number} has the shape {told}")
    if not bool(one.isfinite().all()):
        raise ImportRefused(
            f"output {number} of the original is not finite on random images, so that nothing can "
            "be proved: look at its weights"
        )
    return _largest(one - other)


def _largest(values: torch.Tensor) -> float:
    return float(values.abs().max()) if values.numel() else 0.0
