"""The canvas as a person moves it: each method is one step, and paints what became different."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from designer.app.selection import Selection
from designer.app.session import Session
from designer.core.design import Design
from designer.rules import RULES
from designer.ui.canvas.view import CanvasView
from designer.ui.theme.theme import Theme

NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """A shown canvas with a session; the steps are those of ``benchmarks.scene.Floor``."""

    def __init__(self, design: Design, size: tuple[int, int]) -> None:
        self.session = Session(design, rules=RULES)
        self.canvas = CanvasView(self.session, Selection(), Theme("dark"))
        self.session.setParent(self.canvas)
        self.canvas.resize(*size)
        self.session.analyse()
        self.canvas.show()
        QApplication.processEvents()

    def close(self) -> None:
        """Take the canvas away."""
        self.canvas.close()
        self.canvas.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def fit(self) -> None:
        """Show the whole net."""
        self.canvas.zoom_fit()
        QApplication.processEvents()

    def show_at(self, x: float, y: float) -> None:
        """Show this place at 1:1 in the middle."""
        self.show_zoomed(x, y, 1.0)

    def show_zoomed(self, x: float, y: float, scale: float) -> None:
        """Show this place in the middle, and wait until it is drawn in full."""
        self.canvas.set_viewport(self.canvas.viewport.centred((x, y), scale))
        QApplication.processEvents()
        while not self.canvas.is_settled:
            QApplication.processEvents()

    def repaint(self) -> None:
        """Paint all that is seen."""
        self.canvas.repaint()

    def zoom(self, factor: float) -> None:
        """One step of the wheel."""
        self.canvas.zoom_at(factor, self.canvas.rect().center().toPointF())
        QApplication.processEvents()

    def pan(self, dx: int, dy: int) -> None:
        """Move what is seen by pixels."""
        self.canvas.set_viewport(self.canvas.viewport.panned(dx, dy))
        QApplication.processEvents()

    def grab(self, node: str) -> QPointF:
        """Press the button on a node, and begin to move it; gives where the pointer is."""
        at = self.canvas.screen_rect(self.canvas.picture.index[node]).center()
        self._mouse(QEvent.Type.MouseButtonPress, at, Qt.MouseButton.LeftButton)
        self.drag(at + QPointF(8, 8))
        return at

    def drag(self, at: QPointF) -> None:
        """Move the pointer with the button held."""
        self._mouse(QEvent.Type.MouseMove, at, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def let_go(self) -> None:
        """Leave the node where it was."""
        self.canvas.cancel()
        QApplication.processEvents()

    def hover(self, at: QPointF) -> None:
        """Move the pointer with no button held."""
        self._mouse(QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton)
        QApplication.processEvents()

    def clear(self) -> None:
        """Select all nodes and delete them."""
        self.canvas.select_all()
        self.canvas.delete_selection()
        QApplication.processEvents()

    def undo(self) -> None:
        """Take the last edit back."""
        self.session.undo()
        QApplication.processEvents()

    def nearest(self, x: float, y: float) -> str:
        """The node whose corner is nearest to a place of the canvas."""
        places = self.canvas.picture.places
        return min(places, key=lambda n: abs(places[n][0] - x) + abs(places[n][1] - y))

    def way(self, steps: int) -> Sequence[QPointF]:
        """Places six pixels apart across the canvas, over nodes, wires and nothing."""
        middle = self.canvas.rect().center().toPointF()
        return [middle + QPointF(6 * i - 3 * steps, 2 * i - steps) for i in range(steps)]

    def _mouse(self, kind: QEvent.Type, at: QPointF, held: Qt.MouseButton) -> None:
        button = held if kind != QEvent.Type.MouseMove else Qt.MouseButton.NoButton
        event = QMouseEvent(kind, at, at, button, held, NONE)
        QApplication.sendEvent(self.canvas, event)
