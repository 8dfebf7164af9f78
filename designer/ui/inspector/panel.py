"""The inspector panel: the page of what is selected, in a scroll area."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from designer.app.keymap import KeyMap
from designer.app.selection import Selection
from designer.app.session import Session, only_moves
from designer.core.analysis import Analysis
from designer.core.change import Change
from designer.core.design import Design
from designer.core.diagnostic import Fix
from designer.ui.fields.form import Suggest
from designer.ui.parts import column, ground, scrolling
from designer.ui.theme.sizes import at_least

if TYPE_CHECKING:
    from designer.ui.inspector.node_page import NodePage
    from designer.ui.inspector.project_page import ProjectPage

LATER = 20
"""Milliseconds after which the pages follow: the canvas has shown by then what was done."""


class InspectorPanel(QWidget):
    """Follows session and selection; works only while it can be seen.

    To fill a page takes as long as to paint the canvas, so it is done in a turn of its own; who
    asks for a page has it as of now.
    """

    help_wanted = Signal(str)
    """The address of the page that a question mark asked for."""
    fix_pointed = Signal(object)
    """The fix that the pointer or the keyboard is on, None when it leaves."""

    def __init__(
        self,
        session: Session,
        selection: Selection,
        suggest: Suggest | None = None,
        keys: KeyMap | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        ground(self)
        at_least(self, width=220)
        self._session, self._selection, self._suggest = session, selection, suggest
        self._keys = keys or KeyMap()
        self.mend: Callable[[Fix], object] = lambda fix: session.execute(fix.edit)
        """What a click on a fix calls."""
        self._shown: tuple[Design, Analysis, frozenset[str]] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER)
        self._later.timeout.connect(self._refresh_if_other)
        self._areas = QStackedWidget()
        column(self).addWidget(self._areas)

    def build(self) -> Iterator[None]:
        """Make the pages, one a step; the window does it after its first paint."""
        from designer.ui.inspector.node_page import NodePage
        from designer.ui.inspector.project_page import ProjectPage

        session = self._session
        self._nodes = NodePage(session, self._selection, self._keys)
        yield
        self._project = ProjectPage(session, self._keys, self._suggest)
        for page in (self._project, self._nodes):
            page.help_wanted.connect(self.help_wanted)
            page.fix_pointed.connect(self.fix_pointed)
            page.fix_chosen.connect(self._on_fix)
            self._areas.addWidget(scrolling(page))
            yield
        yield from self._project.build()
        session.changed.connect(self._on_changed)
        session.state_changed.connect(self._on_state_changed)
        self._selection.changed.connect(self._follow)
        self.refresh()

    @property
    def nodes(self) -> NodePage:
        """The page about nodes, which shows those that are selected."""
        self._refresh_if_other()
        return self._nodes

    @property
    def project(self) -> ProjectPage:
        """The page about the project, as it is now where nothing is selected."""
        self._refresh_if_other()
        return self._project

    def refresh(self) -> None:
        """Show the page of what is selected."""
        self._later.stop()
        self._shown = self._session.design, self._session.analysis, self._selection.nodes
        chosen = not self._selection.nodes.isdisjoint(self._session.design.nodes)
        self._areas.setCurrentIndex(1 if chosen else 0)
        if chosen:
            self._nodes.refresh()
        else:
            self._project.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_other()

    def go_to_field(self, of: str, name: str) -> None:
        """Go to a parameter of the selected node, or to a setting `of` data or training."""
        forms = {"data": self.project.data, "training": self.project.training}
        field = forms.get(of, self.nodes.form).fields[name]
        area = self._areas.currentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(field)
        field.control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def first_field(self) -> QWidget | None:
        """The control that the keyboard comes to first."""
        forms = [self.nodes.form] if self._selection.nodes else [self.project.data]
        fields = [field for form in forms for field in form.fields.values()]
        return fields[0].control if fields else None

    def _on_fix(self, fix: Fix) -> None:
        self.mend(fix)

    def _on_changed(self, change: Change) -> None:
        if not only_moves(change):
            self._follow()

    def _follow(self) -> None:
        if self.isVisible() and not self._later.isActive():
            self._later.start()

    def _refresh_if_other(self) -> None:
        """An edit that takes what was selected away is told by the selection and by itself."""
        if self._shown is None:
            return  # it is being made
        design, analysis, nodes = self._shown
        session = self._session
        is_same = design is session.design and analysis is session.analysis
        if not is_same or nodes != self._selection.nodes:
            self.refresh()

    def _on_state_changed(self) -> None:
        if not self._selection.nodes:
            self._project.show_path()
