"""Every key of the table, pressed where it holds, does its action and no other."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from designer.app.actions import ACTIONS, Where
from designer.app.key_rules import PORTABLE
from designer.ui.main_window import MainWindow


class Recorder:
    """Stands in for a receiver: everything can be done, and is noted."""

    def __init__(self, name: str, done: list[str]) -> None:
        self._name, self._done = name, done
        self._known = {
            attribute
            for action in ACTIONS
            for attribute in (action.state, action.needs)
            if attribute and action.receiver == name
        }

    def __getattr__(self, name: str) -> object:
        if name in self._known:
            return True
        return lambda: self._done.append(f"{self._name}.{name}")


def test_every_key_does_its_action_where_it_holds(qtbot: QtBot, window: MainWindow) -> None:
    canvas = window.canvas
    window.pyramid.toggle()
    blocks = window.pyramid.view
    assert blocks is not None
    window.pyramid.toggle()
    window.help.keys()
    help_ = window.help._help_window()
    places: dict[Where, QWidget] = {
        "window": canvas,
        "canvas": canvas,
        "view": canvas,
        "summary": window.summary.table,
        "help": help_.view,
        "blocks": blocks,
    }
    done: list[str] = []
    for name in list(window.targets):
        window.targets[name] = Recorder(name, done)
    window.bindings.refresh()
    wrong = []
    for place, widget in places.items():
        if place == "blocks":
            window.column.show_instead(blocks)
        if place == "summary":
            window.desk.bring("Summary")
        widget.window().activateWindow()
        widget.setFocus()
        qtbot.waitUntil(lambda widget=widget: QApplication.focusWidget() is widget)
        for action in ACTIONS:
            for key in action.keys if action.where == place else ():
                done.clear()
                QTest.keySequence(widget, QKeySequence.fromString(key, PORTABLE))
                if done != [action.id]:
                    wrong.append((key, action.id, list(done)))
    assert wrong == []
