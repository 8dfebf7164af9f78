"""The theme: which tokens hold now, given to the application and told to the views."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory, QToolTip

from designer.ui.theme import scale, sizes
from designer.ui.theme.fonts import load_fonts, words
from designer.ui.theme.palette import palette
from designer.ui.theme.stylesheet import stylesheet
from designer.ui.theme.tokens import DARK, LIGHT, Tokens

Mode = Literal["system", "dark", "light"]


class Theme(QObject):
    """Holds the tokens and the scale; `changed` carries the tokens when either is another.

    `system` follows the desktop's choice.
    """

    changed = Signal(object)

    def __init__(
        self, mode: Mode = "system", percent: int = 100, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.mode: Mode = mode
        self._percent = scale.nearest(percent)
        self._hints = QGuiApplication.styleHints()
        self.tokens: Tokens = self._chosen()
        self._hints.colorSchemeChanged.connect(self._on_scheme_changed)

    def set_mode(self, mode: Mode) -> None:
        """Choose dark, light, or what the desktop says."""
        self.mode = mode
        self._tell_desktop()
        self._refresh()

    @property
    def percent(self) -> int:
        """The scale of the interface."""
        return self._percent

    def set_percent(self, percent: int) -> None:
        """Choose the scale of the interface; everything that is shown takes its new size."""
        percent = scale.nearest(percent)
        if percent == self._percent:
            return
        self._percent = percent
        scale.set_percent(percent)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setFont(words())
            QToolTip.setFont(words())
            _dress(application, self.tokens)
            sizes.give_anew()
        # what is painted asks for its sizes when it is painted
        self.changed.emit(self.tokens)

    def apply(self) -> None:
        """Give the application style, palette, fonts and style sheet."""
        self.prepare()
        self.dress()

    def prepare(self) -> None:
        """Give the application all but the style sheet."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setStyle(QStyleFactory.create("Fusion"))
        self._tell_desktop()
        load_fonts()
        scale.set_percent(self._percent)
        application.setFont(words())
        application.setPalette(palette(self.tokens))

    def dress(self) -> None:
        """Give the application the style sheet.

        A widget that is put into another is dressed again, with all that is in it: a window that
        is made before it is dressed is made in two thirds of the time.
        """
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        _dress(application, self.tokens)

    def _tell_desktop(self) -> None:
        """Let what the desktop draws, frames of windows and its own dialogs, be of one tone."""
        if self.mode == "system":
            self._hints.unsetColorScheme()
        else:
            scheme = Qt.ColorScheme
            self._hints.setColorScheme(scheme.Dark if self.mode == "dark" else scheme.Light)

    def _refresh(self) -> None:
        tokens = self._chosen()
        if tokens is not self.tokens:
            self.tokens = tokens
            application = QApplication.instance()
            if isinstance(application, QApplication):
                application.setPalette(palette(tokens))
                _dress(application, tokens)
            self.changed.emit(tokens)

    def _chosen(self) -> Tokens:
        if self.mode == "system":
            return LIGHT if self._hints.colorScheme() == Qt.ColorScheme.Light else DARK
        return DARK if self.mode == "dark" else LIGHT

    def _on_scheme_changed(self) -> None:
        self._refresh()


def _dress(application: QApplication, tokens: Tokens) -> None:
    """Give the application its style sheet.

    The old one is taken away first: Qt (6.11) reads a sheet that follows another some ten times
    as long as one that follows none, 0.3 s for this window.
    """
    application.setStyleSheet("")
    application.setStyleSheet(stylesheet(tokens))
