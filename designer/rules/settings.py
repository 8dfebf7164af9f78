"""Rules about the training and data settings: their limits, and the device's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from designer.core.diagnostic import Diagnostic
from designer.core.parameter import parameters_of
from designer.core.rule import DesignRule, Scene

_DEVICE = re.compile(r"auto|cpu|mps|cuda(:\d{1,3})?")


def settings_within_limits(scene: Scene) -> Iterable[Diagnostic]:
    """Every setting has limits, as every parameter of a layer has."""
    parts = (("training", scene.design.training), ("data", scene.design.data))
    for part, settings in parts:
        kind: Any = type(settings)
        for parameter in parameters_of(kind):
            fault = parameter.fault(getattr(settings, parameter.name))
            if fault:
                yield Diagnostic("error", "out-of-range", f"{part}: {fault}", param=parameter.name)


def device_has_a_name(scene: Scene) -> Iterable[Diagnostic]:
    """A device is named as PyTorch names it; whether it is there, the run will see."""
    device = scene.design.training.device
    if not _DEVICE.fullmatch(device):
        yield Diagnostic(
            "error",
            "no-such-device",
            f"training: device must be auto, cpu, cuda, cuda:0 … or mps; received {device[:40]!r}",
            param="device",
        )


RULES = (DesignRule(settings_within_limits), DesignRule(device_has_a_name))
