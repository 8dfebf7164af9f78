"""Connecting by keys, and putting another layer into a node's place."""

from PySide6.QtCore import Qt

from designer.core.edits import Disconnect
from designer.core.graph import Edge
from designer.ui.canvas.gestures.hints import LETTERS, Hints
from designer.ui.commands.canvas import CanvasCommands
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import key
from tests.ui.canvas.nets import loose, make, small


def test_a_letter_wires_the_selected_node(make_canvas: MakeCanvas) -> None:
    design = small()
    canvas = make_canvas(Disconnect((Edge("relu1", "conv2"),)).apply(design))
    canvas.choose({"relu1"})
    CanvasCommands(canvas).wire()
    key(canvas, Qt.Key.Key_A)  # the first letter is the best: what nobody feeds
    assert Edge("relu1", "conv2") in canvas.session.design.edges
    key(canvas, Qt.Key.Key_A)
    assert len(canvas.session.design.edges) == 3


def test_any_other_key_leaves_it_and_changes_nothing(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(Disconnect((Edge("relu1", "conv2"),)).apply(small()))
    before = canvas.session.design
    canvas.choose({"relu1"})
    for other in (Qt.Key.Key_Escape, Qt.Key.Key_9, Qt.Key.Key_Delete):
        canvas.offer_targets()
        key(canvas, other)
        assert canvas.session.design is before


def test_two_letters_where_there_are_many(make_canvas: MakeCanvas) -> None:
    relu = make("ReLU")
    many = [(f"r{i}", relu, 160.0 * (i % 6), 60.0 * (i // 6) - 280) for i in range(40)]
    canvas = make_canvas(loose(("image", make("Input"), 960.0, 0.0), *many))
    canvas.choose({"image"})
    hints = Hints.of(canvas)
    assert hints is not None
    canvas.offer_targets()
    key(canvas, Qt.Key.Key_S)
    key(canvas, Qt.Key.Key_D)
    (edge,) = canvas.session.design.edges
    assert edge.source == "image"
    assert len(LETTERS) < 40


def test_where_nothing_could_read_it_a_sentence_says_so(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(loose(("image", make("Input"), 0.0, 0.0)))
    said: list[str] = []
    canvas.refused.connect(said.append)
    canvas.choose({"image"})
    canvas.offer_targets()
    assert said == ["nothing in sight could read image: add a layer, or zoom out"]


def test_another_layer_keeps_wires_name_and_what_both_have(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    before = canvas.session.design
    canvas.choose({"conv1"})
    CanvasCommands(canvas).replace()
    assert "Conv1x1" in canvas.quick_add.kinds and "Conv2d" not in canvas.quick_add.kinds
    assert "Linear" not in canvas.quick_add.kinds  # it would not take an image
    canvas.quick_add.field.setText("conv1")
    key(canvas, Qt.Key.Key_Return)
    layer = canvas.session.design.nodes["conv1"].layer
    assert layer == make("Conv1x1", 16, 2)
    assert canvas.session.design.edges == before.edges
    assert canvas.selection.node == "conv1"
    canvas.session.undo()
    assert canvas.session.design is before
