"""Edits: what each does to a design, what it refuses, and that it shares what it leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from designer.core.design import Design, Frame
from designer.core.document import Document
from designer.core.edit import EditRefused
from designer.core.edits import (
    AddNode,
    Connect,
    Disconnect,
    InsertLayer,
    InsertOnEdge,
    Move,
    Paste,
    RemoveNodes,
    Rename,
    ReplaceLayer,
    SetNode,
    SetParam,
    SetTraining,
    Several,
)
from designer.core.graph import Edge, Graph, Node
from designer.layers import CATALOGUE
from designer.storage import template


def node(node_id: str, kind: str, **parameters: object) -> Node:
    return Node(node_id, CATALOGUE[kind](**parameters))


@pytest.fixture
def design() -> Design:
    """image → conv → relu → cat ← conv."""
    nodes = [node("image", "Input"), node("conv", "Conv2d", padding="same"), node("relu", "ReLU")]
    edges = [
        Edge("image", "conv"),
        Edge("conv", "relu"),
        Edge("conv", "cat"),
        Edge("relu", "cat", 1),
    ]
    return Design(graph=Graph.of([*nodes, node("cat", "Concat")], edges))


def ports(design: Design, target: str) -> list[tuple[str, int]]:
    return [(e.source, e.port) for e in design.edges if e.target == target]


def test_an_edit_shares_every_node_that_it_does_not_change(design):
    changed = SetParam("conv", "stride", 2).apply(design)
    assert changed.nodes["conv"].layer.stride == 2
    assert all(changed.nodes[n] is design.nodes[n] for n in ("image", "relu", "cat"))
    assert changed.edges is design.edges


def test_an_edit_that_changes_nothing_returns_the_very_same_design(design):
    assert SetParam("conv", "stride", 1).apply(design) is design
    assert Move({"conv": None}).apply(design) is design
    assert RemoveNodes(frozenset({"nobody"})).apply(design) is design


def test_deleting_a_link_heals_the_chain(design):
    healed = RemoveNodes(frozenset({"relu"})).apply(design)
    assert ports(healed, "cat") == [("conv", 0), ("conv", 1)]
    cut = RemoveNodes(frozenset({"relu"}), heal=False).apply(design)
    assert ports(cut, "cat") == [("conv", 0)]


def test_deleting_a_whole_stretch_joins_what_is_left(design):
    healed = RemoveNodes(frozenset({"conv", "relu"})).apply(design)
    assert ports(healed, "cat") == [("image", 0), ("image", 1)]


def test_with_the_last_node_go_the_frames_around_nodes_and_no_comment(design):
    around, comment = (
        Frame("Block", (0, 0), (9, 9), nodes=("conv", "relu")),
        Frame("", (0, 0), (9, 9), text="why"),
    )
    framed = replace(design, frames=(around, comment))
    some = RemoveNodes(frozenset({"conv", "relu"})).apply(framed)
    assert some.frames == (replace(around, nodes=()), comment)
    assert RemoveNodes(frozenset(design.nodes)).apply(framed).frames == (comment,)


def test_ports_of_a_merge_close_up(design):
    left = Disconnect((Edge("conv", "cat"),)).apply(design)
    assert ports(left, "cat") == [("relu", 0)]


def test_connecting_replaces_what_fed_the_port(design):
    changed = Connect(Edge("image", "relu")).apply(design)
    assert ports(changed, "relu") == [("image", 0)]


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (Connect(Edge("relu", "conv")), "cycle"),
        (Connect(Edge("relu", "relu")), "is a cycle"),
        (Connect(Edge("image", "conv", 3)), "no input port 3"),
        (Connect(Edge("conv", "cat", 2, output=1)), "no output 1"),
        (Connect(Edge("nobody", "conv")), "no node nobody"),
        (AddNode(node("conv", "ReLU")), "already"),
        (AddNode(node("2d", "ReLU")), "cannot be an id"),
        (SetParam("conv", "colour", 3), "no parameter colour"),
        (Rename("conv", "class"), "keyword"),
        (Rename("conv", "relu"), "already"),
        (InsertOnEdge(Edge("image", "conv"), node("cat", "Concat")), "cycle"),
        (InsertOnEdge(Edge("image", "conv"), node("other", "Input")), "no input"),
        (SetTraining("colour", 1), "no training setting"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(design, edit, why):
    with pytest.raises(EditRefused, match=why):
        edit.apply(design)


def test_inserting_puts_the_node_between(design):
    changed = InsertLayer(Edge("image", "conv"), CATALOGUE["Greyscale"]()).apply(design)
    assert ports(changed, "conv") == [("greyscale1", 0)]
    assert ports(changed, "greyscale1") == [("image", 0)]


def test_renaming_takes_every_reference_along(design):
    shared = SetNode("relu", "weights_of", "conv").apply(design)
    framed = Design(graph=shared.graph, frames=(Frame("f", (0, 0), (9, 9), nodes=("conv",)),))
    renamed = Rename("conv", "first").apply(framed)
    assert list(renamed.nodes) == ["image", "first", "relu", "cat"]
    assert renamed.nodes["relu"].weights_of == "first"
    assert renamed.frames[0].nodes == ("first",)
    assert {"conv"} & {end for e in renamed.edges for end in (e.source, e.target)} == set()


def test_replacing_a_layer_keeps_the_wires_that_still_fit(design):
    changed = ReplaceLayer("cat", CATALOGUE["ReLU"]()).apply(design)
    assert ports(changed, "cat") == [("conv", 0)]


def test_several_edits_land_whole_or_not_at_all(design):
    document = Document(design)
    both = Several("both", (SetParam("conv", "stride", 2), Connect(Edge("relu", "conv"))))
    with pytest.raises(EditRefused):
        document.execute(both)
    assert document.design is design
    assert document.undo_label is None


def test_undo_is_the_previous_value_and_redo_the_next(design):
    document = Document(design)
    document.execute(SetParam("conv", "stride", 2))
    document.execute(SetTraining("epochs", 9))
    end = document.design
    document.undo()
    document.undo()
    assert document.design is design
    assert not document.is_dirty
    document.redo()
    document.redo()
    assert document.design is end
    assert document.is_dirty
    assert document.undo_label == "set epochs"


def test_one_gesture_is_one_step(design):
    document = Document(design)
    for stride in (2, 3, 4):
        document.execute(SetParam("conv", "stride", stride), gesture="typing")
    document.undo()
    assert document.design is design
    document.redo()
    document.end_gesture()
    document.execute(SetParam("conv", "stride", 5), gesture="typing")
    document.undo()
    assert document.design.nodes["conv"].layer.stride == 4


@pytest.mark.parametrize("name", ["lenet-5", "inception-small"])
def test_a_new_node_on_a_wire_is_one_that_was_pasted_and_connected(name: str) -> None:
    design = template(name).design()
    for edge in design.edges:
        node = Node("new", CATALOGUE["Dropout"]())
        first = replace(edge, target="new", port=0, port_name=None, via=())
        last = replace(edge, source="new", output=0, output_name=None, via=())
        pasted = Paste((node,)).apply(design)
        wires = [last if e == edge else e for e in pasted.edges]
        by_hand = Connect(first).apply(pasted.with_nodes(pasted.nodes.values(), wires))
        inserted = InsertOnEdge(edge, node).apply(design)
        assert inserted.nodes == by_hand.nodes
        assert inserted.edges == by_hand.edges
        ids = list(inserted.nodes)
        assert ids.index("new") == ids.index(edge.target) - 1


def test_a_new_node_is_refused_as_it_is_by_paste_and_connect() -> None:
    conv, drop = CATALOGUE["Conv2d"](), CATALOGUE["Dropout"]()
    nodes = [Node("a", conv), Node("b", conv)]
    round_ = Design().with_nodes(nodes, [Edge("a", "b"), Edge("b", "a"), Edge("a", "b", 0, 7)])
    ring, far = round_.edges[0], round_.edges[2]
    for edge, node, why in (
        (ring, Node("new", drop), "new → b → a → new is a cycle"),
        (far, Node("new", drop), "a has no output 7"),
        (ring, Node("a b", drop), "cannot be an id"),
        (Edge("a", "b", 5), Node("new", drop), "there is no wire a → b"),
        (ring, Node("new", CATALOGUE["Input"]()), "has no input"),
    ):
        with pytest.raises(EditRefused, match=why):
            InsertOnEdge(edge, node).apply(round_)
