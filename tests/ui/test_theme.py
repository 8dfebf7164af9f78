"""The theme: fonts as LOOK asks, icons in the ink of the theme, one switch for all."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.resources import resource
from designer.ui.parts import label, set_tip
from designer.ui.theme.fonts import code, words
from designer.ui.theme.icons import icon
from designer.ui.theme.stylesheet import stylesheet
from designer.ui.theme.theme import Theme
from designer.ui.theme.tokens import DARK, LIGHT, Tokens

ICONS = sorted(file.name.removesuffix(".svg") for file in resource("icons").iterdir())


def test_the_fonts_are_ours_and_figures_are_of_one_width(theme: Theme) -> None:
    assert QFontInfo(words()).family() == "Inter"
    assert QFontInfo(code()).family() == "JetBrains Mono"
    widths = {QFontMetricsF(words()).horizontalAdvance(figure * 8) for figure in "0123456789"}
    assert len(widths) == 1


def test_an_identifier_is_drawn_as_it_is_typed(theme: Theme) -> None:
    """With contextual alternates the x of branch1x1 would become a multiplication sign."""
    metrics = QFontMetricsF(words())
    letters = sum(metrics.horizontalAdvance(letter) for letter in "1x1")
    assert metrics.horizontalAdvance("1x1") == pytest.approx(letters, abs=0.6)


def test_words_are_plain_text_whatever_is_in_them(qtbot: QtBot) -> None:
    made = label("<b>bold</b><img src='file:///etc/passwd'>")
    qtbot.addWidget(made)
    assert made.textFormat().name == "PlainText"


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
def test_the_style_sheet_is_complete_and_understood(qtbot: QtBot, tokens: Tokens) -> None:
    sheet = stylesheet(tokens)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")


@pytest.mark.parametrize("name", [name for name in ICONS if name != "app"])
def test_every_icon_is_drawn_in_its_ink(qtbot: QtBot, name: str) -> None:
    image = icon(name, "#ff0000").pixmap(16, 16).toImage()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200
    }
    assert colours == {"#ff0000"}


def test_switching_reaches_the_palette_and_everybody_who_listens(
    qtbot: QtBot, theme: Theme
) -> None:
    with qtbot.waitSignal(theme.changed) as told:
        theme.set_mode("light")
    assert told.args == [LIGHT]
    assert QApplication.palette().color(QPalette.ColorRole.Text) == QColor(LIGHT.text)
    theme.set_mode("dark")
    assert QApplication.palette().color(QPalette.ColorRole.Text) == QColor(DARK.text)


class Desktop:
    """Style hints of a desktop that changes its mind; offscreen there is none."""

    def __init__(self) -> None:
        self.scheme = Qt.ColorScheme.Dark
        self.told: list[Qt.ColorScheme | None] = []

    def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802
        return self.scheme

    def setColorScheme(self, scheme: Qt.ColorScheme) -> None:  # noqa: N802
        self.told.append(scheme)

    def unsetColorScheme(self) -> None:  # noqa: N802
        self.told.append(None)


def test_the_system_is_followed_while_nothing_else_is_chosen(qtbot: QtBot, theme: Theme) -> None:
    desktop = Desktop()
    theme._hints = desktop  # type: ignore[assignment]
    theme.set_mode("system")
    assert theme.tokens is DARK
    desktop.scheme = Qt.ColorScheme.Light
    hints = QGuiApplication.styleHints()
    with qtbot.waitSignal(theme.changed) as told:
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert told.args == [LIGHT]
    assert QApplication.palette().color(QPalette.ColorRole.Text) == QColor(LIGHT.text)
    theme.set_mode("dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens is DARK
    assert desktop.told == [None, Qt.ColorScheme.Dark], "frames of windows are of the same tone"


def test_a_tooltip_is_plain_text_too(qtbot: QtBot) -> None:
    made = label("name")
    qtbot.addWidget(made)
    set_tip(made, "<b>bold</b> & co")
    assert made.toolTip() == "&lt;b&gt;bold&lt;/b&gt; &amp; co"
    set_tip(made, "fish & chips")
    assert made.toolTip() == "fish & chips"
