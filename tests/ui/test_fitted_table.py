"""Tables in narrow windows."""

import pytest
from pytestqt.qtbot import QtBot

from designer.ui.fitted_table import shared
from designer.ui.main_window import MainWindow


@pytest.mark.parametrize(
    ("room", "widths"),
    [(500, [100, 200]), (300, [100, 200]), (250, [90, 160]), (240, [88, 152]), (10, [80, 120])],
)
def test_columns_give_what_they_can_spare(room: int, widths: list[int]) -> None:
    assert shared((100, 200), (80, 120), room) == widths


@pytest.mark.parametrize("size", [(1024, 700), (900, 600)])
def test_the_summary_scrolls_in_one_direction(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
    window.dock.show_tab("Summary")
    window.resize(*size)
    table = window.summary.table
    qtbot.waitUntil(lambda: not table.horizontalScrollBar().isVisible())
    assert table.viewport().width() < size[0]
    last = table.model().columnCount() - 1
    assert table.columnViewportPosition(last) + table.columnWidth(last) <= table.viewport().width()
