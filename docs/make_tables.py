"""Writes the manual's pages of layers, settings and keys from what the program knows."""

import json
from collections.abc import Iterator
from pathlib import Path

from designer.app.actions import ACTIONS, BY_ID
from designer.app.key_list import LEAD, as_markdown
from designer.core.data import DataSettings
from designer.core.layer import Layer
from designer.core.parameter import Parameter, parameters_of
from designer.core.training import TrainingSettings
from designer.help import topics
from designer.help.addresses import CONTENTS, FAULT, LAYER, PROBLEMS
from designer.help.addresses import KEYS as KEYS_PAGE
from designer.help.layers import layer_page, takes
from designer.help.markdown import markdown
from designer.layers import CATALOGUE, families

MANUAL = Path(__file__).parent / "manual"

LAYERS = """\
# Layers

Written by `python docs/make_tables.py`; do not edit. Every layer has a page, the same
that F1 opens in the window: what it does, the formula with an example worked out, its
PyTorch text, its parameters with what they take and their defaults, and its pitfalls.

A value outside the limits loads and is reported at the node. Sizes that follow from the
input (`in_channels`, `in_features`, `num_features`) are never parameters. All parameters
of all layers stand in [one table](parameters.md).
"""

PARAMETERS = """\
# The parameters of all layers

Written by `python docs/make_tables.py`; do not edit. This is what a project file may hold
under `params`, in full. Names, spelling and defaults are PyTorch's where PyTorch has the
layer. Sizes that follow from the input are no parameters, nor are `inplace`,
`return_indices`, `device` and `dtype`. A key that is left out has its default; a value
outside the limits loads and is reported at the node.

| layer | parameter | takes | default | |
| --- | --- | --- | --- | --- |
"""

OTHERS = {KEYS_PAGE: "../keys.md", PROBLEMS: "../faults.md", CONTENTS: "../layers.md"}
"""Pages of the help that the manual has under another name, as seen from a layer's."""

WRITTEN = "<!-- Written by `python docs/make_tables.py`; do not edit. -->\n\n"


SETTINGS = """\
# Data and training settings

Written by `python docs/make_tables.py`; do not edit. Both are part of the design: the
project file holds them under `data` and `training`, and undo covers them.
"""


KEYS = f"""\
# Keys

Written by `python docs/make_tables.py`; do not edit. {LEAD} On a Mac, `Ctrl` is the command key.

These are the keys at first: *Change keys …* in the Help menu gives an action others, or more of
them ([how](window.md#keys)). *Save the list of keys …* writes those that hold, to be printed.
"""


def pages() -> dict[str, str]:
    """The text of every page by its path in the manual."""
    layers = [LAYERS]
    for family, kinds in families().items():
        layers += [f"## {family}\n", "| layer | |\n| --- | --- |"]
        layers += [f"| [{kind.kind()}]({_file(kind)}) | {_sentence(kind)} |" for kind in kinds]
        layers.append("")
    settings = [SETTINGS]
    for key, kind in (("data", DataSettings), ("training", TrainingSettings)):
        settings += [f"## `{key}`\n", _table(parameters_of(kind))]
    return {
        "layers.md": "\n".join(layers),
        "parameters.md": PARAMETERS + "\n".join(_rows()) + "\n",
        "settings.md": "\n".join(settings),
        "keys.md": f"{KEYS}\n{as_markdown(ACTIONS, lambda name: BY_ID[name].keys)}\n",
        **{_file(kind): WRITTEN + markdown(layer_page(kind), _link) for kind in CATALOGUE.values()},
        **{
            f"notions/{name}.md": WRITTEN + markdown(make(), _link)
            for name, make in topics.PAGES.items()
        },
    }


def _rows() -> Iterator[str]:
    """A row for every parameter of every layer; one for a layer that has none."""
    for kinds in families().values():
        for kind in kinds:
            link = f"[{kind.kind()}]({_file(kind)})"
            yield from (f"| {link} {_row(p)}" for p in kind.parameters())
            if not kind.parameters():
                yield f"| {link} | – | | | |"


def _file(kind: type[Layer]) -> str:
    return f"layers/{kind.kind().lower()}.md"


def _sentence(kind: type[Layer]) -> str:
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split())


def _link(address: str) -> str | None:
    """The file of a page as seen from a layer's, or from a notion's beside it."""
    whole, _, _ = address.partition("#")
    if whole in OTHERS:
        return OTHERS[whole]
    name = whole.partition("/")[2].lower()
    if whole.startswith(LAYER):
        return f"../layers/{name}.md"
    if whole.startswith(FAULT):
        return f"../faults.md#{name}"
    return f"../notions/{name}.md"


def _table(parameters: tuple[Parameter, ...]) -> str:
    lines = ["| parameter | takes | default | |", "| --- | --- | --- | --- |"]
    return "\n".join([*lines, *map(_row, parameters), ""])


def _row(parameter: Parameter) -> str:
    cells = (
        f"`{parameter.name}`",
        takes(parameter),
        f"`{json.dumps(parameter.default)}`",
        parameter.help,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    for name, text in pages().items():
        (MANUAL / name).parent.mkdir(exist_ok=True)
        (MANUAL / name).write_text(text, "utf-8")
