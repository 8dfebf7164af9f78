"""The floating editor: plain text that is written where it stands on the canvas."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from designer.ui.theme.fonts import BODY
from designer.ui.theme.scale import px
from designer.ui.theme.tokens import Tokens
from designer.ui.written import Written

LEAST = (180, 34)
MOST_LETTERS = 4000
MOST_LINES = 12
EDGE = 8
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Writing(Written):
    """Enter or a click elsewhere takes what was written, Escape drops it; Shift+Enter begins a
    line where lines are allowed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._taken: Callable[[str], object] | None = None
        self._has_lines = False
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self._least = 0
        self.textChanged.connect(self._grow)
        self.hide()

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {tokens.raised}; color: {tokens.text};"
            f" border: 1px solid {tokens.accent}; border-radius: {px(6)}px;"
            f" padding: {px(4)}px {px(10)}px;"
            f" font-size: {px(BODY)}px; }}"
        )

    def open(
        self, rect: QRectF, text: str, taken: Callable[[str], object], name: str, *, lines: bool
    ) -> None:
        """Write over a text at a rectangle, in pixels; `name` says what it is."""
        self._taken, self._has_lines, self._least = taken, lines, round(rect.height())
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)
        self.selectAll()
        place = rect.toRect()
        place.setWidth(max(place.width(), px(LEAST[0])))
        place.setHeight(max(place.height(), px(LEAST[1])))
        self.setGeometry(place)
        self.show()
        self._grow()  # only what is shown knows where its lines are broken
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _grow(self) -> None:
        """Be as high as the lines that are written, and stay inside of what it floats on."""
        if not self._has_lines:
            return
        parent = self.parentWidget()
        room = self.height() if parent is None else parent.height() - 2 * EDGE
        frame = px(LEAST[1]) - self.fontMetrics().lineSpacing()
        height = max(self.text_height(MOST_LINES) + frame, self._least)
        place = self.geometry()
        place.setHeight(min(height, room))
        place.moveTop(max(EDGE, min(place.top(), room + EDGE - place.height())))
        self.setGeometry(place)

    def finish(self) -> None:
        """Take what was written, if something is being written."""
        taken, self._taken = self._taken, None
        if taken is None:
            return
        text = self.toPlainText().strip()[:MOST_LETTERS]
        self._close()
        taken(text if self._has_lines else " ".join(text.split()))

    def drop(self) -> None:
        """Forget what was written."""
        self._taken = None
        self._close()

    def _close(self) -> None:
        had_focus, parent = self.hasFocus(), self.parentWidget()
        self.hide()
        if had_focus and parent is not None:
            parent.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        # Ctrl+Enter ends what is written in many programs: it must not train the net meanwhile
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and event.key() in ENTER:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in ENTER
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
        elif is_enter and not (shift and self._has_lines):
            self.finish()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own menu
            self.finish()
