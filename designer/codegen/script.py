"""The whole training script: the model's text among the parts of `resources/script`."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache

from designer.codegen.imports import Imports
from designer.codegen.literal import literal
from designer.codegen.model import Model, render_model, title
from designer.codegen.parts import NAMES, fetched_sets, part
from designer.codegen.pieces import STEP, statement
from designer.core import ends
from designer.core.analysis import Analysis
from designer.core.design import Design

_SETTING = re.compile(r"    (?P<name>\w+): (?P<type>[^=]+) = .+")

_TAIL = '''\
INPUT_SHAPE = {shape}


def build_model() -> nn.Module:
    """Make the net of this file, its weights not yet trained."""
    return {name}()'''


def render_script(design: Design, analysis: Analysis | None = None, data: str | None = None) -> str:
    """Print a design as a script that trains it, measures it and answers with it.

    Data and training settings become the script's defaults. `data` is the file or the name that
    it reads where none is given; left out, `data_name(design)`. Raises InvalidDesign.
    """
    model = render_model(design, analysis, reserved=_names_of_parts())
    imports = Imports(model.imports)
    for name in NAMES:
        for line in part(name).imports:
            imports.add(line)
    blocks = [_head(design, imports), _model_text(design, model)]
    for name in NAMES:
        body = part(name).body
        blocks.append(_with_defaults(body, design, data) if name == "settings" else body)
    return "\n\n\n".join(blocks) + "\n"


def data_name(design: Design) -> str:
    """What the script reads by default: the `.npz` beside it, or a set that torchvision fetches."""
    source = design.data.source
    if source in fetched_sets():
        return source
    stem = re.split(r"[/\\]", source.rstrip("/\\"))[-1]
    return f"{stem.removesuffix('.npz').removesuffix('.csv') or 'data'}.npz"


@cache
def _names_of_parts() -> frozenset[str]:
    return frozenset[str]().union(*(part(name).names for name in NAMES))


def _head(design: Design, imports: Imports) -> str:
    docstring = (
        f'"""{title(design, 8)}.\n\nA net with its training, made with Convnet Designer. '
        'Run it with --help.\n"""'
    )
    return docstring + "\n\n" + "\n".join(imports.lines())


def _model_text(design: Design, model: Model) -> str:
    image = ends.images(design.graph)[0]
    shape = tuple(image.layer.infer()[0])
    return (
        "\n".join(model.body.texts)
        + "\n\n\n"
        + _TAIL.format(shape=literal(shape), name=model.class_name)
    )


def _with_defaults(body: str, design: Design, data: str | None) -> str:
    """Put the design's settings in the place of the values that `Settings` has."""
    values: dict[str, object] = {
        field.name: getattr(design.training, field.name) for field in fields(design.training)
    }
    values["data"] = data_name(design) if data is None else data
    values["validation"] = design.data.validation
    lines: list[str] = []
    inside = False
    for line in body.split("\n"):
        inside = line.startswith("class Settings") or (inside and line[:1] in ("", " "))
        match = _SETTING.fullmatch(line) if inside else None
        if match and match["name"] in values:
            front = f"{match['name']}: {match['type']} = "
            lines += statement(STEP, front, literal(values[match["name"]]))
        else:
            lines.append(line)
    return "\n".join(lines)
