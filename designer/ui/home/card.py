"""A card of the start page: a thumbnail and three lines, opened by a click or Enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QToolButton, QWidget

from designer.ui.home.gallery import Place
from designer.ui.home.thumbnail import SIZE
from designer.ui.parts import set_tip
from designer.ui.theme.fonts import BODY, CAPTION, SECONDARY, words
from designer.ui.theme.icons import icon
from designer.ui.theme.scale import fine, px
from designer.ui.theme.sizes import fix_size
from designer.ui.theme.theme import Theme

LINES = ((BODY, True, 20), (SECONDARY, False, 18), (CAPTION, False, 16))
"""The size of each line's letters, whether they are strong, and its height."""
HEIGHT = SIZE.height() + 8 + sum(height for _, _, height in LINES) + 4
RADIUS = 8


class Offer(NamedTuple):
    """What a card offers: its words, the file that it pictures, and what a click does."""

    title: str
    detail: str
    figures: str
    search: str
    place: Place
    run: Callable[[], object]
    remove: Callable[[], object] | None = None


class Card(QAbstractButton):
    """Shows an offer; `stepped` carries an arrow key that is to lead to another card."""

    stepped = Signal(int)

    def __init__(self, offer: Offer, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer, self._theme = offer, theme
        self._figures, self._reason = offer.figures, ""
        self._picture: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        is_recent = offer.remove is not None
        set_tip(self, str(offer.place) if is_recent else f"{offer.title}: {offer.detail}")
        self.clicked.connect(self._run)
        self.remove_button = QToolButton(self)
        self.remove_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.remove_button.setAccessibleName(f"Remove {offer.title} from the list")
        self.remove_button.setToolTip("Remove from the list; the file stays (Del)")
        fix_size(self.remove_button, width=24, height=24)
        self.remove_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.remove_button.clicked.connect(self._remove)
        self.remove_button.hide()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._name()

    def show_picture(self, image: QImage | None) -> None:
        """Show the thumbnail."""
        self._picture = QPixmap.fromImage(image) if image is not None else None
        self.update()

    def say(self, figures: str, reason: str = "") -> None:
        """Say this in the last line, and why there is no thumbnail."""
        self._figures, self._reason = figures, reason
        self._name()
        self.update()

    @property
    def is_missing(self) -> bool:
        """Whether something is said in the place of the thumbnail."""
        return bool(self._reason)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        frame = QRectF(0.5, 0.5, self.width() - 1.0, px(SIZE.height()) - 1.0)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            inside = QPainterPath()
            inside.addRoundedRect(frame, fine(RADIUS), fine(RADIUS))
            painter.fillPath(inside, QColor(tokens.canvas))
            painter.save()
            painter.setClipPath(inside)
            self._paint_inside(painter, frame.toRect())
            painter.restore()
            painter.setPen(self._edge())
            painter.drawRoundedRect(frame, fine(RADIUS), fine(RADIUS))
            self._paint_lines(painter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key == Qt.Key.Key_Delete and self.offer.remove is not None:
            self._remove()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(Qt.Key(key).value)
        elif not event.text().isprintable() or not event.text().strip():
            super().keyPressEvent(event)
        else:
            event.ignore()  # the page searches for what is typed

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.remove_button.move(self.width() - self.remove_button.width() - px(6), px(6))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._point()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._point()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point()

    def _point(self) -> None:
        is_near = self.underMouse() or self.hasFocus()
        self.remove_button.setVisible(self.offer.remove is not None and is_near)
        self.update()

    def _edge(self) -> QPen:
        tokens = self._theme.tokens
        if self.hasFocus():
            return QPen(QColor(tokens.focus), fine(2))
        return QPen(QColor(tokens.wire if self.underMouse() else tokens.line), 1)

    def _paint_inside(self, painter: QPainter, frame: QRect) -> None:
        if self._picture is not None:
            room = QRect(0, 0, px(SIZE.width()), px(SIZE.height()))
            room.moveLeft(frame.center().x() - room.width() // 2)
            painter.drawPixmap(room, self._picture)
        elif self._reason:
            painter.setFont(words(SECONDARY))
            painter.setPen(QColor(self._theme.tokens.text_muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            room = frame.adjusted(px(24), 0, -px(24), 0)
            painter.drawText(room, flags, self._reason)

    def _paint_lines(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        top = px(SIZE.height()) + px(8)
        said = (self.offer.title, self.offer.detail, self._figures)
        inks = (tokens.text, tokens.text_muted, tokens.text_faint)
        for text, ink, (size, strong, height) in zip(said, inks, LINES, strict=True):
            font = words(size, strong=strong)
            painter.setFont(font)
            painter.setPen(QColor(ink))
            shown = QFontMetrics(font).elidedText(
                text, Qt.TextElideMode.ElideRight, self.width() - px(4)
            )
            room = QRect(px(2), top, self.width() - px(4), px(height))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
            top += px(height)

    def _run(self) -> None:
        self.offer.run()

    def _remove(self) -> None:
        if self.offer.remove is not None:
            self.offer.remove()

    def _name(self) -> None:
        self.setAccessibleName(self.offer.title)
        parts = (self.offer.detail, self._figures, self._reason)
        self.setAccessibleDescription(". ".join(part for part in parts if part))

    def _on_theme_changed(self) -> None:
        self.remove_button.setIcon(icon("close", self._theme.tokens.text_muted, 14))
        self.update()
