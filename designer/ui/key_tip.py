"""A tooltip that names keys, and goes on naming the right ones when they are changed."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from designer.app.keymap import KeyMap
from designer.ui.parts import set_tip


class KeyTip(QObject):
    """Gives a widget a tooltip in which `{view.rename}` stands for the key of that action."""

    def __init__(self, widget: QWidget, text: str, keys: KeyMap) -> None:
        super().__init__(widget)
        self._widget, self._text, self._keys = widget, text, keys
        keys.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        set_tip(self._widget, self._keys.filled(self._text))
