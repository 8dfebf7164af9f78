"""Rules about the graph as a whole: where it begins, where it ends, what nobody reads."""

from __future__ import annotations

from collections.abc import Iterable

from designer.core import ends
from designer.core.design import Design
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edit import Edit
from designer.core.edits import AddNode, Append, Disconnect, RemoveNodes, SetNode, Several
from designer.core.facts import Facts
from designer.core.graph import Edge, Graph, Node, spoken
from designer.core.layer import Layer
from designer.core.lean import lean_dataclass
from designer.core.rule import DesignRule, NodeRule, Scene
from designer.layers.image import Input
from designer.layers.marks import Output

FAULTS = {
    "nothing-after-input": "Nothing reads an Input.",
    "unused-branch": "No result depends on a branch, so the net's text leaves it out.",
    "several-outputs": "Several nodes are read by nobody, and no Output says which are results.",
    "merge-of-one": "A merge has a single input, which it passes on as it is.",
    "same-input-twice": "A merge reads the same value twice.",
}
"""What the codes of this file mean; the manual's page is made of it."""


@lean_dataclass(frozen=True)
class AddInput(Edit):
    """Put a new Input in front of an input port."""

    node: str
    port: int
    layer: Layer

    @property
    def label(self) -> str:
        return f"add an Input before {spoken(self.node)}"

    def apply(self, design: Design) -> Design:
        image = Node(design.graph.free_id("image"), self.layer)
        return AddNode(image, (Edge(image.id, self.node, self.port),)).apply(design)


def image_layer(scene: Scene) -> Input:
    """An Input of the data set's size, or of the usual one where the set is not known."""
    return Input(*scene.data.shape) if scene.data else Input()


def _missing(scene: Scene) -> int:
    """How many nodes say already that a wire is missing, at the end where it is missed."""
    faults = (fault for facts in scene.facts.values() for fault in facts.faults)
    return sum(fault.code == "missing-input" for fault in faults)


def image_is_used(scene: Scene) -> Iterable[Diagnostic]:
    """An Input without a reader is the start of nothing."""
    images = ends.images(scene.design.graph)
    unread = [node for node in images if node.id not in scene.design.graph.read]
    if unread and not _missing(scene):
        for node in unread:
            spare = len(unread) < len(images)
            delete = Fix(f"Delete {node.name}", RemoveNodes(frozenset({node.id})))
            yield Diagnostic(
                "error",
                "nothing-after-input",
                f"nothing reads {node.name}: connect it to the first layer of the net",
                node.id,
                fixes=(delete,) if spare else (),
            )


def has_one_end(scene: Scene) -> Iterable[Diagnostic]:
    """Without Output marks exactly one node may be unread; with marks, none."""
    graph = scene.design.graph
    loose = [node for node in ends.unread(graph) if _is_connected(scene, node)]
    marked = bool(graph.with_role("output"))
    # as many ends may be those of wires that are missed elsewhere, which is said there
    if len(loose) <= (0 if marked else 1) or len(loose) - (not marked) <= _missing(scene):
        return
    if marked:
        for node in loose:
            yield _unused(graph, node)
    else:
        names = ", ".join(node.name for node in loose[:-1]) + f" and {loose[-1].name}"
        yield Diagnostic(
            "error",
            "several-outputs",
            f"nobody reads {names}, so the net has {len(loose)} ends: connect all but one, "
            "or mark the results by Output nodes",
            loose[-1].id,
            fixes=(
                Fix(
                    f"Mark all {len(loose)} by Output",
                    Several(
                        f"mark {len(loose)} outputs",
                        tuple(Append(n.id, (Output(),)) for n in loose),
                    ),
                ),
            ),
        )


def _unused(graph: Graph, node: Node) -> Diagnostic:
    branch = only_for(graph, node.id)
    what = node.name if len(branch) == 1 else f"the branch ({len(branch)} nodes)"
    mark = Fix(f"Mark {node.name} by Output", Append(node.id, (Output(),)))
    return Diagnostic(
        "warning",
        "unused-branch",
        f"nothing reads {node.name}, so no result depends on it and the net's text leaves it out: "
        "connect it, mark it by an Output, or delete it",
        node.id,
        fixes=(Fix(f"Delete {what}", RemoveNodes(frozenset(branch), heal=False)), mark),
    )


def only_for(graph: Graph, node_id: str) -> set[str]:
    """A node, and all that is there for it alone: what only it and its likes read, but no Input."""
    found = {node_id}
    stack = [node_id]
    while stack:
        for edge in graph.incoming.get(stack.pop(), ()):
            source = edge.source
            readers = {reader.target for reader in graph.outgoing[source]}
            is_needed = graph.nodes[source].layer.role == "image" or not readers <= found
            if source not in found and not is_needed:
                found.add(source)
                stack.append(source)
    return found


def _is_connected(scene: Scene, node: Node) -> bool:
    """Whether something feeds the node; one that waits for its wires is told so already."""
    return node.layer.role != "image" and bool(scene.feeding(node.id))


def merges_several(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """A merge has several inputs, and they are different ones."""
    edges = scene.feeding(node.id)
    if len(edges) == 1:
        yield Diagnostic(
            "hint",
            "merge-of-one",
            f"{node.name} merges one input only, so it passes {_source(scene, edges[0])} on as it "
            "is: connect another one, or remove it",
            node.id,
            fixes=(Fix(f"Remove {node.name}", RemoveNodes(frozenset({node.id}))),),
        )
        return
    if node.bypassed:
        yield from _left_out(scene, node, edges)
        return
    if node.layer.kind() == "Multiply":  # a square may be meant
        return
    seen: set[tuple[str, int]] = set()
    if len({(edge.source, edge.output) for edge in edges}) == len(edges):
        return
    for edge in edges:
        value = (edge.source, edge.output)
        if value in seen:
            name = _source(scene, edge)
            again = [e for e in edges if (e.source, e.output) == value][1:]
            which = "second wire" if len(again) == 1 else f"{len(again)} other wires"
            yield Diagnostic(
                "hint",
                "same-input-twice",
                f"{node.name} reads {name} at input {edge.port} and at another one: the same "
                "values twice are rarely meant",
                node.id,
                port=edge.port,
                fixes=(Fix(f"Remove the {which} from {name}", Disconnect(tuple(again))),),
            )
            return
        seen.add(value)


def _left_out(scene: Scene, node: Node, edges: tuple[Edge, ...]) -> Iterable[Diagnostic]:
    """A bypassed merge passes its first input on: what only its other inputs read is not used."""
    first = min(edges, key=lambda edge: edge.port)
    idle = [
        edge
        for edge in edges
        if edge.source != first.source
        and all(reader.target == node.id for reader in scene.reading(edge.source))
    ]
    if idle:
        yield Diagnostic(
            "hint",
            "unused-branch",
            f"{node.name} is bypassed and passes {_source(scene, first)} on, so no result depends "
            f"on {_source(scene, idle[0])} and the net's text leaves it out",
            node.id,
            port=idle[0].port,
            fixes=(Fix(f"Bypass {node.name} no more", SetNode(node.id, "bypassed", False)),),
        )


def _source(scene: Scene, edge: Edge) -> str:
    return scene.design.nodes[edge.source].name


RULES = (
    DesignRule(image_is_used),
    DesignRule(has_one_end),
    NodeRule(frozenset({"Concat", "Add", "Multiply"}), merges_several),
)
