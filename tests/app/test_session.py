"""A session tells of every change, and forgets nothing when a file fails."""

from pathlib import Path
from threading import Event

from pytestqt.qtbot import QtBot

from designer.app.selection import Selection
from designer.app.session import Session
from designer.core.data import DataDescription, DataSettings
from designer.core.design import Design
from designer.core.edits import AddNode, RemoveNodes, SetName
from designer.core.graph import Edge, Node
from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.rules import RULES
from designer.storage import StorageError
from tests.ui.conftest import lesson


class Source(Layer):
    inputs = 0

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        return (Shape((1, 2, 2)),)

    @classmethod
    def parameters(cls) -> tuple[()]:
        return ()


NODE = Node("a", Source())


def test_an_edit_is_told_with_what_changed_and_what_is_known(qtbot: QtBot) -> None:
    session = Session()
    with qtbot.waitSignal(session.changed) as told:
        assert session.execute(AddNode(NODE))
    change, analysis = told.args
    assert change.added == {"a"}
    assert analysis.facts["a"].output == (1, 2, 2)
    assert session.is_dirty
    session.undo()
    assert not session.is_dirty
    assert session.design.nodes == {}
    session.redo()
    assert session.design.nodes["a"] is NODE


def test_a_refused_edit_says_why_and_changes_nothing(qtbot: QtBot) -> None:
    session = Session(Design().with_nodes([NODE]))
    with qtbot.waitSignal(session.refused) as told:
        assert not session.execute(AddNode(NODE))
    assert "already" in told.args[0]
    assert not session.is_dirty


def test_a_file_that_cannot_be_used_leaves_the_document_untouched(
    qtbot: QtBot, tmp_path: Path
) -> None:
    def load(path: Path) -> Design:
        raise StorageError(path, "", "not a project")

    def save(design: Design, path: Path) -> None:
        raise StorageError(path, "", "the disk is full")

    session = Session(load=load, save=save)
    session.execute(AddNode(NODE))
    before = session.design
    with qtbot.waitSignal(session.failed):
        assert not session.open(tmp_path / "x.convnet")
    with qtbot.waitSignal(session.failed) as told:
        assert not session.save(tmp_path / "y.convnet")
    assert told.args == [f"{tmp_path / 'y.convnet'}: the disk is full"]
    assert session.design is before
    assert session.is_dirty
    assert session.path is None


def test_saving_notices_that_somebody_else_wrote_the_file(tmp_path: Path) -> None:
    path = tmp_path / "net.convnet"
    session = Session(save=lambda design, path: path.write_text(design.name) and None)
    session.execute(SetName("Net"))
    assert session.save(path)
    assert not session.is_dirty
    assert not session.is_changed_on_disk()
    path.write_text("something longer")
    assert session.is_changed_on_disk()


def test_the_selection_forgets_what_is_gone(qtbot: QtBot) -> None:
    design = Design().with_nodes([NODE, Node("b", Source())], [Edge("a", "b")])
    selection = Selection()
    selection.set({"a", "b"}, {Edge("a", "b")})
    with qtbot.waitSignal(selection.changed):
        selection.forget(RemoveNodes(frozenset({"a"})).apply(design))
    assert selection.nodes == {"b"}
    assert selection.edges == frozenset()
    assert selection.node == "b"


def test_data_that_takes_long_to_describe_is_described_beside_the_window(qtbot: QtBot) -> None:
    may_answer = Event()
    wide = DataDescription("wide", Shape((1, 9, 9)), ("a", "b"), 8, 1, 1)

    def describe(settings: DataSettings, folder: Path | None) -> DataDescription:
        may_answer.wait(10)
        return wide

    session = Session(lesson(), rules=RULES, describe=describe, is_quick=lambda settings: False)
    session.analyse()
    assert session.data is None, "the analysis does not wait"
    assert session.analysis.diagnostics == ()
    with qtbot.waitSignal(session.changed):
        may_answer.set()
    assert session.data == wide
    assert {"image-differs", "classes-differ"} <= {d.code for d in session.analysis.diagnostics}


def test_every_project_without_a_file_has_a_name_of_its_own(tmp_path: Path) -> None:
    session = Session()
    told: list[str] = []
    session.titled.connect(told.append)
    first = session.draft
    session.new()
    assert session.draft != first
    assert session.save(tmp_path / "a.convnet")
    assert session.save(tmp_path / "b.convnet")
    assert told == [session.draft]
