"""The one strict decoder: plain JSON values to dataclasses and back, driven by their fields."""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from designer.core.parameter import union_members


class DecodeError(ValueError):
    """A value that does not fit: `place` says where (`nodes[3].params.stride`), `reason` why."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}" if place else reason)
        self.place = place
        self.reason = reason


def decode(hint: Any, value: object, place: str = "") -> Any:
    """Make a value of the type `hint` from a JSON value; nothing is converted silently.

    Raises DecodeError at the first thing that does not fit: a wrong type, an unknown or missing
    key, a number that is not finite.
    """
    if type(value) is hint and hint in _WHOLE:
        return value
    match _form(hint):
        case "fields":
            return _decode_fields(hint, value, place)
        case "union":
            return _decode_union(union_members(hint), value, place)
        case "tuple":
            return _decode_tuple(hint, value, place)
        case "literal":
            return _decode_literal(hint, value, place)
    return _decode_scalar(hint, value, place)


_WHOLE = (str, int, bool)
"""Types of which every value fits."""


@cache
def _form(hint: Any) -> str:
    """How a type is decoded; a file has thousands of values, and few types."""
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return "fields"
    if len(union_members(hint)) > 1:
        return "union"
    return {tuple: "tuple", Literal: "literal"}.get(typing.get_origin(hint), "scalar")


def encode(value: Any) -> Any:
    """Turn a dataclass, tuple or scalar into plain JSON values; defaults stay out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: encode(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not _is_default(field, getattr(value, field.name))
        }
    if isinstance(value, tuple):
        return [encode(member) for member in value]
    return value


def describe(value: object) -> str:
    """A received value in few characters, for a message."""
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, (list, tuple)) and len(repr(value)) > 40:
        return f"a list of {len(value)}"
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else repr(value)
    if value is None:
        text = "null"
    return text if len(text) <= 60 else text[:57] + "…"


def expect_object(value: object, place: str) -> Mapping[str, object]:
    """Return the value where it is a JSON object, else refuse it."""
    if not isinstance(value, Mapping):
        raise DecodeError(place, f"must be an object; received {describe(value)}")
    return value


def refuse_unknown_keys(value: Mapping[str, object], known: tuple[str, ...], place: str) -> None:
    """Refuse the first key that is not known, and name those that are."""
    for key in value:
        if key not in known:
            names = ", ".join(known) if known else "none"
            raise DecodeError(place, f"unknown key {describe(key)}; known here: {names}")


def _decode_fields(cls: Any, value: object, place: str) -> Any:
    given = expect_object(value, place)
    names, fields, hints = _fields(cls)
    refuse_unknown_keys(given, names, place)
    arguments = {}
    for field in fields:
        if field.name in given:
            inner = f"{place}.{field.name}" if place else field.name
            arguments[field.name] = decode(hints[field.name], given[field.name], inner)
        elif field.default is field.default_factory is dataclasses.MISSING:
            raise DecodeError(place, f"the key '{field.name}' is missing")
    return cls(**arguments)


@cache
def _fields(
    cls: Any,
) -> tuple[tuple[str, ...], tuple[dataclasses.Field[Any], ...], dict[str, Any]]:
    """The names of a dataclass's fields, the fields, and their types."""
    fields = dataclasses.fields(cls)
    return tuple(field.name for field in fields), fields, typing.get_type_hints(cls)


def _decode_union(members: tuple[Any, ...], value: object, place: str) -> Any:
    for member in members:
        try:
            return decode(member, value, place)
        except DecodeError:
            continue
    expected = " or ".join(_name(member) for member in members)
    raise DecodeError(place, f"must be {expected}; received {describe(value)}")


def _decode_tuple(hint: Any, value: object, place: str) -> tuple[Any, ...]:
    arguments = typing.get_args(hint)
    if not isinstance(value, (list, tuple)):
        raise DecodeError(place, f"must be {_name(hint)}; received {describe(value)}")
    if arguments[-1] is Ellipsis:
        arguments = (arguments[0],) * len(value)
    if len(arguments) != len(value):
        raise DecodeError(place, f"must be {_name(hint)}; received {describe(value)}")
    pairs = enumerate(zip(arguments, value, strict=True))
    return tuple(decode(member, item, f"{place}[{i}]") for i, (member, item) in pairs)


def _decode_literal(hint: Any, value: object, place: str) -> Any:
    if isinstance(value, str) and value in typing.get_args(hint):
        return value
    raise DecodeError(place, f"must be {_name(hint)}; received {describe(value)}")


def _decode_scalar(hint: Any, value: object, place: str) -> Any:
    if hint is Any:
        return value
    if hint is float and type(value) is int:
        value = _to_float(value, place)
    if type(value) is not hint and not (hint is types.NoneType and value is None):
        raise DecodeError(place, f"must be {_name(hint)}; received {describe(value)}")
    if isinstance(value, float) and not math.isfinite(value):
        raise DecodeError(place, f"must be a finite number; received {value}")
    return value


def _to_float(value: int, place: str) -> float:
    try:
        return float(value)
    except OverflowError:
        raise DecodeError(place, "must be a finite number; received a larger one") from None


_NAMES = {int: "an integer", float: "a number", bool: "true or false", str: "text"}


def _name(hint: Any) -> str:
    if hint is types.NoneType:
        return "null"
    if typing.get_origin(hint) is Literal:
        return " or ".join(f'"{choice}"' for choice in typing.get_args(hint))
    if typing.get_origin(hint) is tuple:
        arguments = typing.get_args(hint)
        count = "" if arguments[-1] is Ellipsis else f"{len(arguments)} "
        plural = {int: "integers", float: "numbers", str: "texts"}.get(arguments[0], "items")
        return f"a list of {count}{plural}"
    return _NAMES.get(hint, getattr(hint, "__name__", str(hint)))


def _is_default(field: dataclasses.Field[Any], value: object) -> bool:
    if field.default is not dataclasses.MISSING:
        # 1 == True == 1.0 in Python, but not in a file
        return type(value) is type(field.default) and value == field.default
    if field.default_factory is not dataclasses.MISSING:
        return bool(value == field.default_factory())
    return False
