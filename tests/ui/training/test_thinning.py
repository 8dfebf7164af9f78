"""A thinned series is short, in order, and hides no peak."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from designer.ui.training.thinning import thin, zigzag

SERIES = st.lists(st.floats(-1e6, 1e6), max_size=400).map(lambda x: np.array(x, np.float64))


@given(SERIES, st.integers(1, 100))
def test_every_value_lies_within_a_column_and_every_peak_is_one(values, columns):
    thinned = thin(values, 0.5, columns)
    assert len(thinned.x) == len(thinned.mean) <= columns
    assert (np.diff(thinned.x) > 0).all()
    if len(values):
        assert thinned.low.min() == values.min()
        assert thinned.high.max() == values.max()
        assert thinned.x[0] >= 0.5
        assert thinned.x[-1] <= 0.5 * len(values)
    assert (thinned.low <= thinned.mean + 1e-6).all()
    assert (thinned.mean <= thinned.high + 1e-6).all()


@given(SERIES)
def test_a_short_series_stays_as_it_is(values):
    thinned = thin(values, 2.0, 400)
    np.testing.assert_array_equal(thinned.mean, values)
    np.testing.assert_array_equal(thinned.x, 2.0 * np.arange(1, len(values) + 1))


def test_the_mean_of_a_column_is_that_of_its_values():
    thinned = thin(np.arange(10, dtype=float), 1.0, 4)
    assert thinned.mean.tolist() == [1.0, 4.0, 7.0, 9.0]
    assert thinned.x.tolist() == [2.0, 5.0, 8.0, 10.0]


def test_a_zigzag_has_two_points_a_column():
    x, y = zigzag(thin(np.arange(10, dtype=float), 1.0, 4))
    assert x.tolist() == [2, 2, 5, 5, 8, 8, 10, 10]
    assert y.tolist() == [0, 2, 3, 5, 6, 8, 9, 9]
