"""The note on a node: plain text of any number of lines, kept in the project."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.ui.theme.sizes import set_words
from designer.ui.written import Written

HELP = "Whatever you want to remember; it is kept in the project and written into the script"
MOST_LINES = 10
"""A longer note is scrolled."""
LONGEST = 20_000
"""Letters; what is pasted beyond them is left out."""


class NoteField(Written):
    """As high as what is written in it. `edited` carries the text and the gesture's token.

    All typing between entering and leaving the field is one gesture, hence one undo step.
    """

    edited = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gesture: object = object()
        self.setProperty("field", True)
        self.setPlaceholderText("Write a note")
        self.setAccessibleName("Note")
        self.setAccessibleDescription(HELP)
        self.setToolTip(HELP)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_words(self)
        self.textChanged.connect(self._on_text_changed)

    def show_text(self, text: str) -> None:
        """Show a note; what is being typed stays as it is typed while it means the same."""
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As many lines as there are, within reason."""
        frame = 2 * self.frameWidth() + 2 * round(self.document().documentMargin())
        margins = self.contentsMargins()
        height = self.text_height(MOST_LINES) + frame
        return QSize(120, height + margins.top() + margins.bottom())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document = self.document()
            back = event.matches(QKeySequence.StandardKey.Undo)
            again = event.matches(QKeySequence.StandardKey.Redo)
            # with nothing of its own to take back the key is the window's
            if (back and not document.isUndoAvailable()) or (
                again and not document.isRedoAvailable()
            ):
                event.ignore()
                return False
        return super().event(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text, and no more than a note holds."""
        room = LONGEST - self.document().characterCount()
        if source.hasText() and room > 0:
            self.textCursor().insertText(source.text()[:room])

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.gesture = object()
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():  # lines are broken elsewhere
            self.updateGeometry()

    def _on_text_changed(self) -> None:
        self.updateGeometry()
        self.edited.emit(self.toPlainText(), self.gesture)
