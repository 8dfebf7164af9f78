"""Modules of torch as designs: run once, recorded, drawn and proved."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from designer import analyze
from designer.core.design import Design
from designer.core.shape import Shape
from designer.engine.importing import proof
from designer.engine.importing.drawing import design_of
from designer.engine.importing.foreign import Foreign
from designer.engine.importing.recorder import Recorder
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.sketch import Sketch, Step, Value

Say = Callable[[str], None]
"""Hears what is done now."""


@dataclass(frozen=True)
class Imported:
    """A design that was proved equal, its module with the weights, and what was left out."""

    design: Design
    model: nn.Module
    difference: float
    is_weak: bool = False
    images: int = proof.IMAGES
    left_out: tuple[str, ...] = ()


def import_module(
    model: nn.Module, shape: Shape, name: str, say: Say = lambda what: None
) -> Imported:
    """Make a design of a module in eval mode that takes a batch of images of this shape.

    Raises ImportRefused.
    """
    model = model.eval().cpu()
    if any(w.is_floating_point() and w.dtype != torch.float32 for w in model.state_dict().values()):
        model = model.float()
    say("following the image through the net")
    sketch = Sketch(shape)
    recorder = Recorder(model, sketch)
    images = -proof.random_images(shape)  # not those of the proof: what looks at values shows
    recorder.know(images, sketch.image)
    with Foreign("forward"), torch.no_grad(), recorder.listening(model):
        output = model(images)
    results = [(name, _value(recorder, name, tensor)) for name, tensor in outputs_of(output)]
    design, steps = design_of(sketch, results, name)
    return prove(design, steps, lambda x: _tensors(model(x)), say, _unused(model, steps))


def prove(
    design: Design,
    steps: Mapping[str, Step],
    original: proof.Original,
    say: Say,
    left_out: tuple[str, ...] = (),
) -> Imported:
    """Hold a design against its original; raises ImportRefused where they differ."""
    faults = [fault for fault in analyze(design).diagnostics if fault.severity == "error"]
    if faults:
        raise ImportRefused(f"the import is no valid design: {faults[0].message}")
    say("comparing with the original")
    ours = proof.with_weights(design, steps)
    shape = next(iter(steps.values())).outputs[0]
    found = proof.proved(original, ours, shape)
    return Imported(design, ours, found.difference, found.is_weak, left_out=left_out)


def outputs_of(output: Any) -> list[tuple[str, torch.Tensor]]:
    """The tensors that a net returns, with names for them; raises ImportRefused."""
    if isinstance(output, torch.Tensor):
        return [("output", output)]
    if dataclasses.is_dataclass(output):
        output = vars(output)
    if isinstance(output, Mapping):
        pairs = [(str(key), value) for key, value in output.items()]
    elif isinstance(output, Sequence):
        names = getattr(output, "_fields", range(1, len(output) + 1))
        pairs = [
            (f"output{n}" if isinstance(n, int) else n, v)
            for n, v in zip(names, output, strict=True)
        ]
    else:
        raise ImportRefused(f"the net returns a {type(output).__name__}, not tensors")
    found = [(name, value) for name, value in pairs if value is not None]
    if not found or not all(isinstance(value, torch.Tensor) for _, value in found):
        raise ImportRefused("the net returns other things than tensors")
    return found


def _tensors(output: Any) -> list[torch.Tensor]:
    return [tensor for _, tensor in outputs_of(output)]


def _value(recorder: Recorder, name: str, tensor: torch.Tensor) -> Value:
    found = recorder.found(tensor)
    if isinstance(found, ImportRefused):
        raise found
    if not isinstance(found, Value):
        raise ImportRefused(
            f"{name} does not come from the image by steps that could be followed: compiled and "
            "scripted modules hide theirs; import the module that they were made from"
        )
    return found


def _unused(model: nn.Module, steps: Mapping[str, Step]) -> tuple[str, ...]:
    """The outermost modules with weights of which the design has none: aux heads, for instance."""
    used = {id(tensor) for step in steps.values() for tensor in step.state.values()}
    idle: list[str] = []
    for name, module in model.named_modules():
        held = [id(weight) for weight in module.parameters()]
        is_inside = any(name.startswith(f"{other}.") for other in idle)
        if name and held and used.isdisjoint(held) and not is_inside:
            idle.append(name)
    return tuple(idle)
