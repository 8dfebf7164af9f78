"""Pictures from the window: the dialog with its preview, what it remembers, and the clipboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from designer.ui.main_window import MainWindow
from designer.ui.pictures.dialog import PictureDialog
from designer.ui.theme.tokens import DARK, LIGHT
from tests.ui.conftest import Answers


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> Iterator[PictureDialog]:
    window.canvas.choose({"conv1", "relu1"})
    window.menus.actions["pictures.ask"].trigger()
    made = window.pictures.dialog
    assert made is not None
    drawn(qtbot, made)
    yield made
    made.close()


def drawn(qtbot: QtBot, dialog: PictureDialog) -> QImage:
    """The preview, when it shows what is chosen now."""
    qtbot.waitUntil(lambda: dialog.is_settled)
    image = dialog.preview.image
    assert image is not None
    return image


def choose(field: QWidget, key: str) -> None:
    field.setCurrentIndex(field.findData(key))  # type: ignore[attr-defined]


def press(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_preview_follows_what_is_chosen(qtbot: QtBot, dialog: PictureDialog) -> None:
    part = drawn(qtbot, dialog)
    assert part.pixelColor(0, 0).name() == DARK.canvas
    choose(dialog.part, "net")
    whole = drawn(qtbot, dialog)
    assert whole.width() / whole.height() > part.width() / part.height()
    choose(dialog.colours, "light")
    assert drawn(qtbot, dialog).pixelColor(0, 0).name() == LIGHT.canvas
    dialog.ground.setChecked(False)
    assert drawn(qtbot, dialog).pixelColor(0, 0).alpha() == 0
    choose(dialog.look, "blocks")
    figure = drawn(qtbot, dialog)
    assert figure != whole
    choose(dialog.size_of, "8.5 cm")
    assert drawn(qtbot, dialog).height() > figure.height()
    assert dialog.size_line.text().startswith("PNG: 1,004 × ")


def test_what_is_saved_is_what_was_chosen_and_is_remembered(
    qtbot: QtBot, window: MainWindow, dialog: PictureDialog, answers: Answers, tmp_path: Path
) -> None:
    answers.path = tmp_path / "part.svg"
    choose(dialog.look, "maps")
    choose(dialog.colours, "light")
    dialog.shapes.setChecked(False)
    press(dialog.save)
    qtbot.waitUntil(lambda: "Exported" in window.column.banner.words.text())
    text = answers.path.read_text("utf-8")
    assert ">conv1<" in text and ">conv2<" not in text
    assert "16 × 14 × 14" not in text and LIGHT.canvas in text
    assert window.settings.value.picture_look == "maps"
    window.menus.actions["pictures.ask"].trigger()
    again = window.pictures.dialog
    assert again is not None and again is not dialog
    assert again.choice == dialog.choice
    drawn(qtbot, again)
    again.close()


def test_leaving_the_dialog_remembers_nothing(window: MainWindow, dialog: PictureDialog) -> None:
    dialog.shapes.setChecked(False)
    press(dialog.cancel)
    assert not dialog.isVisible()
    assert window.settings.value.picture_shapes


def test_a_copy_is_pixels_and_svg(qtbot: QtBot, window: MainWindow) -> None:
    window.canvas.choose({"conv1"})
    window.menus.actions["pictures.copy"].trigger()
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: "copied as a picture" in window.column.banner.words.text())
    data = clipboard.mimeData()
    assert data.hasImage()
    assert data.imageData().width() > 300
    svg = bytes(data.data("image/svg+xml").data()).decode()
    assert ">conv1<" in svg and ">conv2<" not in svg
    clipboard.clear()
