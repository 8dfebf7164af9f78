"""How a parameter's value is written in a field, read from it and stepped; no Qt in here."""

from __future__ import annotations

import math
import re
import typing
from typing import Any

from designer.core.decode import DecodeError, decode, encode
from designer.core.parameter import Parameter, union_members


class EntryError(ValueError):
    """A text that is no value of the parameter; the sentence says what is expected."""


def write(value: object, kind: str = "size") -> str:
    """Write a value of a kind as a person would type it; None is an empty field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        joint = " × " if kind in ("size", "padding", "factor") and len(value) == 2 else ", "
        return joint.join(map(write, value))
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def read(parameter: Parameter, text: str) -> Any:
    """Read a value from a text; raises EntryError where it is none, whatever its limits."""
    text = text.strip()
    if not text and parameter.is_optional:
        return None
    if parameter.kind == "text":
        return text
    if text in parameter.choices:
        return text
    value = _scalar_or_tuple(parameter, text)
    try:
        return decode(parameter.type, encode(value))
    except DecodeError:
        raise EntryError(_expected(parameter, text)) from None


def _scalar_or_tuple(parameter: Parameter, text: str) -> Any:
    several = parameter.kind not in ("integer", "number")
    parts = [p for p in re.split(r"[\s,;×xX*\[\]()]+" if several else r"\s+", text) if p]
    try:
        values = [_number(part, parameter) for part in parts]
    except ValueError:
        raise EntryError(_expected(parameter, text)) from None
    if not values:
        raise EntryError(_expected(parameter, text))
    return values[0] if len(values) == 1 and _takes_scalar(parameter) else tuple(values)


def _number(text: str, parameter: Parameter) -> int | float:
    text = text.replace("−", "-").replace(",", ".")
    if parameter.kind in ("number", "numbers", "factor"):
        value = float(text)
        if not math.isfinite(value):
            raise ValueError
        return value
    if len(text) > 18:
        raise ValueError
    return int(text)


def _takes_scalar(parameter: Parameter) -> bool:
    return any(typing.get_origin(m) is not tuple for m in union_members(parameter.type))


def _expected(parameter: Parameter, text: str) -> str:
    wanted = {
        "integer": "a whole number",
        "number": "a number",
        "size": "a whole number, or height × width",
        "factor": "a number, or height × width",
        "sides": "a whole number, or left, right, top and bottom",
        "padding": "a whole number, height × width, or " + " or ".join(parameter.choices),
        "sizes": "whole numbers, with commas between them",
        "numbers": "a number, or several with commas between them",
    }.get(parameter.kind, " or ".join(parameter.choices))
    received = f"received “{text[:24]}”" if text else "received nothing"
    return f"{parameter.name} is {wanted}; {received}"


def step(parameter: Parameter, value: object, direction: int) -> Any:
    """The next value up (1) or down (−1), inside the limits; the same where there is no next."""
    if isinstance(value, tuple):
        return tuple(step(parameter, member, direction) for member in value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    following = value + direction
    if isinstance(value, float):
        following = _significant_step(value, direction)
    if parameter.minimum is not None and following < parameter.minimum:
        return value
    if parameter.above is not None and following <= parameter.above:
        return value
    if parameter.maximum is not None and following > parameter.maximum:
        return value
    return following


def _significant_step(value: float, direction: int) -> float:
    """Change the first significant digit by one: 0.001 → 0.002, and down 0.001 → 0.0009."""
    if value == 0:
        return 0.1 * direction
    size = math.floor(math.log10(abs(value)) + 1e-12)
    shrinks = (direction < 0) == (value > 0)
    if shrinks and math.isclose(abs(value), 10.0**size):
        size -= 1
    return float(f"{value + direction * 10.0**size:.12g}")


def limits(parameter: Parameter) -> str:
    """The limits in words, or the choices: `at least 1, at most 100`."""
    if parameter.kind == "choice":
        return " or ".join(parameter.choices)
    said = []
    if parameter.minimum is not None:
        said.append(f"at least {parameter.minimum:g}")
    if parameter.above is not None:
        said.append(f"more than {parameter.above:g}")
    if parameter.maximum is not None:
        said.append(f"at most {parameter.maximum:g}")
    return ", ".join(said)
