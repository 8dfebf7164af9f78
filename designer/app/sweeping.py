"""Sweeping: garbage is looked for while the hands rest, not in the middle of a gesture."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from designer.app.selection import Selection
from designer.app.session import Session

REST = 1500
"""Milliseconds without an edit or a choice after which nobody waits."""
ENOUGH = 10
"""Collections of the young, as Python counts them, after which it would look at everything."""
SELDOM = 1000
"""After so many it does so by itself, where the hands never rest."""


class Sweep(QObject):
    """Does what Python would do at any time: to look at all that was made takes up to 40 ms.

    Designs, analyses and pictures hold no cycles: what goes of them is gone at once, and what has
    to be looked for is little.
    """

    def __init__(self, session: Session, selection: Selection, parent: QObject) -> None:
        super().__init__(parent)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._on_rest)
        session.changed.connect(self._on_hand)
        selection.changed.connect(self._on_hand)

    def begin(self) -> None:
        """Leave what there is now alone for good, and let what comes wait for a rest."""
        gc.freeze()
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, SELDOM)
        self._rest.start()

    def _on_hand(self) -> None:
        self._rest.start()

    def _on_rest(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._rest.start()
        elif gc.get_count()[2] >= ENOUGH:
            gc.collect()
