"""Parameters: dataclass fields that know their limits, their help and their kind of value."""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from designer.core.lean import lean_dataclass

Size = int | tuple[int, int]
"""One integer for both axes, or (height, width)."""

Factor = float | tuple[float, float]
"""One number for both axes, or (height, width)."""

Sides = int | tuple[int, int, int, int]
"""One integer for all sides, or (left, right, top, bottom)."""

Padding = int | tuple[int, int] | Literal["same", "valid"]
"""Cells added on every side, or TensorFlow's rule by name."""


LARGEST = 2**31 - 1
"""The limit of every integer that has no other: PyTorch counts the cells of a tensor in 64 bit."""


@lean_dataclass(frozen=True, slots=True)
class Parameter:
    """What is known of one parameter: enough to draw its row, to check and to document it."""

    name: str
    type: Any
    default: Any
    minimum: float | None
    maximum: float | None
    choices: tuple[str, ...]
    help: str
    is_optional: bool
    above: float | None = None

    @property
    def kind(self) -> str:
        """One of integer, number, boolean, choice, text, sizes, numbers, and what has directions.

        These are size (one integer, or height and width), factor (the same in numbers), padding
        (a size or a word) and sides (one integer, or left, right, top and bottom).
        """
        return _kind(self.type, bool(self.choices))

    def fault(self, value: object) -> str | None:
        """Say in words why the value is outside the limits, or None where it is inside."""
        for number in _numbers(value):
            if rule := self._broken_rule(number):
                return f"{self.name} must be {rule}; received {_plain(number)}"
        return None

    def _broken_rule(self, number: int | float) -> str | None:
        if not math.isfinite(number):
            return "a finite number"
        if self.minimum is not None and number < self.minimum:
            return f"at least {_plain(self.minimum)}"
        if self.above is not None and number <= self.above:
            return f"more than {_plain(self.above)}"
        maximum = self.maximum
        if maximum is None and isinstance(number, int):
            maximum = LARGEST
        if maximum is not None and number > maximum:
            return f"at most {_plain(maximum)}"
        return f"at least {_plain(-LARGEST)}" if number < -LARGEST else None


def param(
    default: Any,
    *,
    min: float | None = None,
    max: float | None = None,
    above: float | None = None,
    help: str = "",
) -> Any:
    """Declare a dataclass field as a parameter.

    `min` and `max` are inclusive limits, `above` is an exclusive one; for sizes and lists they
    hold for every member. `help` is the sentence that inspector and documentation show.
    """
    metadata = {"min": min, "max": max, "above": above, "help": help}
    return dataclasses.field(default=default, metadata=metadata)


@cache
def parameters_of(cls: Any) -> tuple[Parameter, ...]:
    """Read the parameters off a dataclass, in the order of its fields."""
    hints = typing.get_type_hints(cls)
    return tuple(_parameter(field, hints[field.name]) for field in dataclasses.fields(cls))


def _parameter(field: dataclasses.Field[Any], hint: Any) -> Parameter:
    limits = field.metadata
    members = union_members(hint)
    optional = types.NoneType in members
    literals = [member for member in members if typing.get_origin(member) is Literal]
    return Parameter(
        name=field.name,
        type=hint,
        default=field.default,
        minimum=limits.get("min"),
        maximum=limits.get("max"),
        above=limits.get("above"),
        choices=tuple(str(choice) for literal in literals for choice in typing.get_args(literal)),
        help=limits.get("help", ""),
        is_optional=optional,
    )


def union_members(hint: Any) -> tuple[Any, ...]:
    """The members of a union, or the type itself as its only member."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return typing.get_args(hint)
    return (hint,)


def _kind(hint: Any, has_choices: bool) -> str:
    members = [m for m in union_members(hint) if m is not types.NoneType]
    tuples = [m for m in members if typing.get_origin(m) is tuple]
    scalars = [m for m in members if isinstance(m, type) and m not in tuples]
    if tuples and has_choices:
        return "padding"
    if tuples:
        arguments = typing.get_args(tuples[0])
        if arguments[-1] is Ellipsis or not scalars:
            return "numbers" if arguments[0] is float else "sizes"
        if arguments[0] is float:
            return "factor"
        return "size" if len(arguments) == 2 else "sides"
    if has_choices:
        return "choice"
    return {bool: "boolean", int: "integer", float: "number", str: "text"}[scalars[0]]


def _numbers(value: object) -> Iterator[float]:
    if isinstance(value, tuple):
        for member in value:
            yield from _numbers(member)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield value


def listed(numbers: tuple[int, ...], joint: str = ", ") -> str:
    """Integers as a person lists them, a long list by its beginning."""
    if len(numbers) <= 12:
        return joint.join(map(str, numbers)) or "nothing"
    return f"{joint.join(map(str, numbers[:8]))} … ({len(numbers):,} in all)"


def _plain(number: int | float) -> str:
    """A number as a person reads it: 1,000 and 0.5, and a very long one by its beginning."""
    if isinstance(number, float):
        return f"{number:g}"
    digits = len(str(abs(number)))
    return f"{number:,}" if digits <= 19 else f"{str(number)[:12]}… ({digits} digits)"
