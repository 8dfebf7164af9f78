"""The panels of the window: shown, hidden, counted, gone round, and found as they were left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTabBar
from pytestqt.qtbot import QtBot

from designer.app.settings import SettingsFile
from designer.core.edits import RemoveNodes, SetParam
from designer.ui.main_window import MainWindow
from designer.ui.start import make_window
from designer.ui.theme.theme import Theme
from tests.ui.conftest import Answers


def test_the_canvas_alone_and_everything_back(qtbot: QtBot, window: MainWindow) -> None:
    window.view.toggle_inspector()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert not window.palette_panel.isVisible()
    assert not window.dock.isVisible()
    assert not window.title_bar.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.palette_panel.isVisible()
    assert window.dock.isVisible()
    assert window.title_bar.isVisible()
    assert not window.inspector.isVisible()


def test_the_layout_is_remembered(
    qtbot: QtBot, window: MainWindow, theme: Theme, settings: SettingsFile, answers: Answers
) -> None:
    window.resize(780, 700)
    window.view.toggle_palette()
    window.panel_commands.put("Runs", "right")
    window.view.show_summary()
    window.view.canvas_alone()
    window.close()
    kept = SettingsFile(settings.path)
    again = make_window(kept, theme, answers, engine=False)
    qtbot.addWidget(again)
    with qtbot.waitSignal(again.completed):
        again.show()
    assert again.height() == 700
    assert again.palette_panel.isHidden()
    assert not again.view.is_alone
    qtbot.waitUntil(lambda: again.dock.current == "Summary")
    assert again.desk.bar_of("Runs") is again.desk.bar_of("Inspector")
    again.close()
    half = kept.value.panels[: len(kept.value.panels) // 8 * 4]
    for broken in ("", "not base 64!", "AAAA", half):
        kept.change(panels=broken, window=broken)
        fresh = make_window(SettingsFile(settings.path), theme, answers, engine=False)
        qtbot.addWidget(fresh)
        assert fresh.desk.shown() == list(fresh.desk.docks), "all are where they begin"
        fresh.close()


def test_f6_goes_round_the_panels(qtbot: QtBot, window: MainWindow) -> None:
    seen = []
    for _ in range(4):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F6)
        seen.append(window.focusWidget())
    assert seen[1] is window.dock.tabs
    assert seen[2] is window.palette_panel.search
    assert seen[3] is window.canvas


def test_the_number_of_problems_stays_beside_the_tab(qtbot: QtBot, window: MainWindow) -> None:
    for edit in (SetParam("conv1", "stride", 0), SetParam("conv1", "kernel_size", 0)):
        window.session.execute(edit)
        badge = window.dock.tabs.tabButton(2, QTabBar.ButtonPosition.RightSide)
        assert badge.isVisibleTo(window.dock.tabs)
    assert [label.text() for label in badge.findChildren(QLabel)] == ["2"]
    window.session.undo()
    window.session.undo()
    assert window.dock.tabs.tabButton(2, QTabBar.ButtonPosition.RightSide) is None


def test_the_badge_is_amber_where_nothing_but_warnings_are(window: MainWindow) -> None:
    bar = window.dock.tabs
    index = [bar.tabText(i) for i in range(bar.count())].index("Problems")

    def tone() -> object:
        (pill,) = bar.tabButton(index, bar.ButtonPosition.RightSide).findChildren(QLabel)
        return pill.property("tone")

    window.dock.set_badge("Problems", 1, "warning")
    assert tone() == "warning"
    window.session.execute(RemoveNodes(frozenset({"flatten"})))
    assert tone() == "error"


@pytest.mark.parametrize("size", [(1024, 700), (900, 600)])
def test_in_a_low_window_the_dock_takes_a_third_at_most(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    assert (window.width(), window.height()) == size
    qtbot.waitUntil(lambda: window.dock.height() <= size[1] // 3)


def test_panels_without_a_net_say_what_will_stand_there(qtbot: QtBot, window: MainWindow) -> None:
    window.session.new()
    for name, page in window.empty_nets.pages.items():
        window.view.show_tab(name)
        qtbot.waitUntil(page.isVisible)
        dock = window.desk.docks[name]
        assert dock.panel is not None
        assert not dock.panel.isVisible()
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert window.home.is_shown
    assert window.home.page is not None
    window.home.page.cards()[0].click()
    qtbot.waitUntil(dock.panel.isVisible)
    assert not page.isVisible()
