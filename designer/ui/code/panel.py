"""The code panel: the text that is exported and trained, with the selected node's lines marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QPushButton, QTextEdit, QWidget

from designer.app.background import Background
from designer.app.selection import Selection
from designer.app.session import Session
from designer.app.turns import Turns
from designer.ui.code.highlighter import PythonHighlighter
from designer.ui.code.text import Render, Text
from designer.ui.figures import count
from designer.ui.following import FollowingPanel
from designer.ui.parts import column, label
from designer.ui.theme.fonts import SECONDARY
from designer.ui.theme.icons import icon
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import inset, set_code, set_icon_size, set_words
from designer.ui.theme.theme import Theme

PIECE = 400
"""Lines that are put into the view in one turn of the event loop."""


class CodePanel(FollowingPanel):
    """Prints the design; an invalid one leaves the last text, dimmed."""

    def __init__(
        self,
        session: Session,
        selection: Selection,
        theme: Theme,
        render: Render,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, selection, parent)
        self._theme = theme
        self._render = render
        self._printer = Background(self)
        self._turns = Turns(self)
        self._source: Text | None = None
        self._starts: list[tuple[int, int, str]] = []
        self.notice = label("", "secondary", "warning", wrap=True)
        self.notice.hide()
        self.copy = QPushButton("Copy")
        set_words(self.copy, SECONDARY)
        set_icon_size(self.copy)
        self.copy.clicked.connect(self._on_copy)
        self.view = _CodeView()
        self.view.line_clicked.connect(self._on_line)
        self._highlighter = PythonHighlighter(self.view.document(), theme.tokens)
        layout = column(self)
        inset(self.notice, 16, 8, 112, 4)
        layout.addWidget(self.notice)
        layout.addWidget(self.view, 1)
        self.copy.setParent(self)
        self.copy.raise_()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _fill(self) -> None:
        """Print the design, or say why there is nothing to print."""
        design, analysis = self._session.design, self._session.analysis
        errors = sum(d.severity == "error" for d in analysis.diagnostics)
        valid = not errors and bool(design.nodes)
        if valid:  # printing 2,000 nodes takes 60 ms
            self._printer.ask(lambda: self._render(design, analysis), self._show)
        else:
            self._printer.forget()
        self.notice.setText("" if valid else self._what_is_missing(errors))
        self.notice.setVisible(not valid)
        self.view.setEnabled(valid)
        self.copy.setEnabled(valid)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.copy.adjustSize()
        self.copy.move(self.width() - self.copy.width() - px(16), px(8))

    def _what_is_missing(self, errors: int) -> str:
        if not errors:
            return ""
        first = next(d for d in self._session.analysis.diagnostics if d.severity == "error")
        stale = " Below is the last text without problems." if self._source else ""
        more = f" ({count(errors - 1, 'problem')} more)" if errors > 1 else ""
        return f"No code yet: {first.message}{more}.{stale}"

    def _show(self, source: Text) -> None:
        self._source = source
        self._starts = sorted(
            (first, last, node) for node, ranges in source.lines.items() for first, last in ranges
        )
        self._turns.take(self.view.replacing(source.text), self.show_selection)

    def _mark(self) -> None:
        """Mark the lines of the selected nodes, and bring the first of them into view."""
        marks, first_line = [], 0
        lines = self._source.lines if self._source else {}
        colour = QColor(self._theme.tokens.accent_soft)
        ranges = sorted(r for node in self._selection.nodes for r in lines.get(node, ()))
        for first, last in _joined(ranges):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self.view.lines(first, last)  # type: ignore[attr-defined,unused-ignore]
            shape = mark.format  # type: ignore[attr-defined,unused-ignore]
            shape.setBackground(colour)
            shape.setProperty(QTextFormat.Property.FullWidthSelection, True)
            mark.format = shape  # type: ignore[attr-defined,unused-ignore]
            marks.append(mark)
            first_line = first_line or first
        self.view.setExtraSelections(marks)
        if first_line and not self.view.hasFocus():
            self.view.reveal(first_line)

    def _on_line(self, line: int) -> None:
        at = bisect_right(self._starts, (line, 10**9, "")) - 1
        if at >= 0:
            first, last, node = self._starts[at]
            if first <= line <= last and node in self._session.design.nodes:
                self._selection.set({node})
                self.node_shown.emit(node)

    def _on_copy(self) -> None:
        if self._source:
            QGuiApplication.clipboard().setText(self._source.text)

    def _on_theme_changed(self) -> None:
        tokens = self._theme.tokens
        self.copy.setIcon(icon("copy", tokens.text_muted))
        self._highlighter.use(tokens)
        self.show_selection()


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted ranges of lines, those that touch as one: a whole net is a few, not thousands."""
    found: list[tuple[int, int]] = []
    for first, last in ranges:
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


class _CodeView(QPlainTextEdit):
    """Read-only text; a click on a line tells its number, 1-based."""

    line_clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        set_code(self)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.document().setDocumentMargin(16)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName("Generated PyTorch code")

    def replacing(self, text: str) -> Iterator[None]:
        """Show another text piece by piece, for the colours of a long one take their time.

        Lines at both ends that stay are not touched, nor is the place.
        """
        before, after = self.toPlainText().split("\n"), text.split("\n")
        shorter = min(len(before), len(after))
        head = next((i for i in range(shorter) if before[i] != after[i]), shorter)
        tail = 0
        while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
            tail += 1
        last, lines = len(before) - tail, after[head : len(after) - tail]
        pieces = [lines[i : i + PIECE] for i in range(0, len(lines), PIECE)] or [[]]
        if head + tail == 0:
            self.setPlainText("\n".join(pieces.pop(0)))
            last = min(PIECE, len(lines))
            head = last
            yield
        for piece in pieces:
            if head < last or piece:
                self._replace(head, last, piece)
            head += len(piece)
            last = head
            yield

    def _replace(self, first: int, last: int, lines: list[str]) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        self._put(cursor, first, last, lines)
        cursor.endEditBlock()

    def _put(self, cursor: QTextCursor, first: int, last: int, lines: list[str]) -> None:
        """Replace the lines from `first` up to `last`, which is not among them."""
        document = self.document()
        end = document.findBlockByNumber(last)
        block = document.findBlockByNumber(first)
        words = "".join(f"{line}\n" for line in lines)
        if not end.isValid():  # up to the end, whose line has no break behind it
            cursor.movePosition(QTextCursor.MoveOperation.End)
            start = block.position() - 1 if block.isValid() else cursor.position()
            cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText("".join(f"\n{line}" for line in lines))
            return
        cursor.setPosition(block.position())
        cursor.setPosition(end.position(), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)

    def lines(self, first: int, last: int) -> QTextCursor:
        """A cursor over whole lines, 1-based; over one line it stands at its beginning."""
        document = self.document()
        cursor = QTextCursor(document.findBlockByNumber(first - 1))
        if last > first:
            end = document.findBlockByNumber(last - 1)
            keep = QTextCursor.MoveMode.KeepAnchor
            # with the break behind the last line, which is then marked in its full width
            until = end.position() + end.length()
            cursor.setPosition(min(until, document.characterCount() - 1), keep)
        return cursor

    def reveal(self, line: int) -> None:
        """Bring a line into view, with a few lines above it."""
        shown = max(0, line - 1 - 3)
        block = self.document().findBlockByNumber(line - 1)
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        if not 0 <= top <= self.viewport().height() - 20:
            self.verticalScrollBar().setValue(shown)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        cursor = self.cursorForPosition(event.position().toPoint())
        if not self.textCursor().hasSelection():
            self.line_clicked.emit(cursor.blockNumber() + 1)
