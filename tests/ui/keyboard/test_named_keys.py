"""Whatever names a key names the one that holds: tooltips, hints, help, the search of commands."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from designer.app.actions import ACTIONS
from designer.core.edits import RemoveNodes
from designer.help.addresses import CONTENTS, KEYS, PROBLEMS
from designer.ui.canvas.drawing.cards import fault_cards
from designer.ui.inspector.question_mark import QuestionMark
from designer.ui.main_window import MainWindow

GIVEN = {
    "view.search_commands": "Ctrl+J",
    "view.search_layers": "Ctrl+U",
    "canvas.quick_add": "Q",
    "canvas.mend": "X",
    "help.explain_this": "F9",
    "help.back": "Ctrl+[",
    "view.copy_summary": "Ctrl+Y",
    "window.train": "F5",
}


def said(window: MainWindow) -> str:
    """Every tooltip and every visible word of the window and the help."""
    help_ = window.help._help_window()
    texts = []
    for top in (window, help_):
        for widget in (top, *top.findChildren(QWidget)):
            texts.append(widget.toolTip())
            if hasattr(widget, "text"):
                texts.append(widget.text())
    for row in range(window.palette_panel.list.count()):
        texts.append(window.palette_panel.list.item(row).toolTip())
    for address in (CONTENTS, KEYS, PROBLEMS):
        help_.go(address)
        help_.view.finish()
        texts.append(str(help_.view.page))
    window.command_palette.open()
    texts += [command.spoken for command in window.command_palette._found]
    return "\n".join(texts)


def test_every_place_that_names_a_key_names_the_one_that_holds(
    qtbot: QtBot, window: MainWindow
) -> None:
    before = said(window)
    assert re.search(r"\{[a-z_]+\.[a-z_]+\}", before) is None
    old = {name: window.keys.named(name) for name in GIVEN}
    for name, key in GIVEN.items():
        window.keys.add(name, key)
        for each in window.keys.keys(name):
            if each != key:
                window.keys.remove(name, each)
    after = said(window)
    for name, key in old.items():
        if len(key) > 1 and key not in ("Space", "Return"):  # which fields and lists have, too
            found = re.search(rf"(?<![\w+]){re.escape(key)}(?![\w+])", after)
            if key not in {k for a in ACTIONS for k in window.keys.native(a.id)}:
                assert found is None, (name, after[found.start() - 60 : found.end() + 60])
        assert window.keys.named(name) in after, name
    assert "add one by its name with Q." in window.column.empty.words.text()
    marks = window.findChildren(QuestionMark)
    assert marks and all("(F9)" in mark.toolTip() for mark in marks)
    assert "F5" in window.title_bar.train.toolTip()
    assert "Ctrl+J" in window.title_bar.search.toolTip()


def test_a_card_names_the_key_that_mends(qtbot: QtBot, window: MainWindow) -> None:
    canvas = window.canvas
    window.session.execute(RemoveNodes(frozenset({"flatten"})))
    window.selection.set({"fc1"})
    (card,) = fault_cards(canvas.picture, canvas.viewport)
    assert card.lines[-1].text.endswith("↵")
    window.keys.add("canvas.mend", "X")
    window.keys.remove("canvas.mend", "Return")
    window.keys.remove("canvas.mend", "Enter")
    (card,) = fault_cards(canvas.picture, canvas.viewport)
    assert card.lines[-1].text.endswith(" X")
    canvas.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is canvas)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert not window.session.analysis.is_valid
    qtbot.keyClick(canvas, Qt.Key.Key_X)
    assert window.session.analysis.is_valid
