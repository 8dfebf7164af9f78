"""A monkey at the canvas: whatever is done in whatever order, it paints and stays true."""

import random

import pytest
from PySide6.QtCore import Qt

from designer.core.analysis import analyze
from designer.core.edits import AddNode, Connect, Rename, SetNode, SetParam
from designer.core.graph import Edge, Node
from designer.layers import CATALOGUE
from designer.rules import RULES
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.shown import NOTHING, Shown
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import Palette, click, drag, key, middle
from tests.ui.canvas.nets import make, with_inception

NODES = sorted(CATALOGUE)


class Monkey:
    """Does one thing after the other, as a seed says."""

    def __init__(self, canvas: CanvasView, seed: int) -> None:
        self.canvas = canvas
        self.dice = random.Random(seed)

    def act(self) -> None:
        self.dice.choice(
            [
                self.drop, self.connect, self.connect, self.delete, self.undo, self.undo,
                self.redo, self.spoil, self.rename, self.unfold, self.move, self.zoom,
                self.duplicate, self.bypass, self.select, self.add_unplaced, self.walk,
                self.frame, self.resize, self.note, self.paste, self.go_in_and_out,
                self.show_maps,
            ]
        )()  # fmt: skip

    def node(self) -> str | None:
        nodes = list(self.canvas.session.design.nodes)
        return self.dice.choice(nodes) if nodes else None

    def place(self) -> tuple[float, float]:
        left, top, right, bottom = self.canvas.viewport.seen
        return (self.dice.uniform(left, right), self.dice.uniform(top, bottom))

    def drop(self) -> None:
        Palette(self.canvas, self.dice.choice(NODES)).drop(self.place())

    def add_unplaced(self) -> None:
        design = self.canvas.session.design
        after = self.node()
        node = Node(design.graph.free_id("new"), make(self.dice.choice(NODES)))
        edges = (Edge(after, node.id),) if after else ()
        self.canvas.session.execute(AddNode(node, edges))

    def connect(self) -> None:
        first, last = self.node(), self.node()
        if first and last:
            port = self.canvas.session.design.graph.next_port(last)
            self.canvas.session.execute(Connect(Edge(first, last, port)))

    def delete(self) -> None:
        self.select()
        key(self.canvas, Qt.Key.Key_Delete)

    def undo(self) -> None:
        self.canvas.session.undo()

    def redo(self) -> None:
        self.canvas.session.redo()

    def spoil(self) -> None:
        node = self.node()
        if node:
            for parameter in self.canvas.session.design.nodes[node].layer.parameters()[:2]:
                if parameter.kind in ("integer", "size"):
                    value = self.dice.choice([0, 1, 7, 10**6])
                    self.canvas.session.execute(SetParam(node, parameter.name, value))

    def rename(self) -> None:
        node = self.node()
        if node:
            self.canvas.choose({node})
            self.canvas.session.execute(Rename(node, f"n{self.dice.randrange(1000)}"))

    def unfold(self) -> None:
        for node in self.canvas.session.design.nodes.values():
            if node.layer.is_composite:
                self.canvas.toggle(node.id)

    def move(self) -> None:
        node = self.node()
        if node and node in self.canvas.picture.index:
            drag(self.canvas, middle(self.canvas, node), self.place())

    def zoom(self) -> None:
        if self.dice.random() < 0.5:
            self.canvas.zoom_fit()
        else:
            self.canvas.zoom_by(self.dice.choice([0.2, 0.7, 1.5, 4.0]))

    def duplicate(self) -> None:
        if len(self.canvas.session.design.nodes) < 40:
            self.canvas.duplicate()

    def bypass(self) -> None:
        node = self.node()
        if node:
            self.canvas.session.execute(SetNode(node, "bypassed", True))

    def frame(self) -> None:
        self.select()
        self.canvas.frames.add()
        self.canvas.frames.writing.finish()

    def resize(self) -> None:
        framed = [p for p in self.canvas.picture.panels if p.frame is not None]
        if framed:
            x, y, width, height = self.dice.choice(framed).rect
            drag(self.canvas, (x + width, y + height), self.place())

    def note(self) -> None:
        node = self.node()
        if node:
            self.canvas.session.execute(SetNode(node, "note", self.dice.choice(["", "<b>why"])))

    def paste(self) -> None:
        text = self.canvas.copy_text()
        if text and len(self.canvas.session.design.nodes) < 40:
            cut_off = self.dice.choice([len(text), len(text), self.dice.randrange(len(text))])
            self.canvas.paste_text(text[:cut_off])

    def go_in_and_out(self) -> None:
        node = self.node()
        if node and self.canvas.session.design.nodes[node].layer.is_composite:
            self.canvas.choose({node})
            self.canvas.levels.go_in()
            self.canvas.grab()
            drag(self.canvas, self.place(), self.place())
            self.canvas.levels.go_out()
        assert not self.canvas.levels.path

    def select(self) -> None:
        node = self.node()
        if node and node in self.canvas.picture.index:
            click(self.canvas, middle(self.canvas, node))

    def show_maps(self) -> None:
        node = self.node()
        some = Shown(nodes=frozenset({node} if node else ()))
        how = self.dice.choice([NOTHING, Shown(every=True), Shown(alone=True), some])
        self.canvas.show_maps(how)

    def walk(self) -> None:
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        key(self.canvas, self.dice.choice(arrows))


def assert_as_from_scratch(canvas: CanvasView) -> None:
    """What was kept, or made from what was, is what is made from nothing."""
    picture, design = canvas.picture, canvas.session.design
    analysis = analyze(design, RULES)
    assert dict(canvas.session.analysis.facts) == dict(analysis.facts)
    assert canvas.session.analysis.diagnostics == analysis.diagnostics
    fresh = compose(design, analysis, unfolded=canvas.unfolded, shown=canvas.shown)
    fresh.select(canvas.selection.nodes, canvas.selection.edges)
    picture.hover(None, None)
    assert picture.items == fresh.items
    assert picture.panels == fresh.panels
    assert list(picture.wires) == list(fresh.wires)
    assert (picture.boxes == fresh.boxes).all()
    assert (picture.ends == fresh.ends).all()
    assert picture.via == fresh.via
    assert picture.faults == fresh.faults
    assert picture.bounds() == fresh.bounds()
    assert (picture.routes.starts == fresh.routes.starts).all()
    for part in ("points", "segments", "bounds"):
        assert (getattr(picture.routes, part) == getattr(fresh.routes, part)).all()
    count = range(len(picture.items))
    assert [picture.look(i) for i in count] == [fresh.look(i) for i in count]
    assert (picture.item_mark == fresh.item_mark).all()
    assert (picture.wire_mark == fresh.wire_mark).all()


@pytest.mark.parametrize("seed", range(6))
def test_a_monkey_breaks_nothing(make_canvas: MakeCanvas, seed: int) -> None:
    begin = with_inception(placed=seed % 2 == 0)
    canvas = make_canvas(begin)
    monkey = Monkey(canvas, seed)
    for _ in range(70):
        monkey.act()
        canvas.grab()
        picture, design = canvas.picture, canvas.session.design
        assert picture.design is design
        assert {item.owner for item in picture.items} == set(design.nodes)
        assert canvas.selection.nodes <= design.nodes.keys()
        assert_as_from_scratch(canvas)
    while canvas.session.can_undo:
        canvas.session.undo()
    assert canvas.session.design is begin
