"""The text of a model: what is exported, what the code panel shows, what the engine executes."""

from __future__ import annotations

from collections.abc import Iterable

from designer.codegen.classes import ClassWriter
from designer.codegen.composites import Composites
from designer.codegen.imports import Imports
from designer.codegen.invalid import InvalidDesign
from designer.codegen.literal import WIDTH, comment
from designer.codegen.namespace import TEXT_NAMES, Namespace, attribute_names
from designer.codegen.source import Lines, Source
from designer.core import ends
from designer.core.analysis import Analysis, analyze
from designer.core.call import Call, Definition
from designer.core.design import Design
from designer.core.graph import Graph, id_fault
from designer.core.lean import lean_dataclass
from designer.core.naming import illegal_id

NAME = "Net"
"""The class of a net."""

UNTITLED = "A convolutional network"

IMPORTS = ("import torch", "from torch import nn")


@lean_dataclass(frozen=True, slots=True)
class Model:
    """A model in parts: the imports, and definitions and classes with two empty lines between."""

    imports: tuple[str, ...]
    body: Lines
    class_name: str


def render(design: Design, analysis: Analysis | None = None, name: str = NAME) -> Source:
    """Print a design as a Python module with one class for the net.

    `analysis` is the design's own, made here where it is not given. Raises InvalidDesign where
    it has an error.
    """
    model = render_model(design, analysis, name)
    text = Lines()
    text.add(f'"""{title(design, 8)}."""', "", *Imports(model.imports).lines(), "", "")
    text.append(model.body)
    lines = {node_id: tuple(ranges) for node_id, ranges in text.ranges.items()}
    return Source("\n".join(text.texts) + "\n", lines, model.class_name)


def render_model(
    design: Design,
    analysis: Analysis | None = None,
    name: str = NAME,
    reserved: frozenset[str] = frozenset(),
) -> Model:
    """Print the parts of a model's text; raises InvalidDesign.

    `reserved` are names that the classes of composites must not take.
    """
    if analysis is None:
        analysis = analyze(design)
    # asked here too: ids come into the text as they are, whatever rules the analysis was given
    graph = design.graph
    illegal = tuple(
        illegal_id(graph, node, fault)
        for node in graph.nodes.values()
        if (fault := id_fault(node.id))
    )
    if illegal or not analysis.is_valid or not ends.outputs(graph):
        raise InvalidDesign((*illegal, *analysis.diagnostics))
    composites = Composites(Namespace((*TEXT_NAMES, *reserved, name)))
    net = ClassWriter(design.graph, analysis.facts, composites.call, remarks=True).write()
    definitions = definitions_of([*composites.calls, *net.calls])
    body = Lines()
    for definition in definitions:
        body.add(*definition.source.rstrip("\n").split("\n"), "", "")
    for lines in composites.classes:
        body.append(lines)
        body.add("", "")
    body.append(net.lines(name, _sentence(design, analysis)))
    imports = (*IMPORTS, *(line for d in definitions for line in d.imports))
    return Model(imports, body, name)


def attributes(graph: Graph) -> dict[str, str]:
    """The attribute of the model that each node's id became: the id, or with `_` behind it."""
    return attribute_names(graph.nodes)


def title(design: Design, used: int) -> str:
    """The design's name as a sentence without its end, for a line of which `used` columns are."""
    return comment(design.name, WIDTH - used).rstrip(".") or UNTITLED


def _sentence(design: Design, analysis: Analysis) -> str:
    sides = [
        " and ".join(str(analysis.facts[node.id].output) for node in nodes)
        for nodes in (ends.images(design.graph), ends.outputs(design.graph))
    ]
    parameters = analysis.totals.parameters
    return f"{' → '.join(sides)}; {parameters:,} parameters."


def definitions_of(calls: Iterable[Call]) -> list[Definition]:
    """What the calls need that PyTorch has not, each once, in the order of first use."""
    found: dict[str, Definition] = {}
    for call in calls:
        if call.definition is not None:
            found.setdefault(call.definition.name, call.definition)
    return list(found.values())
