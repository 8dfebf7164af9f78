"""Where in a JSON text the fault is that the strict reader found: a second, slower look."""

from __future__ import annotations

import json
import re

DEEPEST = 64
"""How many objects and lists may stand inside each other."""

MOST_DIGITS = 300
"""How long an integer may be."""

_TOKEN = re.compile(
    r'"(?P<text>(?:[^"\\]|\\.)*)"(?P<is_key>\s*:)?'
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<word>-?[A-Za-z]+)|(?P<number>-?\d[\d.eE+-]*)",
    re.DOTALL,
)
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def place_of_fault(text: str) -> str:
    """Give line and column of the first thing that is valid JSON and still refused."""
    keys: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        if token["open"]:
            keys.append(set())
        elif token["close"] and keys:
            keys.pop()
        if len(keys) > DEEPEST or _is_fault(token, keys):
            return _line_and_column(text, token.start())
        if token["is_key"] and keys:
            keys[-1].add(token["text"])
    return ""


def _is_fault(token: re.Match[str], keys: list[set[str]]) -> bool:
    if token["word"]:
        return token["word"] not in ("true", "false", "null")
    if number := token["number"]:
        is_integer = number.lstrip("-").isdigit()
        return len(number) > MOST_DIGITS if is_integer else abs(float(number)) == float("inf")
    words = token["text"]
    if words is None:
        return False
    if token["is_key"] and keys and words in keys[-1]:
        return True
    return bool(_HALF_CHARACTER.search(json.loads(f'"{words}"', strict=False)))


def _line_and_column(text: str, offset: int) -> str:
    line = text.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - text.rfind(chr(10), 0, offset)}"
