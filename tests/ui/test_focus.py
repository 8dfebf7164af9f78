"""Whatever takes the keys has a name, and is seen to have them, in both themes."""

from typing import Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from designer.core.edits import Disconnect
from designer.ui.help.window import HelpWindow
from designer.ui.main_window import MainWindow
from tests.ui.stops import name, seen, stops, told

LEAST = 40
"""Pixels that tell; a ring around the smallest button has more."""


def show_all(qtbot: QtBot, window: MainWindow) -> list[QWidget]:
    """Everything that takes the keys, in every panel, with a fault to mend and a node selected."""
    window.resize(1400, 900)
    edge = next(e for e in window.session.design.edges if e.target == "flatten")
    window.session.execute(Disconnect((edge,)))
    window.column.banner.say("Nothing was saved.", [("Recover", list)])
    found: dict[int, QWidget] = {}
    window.selection.set({"conv1"})
    qtbot.waitUntil(window.inspector.nodes.isVisible)  # it follows a moment later
    view = window.view
    for show in (view.show_problems, view.show_summary, view.show_code, view.show_outline):
        show()
        QApplication.processEvents()
        found.update({id(widget): widget for widget in stops(window)})
    window.selection.clear()
    QApplication.processEvents()
    found.update({id(widget): widget for widget in stops(window)})
    return list(found.values())


def test_all_that_takes_the_keys_has_a_name(qtbot: QtBot, window: MainWindow) -> None:
    widgets = show_all(qtbot, window)
    assert len(widgets) > 25
    assert [told(widget) for widget in widgets if not name(widget).strip()] == []
    window.help.explain_this()
    (shown,) = window.findChildren(HelpWindow)
    assert [told(widget) for widget in stops(shown) if not name(widget).strip()] == []
    window.command_palette.open()
    assert name(window.command_palette.search)


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_the_focus_is_seen(
    qtbot: QtBot, window: MainWindow, mode: Literal["dark", "light"]
) -> None:
    window.theme.set_mode(mode)
    window.canvas.motion = 0
    window.resize(1400, 900)
    edge = next(e for e in window.session.design.edges if e.target == "flatten")
    window.session.execute(Disconnect((edge,)))
    looked: set[int] = set()
    kept: list[QWidget] = []
    unseen: list[str] = []
    window.selection.set({"conv1"})
    qtbot.waitUntil(window.inspector.nodes.isVisible)  # it follows a moment later
    view = window.view
    for show in (view.show_problems, view.show_summary, view.show_code, view.show_outline):
        show()
        QApplication.processEvents()
        for widget in stops(window):
            kind = (type(widget).__name__, widget.property("primary"), widget.property("link"))
            if hash(kind) not in looked:  # one of a kind looks like the other
                looked.add(hash(kind))
                kept.append(widget)
                if seen(widget) < LEAST:
                    unseen.append(told(widget))
    assert unseen == []
    assert len(kept) > 12


def test_tab_goes_through_the_window_as_it_is_read(qtbot: QtBot, window: MainWindow) -> None:
    """The bar first, from the left to the right; each panel's stops together, from the top."""
    window.selection.set({"conv1"})
    QApplication.processEvents()
    bar = window.title_bar
    bar.menu.setFocus(Qt.FocusReason.TabFocusReason)
    order: list[QWidget] = [bar.menu]
    for _ in range(80):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now is bar.menu:
            break
        order.append(now)
    else:
        pytest.fail("Tab never comes round")
    parts = [part for part in order if bar.isAncestorOf(part)]
    lefts = [part.mapTo(window, part.rect().topLeft()).x() for part in parts]
    assert lefts == sorted(lefts)
    fields = [part for part in order if window.inspector.isAncestorOf(part)]
    tops = [part.mapTo(window.inspector, part.rect().center()).y() for part in fields]
    assert tops == sorted(tops)
    panels = [window.title_bar, window.palette_panel, window.inspector, window.desk.docks["Runs"]]
    for panel in panels:
        places = [i for i, part in enumerate(order) if panel.isAncestorOf(part)]
        assert places == list(range(places[0], places[-1] + 1)) if places else True
