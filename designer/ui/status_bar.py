"""The status bar: problems, totals, what is known, the step that undo takes back, the zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from designer.app.session import Session
from designer.ui.figures import count, grouped, short
from designer.ui.parts import Ink, ground, label, row, set_ink
from designer.ui.theme.fonts import SECONDARY
from designer.ui.theme.sizes import fix_size, inset, set_words

KEPT = (0, 6, 1, 4, 2, 5, 3)
"""The groups from the left, those first that are kept longest: problems, zoom, parameters, …"""

if TYPE_CHECKING:
    from designer.app.forecast import Forecast


class StatusBar(QWidget):
    """30 px that tell the truth; `problems_clicked` asks for the list."""

    problems_clicked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self)
        fix_size(self, height=30)
        self._session = session
        self.dot = label("●", "caption", "good")
        self.problems = _Clickable()
        self.parameters = label("", "secondary")
        self.macs = label("", "secondary")
        self.known = label("", "secondary", "muted")
        self.training = label("", "secondary", "muted")
        self.undo = label("", "secondary", "muted")
        self.zoom = label("", "secondary", "muted")
        self._groups: list[QWidget] = []
        layout = row(self, 0, 20)
        inset(layout, 16, 0, 16, 0)
        layout.addWidget(self._group(self.dot, self.problems, gap=6))
        for figure, noun in ((self.parameters, "parameters"), (self.macs, "MACs")):
            set_words(figure, SECONDARY, strong=True)
            layout.addWidget(self._group(figure, label(noun, "secondary", "muted")))
        layout.addWidget(self._group(self.known))
        layout.addWidget(self._group(self.training))
        layout.addStretch(1)
        layout.addWidget(self._group(self.undo))
        layout.addWidget(self._group(self.zoom))
        self.problems.clicked.connect(self.problems_clicked)
        session.changed.connect(self.refresh)
        session.state_changed.connect(self._on_state_changed)
        self.refresh()
        self._on_state_changed()

    def _group(self, *words: QWidget, gap: int = 4) -> QWidget:
        """Words that are shown together or not at all."""
        made = QWidget()
        inner = row(made, 0, gap)
        for one in words:
            inner.addWidget(one)
        self._groups.append(made)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Leave out what can be done without where there is no room for all; nothing is cut."""
        layout = self.layout()
        assert layout is not None
        edges = layout.contentsMargins()
        room = self.width() - edges.left() - edges.right() + layout.spacing()
        for place in KEPT:
            group = self._groups[place]
            room -= group.sizeHint().width() + layout.spacing()
            group.setVisible(room >= 0)

    def set_zoom(self, scale: float) -> None:
        """Show the canvas's scale, 1 being 100 %."""
        self.zoom.setText(f"{scale * 100:.0f} %")

    def follow(self, forecast: Forecast) -> None:
        """Show what training needs."""
        forecast.changed.connect(lambda: self._show_needs(forecast))
        self._show_needs(forecast)

    def _show_needs(self, forecast: Forecast) -> None:
        from designer.ui.commands import needs  # the first paint does without it

        peak = needs.peak(forecast)
        is_too_much = needs.is_too_much(forecast)
        more = ", more than is free" if is_too_much else ""
        self.training.setText(f"training needs {peak}{more}" if peak else "")
        set_ink(self.training, "error" if is_too_much else "muted")
        lines = [needs.sentence(forecast), *(f"{n}: {size}" for n, size in needs.parts(forecast))]
        self.training.setToolTip("\n".join(lines) if peak else "")

    def refresh(self) -> None:
        """Show the totals and the state of the design."""
        analysis = self._session.analysis
        totals = analysis.totals
        errors = sum(d.severity == "error" for d in analysis.diagnostics)
        warnings = sum(d.severity == "warning" for d in analysis.diagnostics)
        said = [count(errors, "problem")] if errors else []
        said += [count(warnings, "warning")] if warnings else []
        is_empty = not self._session.design.nodes
        is_known = self._session.is_analysed or is_empty
        fine = "empty: add an Input" if is_empty else "no problems" if is_known else "reading …"
        self.problems.setText(", ".join(said) or fine)
        ink: Ink = "error" if errors else "warning" if warnings else "good"
        set_ink(self.dot, ink if is_known and not is_empty else "faint")
        self.parameters.setText(grouped(totals.parameters) if is_known else "…")
        self.macs.setText(short(totals.macs) if is_known else "…")
        self.macs.setToolTip(f"{totals.macs:,} multiply–accumulates for one image")
        known = f"{totals.known} of {count(totals.nodes, 'node')} known"
        self.known.setText(known if self._session.is_analysed else "")

    def _on_state_changed(self) -> None:
        step = self._session.document.undo_label
        self.undo.setText(f"undo: {step}" if step else "")


class _Clickable(QLabel):
    """Words that can be clicked."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_words(self, SECONDARY)
        self.setProperty("ink", "muted")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Show the list of problems")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()
