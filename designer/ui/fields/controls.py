"""The three controls of a form: a line to type in, a list to choose from, a switch."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QMenu, QWidget

from designer.ui.box import paint_box
from designer.ui.theme.scale import fine, px
from designer.ui.theme.sizes import fix_size, set_words

HEIGHT = 28

Suggest = Callable[[], Sequence[str]]
"""The values that have names, asked for each time they are shown."""


class Line(QLineEdit):
    """A line to type in; undo and redo are the window's where the line has none of its own."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            back = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            again = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if back or again:
                event.ignore()
                return False
        return super().event(event)


class LineField(Line):
    """A line to type in; arrow keys and the wheel step its value, while it has the focus."""

    stepped = Signal(int)
    entered = Signal()
    """The field got the focus: a new gesture begins."""
    left = Signal()
    chosen = Signal(str)
    """One of the suggestions was taken."""

    def __init__(self, suggest: Suggest = tuple, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fix_size(self, height=HEIGHT)
        set_words(self)
        self._suggest = suggest
        self._has_suggestions = bool(suggest())
        if self._has_suggestions:
            self.setTextMargins(0, 0, px(16), 0)

    def suggest(self) -> None:
        """Show the values that have names."""
        menu = QMenu(self)
        for text in self._suggest():
            menu.addAction(text).triggered.connect(lambda _=False, t=text: self._take(t))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            times = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            up = event.key() == Qt.Key.Key_Up
            for _ in range(times):
                self.stepped.emit(1 if up else -1)
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()
            return
        self.stepped.emit(1 if event.angleDelta().y() > 0 else -1)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._has_suggestions and event.position().x() > self.width() - px(24):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.suggest()
            return
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._has_suggestions:
            with QPainter(self) as painter:
                _chevron(painter, self, QPointF(self.width() - px(14), self.height() / 2))

    def _take(self, text: str) -> None:
        self.setText(text)
        self.textEdited.emit(text)
        self.chosen.emit(text)


class ChoiceField(QComboBox):
    """A list to choose from; it takes no wheel before it has the focus."""

    def __init__(self, choices: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItems(list(choices))
        fix_size(self, height=HEIGHT)
        set_words(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_box(painter, self)
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            area = self.rect().adjusted(px(10), 0, -px(24), 0)
            text = self.currentText() or self.placeholderText()
            shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
            _chevron(painter, self, QPointF(self.width() - px(14), self.height() / 2))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)


class SwitchField(QAbstractButton):
    """A switch that also says its state in a word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        fix_size(self, height=HEIGHT)
        set_words(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.is_mixed = False

    def sizeHint(self) -> QSize:
        return QSize(px(80), px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self.palette()
        on = self.isChecked() and not self.is_mixed
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pill = QRectF(1, (self.height() - px(16)) / 2, px(28), px(16))
            round_ = pill.height() / 2
            quiet = colours.color(QPalette.ColorRole.PlaceholderText)
            lit = colours.color(QPalette.ColorRole.Highlight)
            painter.setPen(QPen(lit if on else quiet, 1.5))
            painter.setBrush(lit if on else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(pill, round_, round_)
            end = pill.right() - round_ if on else pill.left() + round_
            knob = pill.center().x() if self.is_mixed else end
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color(QPalette.ColorRole.HighlightedText) if on else quiet)
            painter.drawEllipse(QPointF(knob, pill.center().y()), fine(4.5), fine(4.5))
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colours.color(QPalette.ColorRole.Highlight), 1))
                painter.drawRoundedRect(pill.adjusted(-0.5, -2.5, 2.5, 2.5), round_ + 2, round_ + 2)
            painter.setPen(colours.color(QPalette.ColorRole.Text))
            word = "several values" if self.is_mixed else "on" if on else "off"
            painter.drawText(
                self.rect().adjusted(px(40), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, word
            )


def _chevron(painter: QPainter, widget: QWidget, at: QPointF) -> None:
    ink: QColor = widget.palette().color(QPalette.ColorRole.PlaceholderText)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, fine(1.5), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPolyline([at + QPointF(fine(x), fine(y)) for x, y in ((-4, -2), (0, 2), (4, -2))])
