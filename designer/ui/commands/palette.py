"""The command palette: every command, layer and node, found by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from designer.app.matching import best
from designer.core.lean import lean_dataclass
from designer.ui.parts import column, hairline, label
from designer.ui.theme.fonts import BODY, CAPTION, words
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import fix_size, inset, set_words
from designer.ui.theme.theme import Theme

WIDTH = 560
ROW, HIGH_ROW = 30, 46
MOST_ROWS = 12
TOP, ABOVE = 56, 76
"""Where the sheet begins, and what of it lies around its list."""
MOST_FOUND = 200
WORDS = "Search commands, layers and nodes"
_COMMAND = Qt.ItemDataRole.UserRole
HINT_GAP = 24


@lean_dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done: its words, a hint at the right (keys, for one), and the doing.

    A `detail` stands below the title, and a further hint `aside`. `group` stands behind the title;
    so does `why_not`, where it cannot be done now.
    """

    title: str
    run: Callable[[], object]
    hint: str = ""
    search: str = ""
    detail: str = ""
    aside: str = ""
    group: str = ""
    why_not: str = ""

    @property
    def behind(self) -> str:
        """What stands behind the title."""
        return " · ".join(filter(None, (self.group, self.why_not)))

    @property
    def spoken(self) -> str:
        """All of it in one line."""
        return ", ".join(filter(None, (self.title, self.behind, self.hint, self.detail)))

    @property
    def height(self) -> int:
        """How much room it takes in the list."""
        return HIGH_ROW if self.detail else ROW


class CommandPalette(QFrame):
    """A sheet above the window; it asks for its commands each time it opens."""

    def __init__(
        self, commands: Callable[[], Sequence[Command]], theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("command_palette")
        self._commands = commands
        self._sheet_of = parent
        self._known: Sequence[Command] = ()
        self._found: Sequence[Command] = ()
        self._before: QWidget | None = None
        self.search = QLineEdit()
        self.search.setProperty("bare", True)
        fix_size(self.search, height=36)
        set_words(self.search, 15)
        self.search.textChanged.connect(self._on_typed)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setItemDelegate(_CommandDelegate(theme, self))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._take)
        self.nothing = label("Nothing has that name.", "body", "muted")
        inset(self.nothing, 12, 8, 12, 8)
        layout = column(self, 8, 4)
        layout.addWidget(self.search)
        layout.addWidget(hairline())
        layout.addWidget(self.nothing)
        layout.addWidget(self.list)
        self.hide()

    def open(
        self,
        typed: str = "",
        words: str = WORDS,
        commands: Callable[[], Sequence[Command]] | None = None,
    ) -> None:
        """Show every command that fits what is typed, with the search line ready.

        With `commands` only these are known; `words` say what is searched.
        """
        window = self._sheet_of
        self._before = window.window().focusWidget()
        self._known = tuple((commands or self._commands)())
        self.search.setPlaceholderText(words)
        self.search.setAccessibleName(words)
        self.search.setText(typed)
        self._on_typed(typed)
        width = min(px(WIDTH), window.width() - px(32))
        self.setFixedWidth(width)
        self.move((window.width() - width) // 2, px(TOP))
        self.show()
        self.raise_()
        self.search.setFocus()

    def titles(self) -> list[str]:
        """What is listed now."""
        return [command.title for command in self._found]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event.key())
        return super().eventFilter(watched, event)

    def _on_key(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.count():
            by = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((self.list.currentRow() + by) % self.list.count())
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self.list.count():
            by = MOST_ROWS if key == Qt.Key.Key_PageDown else -MOST_ROWS
            row = self.list.currentRow() + by
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        else:
            return False
        return True

    def _on_typed(self, text: str) -> None:
        found = self._known
        if text.strip():
            found = best(text, self._known, lambda c: (c.title, f"{c.group} {c.search}"))
        self._found = tuple(found)[:MOST_FOUND]
        self.list.clear()
        for command in self._found:
            item = QListWidgetItem(command.title)
            item.setData(_COMMAND, command)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, command.spoken)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        height = sum(command.height for command in self._found[:MOST_ROWS])
        edges = 2 * self.list.frameWidth()
        room = self._sheet_of.height() - px(TOP + ABOVE)
        wanted = px(min(max(height, ROW), MOST_ROWS * ROW)) + edges
        self.list.setFixedHeight(max(min(wanted, room), px(ROW)))
        self.list.setVisible(bool(self._found))
        self.nothing.setVisible(not self._found)
        self.adjustSize()

    def _take(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._found):
            command = self._found[row]
            if not command.why_not:  # which its row says
                self._leave()
                command.run()

    def _leave(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()


class _CommandDelegate(QStyledItemDelegate):
    """Paints the title at the left and the hint at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, px(index.data(_COMMAND).height))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tokens = self._theme.tokens
        area = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(area, px(5), px(5))
        command = index.data(_COMMAND)
        inner = area.adjusted(px(12), 0, -px(12), 0)
        first = inner.adjusted(0, px(5), 0, px(23) - inner.height()) if command.detail else inner
        ink = tokens.text_faint if command.why_not else tokens.text
        end = self._line(painter, first, command.title, command.hint, BODY, ink)
        painter.setPen(QColor(tokens.text_muted))
        room = first.adjusted(end - first.left() + px(10), 0, -px(10), 0)
        said = painter.fontMetrics().elidedText(
            command.behind, Qt.TextElideMode.ElideRight, max(room.width(), 0)
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, said)
        if command.detail:
            below = inner.adjusted(0, px(23), 0, -px(5))
            self._line(painter, below, command.detail, command.aside, CAPTION, tokens.text_muted)
        painter.restore()

    def _line(
        self, painter: QPainter, area: QRect, text: str, hint: str, size: int, ink: str
    ) -> int:
        """Words from the left, cut off before the hint at the right; where they end."""
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(words(CAPTION))
        taken = painter.fontMetrics().horizontalAdvance(hint) + px(HINT_GAP) if hint else 0
        room = area.adjusted(0, 0, -taken, 0)
        painter.setFont(words(size))
        painter.setPen(QColor(ink))
        cut = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(text, cut, room.width())
        end = room.left() + painter.fontMetrics().horizontalAdvance(shown)
        painter.drawText(room, middle, shown)
        painter.setFont(words(CAPTION))
        painter.setPen(QColor(self._theme.tokens.text_muted))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, hint)
        return end
