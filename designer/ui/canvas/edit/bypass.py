"""Bypass: nodes pass their input on unchanged, where what reads them takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.core.analysis import analyze
from designer.core.edit import Edit
from designer.core.edits import SetNode, Several

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView


def bypass(view: CanvasView) -> None:
    """Bypass the selected nodes, or no more; where the shapes do not allow it, say why."""
    nodes = view.session.design.nodes
    chosen = [node for node in nodes.values() if node.id in view.selection.nodes]
    if not chosen:
        return
    value = not all(node.bypassed for node in chosen)
    some = chosen[0].name if len(chosen) == 1 else f"{len(chosen)} nodes"
    edits: tuple[Edit, ...] = tuple(SetNode(node.id, "bypassed", value) for node in chosen)
    edit = Several(f"{'bypass' if value else 'no longer bypass'} {some}", edits)
    source = next((node for node in chosen if node.layer.inputs == 0), None)
    if value and source is not None:
        view.refused.emit(f"{source.name} has no input that it could pass on")
    elif value and (why := _objection(view, edit)):
        view.refused.emit(f"{some} cannot be bypassed: {why}")
    else:
        view.execute(edit)


def _objection(view: CanvasView, edit: Edit) -> str:
    """What the analysis says first against the shapes that would come of an edit; "" for nothing.

    What is wrong already is no objection.
    """
    before = view.session.analysis
    after = analyze(edit.apply(view.session.design), previous=before)
    known = {fault.message for fault in before.diagnostics}
    new = (f.message for f in after.diagnostics if f.severity == "error" and f.message not in known)
    return next(new, "")
