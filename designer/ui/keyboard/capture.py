"""A field that takes the next key that is pressed, whatever it means elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from designer.app.key_rules import native, pressed
from designer.ui.parts import set_property
from designer.ui.theme.sizes import fix_size, set_words

WAITING = "Press a key; Esc leaves off"


class KeyCapture(QLineEdit):
    """Enter or a click makes it wait; `captured` carries the key then pressed, portably."""

    captured = Signal(str)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.is_waiting = False
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        fix_size(self, height=28)
        set_words(self)

    def wait(self) -> None:
        """Take the next key."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._set_waiting(True)

    def show_key(self, key: str) -> None:
        """Show a key that was taken; nothing for none."""
        self.setText(native(key) if key else "")

    def event(self, event: QEvent) -> bool:
        if self.is_waiting and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # it comes as a key, and does nothing
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wait()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.wait()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._set_waiting(False)
        super().focusOutEvent(event)

    def _take(self, event: QKeyEvent) -> None:
        key = pressed(event.key(), event.modifiers(), event.text())
        if key:
            self._set_waiting(False)
        if key and key != "Esc":
            self.captured.emit(key)

    def _set_waiting(self, is_waiting: bool) -> None:
        self.is_waiting = is_waiting
        if is_waiting:
            self.clear()
        self.setPlaceholderText(WAITING if is_waiting else self._words)
        self.setAccessibleName(WAITING if is_waiting else self._words)
        set_property(self, "waiting", is_waiting)
