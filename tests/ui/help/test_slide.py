"""The picture of a sliding window says what the window formula says."""

import pytest
from pytestqt.qtbot import QtBot

from designer.layers.window import Window
from designer.ui.help.slide import END, Axis, SlideView, inputs
from designer.ui.theme.theme import Theme


@pytest.mark.parametrize(
    ("window", "padded", "unread"),
    [
        (Window(28, 3, 1), "", ""),
        (Window(28, 3, 2), "", "No window reads 1 row and 1 column (hatched)."),
        (Window(28, 3, 1, same=True), "Padded cells are grey: 1 on every side.", ""),
        (
            Window(28, 5, 2, same=True),
            "Padded cells are grey: 1 above, 2 below, 1 left, 2 right.",
            "",
        ),
        (Window(7, 2, 2, ceil=True), "The last window hangs over the end by 1 cell (grey).", ""),
        (Window(9, 1, 2), "", "No window reads 4 rows and 4 columns (hatched)."),
    ],
)
def test_it_says_what_is_padded_and_what_is_lost(
    qtbot: QtBot, theme: Theme, window: Window, padded: str, unread: str
) -> None:
    view = SlideView((window, window), theme)
    qtbot.addWidget(view)
    assert (view.padded(), view.unread()) == (padded, unread)


def test_one_cell_is_told_as_one(qtbot: QtBot, theme: Theme) -> None:
    view = SlideView((Window(4, 1, 1), Window(9, 2, 3, dilation=2)), theme)
    qtbot.addWidget(view)
    assert view.caption() == "Output 0, 0 reads row 0 and columns 0 … 2 in steps of 2."


def test_the_axis_has_every_padded_cell() -> None:
    assert inputs(Window(28, 5, 2, same=True)) == Axis(-1, 29)
    assert inputs(Window(7, 2, 2, ceil=True)) == Axis(0, 7)


def test_a_long_axis_keeps_its_ends_in_order() -> None:
    axis = Axis(-1, 200)
    assert axis.cells == [*range(-1, END - 1), *range(201 - END, 201)]
    places = [axis.place(cell) for cell in range(-1, 202)]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] == axis.length
    assert all(axis.at(axis.place(cell) + 0.5) == cell for cell in axis.cells)


@pytest.mark.parametrize("width", [300, 420, 700])
def test_it_is_as_high_as_it_must_be_at_every_width(qtbot: QtBot, theme: Theme, width: int) -> None:
    view = SlideView((Window(480, 5, 2, same=True), Window(640, 5, 2, same=True)), theme)
    qtbot.addWidget(view)
    view.resize(width, view.heightForWidth(width))
    view.show()
    last = view.cell_of_output(239, 319)
    assert last.right() < width
    assert last.bottom() < view.height() - 40, "the words stand below it"
