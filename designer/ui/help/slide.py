"""How a window slides: the input's cells with their padding, the kernel at a stop, the output."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.core.lean import lean_dataclass
from designer.layers.window import Window
from designer.ui.figures import count
from designer.ui.theme.fonts import CAPTION, words
from designer.ui.theme.scale import fine, px
from designer.ui.theme.theme import Theme

MOST = 40
"""An axis of more cells than this is drawn by its ends, with a gap between them."""
END = 9
"""How many cells of either end are drawn then."""
LARGEST, SMALLEST = 16.0, 4.0
"""Side of a cell in pixels, at most and at least."""
GAP = 2.0
"""The gap between the ends, in cells."""
HIGHEST = 220
"""The picture of the input is not higher than this, in pixels, unless its cells are smallest."""
ARROW = 44.0
CAPTION_LINE = 17.0


@lean_dataclass(frozen=True, slots=True)
class Axis:
    """Cells of one axis that are drawn: from `first` to `last`, or only the ends."""

    first: int
    last: int

    @property
    def is_cut(self) -> bool:
        """Whether the middle is left out."""
        return self.last - self.first + 1 > MOST

    @property
    def cells(self) -> list[int]:
        """The indices that are drawn."""
        every = range(self.first, self.last + 1)
        return [*every[:END], *every[-END:]] if self.is_cut else list(every)

    @property
    def length(self) -> float:
        """How long the axis is, in sides of a cell."""
        return 2 * END + GAP if self.is_cut else self.last - self.first + 1

    @property
    def pieces(self) -> tuple[tuple[float, float], ...]:
        """Where the drawn cells begin and end, in sides of a cell."""
        if not self.is_cut:
            return ((0, self.length),)
        return ((0, END), (END + GAP, self.length))

    def place(self, cell: float) -> float:
        """Where a cell begins, in sides of a cell; what lies in the gap is pushed to its edge."""
        at = cell - self.first
        if not self.is_cut or at <= END:
            return at
        from_end = self.last + 1 - cell
        return self.length - from_end if from_end <= END else END + GAP / 2

    def at(self, place: float) -> int:
        """The cell at a place, the nearest one where there is none."""
        return min(self.cells, key=lambda cell: abs(self.place(cell) + 0.5 - place))


def inputs(window: Window) -> Axis:
    """The cells of the input that count: real ones, padded ones, and what a window hangs over."""
    before = min(-window.before, window.reads(0)[0])
    after = max(window.n + window.after - 1, window.reads(window.out - 1)[-1])
    return Axis(before, after)


class SlideView(QWidget):
    """Shows one stop; a pointer over the output, or the arrow keys, choose another."""

    def __init__(self, windows: tuple[Window, Window], theme: Theme) -> None:
        super().__init__()
        self._windows, self._theme = windows, theme
        self._rows, self._columns = (inputs(window) for window in windows)
        self._out_rows, self._out_columns = (Axis(0, window.out - 1) for window in windows)
        self.stop = (0, 0)
        self._read = tuple(_read(window) for window in windows)
        self._side = fine(LARGEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("How the window slides")
        self._lines = 2 if self.unread() or self.padded() else 1
        self._tell()
        theme.changed.connect(self._on_theme_changed)

    def caption(self) -> str:
        """The stop in words, and what no window reads."""
        parts = []
        for name, window, stop in zip(("row", "column"), self._windows, self.stop, strict=True):
            reads = window.reads(stop)
            told = f"{name} {reads[0]}"
            if len(reads) > 1:
                step = f" in steps of {reads.step}" if reads.step > 1 else ""
                told = f"{name}s {reads[0]} … {reads[-1]}{step}"
            parts.append(told.replace("-", "−"))
        return f"Output {self.stop[0]}, {self.stop[1]} reads {parts[0]} and {parts[1]}."

    def unread(self) -> str:
        """What no window reads, in words; nothing where all is read."""
        lost = [w.n - len(read) for w, read in zip(self._windows, self._read, strict=True)]
        names = ("row", "column")
        said = [count(n, name) for n, name in zip(lost, names, strict=True) if n]
        return f"No window reads {' and '.join(said)} (hatched)." if said else ""

    def padded(self) -> str:
        """How much is padded, in words; nothing where nothing is."""
        height, width = self._windows
        ends = (height.before, height.after, width.before, width.after)
        if not any(ends):
            over = max(w.reads(w.out - 1)[-1] - w.n + 1 for w in self._windows)
            cells = count(over, "cell")
            return f"The last window hangs over the end by {cells} (grey)." if over > 0 else ""
        top, bottom, left, right = ends
        if top == bottom == left == right:
            return f"Padded cells are grey: {top} on every side."
        return f"Padded cells are grey: {top} above, {bottom} below, {left} left, {right} right."

    def sizeHint(self) -> QSize:
        return QSize(px(420), self.heightForWidth(px(420)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = max(self._rows.length, self._out_rows.length)
        return int(rows * self._side_at(width) + fine(CAPTION_LINE * self._lines + 12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side = self._side_at(self.width())

    def _on_theme_changed(self) -> None:
        self._side = self._side_at(self.width())
        self.update()

    def _side_at(self, width: int) -> float:
        """The side of a cell where there is so much room."""
        cells = self._columns.length + self._out_columns.length
        fits = min((width - fine(ARROW) - 8) / cells, fine(HIGHEST) / self._rows.length)
        return float(int(min(fine(LARGEST), max(fine(SMALLEST), fits))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        by = moves.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        self._go(self.stop[0] + by[0], self.stop[1] + by[1])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at, origin = event.position(), self._out_origin()
        row, column = (at.y() - origin.y()) / self._side, (at.x() - origin.x()) / self._side
        if -0.5 <= row <= self._out_rows.length + 0.5 and column >= -0.5:
            self._go(self._out_rows.at(row), self._out_columns.at(column))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def cell_of_output(self, row: int, column: int) -> QRectF:
        """A cell of the output, in pixels."""
        corner = QPointF(self._out_columns.place(column), self._out_rows.place(row))
        return QRectF(self._out_origin() + corner * self._side, QSizeF(self._side, self._side))

    def _go(self, row: int, column: int) -> None:
        height, width = self._windows
        stop = (min(max(row, 0), height.out - 1), min(max(column, 0), width.out - 1))
        if stop != self.stop:
            self.stop = stop
            self._tell()
            self.update()

    def _tell(self) -> None:
        self.setAccessibleDescription(f"{self.caption()} {self.padded()} {self.unread()}")

    def _out_origin(self) -> QPointF:
        return QPointF(2 + self._columns.length * self._side + fine(ARROW), 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint_input(painter)
            self._paint_output(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_kernel(painter)
            self._paint_arrow(painter)
            self._paint_words(painter)

    def _paint_input(self, painter: QPainter) -> None:
        tokens, (height, width) = self._theme.tokens, self._windows
        origin = QPointF(2, 2)
        whole = _area(self._rows, self._columns, self._side, origin)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRect(whole)
        rows = [row for row in self._rows.cells if 0 <= row < height.n]
        columns = [column for column in self._columns.cells if 0 <= column < width.n]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.node))
        image = self._span((rows[0], rows[-1]), (columns[0], columns[-1]))
        painter.drawRect(image)
        self._hatch(painter, rows, columns)
        painter.setPen(QPen(QColor(tokens.line_strong), 1))
        _grid(painter, self._rows, self._columns, self._side, origin)
        if image != whole:
            painter.setPen(QPen(QColor(tokens.wire), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(image)

    def _hatch(self, painter: QPainter, rows: list[int], columns: list[int]) -> None:
        """Mark the real cells that no stop reads."""
        painter.setBrush(QBrush(QColor(self._theme.tokens.warning), Qt.BrushStyle.BDiagPattern))
        for row in rows:
            if row not in self._read[0]:
                painter.drawRect(self._span((row, row), (columns[0], columns[-1])))
        for column in columns:
            if column not in self._read[1]:
                for row in rows:
                    if row in self._read[0]:
                        painter.drawRect(self._span((row, row), (column, column)))

    def _span(self, rows: tuple[int, int], columns: tuple[int, int]) -> QRectF:
        """The cells from one row and column of the input to another."""
        side = self._side
        top, left = self._rows.place(rows[0]), self._columns.place(columns[0])
        bottom, right = self._rows.place(rows[1]) + 1, self._columns.place(columns[1]) + 1
        return QRectF(2 + left * side, 2 + top * side, (right - left) * side, (bottom - top) * side)

    def _paint_kernel(self, painter: QPainter) -> None:
        """The cells that the stop reads, its outline, and where the window stops next."""
        tokens = self._theme.tokens
        soft = QColor(tokens.accent)
        soft.setAlphaF(0.45)
        reads = [w.reads(stop) for w, stop in zip(self._windows, self.stop, strict=True)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        for row in reads[0]:
            for column in reads[1]:
                painter.drawRect(self._span((row, row), (column, column)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        after = (self.stop[0], self.stop[1] + 1)
        if after[1] < self._windows[1].out and not self._columns.is_cut:
            painter.setPen(QPen(QColor(tokens.accent), 1.2, Qt.PenStyle.DashLine))
            painter.drawRect(self._outline(*after))
        painter.setPen(QPen(QColor(tokens.accent), 2))
        painter.drawRect(self._outline(*self.stop))

    def _outline(self, row: int, column: int) -> QRectF:
        """The whole window at a stop."""
        down, across = self._windows[0].reads(row), self._windows[1].reads(column)
        return self._span((down[0], down[-1]), (across[0], across[-1]))

    def _paint_arrow(self, painter: QPainter) -> None:
        middle = self._rows.length * self._side / 2 + 2
        x = self._columns.length * self._side + 2
        painter.setPen(QPen(QColor(self._theme.tokens.wire), 1.5))
        tip = QPointF(x + fine(ARROW - 14), middle)
        painter.drawLine(QPointF(x + fine(14), middle), tip)
        painter.drawLine(tip, tip + QPointF(-4, -4) * fine(1))
        painter.drawLine(tip, tip + QPointF(-4, 4) * fine(1))

    def _paint_output(self, painter: QPainter) -> None:
        tokens, side, origin = self._theme.tokens, self._side, self._out_origin()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.node))
        painter.drawRect(_area(self._out_rows, self._out_columns, side, origin))
        painter.setBrush(QColor(tokens.accent))
        painter.drawRect(self.cell_of_output(*self.stop))
        painter.setPen(QPen(QColor(tokens.line_strong), 1))
        _grid(painter, self._out_rows, self._out_columns, side, origin)

    def _paint_words(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        painter.setFont(words(CAPTION))
        rows = max(self._rows.length, self._out_rows.length)
        top = rows * self._side + fine(10)
        painter.setPen(QColor(tokens.text_muted))
        painter.drawText(QRectF(2, top, self.width() - 4, fine(16)), self.caption())
        left = 2.0
        for said, ink in ((self.padded(), tokens.text_muted), (self.unread(), tokens.warning)):
            painter.setPen(QColor(ink))
            below = QRectF(left, top + fine(CAPTION_LINE), self.width() - left, fine(16))
            painter.drawText(below, said)
            left += painter.fontMetrics().horizontalAdvance(f"{said} ") if said else 0
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.focus), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


def _area(rows: Axis, columns: Axis, side: float, origin: QPointF) -> QRectF:
    return QRectF(origin, QSizeF(columns.length * side, rows.length * side))


def _grid(painter: QPainter, rows: Axis, columns: Axis, side: float, origin: QPointF) -> None:
    """Lines between the cells; none cross the gap of an axis that is cut."""
    lines = []
    for row_from, row_to in rows.pieces:
        for column_from, column_to in columns.pieces:
            ends = [edge * side for edge in (row_from, row_to, column_from, column_to)]
            for i in range(round(column_to - column_from) + 1):
                at = QPointF(ends[2] + i * side, 0) + origin
                lines.append(QLineF(at + QPointF(0, ends[0]), at + QPointF(0, ends[1])))
            for i in range(round(row_to - row_from) + 1):
                at = QPointF(0, ends[0] + i * side) + origin
                lines.append(QLineF(at + QPointF(ends[2], 0), at + QPointF(ends[3], 0)))
    painter.drawLines(lines)


def _read(window: Window) -> frozenset[int]:
    """The real cells of an axis that some stop reads."""
    reads = (cell for stop in range(window.out) for cell in window.reads(stop))
    return frozenset(cell for cell in reads if 0 <= cell < window.n)
