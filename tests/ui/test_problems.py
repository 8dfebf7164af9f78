"""The list of problems: by severity, walked with keys, its fixes looked at before they are done."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from designer.core.design import Design
from designer.core.edits import RemoveNodes, SetNode
from designer.core.graph import Node
from designer.ui.fix_button import FixButton
from designer.ui.main_window import MainWindow
from designer.ui.problems import PART, ProblemRow
from tests.rules.broken import BROKEN
from tests.ui.conftest import chain, make


def faulty(window: MainWindow) -> None:
    """An error at fc1, a warning at softmax, a hint at relu2, and one of the settings."""
    design = chain(
        Node("image", make("Input"), (0, 0)),
        Node("conv1", make("Conv2d"), (200, 0)),
        Node("relu1", make("ReLU"), (400, 0)),
        Node("relu2", make("ReLU"), (600, 0)),
        Node("flatten", make("Flatten"), (800, 0)),
        Node("fc1", make("Linear"), (1000, 0)),
        Node("softmax", make("Softmax"), (1200, 0)),
    )
    training = next(b for b in BROKEN if b.code == "learning-rate-unusual").design.training
    window.session.new(type(design)(graph=design.graph, training=training))
    window.view.show_problems()
    QApplication.processEvents()  # its rows are made, and take their places


def rows(window: MainWindow) -> list[ProblemRow]:
    QApplication.processEvents()
    return [row for row in window.problems.findChildren(ProblemRow) if row.isVisible()]


def press(window: MainWindow, which: Qt.Key, keys: Qt.KeyboardModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, which, keys)


def offered(window: MainWindow) -> FixButton:
    """The one fix of the selected node, in the inspector."""
    QApplication.processEvents()
    buttons = window.inspector.nodes.faults.findChildren(FixButton)
    (button,) = (button for button in buttons if button.isVisible())
    return button


NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def test_a_node_is_called_what_the_canvas_calls_it(window: MainWindow) -> None:
    faulty(window)
    window.session.execute(SetNode("softmax", "label", "my scores"))
    shown = [row for row in rows(window) if row.diagnostic.node == "softmax"]
    assert [row.title for row in shown] == ["my scores"]
    words = [said.text() for said in shown[0].findChildren(QLabel)]
    assert "my scores" in words
    assert any("softmax" in text for text in words)


def test_they_stand_in_groups_with_their_number(window: MainWindow) -> None:
    faulty(window)
    found = [row.diagnostic.severity for row in rows(window)]
    assert found == ["warning", "hint", "hint"]
    words = [label.text() for label in window.problems.findChildren(QLabel) if label.isVisible()]
    assert {"1 warning", "2 hints"} <= set(words)
    badge = window.dock.tabs.tabButton(2, window.dock.tabs.ButtonPosition.RightSide)
    assert badge is not None and "1" in [label.text() for label in badge.findChildren(QLabel)]


def test_keys_walk_them_around_and_enter_mends_in_the_canvas(window: MainWindow) -> None:
    faulty(window)
    window.canvas.setFocus()
    seen = []
    for _ in range(4):
        press(window, Qt.Key.Key_F8, NONE)
        current = [row for row in rows(window) if row.property("current")]
        assert len(current) == 1
        seen.append(current[0].diagnostic.code)
        fix = window.canvas.hover.preview.fix
        assert fix is current[0].diagnostic.fixes[0], "what it would do is shown"
    assert seen[0] == seen[3] == "softmax-before-loss"
    assert set(seen) == {"softmax-before-loss", "learning-rate-unusual", "activation-twice"}
    press(window, Qt.Key.Key_F8, SHIFT)
    assert [r.diagnostic.code for r in rows(window) if r.property("current")] == [seen[2]]

    while window.selection.node != "softmax":
        press(window, Qt.Key.Key_F8, NONE)
    assert window.canvas.hasFocus()
    press(window, Qt.Key.Key_Return, NONE)
    assert "softmax" not in window.session.design.nodes
    press(window, Qt.Key.Key_F8, NONE)
    assert [r.diagnostic.code for r in rows(window) if r.property("current")] == [seen[1]], (
        "what came after the one that was mended"
    )
    window.session.undo()
    assert "softmax" in window.session.design.nodes, "one step"


def test_a_problem_of_the_settings_gets_the_keys_in_the_list(window: MainWindow) -> None:
    faulty(window)
    while not isinstance(QApplication.focusWidget(), FixButton):
        press(window, Qt.Key.Key_F8, NONE)
    assert window.canvas.hover.preview.outcome is not None
    assert window.canvas.hover.preview.outcome.settings == "learning rate 3.0 → 0.001"
    press(window, Qt.Key.Key_Space, NONE)
    assert window.session.design.training.learning_rate == 0.001
    assert window.canvas.hover.preview.fix is None


def test_pointer_and_focus_on_a_fix_show_it(window: MainWindow) -> None:
    faulty(window)
    preview = window.canvas.hover.preview
    button = next(b for b in window.problems.findChildren(FixButton) if "softmax" in b.text())
    QTest.mouseMove(button, QPoint(4, 4))
    assert preview.fix is button.fix
    QTest.mouseMove(window.canvas, QPoint(4, 4))
    assert preview.fix is None
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert preview.fix is button.fix
    window.canvas.setFocus()
    assert preview.fix is None

    window.selection.set({"relu2"})
    button = offered(window)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert preview.fix is button.fix
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert "relu2" not in window.session.design.nodes
    assert preview.fix is None


def test_without_problems_the_keys_do_nothing(window: MainWindow) -> None:
    before = window.canvas.viewport
    window.canvas.setFocus()
    press(window, Qt.Key.Key_F8, NONE)
    assert window.canvas.viewport == before and not window.selection.nodes


def test_an_inspector_s_fix_moves_the_camera_only_if_it_must(window: MainWindow) -> None:
    faulty(window)
    window.selection.set({"relu2"})
    canvas = window.canvas
    before = canvas.viewport
    button = offered(window)
    button.click()
    assert canvas.viewport == before
    window.session.undo()
    window.selection.set({"relu2"})
    canvas.set_viewport(canvas.viewport.panned(5000, 0))
    button = offered(window)
    button.click()
    seen = canvas.screen_rect(canvas.picture.index["flatten"]).toRect()
    assert canvas.rect().contains(seen), "the node that is wired anew is in sight"


def test_ids_that_are_no_names_harm_nothing(window: MainWindow) -> None:
    design = chain(
        Node("image", make("Input"), (0, 0)),
        Node("a\n\u202e" * 3000, make("Conv2d"), (200, 0)),
        Node("", make("ReLU"), (400, 0)),
        Node("<b>x</b>", make("Flatten"), (600, 0)),
        Node("fc/1", make("Linear"), (800, 0)),
    )
    window.session.new(design)
    window.view.show_problems()
    assert len(rows(window)) == 4
    for _ in range(4):
        press(window, Qt.Key.Key_F8, NONE)
        window.grab()
    for label in window.findChildren(QLabel):
        assert len(label.text()) < 2000 and "\u202e" not in label.text()
    width = window.width()
    assert width == 1600, "no label made the window wider"


def test_rows_of_faults_that_stay_stay(window: MainWindow) -> None:
    faulty(window)
    warning, *hints = rows(window)
    hints[-1].setFocus()
    window.session.execute(RemoveNodes(frozenset({"relu2"})))
    assert warning in rows(window)
    assert [row.diagnostic for row in rows(window)] == window.problems._ordered
    window.session.undo()
    assert [row.diagnostic for row in rows(window)] == window.problems._ordered
    assert warning in rows(window)
    window.theme.set_mode("light" if window.theme.tokens.is_dark else "dark")
    assert warning not in rows(window)
    assert [row.diagnostic for row in rows(window)] == window.problems._ordered


def test_many_are_listed_part_by_part(qtbot: QtBot, window: MainWindow) -> None:
    window.view.show_problems()
    design = Design("Loose").with_nodes(
        [Node(f"conv{i}", make("Conv2d"), (200.0 * i, 0.0)) for i in range(3 * PART)], []
    )
    window.session.new(design)
    panel = window.problems
    panel._fill_if_stale()  # as it does by itself in the next turn
    assert 0 < len(panel._shown) < len(panel._ordered)
    panel.visit(1)  # whoever goes to one finds it in the list
    shown = [row.diagnostic for row in panel._shown]
    assert shown == panel._ordered
    assert panel._shown[0].property("current") is True
    window.session.execute(RemoveNodes(frozenset({"conv0"})))
    qtbot.waitUntil(lambda: [row.diagnostic for row in panel._shown] == panel._ordered)
    assert len(panel._shown) < len(shown)


def test_a_list_that_is_made_anew_halfway_leaves_no_row_behind(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.view.show_problems()
    loose = [Node(f"conv{i}", make("Conv2d"), (200.0 * i, 0.0)) for i in range(6 * PART)]
    window.session.new(Design("Loose").with_nodes(loose, []))
    panel = window.problems
    window.session.execute(RemoveNodes(frozenset(node.id for node in loose[: 3 * PART])))
    qtbot.waitUntil(lambda: [row.diagnostic for row in panel._shown] == panel._ordered)
    window.session.undo()  # as many faults more, before those that are listed
    panel._fill_if_stale()  # as it does by itself in the next turn
    assert 0 < len(panel._shown) < len(panel._ordered)
    window.session.execute(RemoveNodes(frozenset({loose[-1].id})))
    qtbot.waitUntil(lambda: [row.diagnostic for row in panel._shown] == panel._ordered)
    assert {*rows(window)} == {*panel._shown}

    def each_has_its_place() -> bool:
        places = [row.y() for row in panel._shown]
        return places == sorted({*places})

    qtbot.waitUntil(each_has_its_place)
