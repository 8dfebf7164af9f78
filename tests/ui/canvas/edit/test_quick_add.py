"""Quick add: a key, a few letters, Enter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from designer.core.graph import Edge
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import LEFT, NONE, click, drag, key, middle, output, pixel
from tests.ui.canvas.nets import chain, loose, make, small


@pytest.mark.parametrize("which", [Qt.Key.Key_Space, Qt.Key.Key_Slash])
def test_a_key_opens_it_and_enter_adds_after_the_selected_node(
    make_canvas: MakeCanvas, which: Qt.Key
) -> None:
    canvas = make_canvas(small())
    click(canvas, middle(canvas, "conv2"))
    key(canvas, which)
    assert canvas.quick_add.isVisible()
    assert canvas.quick_add.kinds[0] == "ReLU"
    QTest.keyClicks(canvas.quick_add.field, "maxp")
    assert canvas.quick_add.kinds[0] == "MaxPool2d"
    key(canvas, Qt.Key.Key_Return)
    assert not canvas.quick_add.isVisible()
    assert Edge("conv2", "maxpool1") in canvas.session.design.edges
    assert canvas.selection.nodes == {"maxpool1"}
    assert canvas.hasFocus()


def test_after_a_node_that_is_read_it_inserts(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    click(canvas, middle(canvas, "conv1"))
    key(canvas, Qt.Key.Key_Slash)
    QTest.keyClicks(canvas.quick_add.field, "batch")
    key(canvas, Qt.Key.Key_Return)
    edges = canvas.session.design.edges
    assert Edge("conv1", "batchnorm1") in edges
    assert Edge("batchnorm1", "relu1") in edges


def test_a_net_is_built_by_keys_alone(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(chain())
    for typed in ("input", "conv2d", "relu", "maxpool", "flatten", "linear"):
        key(canvas, Qt.Key.Key_Space)
        QTest.keyClicks(canvas.quick_add.field, typed)
        key(canvas, Qt.Key.Key_Return)
    design = canvas.session.design
    assert [n.layer.kind() for n in design.nodes.values()] == [
        "Input", "Conv2d", "ReLU", "MaxPool2d", "Flatten", "Linear",
    ]  # fmt: skip
    assert canvas.session.analysis.is_valid
    assert len(design.edges) == 5
    ys = {middle(canvas, n)[1] for n in design.nodes}
    assert len(ys) == 1


def test_a_double_click_on_empty_canvas_adds_there(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(chain())
    QTest.mouseDClick(canvas, LEFT, NONE, pixel(canvas, 300.0, 100.0))
    QTest.keyClicks(canvas.quick_add.field, "drop")
    key(canvas, Qt.Key.Key_Return)
    (node,) = canvas.session.design.nodes
    x, y = middle(canvas, node)
    assert abs(x - 300.0) <= 4
    assert abs(y - 100.0) <= 4


def test_on_a_selected_wire_it_inserts(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    click(canvas, (170.0, 23.0))
    key(canvas, Qt.Key.Key_Space)
    QTest.keyClicks(canvas.quick_add.field, "batch")
    key(canvas, Qt.Key.Key_Return)
    edges = canvas.session.design.edges
    assert Edge("image", "batchnorm1") in edges
    assert Edge("batchnorm1", "conv1") in edges


def test_a_wire_dropped_on_empty_canvas_offers_what_fits(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(loose(("image", make("Input"), 0, 0)))
    drag(canvas, output(canvas, "image"), (300.0, 120.0))
    assert canvas.quick_add.isVisible()
    assert "Conv2d" in canvas.quick_add.kinds
    assert "Linear" not in canvas.quick_add.kinds
    assert "Input" not in canvas.quick_add.kinds
    QTest.keyClicks(canvas.quick_add.field, "conv2")
    key(canvas, Qt.Key.Key_Return)
    assert canvas.session.design.edges == (Edge("image", "conv1"),)
    assert canvas.session.document.undo_label == "add conv1"


def test_escape_closes_it_and_arrows_go_through_it(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(chain())
    key(canvas, Qt.Key.Key_Space)
    key(canvas, Qt.Key.Key_Down)
    key(canvas, Qt.Key.Key_Down)
    key(canvas, Qt.Key.Key_Up)
    assert canvas.quick_add.list.currentIndex().row() == 1
    key(canvas, Qt.Key.Key_Escape)
    assert not canvas.quick_add.isVisible()
    assert canvas.hasFocus()
    assert not canvas.session.design.nodes


def test_letters_that_fit_nothing_add_nothing(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(chain())
    key(canvas, Qt.Key.Key_Space)
    QTest.keyClicks(canvas.quick_add.field, "qqqq")
    key(canvas, Qt.Key.Key_Return)
    assert not canvas.session.design.nodes


def test_what_can_be_mended_is_wired_and_what_cannot_is_not(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(chain())
    for typed in ("input", "linear", "conv2d"):
        key(canvas, Qt.Key.Key_Space)
        QTest.keyClicks(canvas.quick_add.field, typed)
        key(canvas, Qt.Key.Key_Return)
    assert [(e.source, e.target) for e in canvas.session.design.edges] == [("input1", "fc1")]
    (fault,) = canvas.session.analysis.by_node["fc1"]
    assert fault.code == "needs-vector"
    assert fault.fixes


def test_an_unknown_image_is_told_from_an_unknown_vector(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(loose(("conv1", make("Conv2d"), 0, 0), ("fc1", make("Linear"), 0, 200)))
    for node in ("conv1", "fc1"):
        canvas.selection.set({node})
        key(canvas, Qt.Key.Key_Space)
        QTest.keyClicks(canvas.quick_add.field, "conv2d")
        key(canvas, Qt.Key.Key_Return)
    assert [e.source for e in canvas.session.design.edges] == ["conv1"]
