"""The summary by keys and clicks: sorted, opened, copied, and never made anew for a keystroke."""

from __future__ import annotations

import csv
import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from designer.app.selection import Selection
from designer.app.session import Session
from designer.core.design import Design
from designer.core.edits import RemoveNodes, SetParam
from designer.core.graph import Node
from designer.ui.main_window import MainWindow
from designer.ui.summary.panel import SummaryPanel, _runs
from designer.ui.summary.table import HEADINGS, PLAIN
from designer.ui.theme.theme import Theme
from tests.ui.conftest import chain, lesson, make

SEES, SHARE = HEADINGS.index("Sees"), HEADINGS.index("Share")


@pytest.fixture
def panel(qtbot: QtBot, session: Session, selection: Selection, theme: Theme) -> SummaryPanel:
    made = SummaryPanel(session, selection, theme)
    qtbot.addWidget(made)
    made.resize(1400, 400)
    made.show()
    return made


def names(panel: SummaryPanel) -> list[str]:
    return [panel.model.index(i, 0).data() for i in range(panel.model.rowCount())]


def show_inception(qtbot: QtBot, panel: SummaryPanel, session: Session) -> None:
    """Three nodes, of which the second is a composite and the current one."""
    session.new(inception())
    qtbot.waitUntil(lambda: names(panel) == ["image", "inception", "mean"])
    panel.table.setCurrentIndex(panel.model.index(1, 0))


def inception() -> Design:
    image, block = make("Input", channels=8), make("Inception")
    return chain(Node("image", image), Node("inception", block), Node("mean", make("Flatten")))


@pytest.mark.parametrize("column", range(len(HEADINGS)))
def test_every_column_sorts_by_what_stands_behind_its_words(
    panel: SummaryPanel, session: Session, column: int
) -> None:
    panel.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    keys = [row.key(column) for row in panel.model.rows]
    assert keys == sorted(keys)
    assert len(set(keys)) > 1
    panel.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    assert [row.key(column) for row in panel.model.rows] == keys[::-1]
    panel.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert names(panel) == list(session.design.nodes)


def test_receptive_fields_have_size_jump_and_start(panel: SummaryPanel) -> None:
    row = names(panel).index("conv2")
    said = [panel.model.index(row, SEES + i).data() for i in range(3)]
    assert said == ["13 × 13", "4", "−3"]
    assert panel.model.index(row, HEADINGS.index("Weights")).data() == "25.7 kB"


def test_composites_open_and_fold_by_key_and_stay_together_when_sorted(
    qtbot: QtBot, panel: SummaryPanel, session: Session
) -> None:
    show_inception(qtbot, panel, session)
    qtbot.keyClick(panel.table, Qt.Key.Key_Right)
    assert "branch5x5" in names(panel)
    panel.table.sortByColumn(SHARE, Qt.SortOrder.DescendingOrder)
    top = names(panel)
    assert top[0] == "inception"
    inside = [row for row in panel.model.rows if row.depth]
    assert [row.path[-1] for row in inside] == top[1 : 1 + len(inside)]
    assert inside[0].facts.parameters == max(row.facts.parameters for row in inside)
    panel.table.setCurrentIndex(panel.model.index(3, 0))
    qtbot.keyClick(panel.table, Qt.Key.Key_Left)
    assert panel.table.currentIndex().row() == 0
    qtbot.keyClick(panel.table, Qt.Key.Key_Left)
    assert panel.model.rowCount() == 3


def test_a_click_on_the_triangle_opens_and_folds(
    qtbot: QtBot, panel: SummaryPanel, session: Session
) -> None:
    show_inception(qtbot, panel, session)
    for count in (3 + 15, 3):
        area = panel.table.visualRect(panel.model.index(1, 0))
        place = area.topLeft()
        place.setX(place.x() + 12)
        place.setY(area.center().y())
        QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert panel.model.rowCount() == count


def test_a_row_inside_selects_its_composite_and_stays_chosen(
    qtbot: QtBot, panel: SummaryPanel, session: Session, selection: Selection
) -> None:
    show_inception(qtbot, panel, session)
    qtbot.keyClick(panel.table, Qt.Key.Key_Right)
    qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    assert selection.nodes == {"inception"}
    assert panel.table.currentIndex().row() == 2
    (row,) = panel.table.selectionModel().selectedRows()
    assert row.row() == 2


def test_an_edit_changes_figures_in_place(
    qtbot: QtBot, panel: SummaryPanel, session: Session
) -> None:
    qtbot.waitUntil(lambda: panel.model.rowCount() == 9)
    resets = QSignalSpy(panel.model.modelReset)
    session.execute(SetParam("conv1", "out_channels", 17))
    row = names(panel).index("conv1")
    qtbot.waitUntil(lambda: panel.model.index(row, 4).data() == "442")
    assert resets.count() == 0
    session.execute(RemoveNodes(frozenset({"relu1"})))
    qtbot.waitUntil(lambda: resets.count() == 1)
    assert "relu1" not in names(panel)


def test_the_sums_say_of_how_many_nodes(
    qtbot: QtBot, panel: SummaryPanel, session: Session
) -> None:
    assert panel.totals.text().startswith("9 nodes")
    session.execute(SetParam("conv2", "stride", 0))
    qtbot.waitUntil(lambda: panel.totals.text().startswith("3 of 9 nodes"))
    assert "| Total | 3 of 9 nodes |" in panel.as_markdown()
    assert panel.model.index(names(panel).index("fc1"), 4).data() == "?"


def test_ctrl_c_in_the_table_copies_the_table_and_not_the_nodes(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.view.show_summary()
    window.selection.set({"conv1"})
    table = window.summary.table
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == window.summary.as_markdown()


def test_buttons_copy(qtbot: QtBot, panel: SummaryPanel) -> None:
    clipboard = QGuiApplication.clipboard()
    qtbot.mouseClick(panel.copy_markdown, Qt.MouseButton.LeftButton)
    lines = clipboard.text().splitlines()
    assert len(lines) == 2 + len(lesson().nodes) + 1
    panel.copy_csv.setFocus()
    qtbot.keyClick(panel.copy_csv, Qt.Key.Key_Space)
    header, *rows = csv.reader(io.StringIO(clipboard.text()))
    assert tuple(header) == PLAIN
    assert sum(int(row[4]) for row in rows) == 57_722


def test_a_share_that_is_small_is_not_written_as_nothing(
    qtbot: QtBot, panel: SummaryPanel, session: Session
) -> None:
    def share(name: str) -> object:
        return panel.model.index(names(panel).index(name), SHARE).data()

    qtbot.waitUntil(lambda: "flatten" in names(panel))
    assert (share("fc1"), share("flatten")) == ("87.0 %", "")
    session.execute(SetParam("fc1", "out_features", 40_000))
    qtbot.waitUntil(lambda: share("conv1") == "< 0.1 %")


@pytest.mark.parametrize(
    ("places", "runs"),
    [
        ([], []),
        ([3], [(3, 3)]),
        ([0, 1, 2], [(0, 2)]),
        ([0, 2, 3, 7, 8, 9, 11], [(0, 0), (2, 3), (7, 9), (11, 11)]),
    ],
)
def test_rows_that_follow_one_another_are_chosen_together(places, runs) -> None:
    assert list(_runs(places)) == runs
