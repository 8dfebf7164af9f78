"""A growing series is a plain list to those who read it."""

from hypothesis import given
from hypothesis import strategies as st

from designer.app.series import Series

numbers = st.lists(st.floats(-10, 10), max_size=3000)


@given(st.lists(numbers, max_size=8))
def test_pieces_in_a_row_are_one_list(pieces):
    series, whole = Series(), []
    for piece in pieces:
        series.extend(len(whole), piece)
        whole += piece
    assert series.values.tolist() == whole


def test_a_piece_further_back_replaces_what_came_after():
    series = Series()
    series.extend(0, [1.0, 2.0, 3.0])
    series.extend(1, [5.0])
    assert series.values.tolist() == [1.0, 5.0]
