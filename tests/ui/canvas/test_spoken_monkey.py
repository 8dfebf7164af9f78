"""Whatever is done in whatever order: readers and the outline find what is on the canvas."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QAccessible, QAccessibleInterface

from designer.core.design import Frame
from designer.core.edits import SetFrames, SetVia
from designer.ui.canvas.accessible import give_voice
from designer.ui.canvas.accessible_parts import Part
from designer.ui.canvas.view import CanvasView
from designer.ui.outline.levels import FrameRow, NodeRow, levels
from designer.ui.outline.panel import OutlinePanel
from designer.ui.theme.theme import Theme
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.nets import with_inception
from tests.ui.canvas.test_monkey import Monkey

ROLES = {
    QAccessible.Role.ListItem,
    QAccessible.Role.Graphic,
    QAccessible.Role.Grouping,
}


class Framer(Monkey):
    """Frames nodes, writes comments and leads wires, too."""

    def act(self) -> None:
        if self.dice.random() < 0.2:
            self.dice.choice([self.frame, self.comment, self.lead, self.choose_part])()
        else:
            super().act()

    def frame(self) -> None:
        node = self.node()
        if node:
            self._add(Frame("stem", self.place(), (300.0, 160.0), nodes=(node,)))

    def comment(self) -> None:
        self._add(Frame("", self.place(), (200.0, 80.0), text="a thought"))

    def _add(self, frame: Frame) -> None:
        frames = self.canvas.session.design.frames[-3:]
        self.canvas.session.execute(SetFrames((*frames, frame)))

    def lead(self) -> None:
        edges = self.canvas.session.design.edges
        if edges:
            via = tuple(self.place() for _ in range(self.dice.randrange(3)))
            self.canvas.session.execute(SetVia(self.dice.choice(edges), via))

    def choose_part(self) -> None:
        """What a reader chooses is chosen."""
        whole = QAccessible.queryAccessibleInterface(self.canvas)
        part = whole.child(self.dice.randrange(whole.childCount())) if whole.childCount() else None
        if part is not None:
            part.actionInterface().doAction("SetFocus")


def assert_told(whole: QAccessibleInterface, canvas: CanvasView) -> None:
    """Every part is where it says it is, has a name and a role, and says what is selected."""
    count = whole.childCount()
    picture = canvas.picture
    assert count == len(picture.items) + len(picture.panels) + len(picture.wires)
    chosen = 0
    for place in range(count):
        child = whole.child(place)
        assert isinstance(child, Part)
        assert_part(child, whole, place)
        chosen += bool(child.state().selected)
        for inner in range(child.childCount()):
            assert_part(child.child(inner), child, inner)
        assert child.child(child.childCount()) is None
    assert whole.child(count) is None
    assert whole.selectionInterface().selectedItemCount() == chosen
    shown = {item.id for item in picture.items}
    assert chosen >= len(canvas.selection.nodes & shown)
    current = whole.focusChild()
    assert current is None or current is whole or bool(current.state().focused)


def assert_part(part: QAccessibleInterface, parent: QAccessibleInterface, place: int) -> None:
    assert part.isValid()
    assert part.text(QAccessible.Text.Name)
    assert part.role() in ROLES
    assert part.parent() is parent
    assert parent.indexOfChild(part) == place
    assert not part.state().invalid
    assert part.rect().isValid()


def assert_outlined(panel: OutlinePanel, canvas: CanvasView) -> None:
    """The tree has exactly the rows of the design, and chooses what is selected."""
    panel.refresh()
    model, design = panel.model, canvas.session.design
    wanted = levels(design, canvas.session.analysis)

    def keys(above: QModelIndex) -> Iterator[object]:
        for row in range(model.rowCount(above)):
            yield model.row_of(model.index(row, 0, above))

    assert [*keys(QModelIndex())] == wanted.outer
    found: set[str] = set()
    for row, key in enumerate(wanted.outer):
        here = model.index(row, 0, QModelIndex())
        if isinstance(key, FrameRow):
            assert [*keys(here)] == wanted.framed[key]
            found |= {k.path[0] for k in wanted.framed[key] if isinstance(k, NodeRow)}
        else:
            found.add(key.path[0])
            inner = [*keys(here)]
            assert all(isinstance(k, NodeRow) and k.path[:1] == key.path for k in inner)
    assert found == set(design.nodes)
    rows = panel.tree.selectionModel().selectedRows()
    assert {node for row in rows for node in model.nodes_of(row)} == canvas.selection.nodes


NIGHTLY = [pytest.param(seed, marks=pytest.mark.nightly) for seed in range(2, 40)]


@pytest.mark.parametrize("seed", [0, 1, *NIGHTLY])
def test_readers_and_outline_follow_a_monkey(make_canvas: MakeCanvas, seed: int) -> None:
    canvas = make_canvas(with_inception(placed=True))
    give_voice(canvas)
    QAccessible.setActive(True)
    try:
        theme = Theme("dark")
        panel = OutlinePanel(canvas.session, canvas.selection, theme)
        panel.show()
        whole = QAccessible.queryAccessibleInterface(canvas)
        monkey = Framer(canvas, seed)
        for turn in range(40):
            monkey.act()
            panel.refresh()
            if monkey.dice.random() < 0.1 and panel.model.rowCount():
                panel.tree.setCurrentIndex(panel.model.index(0, 0, QModelIndex()))
            assert_outlined(panel, canvas)
            if turn % 4 == 0:
                assert_told(whole, canvas)
        while canvas.session.can_undo:
            canvas.session.undo()
        assert_told(whole, canvas)
        assert_outlined(panel, canvas)
        panel.close()
    finally:
        QAccessible.setActive(False)
