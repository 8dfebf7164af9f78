"""The problems panel: every diagnostic with its sign, its sentence and its fixes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from designer.app.selection import Selection
from designer.app.session import Session
from designer.core.diagnostic import Diagnostic, Fix
from designer.help.addresses import FAULT
from designer.ui.inspector.faults import INKS, fix_button
from designer.ui.parts import clear, column, ground, label
from designer.ui.theme.icons import icon
from designer.ui.theme.theme import Theme

MOST_ROWS = 200
"""More rows than this nobody reads; the rest is counted."""

_ICONS = {"error": "problem", "warning": "warning", "hint": "hint"}
_RANK = {"error": 0, "warning": 1, "hint": 2}


class ProblemsPanel(QWidget):
    """Lists the faults, errors first; `counted` carries errors and warnings, and errors alone."""

    counted = Signal(int, int)
    node_shown = Signal(str)
    """The node of the row that was clicked: the canvas brings it into view."""

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
        self._listed: tuple[Diagnostic, ...] = ()
        self.empty = label("", ink="muted")
        self.empty.setContentsMargins(8, 8, 8, 8)
        body = QWidget()
        ground(body)
        outer = column(body)
        outer.setContentsMargins(8, 8, 8, 8)
        outer.addWidget(self.empty)
        self._rows = column()
        outer.addLayout(self._rows)
        outer.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(body)
        column(self).addWidget(area)
        session.changed.connect(self._on_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        found = self._session.analysis.diagnostics
        if found != self._listed:
            self._listed = found
            self._fill()
        self.empty.setText(self._all_is_well())
        errors = sum(d.severity == "error" for d in found)
        self.counted.emit(sum(d.severity != "hint" for d in found), errors)

    def _on_theme_changed(self) -> None:
        self._fill()

    def _fill(self) -> None:
        clear(self._rows)
        ordered = sorted(self._listed, key=lambda d: _RANK[d.severity])
        for diagnostic in ordered[:MOST_ROWS]:
            row = ProblemRow(diagnostic, self._theme)
            row.chosen.connect(self._on_chosen)
            row.fix_chosen.connect(partial(self._on_fix, diagnostic.node))
            self._rows.addWidget(row)
        if len(ordered) > MOST_ROWS:
            self._rows.addWidget(label(f"and {len(ordered) - MOST_ROWS:,} more", ink="muted"))
        self.empty.setVisible(not ordered)

    def _all_is_well(self) -> str:
        if not self._session.design.nodes:
            return "Nothing to check yet: drag a layer onto the canvas."
        return "No problems: every shape is known and every rule is kept."

    def _on_fix(self, node: str | None, fix: Fix) -> None:
        if self._session.execute(fix.edit) and node in self._session.design.nodes:
            self.node_shown.emit(node)

    def _on_chosen(self, node: str) -> None:
        if node in self._session.design.nodes:
            self._selection.set({node})
            self.node_shown.emit(node)


class ProblemRow(QFrame):
    """One diagnostic; a click or Enter goes to its node."""

    chosen = Signal(str)
    fix_chosen = Signal(object)

    def help_address(self) -> str:
        """The page about faults of this kind."""
        return f"{FAULT}{self.diagnostic.code}"

    def __init__(self, diagnostic: Diagnostic, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.diagnostic = diagnostic
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{diagnostic.severity}: {diagnostic.message}")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(_sign(diagnostic, theme), 0, Qt.AlignmentFlag.AlignTop)
        word = label(diagnostic.severity, "secondary", INKS[diagnostic.severity])
        word.setFixedWidth(56)
        row.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
        where = label(diagnostic.node or "project", "strong")
        where.setFixedWidth(128)
        row.addWidget(where, 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=2)
        words.addWidget(label(diagnostic.message, wrap=True))
        if diagnostic.fixes:
            fixes = QHBoxLayout()
            fixes.setContentsMargins(0, 0, 0, 0)
            for fix in diagnostic.fixes:
                button = fix_button(fix)
                button.clicked.connect(lambda _=False, fix=fix: self.fix_chosen.emit(fix))
                fixes.addWidget(button)
            fixes.addStretch(1)
            words.addLayout(fixes)
        row.addLayout(words, 1)
        if diagnostic.node:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        if self.diagnostic.node:
            self.chosen.emit(self.diagnostic.node)


def _sign(diagnostic: Diagnostic, theme: Theme) -> QLabel:
    tokens = theme.tokens
    inks = {"error": tokens.error, "warning": tokens.warning, "hint": tokens.text_muted}
    sign = QLabel()
    sign.setPixmap(icon(_ICONS[diagnostic.severity], inks[diagnostic.severity]).pixmap(16, 16))
    sign.setFixedSize(16, 18)
    return sign
