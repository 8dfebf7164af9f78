"""Strict JSON: text to plain values, refusing what JSON readers usually let pass."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from designer.core.decode import DecodeError
from designer.core.json_place import DEEPEST, MOST_DIGITS, place_of_fault

_TOO_DEEP = f"objects and lists nest deeper than {DEEPEST}"
_LONE_SURROGATE = re.compile("[\\ud800-\\udfff]")


def parse(text: str) -> Any:
    """Read JSON text into plain values.

    Raises DecodeError for wrong JSON, a key given twice, a number that is not finite, a lone
    surrogate and nesting deeper than DEEPEST; the place is a line and a column where one is known.
    """
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            parse_int=_integer,
        )
        # a lone surrogate can only come from an escape, or from text that was never UTF-8
        _inspect(value, texts_may_break="\\u" in text or not text.isascii())
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise DecodeError(place, f"not valid JSON: {error.msg}") from None
    except RecursionError:
        raise DecodeError(place_of_fault(text), _TOO_DEEP) from None
    except DecodeError as error:
        raise DecodeError(place_of_fault(text), error.reason) from None
    return value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise DecodeError("", f"the key {key[:60]!r} is given twice in one object")
            seen.add(key)
    return result


def _refuse_constant(name: str) -> NoReturn:
    raise DecodeError("", f"{name} is not a finite number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise DecodeError("", f"{text[:40]} is not a finite number")
    return number


def _integer(text: str) -> int:
    # whether a value is too large for its parameter is a matter of the design, not of the file;
    # but Python itself reads no integers beyond 4,300 digits, and a float holds 308
    if len(text) > MOST_DIGITS:
        raise DecodeError("", f"{text[:20]}… is too large: it has more than {MOST_DIGITS} digits")
    return int(text)


def _inspect(value: object, texts_may_break: bool) -> None:
    """Walk the containers once, without recursion, and refuse what is too deep or half a text."""
    stack: list[tuple[object, int]] = [(value, 1)]
    while stack:
        item, depth = stack.pop()
        members = [*item, *item.values()] if isinstance(item, dict) else item
        if isinstance(members, list):
            if depth > DEEPEST:
                raise DecodeError("", _TOO_DEEP)
            stack.extend((m, depth + 1) for m in members if isinstance(m, (dict, list, str)))
        elif texts_may_break and isinstance(members, str) and _LONE_SURROGATE.search(members):
            raise DecodeError("", "a text holds half a character (a lone surrogate)")
