"""SVG: what Qt wrote, with the fonts in it, so that its words look the same in every viewer."""

from __future__ import annotations

import base64
import re

from designer.resources import resource

FAMILIES = "Inter,JetBrains Mono"
WEIGHTS = {"400": "Regular", "600": "SemiBold"}
BASIC = re.compile(r"[\x00-\u017f\u2010-\u22ff\u2308-\u230b\u2318\u25a0-\u25ff\u2713]*\Z")
"""Text that the smaller file of a font has all signs of, or that none of ours has."""
_TEXT = re.compile(r"(<text [^>]*?font-weight=\"(\d+)\"[^>]*>)([^<]*)(</text>)", re.DOTALL)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)x(?=\d)")


def with_fonts(svg: str) -> str:
    """Put the fonts that the words need into the file; the words stay words.

    Inter draws `1x1` as `1×1` where a viewer lets it, which nobody typed: a viewer that knows
    our rules is told not to, and one that does not finds the x in a piece of its own.
    """
    found = _TEXT.findall(svg)
    words: dict[str, str] = {}
    for _, weight, text, _ in found:
        words[weight] = words.get(weight, "") + text
    faces = [face for weight in WEIGHTS if weight in words for face in _faces(weight, words)]
    style = (
        "<style>"
        + "".join(faces)
        + 'text{font-feature-settings:"tnum","calt" 0;white-space:pre}</style>'
    )
    svg = svg.replace("<defs>", f"<defs>\n{style}", 1)
    svg = svg.replace(f'font-family="{FAMILIES}"', f'font-family="{FAMILIES},sans-serif"')
    return _TEXT.sub(_apart, svg)


def _apart(match: re.Match[str]) -> str:
    begin, _, text, end = match.groups()
    return begin + _BETWEEN_DIGITS.sub("<tspan>x</tspan>", text) + end


def _faces(weight: str, words: dict[str, str]) -> list[str]:
    parts = ["basic"] if BASIC.match(words[weight]) else ["basic", "more"]
    made = []
    for part in parts:
        file = resource("fonts", "svg", f"Inter-{WEIGHTS[weight]}-{part}.woff2")
        content = base64.b64encode(file.read_bytes()).decode("ascii")
        extent = _range(part)
        made.append(
            f"@font-face{{font-family:Inter;font-weight:{weight};{extent}"
            f"src:url(data:font/woff2;base64,{content}) format('woff2')}}\n"
        )
    return made


def _range(part: str) -> str:
    """Which signs are looked for in the second file; the first is asked for all others."""
    return "unicode-range:U+180-24F,U+300-52F,U+1E00-1FFF;" if part == "more" else ""
