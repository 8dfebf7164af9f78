"""The place of the window is kept, and no screen that is gone takes the window with it."""

from base64 import b64encode

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from designer.app.settings import SettingsFile
from designer.ui.start import make_window
from designer.ui.theme.theme import Theme


@pytest.mark.parametrize("is_maximized", [False, True])
def test_a_window_on_a_screen_that_is_gone_is_on_one_that_is_there(
    qtbot: QtBot, theme: Theme, settings: SettingsFile, is_maximized: bool
) -> None:
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.setGeometry(5000, 4000, 1000, 640)
    if is_maximized:
        elsewhere.showMaximized()
    else:
        elsewhere.show()
    kept = b64encode(bytes(elsewhere.saveGeometry().data())).decode()
    settings.change(window=kept)
    made = make_window(settings, theme, engine=False)
    qtbot.addWidget(made)
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert screen.intersects(made.geometry())
    assert made.isMaximized() == is_maximized
    made.close()
