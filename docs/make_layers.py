"""Writes docs/manual/layers.md, the table of every layer, from the layers' own fields."""

import json
from pathlib import Path

from designer.core.layer import Layer
from designer.core.parameter import Parameter
from designer.layers import families

PAGE = Path(__file__).parent / "manual" / "layers.md"

KINDS = {
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "text": "text",
    "size": "an integer or [height, width]",
    "padding": "an integer, [height, width]",
    "sizes": "integers in a list",
    "numbers": "a number, or one a channel",
}

BEGINNING = """\
# Layers

Written by `python docs/make_layers.py`; do not edit. Every layer, its parameters with
what they take and their defaults, as palette, inspector, file and command line know
them. A value outside the limits loads and is reported at the node. Sizes that follow
from the input (`in_channels`, `in_features`, `num_features`) are never parameters.
"""


def page() -> str:
    """The whole page as Markdown."""
    parts = [BEGINNING]
    for family, layers in families().items():
        parts.append(f"## {family}\n")
        parts += [_section(kind) for kind in layers]
    return "\n".join(parts)


def _section(kind: type[Layer]) -> str:
    sentence = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
    lines = [f"### {kind.kind()}\n", f"{sentence}\n"]
    if parameters := kind.parameters():
        lines += ["| parameter | takes | default | |", "| --- | --- | --- | --- |"]
        lines += [_row(parameter) for parameter in parameters]
        lines.append("")
    return "\n".join(lines)


def _row(parameter: Parameter) -> str:
    cells = (
        f"`{parameter.name}`",
        _takes(parameter),
        f"`{json.dumps(parameter.default)}`",
        parameter.help,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _takes(parameter: Parameter) -> str:
    choices = [f'`"{choice}"`' for choice in parameter.choices]
    kind = [KINDS[parameter.kind]] if parameter.kind in KINDS else []
    takes = ", ".join(kind + choices)
    if parameter.is_optional:
        takes += " or null"
    for sign, limit in (
        (">", parameter.above),
        ("≥", parameter.minimum),
        ("≤", parameter.maximum),
    ):
        if limit is not None:
            takes += f", {sign} {limit:,g}"
    return takes


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
