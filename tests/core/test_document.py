"""The document: undo without limit, gestures as one step, and the mark of what is saved."""

from __future__ import annotations

from random import Random

import pytest

from designer.core.design import Design
from designer.core.document import Document
from designer.core.edit import EditRefused
from designer.core.edits import AddNode, Connect, Rename, SetName, SetParam
from designer.core.graph import Edge, Graph, Node
from designer.layers import CATALOGUE

DESIGN = Design(
    graph=Graph.of(
        [Node("image", CATALOGUE["Input"]()), Node("conv", CATALOGUE["Conv2d"]())],
        [Edge("image", "conv")],
    )
)


def test_undo_and_redo_bring_back_the_very_objects() -> None:
    document = Document(DESIGN)
    seen = [document.design]
    random = Random(0)
    for i in range(10_000):
        document.execute(SetParam("conv", "stride", random.randint(0, 9)))
        document.execute(SetName(str(i)))
        seen.append(document.design)
    last = document.design
    while document.undo_label:
        document.undo()
    assert document.design is DESIGN
    assert not document.is_dirty
    while document.redo_label:
        document.redo()
    assert document.design is last


def test_edits_of_one_gesture_are_one_step() -> None:
    document = Document(DESIGN)
    for stride in (2, 3, 4):
        document.execute(SetParam("conv", "stride", stride), gesture="dragging the field")
    document.execute(SetParam("conv", "stride", 5), gesture="another")
    document.undo()
    assert document.design.nodes["conv"].layer.stride == 4  # type: ignore[attr-defined]
    document.undo()
    assert document.design is DESIGN
    assert document.redo_label == "set stride of conv"


def test_an_edit_that_changes_nothing_is_no_step() -> None:
    document = Document(DESIGN)
    document.execute(SetName(DESIGN.name))
    assert document.undo_label is None


def test_a_refused_edit_leaves_everything_as_it_was() -> None:
    heard: list[object] = []
    document = Document(DESIGN)
    document.changed.append(lambda old, new: heard.append(new))
    for edit in (
        AddNode(DESIGN.nodes["conv"]),
        Connect(Edge("conv", "image")),
        Rename("conv", "class"),
        SetParam("conv", "in_channels", 3),
        SetParam("nobody", "stride", 3),
    ):
        with pytest.raises(EditRefused):
            document.execute(edit)
    assert document.design is DESIGN and heard == []


def test_the_mark_of_what_is_saved_follows_undo() -> None:
    document = Document(DESIGN)
    document.execute(SetName("a"))
    written = document.design
    document.execute(SetName("b"))
    document.mark_saved(written)
    assert document.is_dirty
    document.undo()
    assert not document.is_dirty
    document.undo()
    assert document.is_dirty
    document.mark_unsaved()
    document.redo()
    assert document.is_dirty


def test_a_new_edit_forgets_what_was_undone() -> None:
    document = Document(DESIGN)
    document.execute(SetName("a"))
    document.undo()
    document.execute(SetName("b"))
    assert document.redo_label is None
