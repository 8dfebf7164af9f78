"""The page of a panel that has nothing to show before a run: a sentence or two, and Train."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from designer.ui.parts import column, scrolling
from designer.ui.theme.sizes import at_least, fix_size, set_words


def empty_page(train: QPushButton, *said: QLabel) -> QWidget:
    """Put what is said, and the button below it, into the middle of a page."""
    page = QWidget()
    train.setProperty("primary", True)
    train.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    set_words(train, strong=True)
    fix_size(train, height=28)
    at_least(train, width=96)
    layout = column(page, 16, 12)
    layout.addStretch(1)
    for part in (*said, train):
        layout.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(1)
    return scrolling(page)
