"""What a fix would do is shown before it is done, and is what is done then."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from designer.core.diagnostic import Diagnostic
from designer.core.edits import RemoveNodes
from designer.core.graph import Edge
from designer.storage import template
from designer.ui.canvas.drawing.cards import fault_cards
from designer.ui.canvas.edit import editing
from designer.ui.canvas.scene.outcome import Outcome, outcome_of, ways_of
from designer.ui.canvas.view import CanvasView
from tests.rules.broken import BROKEN
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import key
from tests.ui.canvas.nets import broken, chain, make

BY_CODE = {example.code: example for example in BROKEN}


def fault_of(canvas: CanvasView, code: str) -> Diagnostic:
    (found,) = (d for d in canvas.session.analysis.diagnostics if d.code == code)
    return found


def outcome(canvas: CanvasView, code: str, fix: int = 0) -> Outcome:
    found = outcome_of(canvas.picture, fault_of(canvas, code).fixes[fix].edit)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "code", [e.code for e in BROKEN if e.fixes and e.data is not None and e.data.train > 100]
)
def test_every_fix_has_something_to_show(make_canvas: MakeCanvas, code: str) -> None:
    canvas = make_canvas(BY_CODE[code].design)
    for fault in canvas.session.analysis.diagnostics:
        for fix in fault.fixes:
            found = outcome_of(canvas.picture, fix.edit)
            assert found is not None
            shown = (found.added, found.removed, found.words, found.wires, found.cut)
            assert any(shown) or found.settings, fix.label
            before = canvas.grab().toImage()
            canvas.hover.preview.show(fix)
            assert canvas.grab().toImage() != before, f"{fix.label} is seen"
            canvas.hover.preview.show(None)
            assert canvas.grab().toImage() == before, "and leaves no trace"
    assert canvas.session.document.undo_label is None, "nothing was done"


def test_a_new_node_is_a_ghost_with_its_shape_between_its_wires(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(broken())
    found = outcome(canvas, "needs-vector")
    (ghost,) = found.added
    assert ghost.node.id == "flatten1"
    assert ghost.facts is not None and ghost.facts.output == (3136,)
    assert set(found.wires) == {Edge("conv1", "flatten1"), Edge("flatten1", "fc1")}
    assert found.cut == (Edge("conv1", "fc1"),)
    assert found.words == {"fc1": "→ 128", "relu1": "→ 128"}
    places = canvas.picture.places
    assert places["conv1"][0] < ghost.place[0] < places["fc1"][0]
    x, y, w, h = *ghost.place, 148, 46
    for left, top, width, height in canvas.picture.boxes.tolist():
        assert x + w <= left or left + width <= x or y + h <= top or top + height <= y


def test_where_there_is_room_the_ghost_stands_where_the_node_will(make_canvas: MakeCanvas) -> None:
    design = RemoveNodes(frozenset({"flatten"})).apply(template("assignment-4").design())
    canvas = make_canvas(design)
    fault = next(d for d in canvas.session.analysis.diagnostics if d.code == "needs-vector")
    canvas.hover.preview.show(fault.fixes[0])
    found = canvas.hover.preview.outcome
    assert found is not None
    (ghost,) = found.added
    ways = ways_of(canvas.picture, found)
    canvas.execute(fault.fixes[0].edit)
    picture = canvas.picture
    assert ghost.place == picture.places[ghost.node.id]
    for way, edge in zip(ways, found.wires, strict=True):
        (wire,) = (w for w, drawn in enumerate(picture.wires.edge) if drawn == edge)
        assert way.tolist() == picture.routes.of(wire).tolist()


def test_what_changes_says_old_and_new_and_the_shapes_behind_it(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(BY_CODE["window-too-large"].design)
    words = outcome(canvas, "window-too-large").words
    assert words["conv"] == "padding 0 → same · → 16 × 28 × 28"
    assert words["flatten"] == "→ 12544"
    canvas = make_canvas(BY_CODE["illegal-id"].design)
    assert outcome(canvas, "illegal-id").words["my conv"].startswith("“my conv” → my_conv")
    canvas = make_canvas(BY_CODE["nothing-to-train"].design)
    assert outcome(canvas, "nothing-to-train").words == {"fc": "frozen yes → no"}
    canvas = make_canvas(BY_CODE["norm-needs-a-batch"].design)
    assert outcome(canvas, "norm-needs-a-batch").settings == "batch size 1 → 32"


def test_what_goes_is_struck_and_what_moves_is_both(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(BY_CODE["softmax-before-loss"].design)
    found = outcome(canvas, "softmax-before-loss")
    assert (found.removed, found.cut) == ({"softmax"}, (Edge("fc", "softmax"),))
    canvas = make_canvas(BY_CODE["dropout-before-norm"].design)
    moved = outcome(canvas, "dropout-before-norm")
    assert moved.removed == {"drop"} == {ghost.node.id for ghost in moved.added}
    (ghost,) = moved.added
    assert ghost.place != canvas.picture.places["drop"]


def test_the_pointer_on_a_card_s_fix_shows_it_and_a_click_does_it(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(broken())
    (card,) = fault_cards(canvas.picture, canvas.viewport)
    on_fix = QPointF(card.rect.center().x(), card.rect.bottom() - 16).toPoint()
    QTest.mouseMove(canvas, on_fix)
    assert canvas.hover.preview.fix is card.fix
    QTest.mouseMove(canvas, QPointF(card.rect.center().x(), card.rect.top() + 8).toPoint())
    assert canvas.hover.preview.fix is None
    QTest.mouseMove(canvas, on_fix)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=on_fix)
    assert "flatten1" in canvas.session.design.nodes
    assert canvas.hover.preview.fix is None
    canvas.session.undo()
    assert "flatten1" not in canvas.session.design.nodes, "one step"


def test_a_fault_that_is_visited_shows_its_fix_and_enter_does_it(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(BY_CODE["bias-before-norm"].design)
    hint = fault_of(canvas, "bias-before-norm")
    assert not fault_cards(canvas.picture, canvas.viewport), "a hint does not speak up by itself"
    editing.visit(canvas, hint)
    assert canvas.hover.preview.fix is hint.fixes[0]
    (card,) = fault_cards(canvas.picture, canvas.viewport)
    assert (card.tone, card.has_key) == ("calm", True)
    key(canvas, Qt.Key.Key_Escape)
    assert canvas.hover.preview.fix is None
    editing.visit(canvas, hint)
    key(canvas, Qt.Key.Key_Return)
    assert not canvas.session.design.nodes["conv"].layer.bias  # type: ignore[attr-defined]


def test_a_node_that_is_renamed_stays_selected(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(BY_CODE["illegal-id"].design)
    editing.visit(canvas, fault_of(canvas, "illegal-id"))
    key(canvas, Qt.Key.Key_Return)
    assert canvas.selection.node == "my_conv"


def test_a_file_s_impossible_ports_are_painted_and_mended(make_canvas: MakeCanvas) -> None:
    wires = [
        Edge("conv1", "fc1", port, output, (), name)
        for port, output, name in ((-(10**30), 0, None), (10**30, -7, None), (-1, -1, "left"))
    ]
    design = broken()
    canvas = make_canvas(design.with_nodes(design.nodes.values(), [*design.edges, *wires]))
    canvas.grab()
    for _ in range(20):
        fixes = [d.fixes for d in canvas.session.analysis.diagnostics if d.severity == "error"]
        if not fixes:
            break
        canvas.hover.preview.show(fixes[0][0])
        canvas.grab()
        assert editing.apply(canvas, fixes[0][0])
    assert canvas.session.analysis.is_valid


def test_the_camera_stays_where_the_change_is_in_sight(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(broken())
    before = canvas.viewport
    editing.apply(canvas, fault_of(canvas, "needs-vector").fixes[0])
    assert canvas.viewport == before
    canvas.session.undo()
    canvas.set_viewport(before.panned(-3000, 0))
    editing.apply(canvas, fault_of(canvas, "needs-vector").fixes[0])
    item = canvas.picture.index["flatten1"]
    assert canvas.rect().contains(canvas.screen_rect(item).toRect())


def test_beside_an_unfolded_composite_it_stands_where_there_is_room(
    make_canvas: MakeCanvas,
) -> None:
    design = chain(
        ("image", make("Input", 192, 28, 28)),
        ("block", make("Inception")),
        ("fc", make("Linear")),
    )
    canvas = make_canvas(design)
    canvas.toggle("block")
    fault = fault_of(canvas, "needs-vector")
    editing.visit(canvas, fault)
    canvas.grab()
    (ghost,) = canvas.hover.preview.outcome.added  # type: ignore[union-attr]
    assert ghost.facts is not None and ghost.facts.output == (256 * 28 * 28,)
    x, y = ghost.place
    for left, top, width, height in canvas.picture.boxes.tolist():
        assert x + 148 <= left or left + width <= x or y + 46 <= top or top + height <= y
    key(canvas, Qt.Key.Key_Return)
    assert "flatten1" in canvas.session.design.nodes
