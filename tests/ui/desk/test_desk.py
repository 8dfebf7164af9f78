"""The desk: panels are dragged by real mouse events, put anywhere by name, and come back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QTabBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from designer.ui.desk.desk import Desk
from designer.ui.desk.panel_dock import PanelDock
from designer.ui.desk.places import AREAS, PLACES, Home
from designer.ui.desk.tabs import Badge, Count, names
from designer.ui.theme.theme import Theme

HOMES = (
    Home("Palette", "left", 190, has_grip=True),
    Home("Inspector", "right", 200, has_grip=True),
    Home("Training", "bottom", 200),
    Home("Runs", "bottom", 200, page="topic/training"),
    Home("Code", "bottom", 200),
)
LEFT = Qt.MouseButton.LeftButton


def make_desk(theme: Theme) -> tuple[QWidget, Desk]:
    """A desk in a window of the size of the offscreen screen."""
    holder = QWidget()
    desk = Desk(HOMES, theme)
    desk.setCentralWidget(QLabel("canvas"))
    for name, dock in desk.docks.items():
        dock.fill(QLabel(name))
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(desk)
    holder.resize(800, 780)
    return holder, desk


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Iterator[Desk]:
    holder, made = make_desk(theme)
    qtbot.addWidget(holder)
    with qtbot.waitExposed(holder):
        holder.show()
    qtbot.waitUntil(lambda: made.docks["Training"].is_seen)
    yield made


def drag(qtbot: QtBot, handle: QWidget, start: QPoint, desk: Desk, goal: QPoint) -> None:
    """Press on a handle, move over the desk as a hand does, and let go."""
    end = handle.mapFromGlobal(desk.mapToGlobal(goal))
    QTest.mousePress(handle, LEFT, pos=start)
    for step in range(1, 11):
        QTest.mouseMove(handle, start + (end - start) * (step / 10))
        qtbot.wait(1)
    QTest.mouseMove(handle, handle.mapFromGlobal(desk.mapToGlobal(goal + QPoint(1, 1))))
    qtbot.wait(1)
    end = handle.mapFromGlobal(desk.mapToGlobal(goal + QPoint(1, 1)))
    QTest.mouseRelease(handle, LEFT, pos=end)


def places(desk: Desk) -> dict[str, tuple[object, ...]]:
    """Where every panel is, and how large."""
    return {
        name: (
            desk.dockWidgetArea(dock),
            dock.isFloating(),
            dock.isHidden(),
            dock.is_seen,
            dock.size() if dock.is_seen else None,
        )
        for name, dock in desk.docks.items()
    }


def test_panels_begin_at_home(desk: Desk) -> None:
    assert desk.docks["Palette"].width() == 190
    assert desk.docks["Inspector"].width() == 200
    assert desk.below == 200
    bar = desk.bar_of("Training")
    assert bar is not None
    assert names(bar) == ["Training", "Runs", "Code"]
    assert bar.tabText(bar.currentIndex()) == "Training"
    assert [dock.handle.look for dock in desk.docks.values()] == ["grip", "grip", *["none"] * 3]


def test_a_panel_behind_another_is_hidden_and_costs_nothing(qtbot: QtBot, desk: Desk) -> None:
    runs, training = desk.docks["Runs"], desk.docks["Training"]
    assert runs.panel is not None and training.panel is not None
    assert training.panel.isVisible()
    assert not runs.panel.isVisible()
    bar = desk.bar_of("Runs")
    assert bar is not None
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(1).center())
    qtbot.waitUntil(runs.panel.isVisible)
    assert not training.panel.isVisible()
    assert runs.panel.width() == desk.width()


def test_a_tab_is_dragged_to_another_side(qtbot: QtBot, desk: Desk) -> None:
    bar = desk.bar_of("Runs")
    assert bar is not None
    drag(qtbot, bar, bar.tabRect(1).center(), desk, QPoint(80, 200))
    runs = desk.docks["Runs"]
    qtbot.waitUntil(lambda: desk.dockWidgetArea(runs) == AREAS["left"] and not runs.isFloating())
    qtbot.waitUntil(lambda: runs.is_seen and runs.panel is not None and runs.panel.isVisible())
    left = desk.bar_of("Runs")
    assert left is not None
    assert set(names(left)) == {"Palette", "Runs"}
    below = desk.bar_of("Training")
    assert below is not None
    assert names(below) == ["Training", "Code"]
    qtbot.waitUntil(lambda: desk.docks["Palette"].handle.look == "none")


def test_a_panel_is_dragged_by_its_grip_out_of_the_window(qtbot: QtBot, desk: Desk) -> None:
    palette = desk.docks["Palette"]
    handle = palette.handle
    start = handle.rect().center()
    middle = desk.rect().center()
    drag(qtbot, handle, start, desk, QPoint(middle.x(), -400))
    qtbot.waitUntil(palette.isFloating)
    qtbot.waitUntil(lambda: handle.look == "title")
    assert handle.close_button.isVisible()
    qtbot.mouseClick(handle.own_window, LEFT)
    qtbot.waitUntil(lambda: not palette.isFloating() and handle.look == "grip")


@pytest.mark.parametrize("side", ["left", "right", "top"])
def test_a_panel_is_put_to_a_side_by_name(qtbot: QtBot, desk: Desk, side: str) -> None:
    menu = desk.menu("Code")
    titles = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert titles == [*PLACES.values(), "A window of its own", "Hide Code"]
    menu.actions()[list(PLACES).index(side)].trigger()  # type: ignore[arg-type]
    code = desk.docks["Code"]
    assert desk.dockWidgetArea(code) == AREAS[side]  # type: ignore[index]
    qtbot.waitUntil(lambda: code.is_seen)
    menu.close()


def test_a_key_opens_the_menu_of_the_open_tab(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = desk.menu
    monkeypatch.setattr(desk, "menu", lambda name: asked.append(name) or real(name))
    desk.bring("Code")
    bar = desk.bar_of("Code")
    assert bar is not None
    at = bar.rect().center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(bar, QContextMenuEvent(reason, at, bar.mapToGlobal(at)))
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(0).center())
    at = bar.tabRect(0).center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(bar, QContextMenuEvent(reason, at, bar.mapToGlobal(at)))
    assert asked == ["Code", "Training"]
    for menu in desk.findChildren(QMenu):
        menu.close()


def test_panels_are_hidden_and_shown(qtbot: QtBot, desk: Desk) -> None:
    for name in ("Training", "Runs"):
        desk.docks[name].hide()
    qtbot.waitUntil(lambda: desk.docks["Code"].handle.look == "title")
    qtbot.mouseClick(desk.docks["Code"].handle.close_button, LEFT)
    assert desk.docks["Code"].isHidden()
    assert desk.shown() == ["Palette", "Inspector"]
    desk.bring("Runs")
    qtbot.waitUntil(lambda: desk.docks["Runs"].is_seen)
    assert desk.docks["Runs"].handle.look == "title"


def test_an_arrangement_comes_back(qtbot: QtBot, desk: Desk, theme: Theme) -> None:
    desk.move_to("Runs", "left")
    desk.docks["Inspector"].hide()
    desk.resizeDocks([desk.docks["Runs"]], [222], Qt.Orientation.Horizontal)
    desk.float("Code")
    qtbot.waitUntil(lambda: desk.docks["Runs"].width() == 222)
    qtbot.waitUntil(lambda: desk.docks["Code"].is_seen)
    kept, before = desk.arrangement(), places(desk)
    holder, again = make_desk(theme)
    qtbot.addWidget(holder)
    assert again.arrange(kept)
    with qtbot.waitExposed(holder):
        holder.show()
    qtbot.waitUntil(lambda: places(again) == before)


def test_what_is_no_arrangement_changes_nothing(qtbot: QtBot, desk: Desk) -> None:
    desk.move_to("Runs", "left")
    qtbot.waitUntil(lambda: desk.docks["Runs"].is_seen)
    before = places(desk)
    other_version = bytes(desk.saveState(99).data())
    kept = desk.arrangement()
    for useless in (b"", b"rubbish", other_version, kept[: len(kept) // 4], bytes(200)):
        assert not desk.arrange(useless), useless
        assert places(desk) == before
    assert desk.arrange(kept)


def test_a_window_on_a_screen_that_is_gone_is_brought_in(
    qtbot: QtBot, desk: Desk, theme: Theme
) -> None:
    desk.float("Code")
    desk.docks["Code"].move(9000, 9000)
    kept = desk.arrangement()
    holder, again = make_desk(theme)
    qtbot.addWidget(holder)
    assert again.arrange(kept)
    with qtbot.waitExposed(holder):
        holder.show()
    code = again.docks["Code"]
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    qtbot.waitUntil(lambda: any(screen.intersects(code.frameGeometry()) for screen in screens))
    assert code.isFloating()


def test_the_canvas_alone_and_everything_back(qtbot: QtBot, desk: Desk) -> None:
    desk.move_to("Runs", "right")
    desk.docks["Palette"].hide()
    qtbot.waitUntil(lambda: desk.docks["Runs"].is_seen)
    before = places(desk)
    desk.set_alone(True)
    assert desk.shown() == []
    kept = desk.arrangement()
    desk.set_alone(False)
    qtbot.waitUntil(lambda: places(desk) == before)
    desk.reset()
    assert desk.arrange(kept), "what is kept meanwhile is how it was"
    qtbot.waitUntil(lambda: places(desk) == before)


def test_panels_are_put_back(qtbot: QtBot, desk: Desk) -> None:
    before = places(desk)
    desk.move_to("Runs", "left")
    desk.float("Code")
    desk.docks["Palette"].hide()
    desk.reset()
    qtbot.waitUntil(lambda: places(desk) == before)


def badges(bar: QTabBar) -> dict[str, object]:
    shown = {
        name: bar.tabButton(i, bar.ButtonPosition.RightSide) for i, name in enumerate(names(bar))
    }
    return {name: b.says for name, b in shown.items() if isinstance(b, Badge)}


def test_a_count_goes_where_its_panel_goes(qtbot: QtBot, desk: Desk) -> None:
    count = Count(3, "error")
    desk.set_count("Runs", count)

    def counted() -> dict[str, object]:
        bar = desk.bar_of("Runs")
        return badges(bar) if bar is not None else {}

    qtbot.waitUntil(lambda: counted() == {"Runs": count})
    desk.move_to("Runs", "right")
    qtbot.waitUntil(lambda: counted() == {"Runs": count})
    desk.set_count("Runs", None)
    qtbot.waitUntil(lambda: counted() == {})


def test_the_tab_that_has_the_keys_is_explained(qtbot: QtBot, desk: Desk) -> None:
    bar = desk.bar_of("Runs")
    assert bar is not None
    desk.bring("Runs")
    desk.activateWindow()
    bar.setFocus()
    qtbot.waitUntil(bar.hasFocus)
    assert desk.help_address() == "topic/training"


def test_a_taller_window_is_shared(qtbot: QtBot, desk: Desk) -> None:
    holder = desk.window()
    desk.has_run = True
    holder.resize(800, 880)
    qtbot.waitUntil(lambda: desk.below == 239)
    holder.resize(800, 780)
    qtbot.waitUntil(lambda: desk.below == 200)


def test_a_panel_fills_its_frame(desk: Desk) -> None:
    docks: list[PanelDock] = [desk.docks["Palette"], desk.docks["Training"]]
    for dock in docks:
        assert dock.panel is not None
        assert dock.panel.width() == dock.width()
        assert dock.accessibleName() or dock.windowTitle()


@pytest.mark.parametrize("is_kept", [False, True])
def test_in_a_window_that_begins_low_the_panels_below_take_a_third(
    qtbot: QtBot, desk: Desk, theme: Theme, is_kept: bool
) -> None:
    desk.resizeDocks([desk.docks["Training"]], [300], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: desk.below == 300)
    holder, low = make_desk(theme)
    qtbot.addWidget(holder)
    if is_kept:
        assert low.arrange(desk.arrangement())
    holder.resize(800, 480)
    with qtbot.waitExposed(holder):
        holder.show()
    qtbot.waitUntil(lambda: low.below == 160)


def test_a_panel_that_was_dragged_onto_a_window_comes_home(qtbot: QtBot, desk: Desk) -> None:
    before = places(desk)
    desk.float("Code")
    code, bar = desk.docks["Code"], desk.bar_of("Runs")
    assert bar is not None
    qtbot.waitUntil(lambda: code.is_seen)
    over = desk.mapFromGlobal(code.mapToGlobal(code.rect().center()))
    drag(qtbot, bar, bar.tabRect(1).center(), desk, over)
    qtbot.waitUntil(lambda: desk.docks["Runs"].window() is not desk.window())
    desk.move_to("Code", "left")
    qtbot.waitUntil(lambda: code.window() is desk.window() and code.is_seen)
    assert desk.dockWidgetArea(code) == AREAS["left"]
    desk.reset()
    qtbot.waitUntil(lambda: places(desk) == before)


def test_what_was_never_shown_is_kept_as_it_was(qtbot: QtBot, desk: Desk, theme: Theme) -> None:
    kept = desk.arrangement()
    holder, unseen = make_desk(theme)
    qtbot.addWidget(holder)
    assert unseen.arrangement() == b"", "the next start begins at home, with the sizes of home"
    assert unseen.arrange(kept)
    assert unseen.arrangement() == kept
