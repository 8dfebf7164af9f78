"""A panel that follows the session while it can be seen, and costs nothing while it cannot."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from designer.app.selection import Selection
from designer.app.session import Session, only_moves
from designer.core.change import Change
from designer.ui.parts import ground


class FollowingPanel(QWidget):
    """Says when to `_fill` itself with the design, and when to `_mark` the selected nodes."""

    node_shown = Signal(str)
    """A node that the canvas is to bring into view."""

    def __init__(
        self, session: Session, selection: Selection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        ground(self)
        self._session, self._selection = session, selection
        self._is_fresh = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)
        session.changed.connect(self._on_changed)
        selection.changed.connect(self.show_selection)

    def refresh(self) -> None:
        """Fill the panel anew, if it can be seen and something in it may differ."""
        if self.isVisible() and not self._is_fresh and self._session.is_analysed:
            self._is_fresh = True
            self._fill()

    def show_selection(self) -> None:
        """Mark what is selected, if the panel can be seen."""
        if self.isVisible():
            self._mark()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.show_selection()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()

    def _fill(self) -> None:
        raise NotImplementedError

    def _mark(self) -> None:
        raise NotImplementedError

    def _on_changed(self, change: Change) -> None:
        """Fill the panel after the canvas has been painted: a large net takes its time."""
        if not only_moves(change):
            self._is_fresh = False
            if self.isVisible():
                self._soon.start(0)
