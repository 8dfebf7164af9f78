"""What panels say while there is no net: one sentence, and a button that leads to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from designer.app.session import Session
from designer.ui.desk.panel_dock import PanelDock
from designer.ui.parts import column, ground, label
from designer.ui.theme.sizes import fix_size

SAID = {
    "Problems": "What is wrong with the net is told here, with what mends it.",
    "Summary": "Shapes, parameters and costs stand here, a row for each node.",
    "Code": "The PyTorch text of the net is written here while you draw it.",
    "Outline": "The net stands here as a tree, in the order in which it computes.",
}
"""By the panel that says it."""
BUTTON = "Start from a template"


class EmptyNets(QObject):
    """Shows the sentence in the place of a panel that has nothing to show, and takes it away."""

    def __init__(
        self, session: Session, docks: Mapping[str, PanelDock], wanted: Callable[[], object]
    ) -> None:
        super().__init__(session)
        self._session, self._docks = session, docks
        self.pages = {name: EmptyNet(sentence, wanted) for name, sentence in SAID.items()}
        session.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        is_empty = not self._session.design.nodes
        for name, page in self.pages.items():
            self._docks[name].show_instead(page if is_empty else None)


class EmptyNet(QWidget):
    """The sentence and the button, in the middle."""

    def __init__(self, sentence: str, wanted: Callable[[], object]) -> None:
        super().__init__()
        ground(self)
        words = label(sentence, ink="muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton(BUTTON)
        fix_size(self.button, height=32)
        self.button.clicked.connect(wanted)
        layout = column(self, 16, 12)
        layout.addStretch(1)
        layout.addWidget(words)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
