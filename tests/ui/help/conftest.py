"""The help window beside the lesson's net, opened as a user opens it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.ui.help.window import HelpWindow
from designer.ui.main_window import MainWindow

Ask = Callable[[], HelpWindow]


@pytest.fixture
def ask(qtbot: QtBot, window: MainWindow) -> Ask:
    """Press F1 where the focus is, and give the window that opens."""

    def press() -> HelpWindow:
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
        (found,) = window.findChildren(HelpWindow)
        qtbot.waitUntil(found.isActiveWindow)
        found.view.finish()
        return found

    return press
