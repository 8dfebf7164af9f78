"""The inspector's page for one node or several: name, parameters, faults, why, cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from designer.app.keymap import KeyMap
from designer.app.selection import Selection
from designer.app.session import Session
from designer.core.edit import Edit
from designer.core.edits import Rename, SetNode, SetParam, Several
from designer.core.graph import Node, id_fault
from designer.core.parameter import Parameter, parameters_of
from designer.help.addresses import LAYER
from designer.help.arithmetic import why
from designer.ui.card import Card
from designer.ui.fields.controls import Line
from designer.ui.fields.field import MIXED
from designer.ui.fields.forms import Forms
from designer.ui.inspector.cost import cost
from designer.ui.inspector.faults import FaultList
from designer.ui.inspector.note import NoteField
from designer.ui.inspector.question_mark import QuestionMark
from designer.ui.inspector.traits import Traits
from designer.ui.parts import column, label, row
from designer.ui.tab_order import tab_as_read
from designer.ui.theme.fonts import TITLE
from designer.ui.theme.sizes import inset, set_words

AHEAD = 60
"""Milliseconds between two forms that are made before they are asked for."""
LINES, FIGURES = 4, 6
"""What most nodes have of them."""


class NameField(Line):
    """A line that tells when it gets the focus."""

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


class NodePage(QWidget):
    """Shows the nodes that are selected; made anew only where other nodes or layers are."""

    help_wanted = Signal(str)
    """The address of the page about the layer."""
    fix_chosen = Signal(object)
    fix_pointed = Signal(object)
    """A Fix that is looked at, None when it is left."""

    def __init__(
        self,
        session: Session,
        selection: Selection,
        keys: KeyMap,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self._shown: tuple[tuple[str, type], ...] = ()
        self._forms, self._traits = Forms(), Forms()
        self._forms.edited.connect(self._on_param)
        self._traits.edited.connect(self._on_trait)
        self.form, self.traits = self._forms.shown, self._traits.shown
        layout = column(self, 16, 8)
        inset(layout, 15, 4, 15, 16)
        self.name = NameField()
        self.name.entered.connect(self._on_name_entered)
        self.name.setProperty("quiet", True)
        set_words(self.name, TITLE, strong=True)
        self.name.setAccessibleName("Name of the node")
        self.name.setToolTip("The node's name, which is its attribute in the model")
        self.name.editingFinished.connect(self._on_renamed)
        self.name.textEdited.connect(self._on_name_typed)
        self.name_fault = label("", "secondary", "error", wrap=True)
        self.name_fault.hide()
        self.kind = label("", "body", "muted")
        self.about = label("", "secondary", "faint", wrap=True)
        self.faults = FaultList()
        self.faults.fix_chosen.connect(self.fix_chosen)
        self.faults.fix_pointed.connect(self.fix_pointed)
        self.why = Card("WHY THIS SIZE")
        self.cost = Card("COST")
        self.note = NoteField()
        self.note.edited.connect(self._on_note)
        top = column(spacing=2)
        self.question = QuestionMark("What this layer does", keys)
        self.question.clicked.connect(lambda: self.help_wanted.emit(self._layer_address()))
        kind = row(spacing=8)
        kind.addWidget(self.kind, 1)
        kind.addWidget(self.question)
        for widget in (self.name, self.name_fault):
            top.addWidget(widget)
        top.addLayout(kind)
        top.addWidget(self.about)
        layout.addLayout(top)
        layout.addWidget(self._forms)
        layout.addWidget(self.faults)
        layout.addWidget(self.why)
        layout.addWidget(self.cost)
        layout.addWidget(self.note)
        layout.addWidget(self._traits)
        layout.addStretch(1)
        self._ahead = QTimer(self)
        self._ahead.setInterval(AHEAD)
        self._ahead.timeout.connect(self._on_time_left)
        session.opened.connect(self._ahead.start)
        self._ahead.start()

    def help_address(self) -> str:
        """The page about the layer, at the parameter whose field has the focus."""
        address, parameter = self._layer_address(), self.form.focused
        return f"{address}#{parameter}" if parameter else address

    def _layer_address(self) -> str:
        nodes = self._shown_nodes()
        return f"{LAYER}{nodes[0].layer.kind()}" if nodes else ""

    def refresh(self) -> None:
        """Show what the selected nodes are now."""
        nodes = self._nodes()
        shown = tuple((node.id, type(node.layer)) for node in nodes)
        is_turned, faults = shown != self._shown, self.faults.shown
        if is_turned:
            self._shown = shown
            self._turn_to(nodes)
        if nodes:
            self._fill(nodes)
            if is_turned or faults is not self.faults.shown:  # nothing else comes and goes
                tab_as_read(self)

    def _nodes(self) -> list[Node]:
        chosen, nodes = self._selection.nodes, self._session.design.nodes
        return [node for node_id, node in nodes.items() if node_id in chosen]

    def _shown_nodes(self) -> list[Node]:
        """The nodes whose values stand in the fields: what is typed is theirs, whatever has been
        selected since."""
        nodes = self._session.design.nodes
        return [nodes[node_id] for node_id, _ in self._shown if node_id in nodes]

    def _turn_to(self, nodes: Sequence[Node]) -> None:
        self.form = self._forms.turn_to(common_parameters(nodes))
        traits = [p for p in parameters_of(Traits) if len(nodes) == 1 or p.kind == "boolean"]
        self.traits = self._traits.turn_to(traits)
        self.name_fault.hide()
        self.name.setReadOnly(len(nodes) != 1)
        self.note.setVisible(len(nodes) == 1)

    def _on_time_left(self) -> None:
        """Make some of what a click will ask for: a click has no time for it."""
        kinds = Counter(type(node.layer) for node in self._session.design.nodes.values())
        if self._traits.prepare(parameters_of(Traits)):
            return
        if self.why.prepare(lines=LINES) or self.cost.prepare(figures=FIGURES):
            return
        if not any(self._forms.prepare(kind.parameters()) for kind, _ in kinds.most_common()):
            self._ahead.stop()

    def _fill(self, nodes: Sequence[Node]) -> None:
        self.form.set_values({name: _shared(nodes, name) for name in self.form.fields})
        self.traits.set_values(
            {name: _same([getattr(node, name) for node in nodes]) for name in self.traits.fields}
        )
        if len(nodes) > 1:
            self._fill_several(nodes)
            return
        (node,) = nodes
        analysis = self._session.analysis
        found = analysis.by_node.get(node.id, ())
        facts = analysis.facts[node.id]
        if not self.name.hasFocus():
            self.name.setText(node.id)
            self.name.setCursorPosition(0)  # a long id is read from its beginning
        self.note.show_text(node.note)
        state = [w for w, on in (("frozen", node.frozen), ("bypassed", node.bypassed)) if on]
        self.kind.setText(" · ".join([node.layer.kind(), node.layer.family, *state]))
        self.about.setText((type(node.layer).__doc__ or "").split("\n")[0])
        self.about.show()
        self.faults.show_faults(found, said=self.form.set_faults(found))
        self.why.show_lines([] if node.bypassed else why(facts))
        self.cost.show_figures(cost(facts))

    def _fill_several(self, nodes: Sequence[Node]) -> None:
        kinds = sorted({node.layer.kind() for node in nodes})
        self.name.setText(f"{len(nodes)} nodes")
        self.kind.setText(", ".join(kinds))
        self.about.hide()
        analysis = self._session.analysis
        ids = [node.id for node in nodes]
        self.form.set_faults([d for n in ids for d in analysis.by_node.get(n, ())])
        self.faults.show_faults(())
        self.why.show_lines(())
        facts = [analysis.facts[node_id] for node_id in ids]
        parameters = sum(f.parameters or 0 for f in facts)
        macs = sum(f.macs or 0 for f in facts)
        self.cost.show_figures([("parameters", f"{parameters:,}"), ("MACs", f"{macs:,}")])

    def _on_param(self, name: str, value: Any, gesture: object) -> None:
        edits = tuple(SetParam(node.id, name, value) for node in self._shown_nodes())
        self._execute(edits, f"set {name}", gesture)

    def _on_trait(self, name: str, value: Any, gesture: object) -> None:
        edits = tuple(SetNode(node.id, name, value) for node in self._shown_nodes())
        self._execute(edits, f"set {name}", gesture)

    def _on_note(self, text: str, gesture: object) -> None:
        self._on_trait("note", text, gesture)

    def _execute(self, edits: tuple[Edit, ...], verb: str, gesture: object) -> None:
        several = Several(f"{verb} of {len(edits)} nodes", edits)
        if edits:
            self._session.execute(edits[0] if len(edits) == 1 else several, gesture)

    def begin_renaming(self) -> None:
        """Go to the name and select it, so that typing replaces it."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def _on_name_entered(self) -> None:
        self.name_fault.hide()

    def _on_name_typed(self, text: str) -> None:
        fault = id_fault(text)
        others = self._session.design.nodes.keys() - {node_id for node_id, _ in self._shown}
        if not fault and text in others:
            fault = f"there is a node {text} already"
        self.name_fault.setText(f"{fault}; received “{text[:24]}”" if fault else "")
        self.name_fault.setVisible(bool(fault))

    def _on_renamed(self) -> None:
        shown, new = self._shown_nodes(), self.name.text()
        if len(shown) != 1 or new == shown[0].id:
            return
        old = shown[0].id
        if self.name_fault.isHidden() and self._session.execute(Rename(old, new)):
            self._selection.set({new})
        else:
            self.name.setText(old)


def common_parameters(nodes: Sequence[Node]) -> tuple[Parameter, ...]:
    """The parameters that all these nodes have, by name and type, in the first one's order."""
    if not nodes:
        return ()
    kinds = dict.fromkeys(type(node.layer) for node in nodes)
    first, *others = ({p.name: p for p in kind.parameters()} for kind in kinds)
    return tuple(
        p for name, p in first.items() if all(name in o and o[name].type == p.type for o in others)
    )


def _shared(nodes: Sequence[Node], name: str) -> Any:
    return _same([getattr(node.layer, name) for node in nodes])


def _same(values: Sequence[Any]) -> Any:
    """The value that all have, or MIXED."""
    first = values[0]
    return first if all(type(v) is type(first) and v == first for v in values) else MIXED
