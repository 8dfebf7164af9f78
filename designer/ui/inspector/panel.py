"""The inspector panel: the page of what is selected, in a scroll area."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from designer.app.keymap import KeyMap
from designer.app.selection import Selection
from designer.app.session import Session, only_moves
from designer.core.change import Change
from designer.core.diagnostic import Fix
from designer.ui.fields.form import Suggest
from designer.ui.parts import column, ground, scrolling
from designer.ui.theme.sizes import at_least


class InspectorPanel(QWidget):
    """Follows session and selection; works only while it can be seen."""

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
        self._areas = QStackedWidget()
        column(self).addWidget(self._areas)

    def build(self) -> Iterator[None]:
        """Make the pages, one a step; the window does it after its first paint."""
        from designer.ui.inspector.node_page import NodePage
        from designer.ui.inspector.project_page import ProjectPage

        session = self._session
        self.nodes = NodePage(session, self._selection, self._keys)
        yield
        self.project = ProjectPage(session, self._keys, self._suggest)
        for page in (self.project, self.nodes):
            page.help_wanted.connect(self.help_wanted)
            page.fix_pointed.connect(self.fix_pointed)
            page.fix_chosen.connect(self._on_fix)
            self._areas.addWidget(scrolling(page))
            yield
        yield from self.project.build()
        session.changed.connect(self._on_changed)
        session.state_changed.connect(self._on_state_changed)
        self._selection.changed.connect(self._on_selection_changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the page of what is selected."""
        self._shown = self._session.design, self._session.analysis, self._selection.nodes
        chosen = not self._selection.nodes.isdisjoint(self._session.design.nodes)
        self._areas.setCurrentIndex(1 if chosen else 0)
        if chosen:
            self.nodes.refresh()
        else:
            self.project.refresh()

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
            self._refresh_if_other()

    def _on_selection_changed(self) -> None:
        self._refresh_if_other()

    def _refresh_if_other(self) -> None:
        """An edit that takes what was selected away is told by the selection and by itself."""
        design, analysis, nodes = self._shown
        session = self._session
        is_same = design is session.design and analysis is session.analysis
        if not is_same or nodes != self._selection.nodes:
            self.refresh()

    def _on_state_changed(self) -> None:
        if not self._selection.nodes:
            self.project.show_path()
