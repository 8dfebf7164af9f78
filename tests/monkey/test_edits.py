"""The monkey: any edits in any order, and after each the house still stands."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

import designer
from designer.codegen import InvalidDesign
from designer.core.change import diff
from designer.core.data import DataDescription
from designer.core.design import Design, Frame
from designer.core.document import Document
from designer.core.edit import Edit, EditRefused
from designer.core.edits import (
    AddNode,
    Connect,
    Disconnect,
    InsertOnEdge,
    Move,
    Paste,
    RemoveNodes,
    Rename,
    ReplaceLayer,
    SetData,
    SetFrames,
    SetName,
    SetNode,
    SetParam,
    SetTraining,
    SetVia,
    Several,
)
from designer.core.graph import Edge, Node
from designer.core.shape import Shape
from designer.layers import CATALOGUE
from designer.storage import fragment, from_text, template, to_text
from tests.contract.layers import layers, values

PLACES = st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4))
LETTERS = DataDescription("letters", Shape((1, 28, 28)), tuple("ABCDEFGHIJ"), 15_000, 0, 10)
FEW = DataDescription("few", Shape((3, 8, 8)), ("a", "b"), 12, 4, 4)
NAMES = st.sampled_from(
    ["a", "A", "b2", "conv1", "train", "x", "größe", "class", "_a", "1", "", "a" * 90]
)
EVERY_LAYER = st.sampled_from(sorted(CATALOGUE)).flatmap(lambda kind: layers(CATALOGUE[kind]))


class Monkey(RuleBasedStateMachine):
    """Edits a design at random and compares what is known of it with what is found anew."""

    def __init__(self) -> None:
        super().__init__()
        self.document = Document(template("lenet-5").design())
        self.first = self.document.design
        self.data: DataDescription | None = None
        self.analysis = designer.analyze(self.first)

    @property
    def design(self) -> Design:
        return self.document.design

    def do(self, edit: Edit) -> None:
        """Execute an edit that may be refused; either it lands whole, or not at all."""
        before = self.design
        assert edit.label
        try:
            self.document.execute(edit)
        except EditRefused as refusal:
            assert str(refusal)
            assert self.design is before

    def some(self, data: st.DataObject, items: Any, count: int = 1) -> Any:
        items = sorted(items, key=str)
        if not items:
            return [] if count > 1 else None
        if count == 1:
            return data.draw(st.sampled_from(items))
        return data.draw(st.lists(st.sampled_from(items), max_size=count, unique=True))

    @rule(layer=EVERY_LAYER, place=st.none() | PLACES, name=st.none() | NAMES, data=st.data())
    def add(self, layer: Any, place: Any, name: str | None, data: st.DataObject) -> None:
        node_id = self.design.graph.free_id(layer.stem()) if name is None else name
        sources = self.some(data, self.design.nodes, 3) if layer.inputs != 0 else []
        edges = tuple(Edge(s, node_id, i) for i, s in enumerate(sources))
        self.do(AddNode(Node(node_id, layer, place), edges))

    @rule(data=st.data(), heal=st.booleans())
    def remove(self, data: st.DataObject, heal: bool) -> None:
        self.do(RemoveNodes(frozenset(self.some(data, self.design.nodes, 3)), heal))

    @rule(data=st.data(), port=st.integers(0, 3))
    def connect(self, data: st.DataObject, port: int) -> None:
        if len(self.design.nodes) > 1:
            source, target = (self.some(data, self.design.nodes) for _ in range(2))
            self.do(Connect(Edge(source, target, port)))

    @precondition(lambda self: self.design.edges)
    @rule(data=st.data())
    def disconnect(self, data: st.DataObject) -> None:
        if edges := self.some(data, self.design.edges, 3):
            self.do(Disconnect(tuple(edges)))

    @precondition(lambda self: self.design.edges)
    @rule(data=st.data(), layer=EVERY_LAYER, via=st.lists(PLACES, max_size=3).map(tuple))
    def change_a_wire(self, data: st.DataObject, layer: Any, via: Any) -> None:
        edge = self.some(data, self.design.edges)
        node = Node(self.design.graph.free_id(layer.stem()), layer)
        old = self.design.nodes[self.some(data, self.design.nodes)]
        edits = (SetVia(edge, via), InsertOnEdge(edge, node), InsertOnEdge(edge, old))
        self.do(data.draw(st.sampled_from(edits)))

    @precondition(lambda self: self.design.nodes)
    @rule(data=st.data())
    def set_parameter(self, data: st.DataObject) -> None:
        node = self.design.nodes[self.some(data, self.design.nodes)]
        if parameters := node.layer.parameters():
            parameter = data.draw(st.sampled_from(parameters))
            value = data.draw(values(parameter))
            if isinstance(value, int) and not isinstance(value, bool):
                value = data.draw(st.sampled_from([value, 0, -1, 10**6]))
            self.do(SetParam(node.id, parameter.name, value))

    @precondition(lambda self: self.design.nodes)
    @rule(data=st.data(), layer=EVERY_LAYER, name=NAMES)
    def change_a_node(self, data: st.DataObject, layer: Any, name: str) -> None:
        node_id, other = (self.some(data, self.design.nodes) for _ in range(2))
        node = self.design.nodes[node_id]
        edits = (
            ReplaceLayer(node_id, layer),
            Rename(node_id, name),
            SetNode(node_id, "bypassed", not node.bypassed),
            SetNode(node_id, "frozen", not node.frozen),
            SetNode(node_id, "weights_of", None if node.weights_of else other),
            SetNode(node_id, "note", name + "\n“”"),
            Move({node_id: (1.0, 2.0), other: (3.0, 4.0)}),
            Several("both", (SetNode(node_id, "label", name), SetNode(other, "bypassed", False))),
        )
        self.do(data.draw(st.sampled_from(edits)))

    @rule(data=st.data(), epochs=st.integers(0, 9), name=st.text(max_size=5))
    def set_the_project(self, data: st.DataObject, epochs: int, name: str) -> None:
        frame = Frame(name, (0.0, 0.0), (10.0, 10.0), nodes=tuple(self.design.nodes)[:2])
        edits = (
            SetName(name),
            SetTraining("epochs", epochs),
            SetData("source", name),
            SetFrames((frame,)),
            SetFrames(()),
        )
        self.do(data.draw(st.sampled_from(edits)))

    @rule(data=st.data())
    def paste_a_copy(self, data: st.DataObject) -> None:
        ids = self.some(data, self.design.nodes, 4)
        copied = fragment.cut_out(self.design.nodes, ids, self.design.edges)
        read = fragment.from_text(fragment.to_text(copied))
        assert read == copied
        new = fragment.fresh(read, self.design.graph)
        assert len(new.nodes) == len(ids)
        if new.nodes:
            inputs = new.inputs if data.draw(st.booleans()) else ()
            self.do(Paste(new.nodes, (*new.edges, *inputs)))

    @rule(data=st.sampled_from([None, LETTERS, FEW]))
    def meet_other_data(self, data: DataDescription | None) -> None:
        self.data = data

    @rule()
    def undo(self) -> None:
        self.document.undo()

    @rule()
    def redo(self) -> None:
        self.document.redo()

    @invariant()
    def what_is_reused_is_what_is_found_anew(self) -> None:
        self.analysis = designer.analyze(self.design, self.data, self.analysis)
        anew = designer.analyze(self.design, self.data)
        assert dict(self.analysis.facts) == dict(anew.facts)
        assert self.analysis.diagnostics == anew.diagnostics
        assert self.analysis.totals == anew.totals

    @invariant()
    def a_file_holds_the_design(self) -> None:
        assert from_text(to_text(self.design)) == self.design

    @invariant()
    def the_text_compiles_or_says_why_there_is_none(self) -> None:
        try:
            compile(designer.to_source(self.design), "<text>", "exec")
        except InvalidDesign as error:
            assert error.diagnostics or not self.design.nodes
        else:
            assert designer.analyze(self.design).is_valid

    @invariant()
    def the_dirty_mark_is_right(self) -> None:
        assert self.document.is_dirty == (self.design != self.first)
        assert diff(self.design, self.design) == diff(self.first, self.first)

    @invariant()
    def the_way_back_is_the_way_there_mirrored(self) -> None:
        there, back = diff(self.first, self.design), diff(self.design, self.first)
        assert there.inverse == back
        before, after = set(self.first.edges), set(self.design.edges)
        assert set(there.edges_added) == after - before
        assert set(there.edges_removed) == before - after

    def teardown(self) -> None:
        """Undo everything, and do it all again: the very objects come back."""
        while self.document.redo_label:
            self.document.redo()
        last = self.design
        while self.document.undo_label:
            self.document.undo()
        assert self.design is self.first
        while self.document.redo_label:
            self.document.redo()
        assert self.design is last


def test_the_monkey() -> None:
    run_state_machine_as_test(
        Monkey,
        settings=settings(
            max_examples=30, stateful_step_count=40, suppress_health_check=list(HealthCheck)
        ),
    )
