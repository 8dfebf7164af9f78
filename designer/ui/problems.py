"""The problems panel: every diagnostic by its severity, with its sentence and its fixes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QWidget

from designer.app.selection import Selection
from designer.app.session import Session
from designer.app.turns import Steps, Turns
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.graph import spoken
from designer.help.addresses import FAULT
from designer.ui.figures import count
from designer.ui.fix_button import FixButton
from designer.ui.parts import INKS, clear, column, ground, label, scrolling, set_property
from designer.ui.theme.icons import icon
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import fix_size, gap, inset
from designer.ui.theme.theme import Theme

MOST_ROWS = 200
"""More rows than this nobody reads; the rest is counted."""
PART = 4
"""Rows that are made in one turn; each takes two milliseconds, with what Qt does for it."""

ALL_IS_WELL = "No problems: every shape is known and every rule is kept."
NARROW = 520
"""Pixels below which a sentence has no room beside the name of its node."""

_ICONS = {"error": "problem", "warning": "warning", "hint": "hint"}
_RANK = {"error": 0, "warning": 1, "hint": 2}


class ProblemsPanel(QWidget):
    """Lists the faults, errors first; `counted` carries errors and warnings, and errors alone.

    `mend` is what a click on a fix calls.
    """

    counted = Signal(int, int)
    node_shown = Signal(str)
    """The node of the row that was clicked: the canvas brings it into view."""
    fix_pointed = Signal(object)
    """The fix that the pointer or the keyboard is on, None when it leaves."""
    visited = Signal(object)
    """The diagnostic that the keys for the next and the previous one came to."""

    def __init__(
        self,
        session: Session,
        selection: Selection,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        ground(self)
        self._session, self._selection, self._theme = session, selection, theme
        self.mend: Callable[[Fix], object] = lambda fix: session.execute(fix.edit)
        self._listed: tuple[Diagnostic, ...] = ()
        self._is_stale = False
        self._turns = Turns(self)
        self._ordered: list[Diagnostic] = []
        self._shown: list[ProblemRow] = []
        """Rows of what is to be listed, from the first one as far as they are made."""
        self._at = -1
        self._seen: Diagnostic | None = None
        self.empty = label(ALL_IS_WELL, ink="muted", wrap=True)
        inset(self.empty, 8, 8, 8, 8)
        body = QWidget()
        outer = column(body)
        inset(outer, 7, 7, 7, 8)
        outer.addWidget(self.empty)
        self._rows = column()
        outer.addLayout(self._rows)
        outer.addStretch(1)
        self._area = scrolling(body)
        column(self).addWidget(self._area)
        session.changed.connect(self.refresh)
        theme.changed.connect(self._on_theme_changed)
        self.refresh()

    def refresh(self) -> None:
        """List the faults that there are now, and count them."""
        found = self._session.analysis.diagnostics
        is_renamed = any(row.title != self._title(row.diagnostic) for row in self._there())
        if is_renamed or found != self._listed:
            self._listed = found
            self._ordered = sorted(found, key=lambda d: _RANK[d.severity])
            self._is_stale = True
            self._turns.stop()
            if not self.isHidden() and self.isVisibleTo(self.window()):
                # in a turn of its own: what else an edit changes is to be seen before
                QTimer.singleShot(0, self, self._fill_if_stale)
        errors = sum(d.severity == "error" for d in found)
        self.counted.emit(sum(d.severity != "hint" for d in found), errors)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill_if_stale()
        self._mark()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in self._there():
            row.set_narrow(self._is_narrow)

    @property
    def _is_narrow(self) -> bool:
        return self.width() < px(NARROW)

    def _on_theme_changed(self) -> None:
        clear(self._rows)
        self._shown = []
        self._fill_now()

    def _fill_if_stale(self) -> None:
        """Make the rows that nobody saw when their faults were found, a few in each turn."""
        if self._is_stale:
            self._turns.take(self._fill())

    def _fill_now(self) -> None:
        """Have all rows when this returns."""
        self._turns.stop()
        for _ in self._fill():
            pass

    def _fill(self) -> Steps:
        listed = self._ordered[:MOST_ROWS]
        # most faults are those of before, and to make their rows anew would take its time
        wanted = {_key(diagnostic): diagnostic for diagnostic in listed}
        kept: dict[object, ProblemRow] = {}
        there = {*self._there()}
        for row in there:
            fault = row.diagnostic
            if wanted.get(_key(fault)) == fault and row.title == self._title(fault):
                kept[_key(fault)] = row
                set_property(row, "current", False)
        self._drop_all_but({*kept.values()})
        self._shown = []
        last, made, at = None, 0, 0
        for diagnostic in listed:
            if diagnostic.severity != last:
                last = diagnostic.severity
                number = sum(d.severity == last for d in self._ordered)
                self._rows.insertWidget(at, _heading(count(number, last)))
                at += 1
            key = _key(diagnostic)
            row = kept.pop(key) if key in kept else self._row(diagnostic)
            if row not in there:
                made += 1
                if made % PART == 0:
                    yield None
            # those that stay are in the layout all the while, for this may never be gone on with
            if self._rows.indexOf(row) != at:
                self._rows.removeWidget(row)
                self._rows.insertWidget(at, row)
            row.set_narrow(self._is_narrow)
            row.show()  # a layout shows it a turn later, and until then it takes no focus
            self._shown.append(row)
            at += 1
        more = len(self._ordered) - MOST_ROWS
        if more > 0:
            self._rows.addWidget(label(f"and {more:,} more", ink="muted"))
        self.empty.setVisible(not self._ordered)
        self._is_stale = False

    def _there(self) -> list[ProblemRow]:
        """All rows that are to be seen, also those of faults that are about to go."""
        return [row for row in self._listing() if isinstance(row, ProblemRow)]

    def _listing(self) -> list[QWidget]:
        """Headings, rows, and how many more there are."""
        items = (self._rows.itemAt(at) for at in range(self._rows.count()))
        return [widget for item in items if item and (widget := item.widget())]

    def _drop_all_but(self, kept: set[QWidget]) -> None:
        for widget in self._listing():
            if widget not in kept:
                self._rows.removeWidget(widget)
                widget.hide()
                widget.deleteLater()

    def _title(self, diagnostic: Diagnostic) -> str:
        """What the canvas calls the node; the sentence has its id."""
        if diagnostic.node is None:
            return "project"
        node = self._session.design.nodes.get(diagnostic.node)
        return node.title if node is not None else spoken(diagnostic.node)

    def _row(self, diagnostic: Diagnostic) -> ProblemRow:
        row = ProblemRow(diagnostic, self._title(diagnostic), self._theme)
        row.chosen.connect(self._on_chosen)
        row.fix_chosen.connect(self._on_fix)
        row.fix_pointed.connect(self.fix_pointed)
        return row

    def visit(self, step: int) -> None:
        """Go to the next problem (1) or to the one before (-1), around the end of the list."""
        if not self._ordered:
            return
        self._at = self._next(step)
        if self.isVisible():
            if self._is_stale:
                self._fill_now()
            self._mark()
        self._seen = self._ordered[self._at]
        self.visited.emit(self._seen)

    def _next(self, step: int) -> int:
        last = len(self._ordered) - 1
        if self._seen is None:
            return 0 if step > 0 else last
        if self._seen in self._ordered:
            return (self._ordered.index(self._seen) + step) % (last + 1)
        # it was mended: what came after it stands in its place
        return min(self._at, last) if step > 0 else (self._at - 1) % (last + 1)

    def _mark(self) -> None:
        for number, row in enumerate(self._shown):
            set_property(row, "current", number == self._at)
            if number == self._at:
                self._area.ensureWidgetVisible(row)

    def focus_fix(self) -> None:
        """Give the keyboard to the row that was visited, on its first fix where it has one."""
        if 0 <= self._at < len(self._shown):
            row = self._shown[self._at]
            (row.findChild(FixButton) or row).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_fix(self, fix: Fix) -> None:
        self.mend(fix)

    def _on_chosen(self, node: str) -> None:
        if node in self._session.design.nodes:
            self._selection.set({node})
            self.node_shown.emit(node)


class ProblemRow(QFrame):
    """One diagnostic; a click or Enter goes to its node."""

    chosen = Signal(str)
    fix_chosen = Signal(object)
    fix_pointed = Signal(object)

    def help_address(self) -> str:
        """The page about faults of this kind."""
        return f"{FAULT}{self.diagnostic.code}"

    def __init__(
        self, diagnostic: Diagnostic, title: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.diagnostic, self.title = diagnostic, title
        self.setProperty("current", False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{diagnostic.severity}: {diagnostic.message}")
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        inset(self._layout, 8, 4, 8, 4)
        gap(self._layout, 8)
        row = QHBoxLayout()
        gap(row, 8)
        self._layout.addLayout(row)
        row.addWidget(_sign(diagnostic, theme), 0, Qt.AlignmentFlag.AlignTop)
        word = label(diagnostic.severity, "secondary", INKS[diagnostic.severity])
        fix_size(word, width=56)
        row.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
        where = label(title, "strong", wrap=True)
        fix_size(where, width=128)
        row.addWidget(where, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self._fixes: QBoxLayout | None = None
        words = column(spacing=2)
        words.addWidget(label(diagnostic.message, wrap=True))
        if diagnostic.fixes:
            fixes = self._fixes = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            fixes.setContentsMargins(0, 0, 0, 0)
            gap(fixes, 16)
            for fix in diagnostic.fixes:
                button = FixButton(fix)
                button.clicked.connect(lambda _=False, fix=fix: self.fix_chosen.emit(fix))
                button.pointed.connect(self.fix_pointed)
                fixes.addWidget(button)
            fixes.addStretch(1)
            words.addLayout(fixes)
        self._layout.addLayout(words, 1)
        if diagnostic.node is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_narrow(self, is_narrow: bool) -> None:
        """Stand in one column, where there is no room for the words beside the node's name."""
        way = QBoxLayout.Direction
        self._layout.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)
        if self._fixes is not None:
            self._fixes.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)
            gap(self._fixes, 2 if is_narrow else 16)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        if self.diagnostic.node is not None:
            self.chosen.emit(self.diagnostic.node)


def _key(diagnostic: Diagnostic) -> tuple[str, str | None, str]:
    """What tells one fault from as good as every other."""
    return diagnostic.code, diagnostic.node, diagnostic.message


def _heading(words: str) -> QLabel:
    made = label(words, "section", "muted")
    inset(made, 8, 8, 8, 2)
    return made


def _sign(diagnostic: Diagnostic, theme: Theme) -> QLabel:
    tokens = theme.tokens
    inks = {"error": tokens.error, "warning": tokens.warning, "hint": tokens.text_muted}
    sign = QLabel()
    sign.setPixmap(
        icon(_ICONS[diagnostic.severity], inks[diagnostic.severity]).pixmap(px(16), px(16))
    )
    fix_size(sign, width=16, height=18)
    return sign
