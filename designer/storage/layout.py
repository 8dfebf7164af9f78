"""How JSON text is laid out in files: made to be read, and to be compared line by line."""

from __future__ import annotations

import json
from typing import Any

WIDTH = 100
"""An object or list that fits into so many columns stands on one line."""

INDENT = "  "


def layout(value: Any) -> str:
    """Write plain values as JSON text that ends in a newline.

    The top level has a line for each key, lists of objects a line for each member, and whatever
    else fits into WIDTH columns stands on one line. Raises ValueError for a number that is not
    finite.
    """
    return _broken(value, "") + "\n"


def _written(value: Any, indent: str, taken: int) -> str:
    """The value as it stands after `taken` columns of a line."""
    if not isinstance(value, (dict, list)):
        return _flat(value)
    if not _has_rows(value):
        text = _flat(value)
        if len(indent) + taken + len(text) < WIDTH:
            return text
    return _broken(value, indent)


def _broken(value: dict[str, Any] | list[Any], indent: str) -> str:
    """An object or list with a line for each member."""
    inner = indent + INDENT
    if isinstance(value, dict):
        keys = {key: f"{_flat(key)}: " for key in value}
        rows = [f"{keys[k]}{_written(v, inner, len(keys[k]))}" for k, v in value.items()]
        opening, closing = "{", "}"
    else:
        rows = [_written(member, inner, 0) for member in value]
        opening, closing = "[", "]"
    if not rows:
        return opening + closing
    return f"{opening}\n{inner}" + f",\n{inner}".join(rows) + f"\n{indent}{closing}"


def _has_rows(value: object) -> bool:
    """Whether this is a list of objects: each gets a line of its own, and so does its change."""
    return isinstance(value, list) and any(isinstance(member, dict) for member in value)


def _flat(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
