"""No word of the window is cut or covered at any scale of the interface, on a small screen."""

import contextlib
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from designer.core.design import Design
from designer.core.edits import Connect
from designer.core.graph import Edge
from designer.ui.help.window import HelpWindow
from designer.ui.main_window import MainWindow
from designer.ui.page import about_page
from designer.ui.parts import column, label
from designer.ui.theme.scale import SCALES
from designer.ui.theme.theme import Theme
from tests.ui.fitting import faults
from tests.ui.stops import name, stops, told

OTHERS = [pytest.param(one, marks=pytest.mark.nightly) for one in SCALES if one not in (80, 200)]


def settle(qtbot: QtBot, window: QWidget) -> list[str]:
    """What is still at fault once everything has its place."""
    with contextlib.suppress(qtbot.TimeoutError):  # what is found says more
        qtbot.waitUntil(lambda: not faults(window), timeout=3000)
    return faults(window)


@pytest.mark.parametrize("percent", [80, 200, *OTHERS])
def test_the_window_says_everything_at_every_scale(
    qtbot: QtBot, window: MainWindow, percent: int
) -> None:
    window.resize(1280, 800)
    window.scale.set_percent(percent)
    view = window.view
    shows: tuple[Callable[[], object], ...] = (
        view.show_problems,
        view.show_summary,
        view.show_code,
        view.show_outline,
    )
    for show in shows:
        show()
        assert settle(qtbot, window) == []
    window.selection.set({"conv1"})
    assert settle(qtbot, window) == []
    # a sentence, a badge and a fault with its fix
    assert window.session.execute(Connect(Edge("image", "fc1")))
    window.column.banner.say("What was opened last is not there any more.", [("Look", list)])
    view.show_problems()
    window.selection.set({"fc1"})
    assert settle(qtbot, window) == []


@pytest.mark.parametrize("percent", [80, 200])
def test_help_about_and_palette_say_everything(
    qtbot: QtBot, window: MainWindow, percent: int
) -> None:
    window.resize(1280, 800)
    window.scale.set_percent(percent)
    window.selection.set({"conv1"})
    window.help.explain_this()
    page = about_page(window)
    page.show()
    window.command_palette.open()
    shown = window.findChild(HelpWindow)
    assert shown is not None
    shown.setMinimumSize(0, 0)  # the screen of the tests is smaller yet
    shown.resize(1240, 740)
    for top in (shown, page, window.command_palette):
        assert settle(qtbot, top) == []
    page.close()


def test_a_cut_word_is_found(qtbot: QtBot, theme: Theme) -> None:
    """The test of the test: words in too small a place, over one another, beyond an edge."""
    box = QWidget()
    qtbot.addWidget(box)
    layout = column(box)
    words, button = label("a convolution of 5 × 5"), QPushButton("Train the net")
    for part in (words, button):
        layout.addWidget(part)
    box.show()
    assert settle(qtbot, box) == []
    words.setFixedWidth(40)
    assert any("is cut" in fault for fault in faults(box))
    words.setMinimumWidth(0)
    words.setMaximumWidth(4000)
    loose = QPushButton("Stop", box)
    loose.move(box.width() - 10, 0)
    loose.show()
    assert any("beyond an edge" in fault for fault in faults(box))
    loose.move(button.pos())
    assert any("covers" in fault for fault in faults(box))


def test_an_empty_design_fits_too(qtbot: QtBot, window: MainWindow) -> None:
    window.session.new(Design())
    window.resize(1280, 800)
    window.scale.set_percent(200)
    assert settle(qtbot, window) == []


def test_what_floats_stays_within_the_window(qtbot: QtBot, window: MainWindow) -> None:
    """At 200 % a dozen rows are higher than a small window."""
    window.resize(1280, 800)
    window.scale.set_percent(200)
    QApplication.processEvents()
    window.command_palette.open()
    assert window.rect().contains(window.command_palette.geometry())
    window.command_palette.hide()
    window.canvas.setFocus()
    window.canvas.offer_layers()
    assert window.canvas.quick_add.isVisible()
    assert window.canvas.rect().contains(window.canvas.quick_add.geometry())


def test_the_dialogs_say_everything_too(qtbot: QtBot, window: MainWindow) -> None:
    """The keys and the picture, opened at 200 % and shrunk while they are open."""
    window.resize(1280, 800)
    window.scale.set_percent(200)
    before = {id(top) for top in QApplication.topLevelWidgets()}
    window.keyboard.change()
    window.pictures.ask()
    shown = [w for w in QApplication.topLevelWidgets() if id(w) not in before and w.isVisible()]
    assert len(shown) == 2
    for percent in (200, 80):
        window.scale.set_percent(percent)
        for top in shown:
            top.setMinimumSize(0, 0)
            top.resize(1240, 740)
            assert settle(qtbot, top) == []
            unnamed = [told(widget) for widget in stops(top) if not name(widget).strip()]
            assert unnamed == []
    for top in shown:
        top.close()
