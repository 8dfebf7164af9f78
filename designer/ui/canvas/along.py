"""Moving along: what stays seen when the canvas is panned is moved as pixels, the rest is put."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QWidget

from designer.ui.canvas.drawing.ahead import Ahead, Step

CHILDREN = Qt.FindChildOption.FindDirectChildrenOnly


class Along:
    """Moves the pixels of a widget, and knows the strips that come into view until they are shown.

    `paint` paints a rectangle of the widget, which may lie outside of it, and says whether it is
    as it will stay.
    """

    def __init__(self, widget: QWidget, paint: Callable[[QPainter, QRect], bool]) -> None:
        self._widget = widget
        self._ahead = Ahead(paint)
        self._strips: list[QRect] = []

    def forget(self) -> None:
        """The widget shows something else now than was painted ahead."""
        self._ahead.forget()

    def go(self, step: Step) -> None:
        """Move all by so many pixels."""
        widget = self._widget
        whole = widget.rect()
        # with a rectangle, as without one the minimap would be moved
        widget.scroll(*step, whole)
        self._ahead.go(step)
        stays = whole.translated(*step) & whole
        beside = QRect(0 if step[0] > 0 else stays.right() + 1, 0, abs(step[0]), whole.height())
        above = QRect(0, 0 if step[1] > 0 else stays.bottom() + 1, whole.width(), abs(step[1]))
        strips = [rect for rect in (beside, above) if not rect.isEmpty()]
        for child in widget.findChildren(QWidget, options=CHILDREN):
            if child.isVisible():
                strips += self._beside(child, step, whole)
        earlier = (rect.translated(*step) & whole for rect in self._strips)
        self._strips = [*(rect for rect in earlier if not rect.isEmpty()), *strips]

    def _beside(self, child: QWidget, step: Step, whole: QRect) -> list[QRect]:
        """What is to be painted around a child, which stays where it is on the screen."""
        place = child.geometry()
        moved = QRegion(place.translated(*step)) & whole
        # asked of itself what lies above would be painted twice
        QWidget.update(self._widget, moved | place)
        is_solid = child.testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        return [*(moved - place if is_solid else moved | place)]  # type: ignore[misc]

    def take(self, exposed: QRegion) -> list[QRect]:
        """The strips, where they are all that is to be painted; nothing is left to be shown."""
        strips, self._strips = self._strips, []
        return strips if strips and (exposed - _region(strips)).isEmpty() else []

    def show(self, strips: Iterable[QRect], ratio: float) -> bool:
        """Paint what came into view; False where that is not how it will stay."""
        with QPainter(self._widget) as painter:
            shown = [self._ahead.show(painter, rect, ratio) for rect in strips]
        return all(shown)


def _region(rects: Iterable[QRect]) -> QRegion:
    region = QRegion()
    for rect in rects:
        region |= rect
    return region
