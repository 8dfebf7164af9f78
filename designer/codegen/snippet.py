"""A layer by itself: the few lines that try it in PyTorch, printed as nets are."""

from __future__ import annotations

from designer.codegen.classes import piece_of
from designer.codegen.composites import Composites
from designer.codegen.imports import Imports
from designer.codegen.literal import literal
from designer.codegen.model import IMPORTS, definitions_of
from designer.codegen.namespace import TEXT_NAMES, Namespace
from designer.codegen.pieces import Group, Piece, statement
from designer.core.call import Call, Chain, Expression, Operand
from designer.core.graph import Node
from designer.core.layer import Layer
from designer.core.shape import Shape

BATCH = 8
"""How many samples the example's inputs have: PyTorch's tensors begin with the batch."""


def snippet(layer: Layer, inputs: tuple[Shape, ...]) -> str:
    """Print a layer over random inputs of these shapes, as a script that runs by itself.

    An input is `x`, several are `x1`, `x2` …, and so are the outputs `y`; behind each stands its
    shape with the batch in front. Raises Refused where the layer takes no such inputs.
    """
    outputs = layer.infer(*inputs)
    if layer.role == "image":
        return _joined(list(IMPORTS[:1]), [_random("x", outputs[0])])
    composites = Composites(Namespace((*TEXT_NAMES, "layer", "y")))
    form, module = _form(layer, inputs, composites)
    xs, ys = _names("x", len(inputs)), _names("y", len(outputs))
    calls = [*composites.calls, *(call for call in (form, module) if isinstance(call, Call))]
    definitions = definitions_of(calls)
    body: list[str] = []
    for definition in definitions:
        body += ["", *definition.source.rstrip("\n").split("\n"), "", ""]
    for lines in composites.classes:
        body += ["", *lines.texts, "", ""]
    if module is not None:
        body += statement("", "layer = ", piece_of(module, ()))
    body += [_random(name, shape) for name, shape in zip(xs, inputs, strict=True)]
    piece: Piece = Group("layer(", tuple(("", name) for name in xs))
    if form is not None:
        piece = piece_of(form, xs)
    told = ", ".join(f"{BATCH} × {shape}" for shape in outputs)
    body += statement("", f"{', '.join(ys)} = ", piece, told)
    imports = [*IMPORTS[: 2 if any("nn." in line for line in body) else 1]]
    return _joined([*imports, *(line for d in definitions for line in d.imports)], body)


def _form(
    layer: Layer, inputs: tuple[Shape, ...], composites: Composites
) -> tuple[Expression | None, Call | None]:
    """The expression over the inputs, or else the constructor of the module."""
    if layer.is_composite:
        return None, composites.call(Node("layer", layer), inputs[0])
    if (module := layer.module(*inputs)) is not None:
        return None, module
    form = layer.expression(*inputs)
    return (Operand(0) if isinstance(form, Chain) and len(inputs) == 1 else form), None


def _random(name: str, shape: Shape) -> str:
    return f"{name} = torch.rand({', '.join(map(literal, (BATCH, *shape)))})"


def _names(stem: str, count: int) -> tuple[str, ...]:
    return (stem,) if count == 1 else tuple(f"{stem}{i}" for i in range(1, count + 1))


def _joined(imports: list[str], body: list[str]) -> str:
    return "\n".join([*Imports(imports).lines(), "", *body]).rstrip() + "\n"
