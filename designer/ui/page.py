"""A page of the manual in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTextEdit, QWidget

from designer.ui.parts import column


class Page(QDialog):
    """Shows our own Markdown; it stays open while one works."""

    def __init__(self, title: str, markdown: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 640)
        text = QTextEdit()
        text.setReadOnly(True)
        text.setFrameShape(QTextEdit.Shape.NoFrame)
        text.document().setDocumentMargin(16)
        text.setMarkdown(markdown)
        column(self).addWidget(text)
