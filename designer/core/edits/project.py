"""Edits of what a project has besides its graph: name, data, training settings, frames."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from designer.core.design import Design, Frame
from designer.core.edit import Edit, EditRefused
from designer.core.lean import lean_dataclass


@lean_dataclass(frozen=True)
class SetName(Edit):
    """Give the project another name."""

    name: str

    @property
    def label(self) -> str:
        return "rename the project"

    def apply(self, design: Design) -> Design:
        return design if design.name == self.name else replace(design, name=self.name)


@lean_dataclass(frozen=True)
class SetTraining(Edit):
    """Set one of the training settings."""

    name: str
    value: Any

    @property
    def label(self) -> str:
        return f"set {self.name.replace('_', ' ')}"

    def apply(self, design: Design) -> Design:
        return _set(design, "training", self.name, self.value)


@lean_dataclass(frozen=True)
class SetData(Edit):
    """Set one of the data settings."""

    name: str
    value: Any

    @property
    def label(self) -> str:
        return f"set the data's {self.name}"

    def apply(self, design: Design) -> Design:
        return _set(design, "data", self.name, self.value)


@lean_dataclass(frozen=True)
class SetFrames(Edit):
    """Put these frames in the place of those that are there."""

    frames: tuple[Frame, ...]
    verb: str = "change frames"

    @property
    def label(self) -> str:
        return self.verb

    def apply(self, design: Design) -> Design:
        return design if design.frames == self.frames else replace(design, frames=self.frames)


def _set(design: Design, part: str, name: str, value: Any) -> Design:
    settings = getattr(design, part)
    if name not in {field.name for field in fields(settings)}:
        raise EditRefused(f"there is no {part} setting {name}")
    before = getattr(settings, name)
    if type(before) is type(value) and before == value:
        return design
    changed: dict[str, Any] = {part: replace(settings, **{name: value})}
    return replace(design, **changed)
