"""Rules about the training and data settings: their limits, the device's name, what is usual."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edit import Edit
from designer.core.edits import SetData, SetTraining
from designer.core.facts import Facts
from designer.core.faults import nearest_legal
from designer.core.parameter import parameters_of
from designer.core.rule import DesignRule, Scene

FAULTS = {
    "no-such-device": "The device has a name that PyTorch does not know.",
    "learning-rate-unusual": "The learning rate lies far from what the optimiser is used with.",
    "batch-larger-than-set": "A batch holds more images than there are for training.",
    "norm-needs-a-batch": "Batch normalisation of 1 × 1 maps cannot train on one image.",
}
"""What the codes of this file mean; the manual's page is made of it."""

_DEVICE = re.compile(r"auto|cpu|mps|cuda(:\d{1,3})?")

USUAL_RATES = {
    "SGD": (1e-6, 3.0, 0.01),
    "Adam": (1e-7, 0.1, 0.001),
    "AdamW": (1e-7, 0.1, 0.001),
    "RMSprop": (1e-7, 0.1, 0.001),
}
"""The smallest and the largest learning rate that is met, and the one to begin with."""

USUAL_BATCH = 32


def settings_within_limits(scene: Scene) -> Iterable[Diagnostic]:
    """Every setting has limits, as every parameter of a layer has."""
    design = scene.design
    for part, settings in (("training", design.training), ("data", design.data)):
        kind: Any = type(settings)
        for parameter in parameters_of(kind):
            name = parameter.name
            value = getattr(settings, name)
            fault = parameter.fault(value)
            if fault:
                legal = nearest_legal(parameter, value)
                if name == "learning_rate":
                    # the nearest that is allowed ruins every training
                    legal = USUAL_RATES.get(design.training.optimizer, (0, 0, legal))[2]
                edit: Edit = (
                    SetTraining(name, legal) if part == "training" else SetData(name, legal)
                )
                label = f"Set {name.replace('_', ' ')} to {legal:,}" if legal is not None else ""
                yield Diagnostic(
                    "error",
                    "out-of-range",
                    f"{part}: {fault}",
                    param=name,
                    fixes=(Fix(label, edit),) if label else (),
                )


def device_has_a_name(scene: Scene) -> Iterable[Diagnostic]:
    """A device is named as PyTorch names it; whether it is there, the run will see."""
    device = scene.design.training.device
    if not _DEVICE.fullmatch(device):
        yield Diagnostic(
            "error",
            "no-such-device",
            f"training: device must be auto, cpu, cuda, cuda:0 … or mps; received {device[:40]!r}",
            param="device",
            fixes=(Fix("Set device to auto", SetTraining("device", "auto")),),
        )


def rate_is_usual(scene: Scene) -> Iterable[Diagnostic]:
    """A learning rate off by orders of magnitude learns nothing, or loses everything."""
    training = scene.design.training
    rate = training.learning_rate
    least, most, usual = USUAL_RATES[training.optimizer]
    if 0 < rate <= 100 and not least <= rate <= most:
        what = "diverges" if rate > most else "stands still"
        yield Diagnostic(
            "hint",
            "learning-rate-unusual",
            f"training: a learning rate of {rate:g} is unusual for {training.optimizer}, which is "
            f"used with {least:g} … {most:g}: it mostly {what}",
            param="learning_rate",
            fixes=(Fix(f"Set learning rate to {usual:g}", SetTraining("learning_rate", usual)),),
        )


def batch_fits_the_set(scene: Scene) -> Iterable[Diagnostic]:
    """An epoch of one step takes as many epochs as it should have steps."""
    size = scene.design.training.batch_size
    images = scene.data.train if scene.data else 0
    if images < 2 or not images < size <= 1_000_000:
        return
    smaller = min(USUAL_BATCH, max(2, images // 4))
    yield Diagnostic(
        "hint",
        "batch-larger-than-set",
        f"training: a batch of {size:,} is larger than the {images:,} training images of "
        f"{scene.data.name if scene.data else ''}: every epoch is a single step",
        param="batch_size",
        fixes=(Fix(f"Set batch size to {smaller}", SetTraining("batch_size", smaller)),),
    )


def norm_has_a_batch(scene: Scene) -> Iterable[Diagnostic]:
    """The variance over one value is none: PyTorch refuses to train so."""
    if scene.design.training.batch_size != 1:
        return
    for node in scene.design.nodes.values():
        facts = scene.facts[node.id]
        if node.frozen or node.bypassed or not _normalises_single_cells(facts):
            continue
        what = "is a BatchNorm2d" if facts.inside is None else "has BatchNorm2d inside"
        yield Diagnostic(
            "warning",
            "norm-needs-a-batch",
            f"{node.name} {what} over maps of 1 × 1, and batches of 1 image give it one "
            "value a channel, which has no variance: training needs at least 2 images a batch",
            node.id,
            fixes=(
                Fix(f"Set batch size to {USUAL_BATCH}", SetTraining("batch_size", USUAL_BATCH)),
            ),
        )


def _normalises_single_cells(facts: Facts) -> bool:
    """Whether a node, or one inside it, is a BatchNorm2d that gets maps of 1 × 1."""
    if facts.inside is not None:
        return any(map(_normalises_single_cells, facts.inside.values()))
    x = facts.inputs[0] if facts.inputs else None
    return facts.layer.kind() == "BatchNorm2d" and x is not None and x[1:] == (1, 1)


RULES = (
    DesignRule(settings_within_limits, of=lambda scene: (scene.design.training, scene.design.data)),
    DesignRule(device_has_a_name),
    DesignRule(rate_is_usual),
    DesignRule(batch_fits_the_set),
    DesignRule(norm_has_a_batch),
)
