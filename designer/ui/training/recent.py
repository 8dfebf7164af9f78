"""The last runs in a few rows: number, what changed, accuracy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.storage.runs import Run
from designer.ui.theme.fonts import CAPTION, SECONDARY, words
from designer.ui.theme.scale import px
from designer.ui.theme.theme import Theme
from designer.ui.training import words as say

ROW, HEAD = 24, 22
NUMBER, ACCURACY = 36, 72


class RecentRuns(QWidget):
    """Paints as many of the newest runs as there is room for; the words are elided to fit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.runs: tuple[Run, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_runs(self, runs: Sequence[Run]) -> None:
        """Show these, the newest first."""
        if tuple(runs) != self.runs:
            self.runs = tuple(runs)
            told = (f"run {r.number}: {r.state.change}, {accuracy(r)}" for r in self.runs)
            self.setAccessibleDescription("; ".join(told))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(240), px(HEAD) + 3 * px(ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.runs or self.height() < px(HEAD) + px(ROW):
            return
        tokens = self._theme.tokens
        muted, ink = QColor(tokens.text_muted), QColor(tokens.text)
        with QPainter(self) as painter:
            painter.setFont(words(CAPTION))
            self._row(painter, 0, px(HEAD), ("run", "change", "accuracy"), muted)
            painter.setFont(words(SECONDARY))
            top, height = px(HEAD), px(ROW)
            for run in self.runs:
                if top + height > self.height():
                    break
                texts = (str(run.number), run.state.change, accuracy(run))
                self._row(painter, top, height, texts, ink)
                top += height

    def _row(
        self, painter: QPainter, top: int, height: int, texts: tuple[str, str, str], ink: QColor
    ) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        right = middle | Qt.AlignmentFlag.AlignRight
        width, number, figure = self.width(), px(NUMBER), px(ACCURACY)
        room = QRect(number, top, width - number - figure, height)
        painter.setPen(ink)
        painter.drawText(QRect(0, top, number, height), middle, texts[0])
        change = QFontMetrics(painter.font()).elidedText(
            texts[1], Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, right, change)
        painter.drawText(QRect(width - figure, top, figure, height), right, texts[2])
        painter.setPen(QPen(QColor(self._theme.tokens.line), 1))
        painter.drawLine(0, top + height - 1, width, top + height - 1)


def accuracy(run: Run) -> str:
    """The test accuracy where it was read, else the best on validation, which is said, else how it
    stands."""
    state = run.state
    if state.test_accuracy is not None:
        return say.percent(state.test_accuracy)
    if state.val_accuracy is not None:
        return f"val {say.percent(state.val_accuracy)}"
    return state.state
