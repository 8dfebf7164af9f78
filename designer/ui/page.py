"""A page in a window of its own: what the program is made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from designer.ui.parts import column, ground, label
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import space

WIDTH = 440


class Page(QDialog):
    """A column of words that stays open while one works; Escape closes it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        body = QWidget()
        ground(body)
        self.words: QVBoxLayout = column(body, 20, 4)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        area.setAccessibleName(title)
        column(self).addWidget(area)


def about_page(parent: QWidget | None = None) -> Page:
    """What this is, and whose work it stands on."""
    page = Page("About", parent)
    page.resize(px(WIDTH), px(260))
    page.words.addWidget(label("Convnet Designer", "title"))
    for words in (
        "Draw a convolutional network, see every shape at once, train it, take the PyTorch "
        "script with you.",
        "MIT licence. It stands on PyTorch, Qt (LGPL), pyqtgraph, networkx, numpy, Pillow, "
        "safetensors and platformdirs, and is set in Inter and JetBrains Mono (SIL Open Font "
        "Licence). The file NOTICE names every part.",
        "Nothing leaves this computer: no account, no upload, no network without being asked.",
    ):
        space(page.words, 4)
        page.words.addWidget(label(words, ink="muted", wrap=True))
    page.words.addStretch(1)
    return page
