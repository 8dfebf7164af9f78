"""Pages in a window of their own: the keys, a layer, and what the program is made of."""

from __future__ import annotations

import inspect
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from designer.app.actions import MENUS, Action
from designer.core.layer import Layer
from designer.ui.fields.entry import limits, write
from designer.ui.parts import column, ground, hairline, label, row

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
        column(self).addWidget(area)


def keys_page(actions: Iterable[Action], parent: QWidget | None = None) -> Page:
    """Every action that has keys, menu by menu."""
    page = Page("Keys", parent)
    page.resize(WIDTH, 640)
    every = [action for action in actions if action.keys]
    for menu in MENUS:
        group = [action for action in every if action.menu == menu]
        if group:
            page.words.addWidget(label(menu, "strong"))
            page.words.addWidget(hairline())
            for action in group:
                page.words.addLayout(_line(action))
            page.words.addSpacing(16)
    page.words.addStretch(1)
    return page


def layer_page(kind: type[Layer], parent: QWidget | None = None) -> Page:
    """What a layer does, and every parameter with its default, its limits and its meaning."""
    page = Page(kind.kind(), parent)
    page.resize(WIDTH, 560)
    page.words.addWidget(label(kind.kind(), "title"))
    page.words.addWidget(label(kind.family, ink="muted"))
    page.words.addSpacing(8)
    for part in inspect.cleandoc(kind.__doc__ or "").split("\n\n"):
        page.words.addWidget(label(" ".join(part.split()), wrap=True))
    if kind.parameters():
        page.words.addSpacing(12)
        page.words.addWidget(label("PARAMETERS", "section", "muted"))
    for parameter in kind.parameters():
        page.words.addWidget(hairline())
        head = row(spacing=8)
        head.addWidget(label(parameter.name, "strong"))
        head.addStretch(1)
        default = write(parameter.default) or "empty"
        head.addWidget(label(f"at first {default}", "secondary", "muted"))
        page.words.addLayout(head)
        for words in filter(None, (parameter.help, limits(parameter))):
            page.words.addWidget(label(words, "secondary", "muted", wrap=True))
        page.words.addSpacing(4)
    page.words.addStretch(1)
    return page


def about_page(parent: QWidget | None = None) -> Page:
    """What this is, and whose work it stands on."""
    page = Page("About", parent)
    page.resize(WIDTH, 260)
    page.words.addWidget(label("Convnet Designer", "title"))
    for words in (
        "Draw a convolutional network, see every shape at once, train it, take the PyTorch "
        "script with you.",
        "MIT licence. It stands on PyTorch, Qt (LGPL), pyqtgraph, networkx, numpy, Pillow, "
        "safetensors and platformdirs, and is set in Inter and JetBrains Mono (SIL Open Font "
        "Licence). The file NOTICE names every part.",
        "Nothing leaves this computer: no account, no upload, no network without being asked.",
    ):
        page.words.addSpacing(4)
        page.words.addWidget(label(words, ink="muted", wrap=True))
    page.words.addStretch(1)
    return page


def _line(action: Action) -> QHBoxLayout:
    made = row(spacing=8)
    made.addWidget(label(action.title))
    if action.where == "canvas":
        made.addWidget(label("canvas", "caption", "faint"))
    made.addStretch(1)
    native = QKeySequence.SequenceFormat.NativeText
    keys = [QKeySequence(key).toString(native) or key for key in action.keys]
    made.addWidget(label("  or  ".join(keys), "secondary", "muted"))
    return made
