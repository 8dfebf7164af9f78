"""What a screen reader finds on the canvas, through many edits and after its end."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from pytestqt.qtbot import QtBot

from designer.core.design import Frame
from designer.core.edits import Disconnect, SetNode, SetParam, SetVia
from designer.core.graph import Edge
from designer.ui.canvas import accessible
from designer.ui.canvas.accessible import Part, give_voice
from designer.ui.canvas.view import CanvasView
from designer.ui.theme.theme import Theme
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import key
from tests.ui.canvas.nets import broken, small, with_inception

NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description
Told = list[tuple[str, QAccessible.Event]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """What is told to a reader that runs."""
    found: Told = []
    tell = accessible._tell

    def note(part: QAccessibleInterface, event: QAccessible.Event) -> None:
        found.append((part.text(NAME), event))
        tell(part, event)

    monkeypatch.setattr(accessible, "_tell", note)
    QAccessible.setActive(True)
    yield found
    QAccessible.setActive(False)


def children(interface: QAccessibleInterface) -> list[QAccessibleInterface]:
    return [interface.child(i) for i in range(interface.childCount())]


def names(interface: QAccessibleInterface) -> list[str]:
    return [child.text(NAME) for child in children(interface)]


def met(canvas: CanvasView) -> QAccessibleInterface:
    give_voice(canvas)
    return QAccessible.queryAccessibleInterface(canvas)


def node(canvas: CanvasView, name: str) -> QAccessibleInterface:
    whole = QAccessible.queryAccessibleInterface(canvas)
    return whole.child(canvas.picture.index[name])


def test_nodes_and_wires_have_names_and_roles(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    whole = met(canvas)
    design = canvas.session.design
    assert whole.text(NAME) == "Canvas"
    assert whole.childCount() == len(design.nodes) + len(design.edges)
    canvas.selection.set({"conv1"})
    shape = canvas.session.analysis.facts["conv1"].output
    part = node(canvas, "conv1")
    assert part.text(NAME) == f"conv1, Conv2d, {shape}, selected"
    assert part.text(DESCRIPTION) == "reads image. read by relu1"
    assert part.role() == QAccessible.Role.ListItem
    assert part.state().selected
    assert part.state().focused
    assert not node(canvas, "relu1").state().selected
    assert f"wire from conv1 to relu1, {shape}" in names(whole)
    assert all(whole.indexOfChild(child) == i for i, child in enumerate(children(whole)))
    assert all(child.parent() is whole for child in children(whole))


def test_a_fault_is_said_and_ports_are_inside_of_their_node(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(broken())
    met(canvas)
    (fault,) = (f for f in canvas.session.analysis.diagnostics if f.severity == "error")
    assert fault.node is not None
    part = node(canvas, fault.node)
    assert f"shape unknown, error: {fault.message}" in part.text(NAME)
    entry, exit_ = children(part)
    assert entry.text(NAME).startswith(f"input of {fault.node}, ")
    assert exit_.text(NAME).startswith(f"output of {fault.node}, nothing known")
    assert entry.parent() is part
    assert part.indexOfChild(exit_) == 1


def test_places_are_those_of_the_screen(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    whole = met(canvas)
    for child in children(whole)[: len(canvas.picture.items)]:
        middle = child.rect().center()
        assert whole.childAt(middle.x(), middle.y()) is child
        (entry, *_) = children(child)
        assert child.childAt(entry.rect().center().x(), entry.rect().center().y()) is entry


def test_a_reader_is_told_of_names_and_of_the_selection(
    make_canvas: MakeCanvas, told: Told
) -> None:
    canvas = make_canvas(small())
    whole = met(canvas)
    assert len(names(whole)) == whole.childCount()
    canvas.selection.set({"relu1"})
    assert told[-1] == (node(canvas, "relu1").text(NAME), QAccessible.Event.Focus)
    assert whole.focusChild() is node(canvas, "relu1")
    told.clear()
    key(canvas, Qt.Key.Key_Right)
    (chosen,) = canvas.selection.nodes
    assert chosen != "relu1"
    assert told[-1] == (node(canvas, chosen).text(NAME), QAccessible.Event.Focus)
    told.clear()
    canvas.session.execute(SetParam("conv1", "out_channels", 11))
    said = dict(told)
    assert said[node(canvas, "conv1").text(NAME)] == QAccessible.Event.NameChanged
    assert "11 × " in node(canvas, "conv1").text(NAME)


def test_nothing_is_told_or_made_where_no_reader_runs(
    make_canvas: MakeCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accessible, "_tell", lambda *_: pytest.fail("told nobody"))
    canvas = make_canvas(small())
    voice = give_voice(canvas)
    canvas.selection.set({"relu1"})
    canvas.session.execute(SetNode("conv1", "frozen", True))
    assert (voice.parts, voice.whole) == ({}, None)


def test_composites_and_frames_are_found(make_canvas: MakeCanvas) -> None:
    design = with_inception()
    frame = Frame("stem", (0.0, 0.0), (400.0, 200.0), nodes=("image", "pool2"))
    canvas = make_canvas(replace(design, frames=(frame,)))
    whole = met(canvas)
    assert "frame, stem" in names(whole)
    canvas.toggle("block")
    found = names(whole)
    assert any(name.startswith("composite, block") for name in found)
    assert len(found) == whole.childCount() > len(design.nodes)
    assert {child.role() for child in children(whole)} >= {
        QAccessible.Role.Grouping, QAccessible.Role.ListItem, QAccessible.Role.Graphic,
    }  # fmt: skip


def test_what_is_gone_is_nothing_however_long_a_reader_keeps_it(
    make_canvas: MakeCanvas, told: Told
) -> None:
    canvas = make_canvas(small())
    whole = met(canvas)
    kept: list[Part] = []
    for round_ in range(40):
        for child in children(whole):
            assert child.text(NAME)
            kept += [part for part in (child, *children(child)) if isinstance(part, Part)]
        canvas.selection.set({"relu1"})
        wire = canvas.session.design.edges[0]
        if round_ % 2:
            canvas.delete_selection()
        else:
            canvas.session.execute(Disconnect((wire,)))
        if round_ % 5 == 0:
            gc.collect()
        assert len(names(whole)) == whole.childCount()
        canvas.session.undo()
        kept = kept[-200:]
    assert Edge("conv1", "relu1") in canvas.session.design.edges


def test_with_a_canvas_all_its_parts_go(make_canvas: MakeCanvas, told: Told) -> None:
    other = make_canvas(small())
    canvas = CanvasView(other.session, other.selection, Theme("dark"))
    parts = children(met(canvas))
    identifiers = [QAccessible.uniqueId(part) for part in parts]
    assert all(QAccessible.accessibleInterface(number) for number in identifiers)
    canvas.deleteLater()
    QCoreApplication.sendPostedEvents(canvas, QEvent.Type.DeferredDelete)
    gc.collect()
    assert not any(QAccessible.accessibleInterface(number) for number in identifiers)
    other.selection.set({"relu1"})
    other.session.execute(SetParam("conv1", "out_channels", 11))


AT_EXIT = """
import gc, sys
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
app = QApplication([])
from designer.app.selection import Selection
from designer.app.session import Session
from designer.ui.canvas.accessible import give_voice
from designer.ui.canvas.view import CanvasView
from designer.ui.theme.theme import Theme
from tests.ui.canvas.nets import small
QAccessible.setActive(True)
session, theme = Session(small()), Theme("dark")
canvas = CanvasView(session, Selection(), theme)
before = QAccessible.queryAccessibleInterface(canvas)  # met before it has a voice
give_voice(canvas)
canvas.show()
whole = QAccessible.queryAccessibleInterface(canvas)
found = [whole.child(i) for i in range(whole.childCount())]
assert len({part.text(QAccessible.Text.Name) for part in found}) == len(found) > 5
if "delete" in sys.argv:
    canvas.deleteLater()
    app.processEvents()
if "drop" in sys.argv:
    del canvas, whole, found
    gc.collect()
print("well")
"""


@pytest.mark.parametrize("how", ["leave", "delete", "drop"])
def test_a_program_ends_well_with_all_of_it_in_a_readers_hands(how: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", AT_EXIT, how],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "well\n", "")


def test_points_of_wires_are_inside_of_their_wire(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    whole = met(canvas)
    edge = canvas.session.design.edges[0]
    canvas.session.execute(SetVia(edge, ((150.0, 120.0), (170.0, 120.0))))
    (wire,) = [w for w in children(whole) if w.text(NAME).startswith("wire from image to conv1")]
    first, last = children(wire)
    assert first.text(NAME) == "point 1 of 2 of the wire from image to conv1"
    assert (first.parent(), wire.indexOfChild(last)) == (wire, 1)
    last.actionInterface().doAction("SetFocus")
    assert canvas.dots.chosen is not None
    assert canvas.dots.chosen[1] == 1
    assert (last.state().selected, wire.state().selected) == (True, True)
    assert whole.focusChild() is last
    key(canvas, Qt.Key.Key_Delete)
    assert not last.isValid()
    assert len(children(wire)) <= 1


def test_a_reader_selects_presses_and_opens_menus(make_canvas: MakeCanvas, qtbot: QtBot) -> None:
    frame = Frame("stem", (0.0, 0.0), (400.0, 200.0), nodes=("image",))
    canvas = make_canvas(replace(with_inception(), frames=(frame,)))
    whole = met(canvas)
    block = node(canvas, "block")
    assert block.actionInterface().actionNames() == ["Press", "SetFocus", "ShowMenu"]
    block.actionInterface().doAction("SetFocus")
    assert canvas.selection.node == "block"
    assert block.state().focused
    with qtbot.waitSignal(canvas.menu_requested) as asked:
        block.actionInterface().doAction("ShowMenu")
    assert block.rect().contains(asked.args[0])
    block.actionInterface().doAction("Press")  # as Enter: it unfolds
    assert canvas.unfolded == {"block"}
    (stem,) = [c for c in children(whole) if c.text(NAME) == "frame, stem"]
    stem.actionInterface().doAction("Press")
    assert canvas.frames.is_chosen
    assert (stem.state().selected, block.state().selected) == (True, False)
    assert whole.focusChild() is stem
    (port, *_) = children(node(canvas, "image"))
    assert port.actionInterface().actionNames() == []
    whole.actionInterface().doAction("SetFocus")
    assert canvas.hasFocus()


def test_the_selection_is_asked_and_set(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    whole = met(canvas)
    selection = whole.selectionInterface()
    assert selection.selectedItemCount() == 0
    assert selection.select(node(canvas, "conv1"))
    assert selection.select(node(canvas, "relu1"))
    assert canvas.selection.nodes == {"conv1", "relu1"}
    assert [i.text(NAME).split(",")[0] for i in selection.selectedItems()] == ["conv1", "relu1"]
    assert selection.unselect(node(canvas, "conv1"))
    assert not selection.unselect(node(canvas, "conv1"))
    assert canvas.selection.nodes == {"relu1"}
    wire = whole.child(whole.childCount() - 1)
    assert selection.select(wire)
    assert (len(canvas.selection.edges), canvas.selection.nodes) == (1, frozenset())
    assert wire.state().selected
    assert selection.selectAll()
    assert canvas.selection.nodes == canvas.session.design.nodes.keys()
    assert selection.clear()
    assert selection.selectedItemCount() == 0


FACES = (
    "actionInterface", "attributesInterface", "editableTextInterface", "selectionInterface",
    "tableCellInterface", "textInterface", "valueInterface", "state", "rect", "role", "window",
    "object", "parent", "backgroundColor", "foregroundColor", "isValid", "relations",
)  # fmt: skip


def test_every_part_bears_every_question_of_a_reader(make_canvas: MakeCanvas) -> None:
    """What the bridge of the desktop asks of each part; a wrong answer ends the program."""
    frame = Frame("stem", (0.0, 0.0), (400.0, 200.0), nodes=("image",))
    canvas = make_canvas(replace(small(), frames=(frame,)))
    whole = met(canvas)
    canvas.session.execute(SetVia(canvas.session.design.edges[0], ((150.0, 120.0),)))
    parts = [whole, *children(whole)]
    parts += [inner for part in children(whole) for inner in children(part)]
    assert {type(part.key).__name__ for part in parts if isinstance(part, Part)} == {
        "NodeKey", "PortKey", "WireKey", "DotKey", "FrameKey",
    }  # fmt: skip
    for part in parts:
        answers = {name: getattr(part, name)() for name in FACES}
        assert answers["valueInterface"] is answers["textInterface"] is None
        assert (answers["selectionInterface"] is None) == (part is not whole)
        assert answers["actionInterface"].actionNames() is not None
        for text in QAccessible.Text:
            assert isinstance(part.text(text), str)
