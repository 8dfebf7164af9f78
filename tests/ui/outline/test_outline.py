"""The outline: the net in order, in step with the canvas, and quick."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from time import thread_time

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.app.selection import Selection
from designer.app.session import Session
from designer.core.design import Design, Frame
from designer.core.edits import Disconnect, RemoveNodes, Rename, SetParam
from designer.core.graph import Edge
from designer.rules import RULES
from designer.ui.main_window import MainWindow
from designer.ui.outline.model import NAME, PROBLEM, OutlineModel
from designer.ui.outline.panel import OutlinePanel
from designer.ui.theme.theme import Theme
from tests.ui.canvas.nets import blocks, broken, small, with_inception

MakePanel = Callable[[Design], OutlinePanel]
MOST_TESTED = 100
"""Rows that Qt's tester looks through at every signal."""


@pytest.fixture
def make_panel(qtbot: QtBot, theme: Theme) -> Iterator[MakePanel]:
    kept: list[object] = []

    def make(design: Design) -> OutlinePanel:
        session, selection = Session(design, rules=RULES), Selection()
        session.analyse()
        session.changed.connect(lambda: selection.forget(session.design))
        panel = OutlinePanel(session, selection, theme)
        kept.extend((session, selection))
        if len(design.nodes) <= MOST_TESTED:
            fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
            tester = QAbstractItemModelTester(panel.model, fatal)
            tester.setUseFetchMore(False)  # it would, in the midst of an insertion
            kept.append(tester)
        qtbot.addWidget(panel)
        panel.resize(900, 400)
        with qtbot.waitActive(panel):
            panel.show()
            panel.activateWindow()
        return panel

    yield make
    kept.clear()


def rows(model: OutlineModel, parent: QModelIndex | None = None) -> list[str]:
    """The names of the rows of a level."""
    above = parent or QModelIndex()
    return [model.index(i, NAME, above).data() for i in range(model.rowCount(above))]


def place(model: OutlineModel, node: str) -> QModelIndex:
    ((first, last),) = model.stretches([node])
    assert first == last
    return first


def said(model: OutlineModel, at: QModelIndex) -> list[str]:
    return [at.siblingAtColumn(column).data() for column in range(model.columnCount())]


def choose(panel: OutlinePanel, at: QModelIndex) -> None:
    """Choose one row, whatever keys Qt believes to be held."""
    flags = QItemSelectionModel.SelectionFlag
    panel.tree.selectionModel().setCurrentIndex(at, flags.ClearAndSelect | flags.Rows)


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def test_nodes_stand_in_the_order_of_the_net_with_kind_and_shape(make_panel: MakePanel) -> None:
    design = small()
    shuffled = replace(
        design, graph=replace(design.graph).with_nodes(reversed(design.nodes.values()))
    )
    panel = make_panel(shuffled)
    assert rows(panel.model) == list(design.nodes)
    shape = panel._session.analysis.facts["conv1"].output
    at = place(panel.model, "conv1")
    assert said(panel.model, at) == ["conv1", "Conv2d", str(shape), ""]
    assert at.data(Qt.ItemDataRole.AccessibleTextRole) == f"conv1, Conv2d, {shape}"


def test_a_problem_is_said_in_its_row(make_panel: MakePanel) -> None:
    panel = make_panel(broken())
    (fault,) = (f for f in panel._session.analysis.diagnostics if f.severity == "error")
    assert fault.node is not None
    at = place(panel.model, fault.node).siblingAtColumn(PROBLEM)
    assert at.data() == f"error: {fault.message}"


def test_composites_open_and_frames_are_groups(make_panel: MakePanel) -> None:
    frame = Frame("stem", (0.0, 0.0), (400.0, 200.0), nodes=("image", "pool2"))
    panel = make_panel(replace(with_inception(), frames=(frame,)))
    model = panel.model
    assert rows(model) == ["stem", "block", "pool3"]
    stem, block = model.index(0, NAME), place(model, "block")
    assert said(model, stem) == ["stem", "frame", "2 nodes", ""]
    assert rows(model, stem) == ["image", "pool2"]
    panel.tree.expand(block)
    facts = panel._session.analysis.facts["block"].inside
    assert facts
    assert rows(model, block) == list(facts)
    choose(panel, model.index(1, NAME, block))
    assert panel._selection.nodes == {"block"}
    choose(panel, stem)
    assert panel._selection.nodes == {"image", "pool2"}


def test_edits_touch_only_the_rows_that_differ(make_panel: MakePanel) -> None:
    panel = make_panel(with_inception())
    model, session = panel.model, panel._session
    panel.tree.expand(place(model, "block"))
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    session.execute(RemoveNodes(("pool2",)))
    settle()
    assert rows(model) == ["image", "block", "pool3"]
    assert panel.tree.isExpanded(place(model, "block"))
    session.undo()
    settle()
    assert rows(model) == ["image", "pool2", "block", "pool3"]
    session.execute(Rename("pool2", "pooling"))
    settle()
    assert rows(model) == ["image", "pooling", "block", "pool3"]
    session.new(small())
    settle()
    assert rows(model) == list(small().nodes)
    assert not resets


def test_the_selection_goes_both_ways(make_panel: MakePanel) -> None:
    panel = make_panel(small())
    selection, tree = panel._selection, panel.tree
    selection.set({"conv1", "relu1"})
    chosen = {index.data() for index in tree.selectionModel().selectedRows()}
    assert chosen == {"conv1", "relu1"}
    selection.set({"conv1"})
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Down)
    assert selection.nodes == {"relu1"}
    selection.clear()
    assert not tree.selectionModel().selectedRows()
    selection.set({"relu1"})
    panel._session.execute(RemoveNodes(("relu1",)))
    settle()
    assert selection.nodes == frozenset()
    assert not tree.selectionModel().selectedRows()


def test_what_is_hidden_is_caught_up_when_it_is_shown(make_panel: MakePanel) -> None:
    panel = make_panel(small())
    panel.hide()
    session = panel._session
    session.execute(SetParam("conv1", "out_channels", 11))
    session.execute(Disconnect((Edge("conv1", "relu1"),)))
    panel._selection.set({"relu1"})
    panel.show()
    assert "11 × " in said(panel.model, place(panel.model, "conv1"))[2]
    assert [i.data() for i in panel.tree.selectionModel().selectedRows()] == ["relu1"]


def test_two_thousand_nodes_follow_an_edit_at_once(make_panel: MakePanel) -> None:
    design = blocks(250)
    assert len(design.nodes) > 2_000
    panel = make_panel(design)
    session = panel._session
    edits = [SetParam("r7", "out_channels", 5), RemoveNodes(("r200",)), Rename("a100", "first")]
    for edit in edits:
        session.execute(edit)
        begin = thread_time()
        panel.refresh()
        spent = thread_time() - begin
        assert spent < 0.25
    assert panel.model.rowCount() == len(session.design.nodes)


def test_keys_open_it_and_enter_shows_the_node(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window.canvas, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    settle()
    tree = window.outline.tree
    assert QApplication.focusWidget() is tree
    QTest.keyClick(tree, Qt.Key.Key_Home)
    QTest.keyClick(tree, Qt.Key.Key_Down)
    assert window.selection.nodes == {"conv1"}
    with qtbot.waitSignal(window.outline.node_shown) as shown:
        QTest.keyClick(tree, Qt.Key.Key_Return)
    assert shown.args == ["conv1"]
