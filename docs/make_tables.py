"""Writes the manual's pages of layers, settings and keys from what the program knows."""

import json
from pathlib import Path

from designer.app.actions import ACTIONS, key_map
from designer.core.data import DataSettings
from designer.core.layer import Layer
from designer.core.parameter import Parameter, parameters_of
from designer.core.training import TrainingSettings
from designer.layers import families

MANUAL = Path(__file__).parent / "manual"

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

LAYERS = """\
# Layers

Written by `python docs/make_tables.py`; do not edit. Every layer, its parameters with
what they take and their defaults, as palette, inspector, file and command line know
them. A value outside the limits loads and is reported at the node. Sizes that follow
from the input (`in_channels`, `in_features`, `num_features`) are never parameters.
"""


SETTINGS = """\
# Data and training settings

Written by `python docs/make_tables.py`; do not edit. Both are part of the design: the
project file holds them under `data` and `training`, and undo covers them.
"""


KEYS = """\
# Keys

Written by `python docs/make_tables.py`; do not edit. `canvas` keys hold while the canvas
has the focus, `window` keys everywhere; a field that is being typed in keeps its own.
"""


def pages() -> dict[str, str]:
    """The text of every page by its name."""
    layers = [LAYERS]
    for family, kinds in families().items():
        layers.append(f"## {family}\n")
        layers += [_layer(kind) for kind in kinds]
    settings = [SETTINGS]
    for key, kind in (("data", DataSettings), ("training", TrainingSettings)):
        settings += [f"## `{key}`\n", _table(parameters_of(kind))]
    return {
        "layers.md": "\n".join(layers),
        "settings.md": "\n".join(settings),
        "keys.md": f"{KEYS}\n{key_map(ACTIONS)}",
    }


def _layer(kind: type[Layer]) -> str:
    sentence = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
    parts = [f"### {kind.kind()}\n", f"{sentence}\n"]
    if parameters := kind.parameters():
        parts.append(_table(parameters))
    return "\n".join(parts)


def _table(parameters: tuple[Parameter, ...]) -> str:
    lines = ["| parameter | takes | default | |", "| --- | --- | --- | --- |"]
    return "\n".join([*lines, *map(_row, parameters), ""])


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
            takes += f", {sign} {limit:,}"
    return takes


if __name__ == "__main__":
    for name, text in pages().items():
        (MANUAL / name).write_text(text, "utf-8")
