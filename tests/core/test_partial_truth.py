"""Partial truth: what does not depend on a broken node keeps all that is known of it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import designer
from designer.core.design import Design
from designer.core.edit import Edit
from designer.core.edits import Disconnect, ReplaceLayer, SetParam
from designer.core.graph import Graph, Node
from designer.layers import CATALOGUE
from tests.codegen.nets import RandomNet


def behind(graph: Graph, node_id: str) -> set[str]:
    """A node and all that depends on it."""
    found, stack = {node_id}, [node_id]
    while stack:
        for edge in graph.outgoing.get(stack.pop(), ()):
            if edge.target not in found:
                found.add(edge.target)
                stack.append(edge.target)
    return found


def ways_to_break(design: Design, node: Node) -> list[Edit]:
    """Edits after which a node cannot know its output."""
    wires = design.graph.incoming[node.id]
    ways: list[Edit] = [Disconnect(wires)]
    if node.layer.inputs == node.layer.output_count == 1 and node.layer.role == "layer":
        ways.append(ReplaceLayer(node.id, CATALOGUE["Flatten"](7, 7)))
    limits = [p for p in node.layer.parameters() if p.kind == "integer" and p.minimum == 1]
    return [*ways, *(SetParam(node.id, p.name, 0) for p in limits)]


@given(seed=st.integers(0, 10**6), size=st.integers(3, 20), data=st.data())
@settings(max_examples=120)
def test_only_what_depends_on_a_broken_node_is_unknown(
    seed: int, size: int, data: st.DataObject
) -> None:
    design = RandomNet(seed).grow(size)
    whole = designer.analyze(design)
    fed = [n for n in design.nodes.values() if n.id in design.graph.incoming and not n.bypassed]
    assume(whole.is_valid and fed)
    node = data.draw(st.sampled_from(fed))
    broken = data.draw(st.sampled_from(ways_to_break(design, node))).apply(design)
    for known in (designer.analyze(broken), designer.analyze(broken, None, whole)):
        lost = behind(broken.graph, node.id)
        assert known.facts[node.id].outputs is None
        for other in broken.nodes:
            if other not in lost:
                assert known.facts[other] == whole.facts[other], (node.id, other)
            elif other != node.id:
                assert not known.facts[other].faults, "said once, where the cause is"
                assert known.facts[other].outputs is None
        kept = [whole.facts[n] for n in broken.nodes if n not in lost]
        totals = known.totals
        assert (totals.known, totals.nodes) == (len(kept), len(broken.nodes))
        assert totals.parameters == sum(f.parameters or 0 for f in kept)
        assert totals.macs == sum(f.macs or 0 for f in kept)
        assert totals.activation_bytes == sum(f.activation_bytes or 0 for f in kept)
        said = [d for d in known.diagnostics if d.severity == "error"]
        assert {d.node for d in said} == {node.id}


def test_of_two_broken_nodes_in_a_row_both_say_what_is_theirs() -> None:
    """A value off its limits is a fault whatever stands before it; a shape is not judged."""
    design = RandomNet(3).grow(8)
    chain = [n for n in design.nodes.values() if n.layer.kind() == "Conv2d"][:2]
    assert len(chain) == 2
    for node in chain:
        layer = replace(node.layer, stride=0)  # type: ignore[type-var]
        design = ReplaceLayer(node.id, layer).apply(design)
    found = {d.node for d in designer.analyze(design).diagnostics if d.code == "out-of-range"}
    assert found == {node.id for node in chain}
