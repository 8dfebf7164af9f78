"""The chips of the title bar change what they name."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from designer.app.session import Session
from designer.core.edits import SetName
from designer.ui.theme.theme import Theme
from designer.ui.title_bar import TitleBar


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, session: Session) -> Iterator[TitleBar]:
    menu = QMenu()
    made = TitleBar(session, theme, menu, lambda: ("letters", "mnist-5k"), lambda: ("auto", "cpu"))
    qtbot.addWidget(made)
    made.resize(1200, 48)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    menu.deleteLater()


def choose(qtbot: QtBot, text: str) -> None:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text() == text)
    at = menu.actionGeometry(action).center()
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=at)


def test_the_data_chip_offers_the_data_sets(qtbot: QtBot, bar: TitleBar, session: Session) -> None:
    qtbot.mouseClick(bar.data, Qt.MouseButton.LeftButton)
    choose(qtbot, "mnist-5k")
    assert session.design.data.source == "mnist-5k"
    assert "mnist-5k" in bar.data.accessibleName()


def test_the_device_chip_offers_the_devices(qtbot: QtBot, bar: TitleBar, session: Session) -> None:
    qtbot.mouseClick(bar.device, Qt.MouseButton.LeftButton)
    choose(qtbot, "cpu")
    assert session.design.training.device == "cpu"


def test_other_data_asks_for_the_data_panel(qtbot: QtBot, bar: TitleBar) -> None:
    qtbot.mouseClick(bar.data, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.asked) as asked:
        choose(qtbot, "Other data …")
    assert asked.args == ["view.show_data"]


def test_epochs_are_typed_in_a_popup(qtbot: QtBot, bar: TitleBar, session: Session) -> None:
    qtbot.mouseClick(bar.epochs, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    line = popup.findChild(QLineEdit)
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(line, "20")
    assert session.design.training.epochs == 20
    popup.close()
    session.undo()
    assert session.design.training.epochs == 5


def test_it_says_what_is_edited_and_what_runs(
    qtbot: QtBot, bar: TitleBar, session: Session
) -> None:
    assert not bar.edited.isVisible()
    session.execute(SetName("<b>Other</b>"))
    assert bar.edited.isVisible()
    assert bar.name.text() == "<b>Other</b>"
    bar.show_running(True)
    with qtbot.waitSignal(bar.asked) as asked:
        qtbot.mouseClick(bar.train, Qt.MouseButton.LeftButton)
    assert asked.args == ["window.train"]
    assert bar.train.text() == "Stop"


def test_a_long_name_is_elided(bar: TitleBar, session: Session) -> None:
    session.execute(SetName("a very long name " * 20))
    assert "…" in bar.name.text()
    assert bar.name.width() < 320
