"""The window formula: the lesson's numbers, and TensorFlow's SAME counted cell by cell."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.core.layer import Refused
from designer.core.shape import Shape
from designer.layers.conv2d import Conv2d, nearest_divisor
from designer.layers.pooling import MaxPool2d
from designer.layers.window import Window


@pytest.mark.parametrize(
    ("padding", "stride", "expected"),
    [("same", 1, (8, 28, 28)), ("valid", 1, (8, 26, 26)), ("valid", 2, (8, 13, 13))],
)
def test_the_three_rows_of_the_lessons_quiz(padding, stride, expected):
    (out,) = Conv2d(8, 3, stride, padding).infer(Shape((3, 28, 28)))
    assert out == expected


@given(
    n=st.integers(1, 40), kernel=st.integers(1, 7), stride=st.integers(1, 5),
    dilation=st.integers(1, 3),
)  # fmt: skip
def test_same_pads_just_enough_and_the_odd_cell_last(n, kernel, stride, dilation):
    window = Window(n, kernel, stride, dilation=dilation, same=True)
    assert window.out == (n + stride - 1) // stride
    last_read = (window.out - 1) * stride + window.extent
    assert window.before + window.after == max(0, last_read - n)
    assert 0 <= window.after - window.before <= 1


@given(
    n=st.integers(1, 30), kernel=st.integers(1, 7), stride=st.integers(1, 5),
    padding=st.integers(0, 3), dilation=st.integers(1, 3),
)  # fmt: skip
def test_a_plain_window_stops_wherever_it_fits(n, kernel, stride, padding, dilation):
    window = Window(n, kernel, stride, padding, dilation)
    starts = range(-padding, n + padding - window.extent + 1, stride)
    assert max(window.out, 0) == len(starts)


def test_the_arithmetic_is_said_as_a_person_writes_it():
    assert Window(28, 5, 2, same=True).sentence().startswith("⌈28 / 2⌉ = 14")
    assert Window(28, 3, 1).sentence() == "(28 − 3) / 1 + 1 = 26"
    assert Window(28, 3, 2).sentence() == "⌊(28 − 3) / 2⌋ + 1 = 13"
    assert Window(28, 5, 1, padding=2).sentence() == "(28 + 2·2 − 5) / 1 + 1 = 28"


def test_a_kernel_larger_than_the_map_is_refused_with_the_way_out():
    with pytest.raises(Refused) as refusal:
        Conv2d(8, 5).infer(Shape((3, 4, 4)))
    assert refusal.value.code == "window-too-large"
    assert refusal.value.remedies[0].parameter == "padding"


def test_a_pool_that_meets_only_padding_is_refused():
    with pytest.raises(Refused) as refusal:
        MaxPool2d(2, stride=1, padding="same", dilation=3).infer(Shape((1, 2, 2)))
    assert refusal.value.code == "only-padding"
    assert MaxPool2d(2, 1, "same", dilation=3).infer(Shape((1, 6, 6))) == (Shape((1, 6, 6)),)


@given(
    n=st.integers(1, 9), kernel=st.integers(1, 5), stride=st.integers(1, 6),
    dilation=st.integers(1, 12), padding=st.integers(0, 2), same=st.booleans(),
    ceil=st.booleans(),
)  # fmt: skip
@settings(max_examples=1000)
def test_a_window_misses_all_as_counted_cell_by_cell(
    n, kernel, stride, dilation, padding, same, ceil
):
    padding = 0 if same else min(padding, kernel // 2)
    window = Window(n, kernel, stride, padding, dilation, same, ceil and not same)
    if window.out < 1:
        return
    firsts = [i * stride - window.before for i in range(window.out)]
    empty = [all(not 0 <= f + j * dilation < n for j in range(kernel)) for f in firsts]
    assert window.misses_all() == any(empty)


def test_sizes_that_nobody_can_count_are_judged_at_once():
    start = time.perf_counter()
    huge = 2**31 - 1
    assert nearest_divisor(2, huge, huge) == 1
    assert nearest_divisor(5, 2**31 - 2) == 6
    for dilation in (2, 10**9, huge):
        Window(10**8, 10**6, 1, 5 * 10**5, dilation, same=True).misses_all()
    assert time.perf_counter() - start < 1


def test_the_nearest_divisor_divides_all_and_is_near():
    assert nearest_divisor(3, 16, 8) == 2
    assert nearest_divisor(5, 12, 18) == 6
