"""The strict decoder: JSON to dataclasses and back, with a place and a reason for every refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.core.decode import DecodeError, decode, encode
from designer.core.json_text import DEEPEST, parse


@dataclass(frozen=True)
class Inner:
    size: int | tuple[int, int] = 3
    rate: float = 0.5


@dataclass(frozen=True)
class Outer:
    name: str
    inner: Inner = Inner()
    mode: Literal["same", "valid"] | int = "same"
    many: tuple[Inner, ...] = ()
    place: tuple[float, float] | None = None
    is_on: bool = False


INNERS = st.builds(
    Inner,
    st.one_of(st.integers(), st.tuples(st.integers(), st.integers())),
    st.floats(allow_nan=False, allow_infinity=False),
)
OUTERS = st.builds(
    Outer,
    st.text(),
    INNERS,
    st.one_of(st.sampled_from(["same", "valid"]), st.integers()),
    st.lists(INNERS, max_size=3).map(tuple),
    st.none() | st.tuples(st.floats(-9, 9), st.floats(-9, 9)),
    st.booleans(),
)


@given(OUTERS)
def test_what_is_encoded_is_decoded_to_an_equal_value(value: Outer) -> None:
    assert decode(Outer, encode(value)) == value


def test_defaults_are_left_out_but_1_is_not_1_point_0() -> None:
    assert encode(Outer("a")) == {"name": "a"}
    assert encode(Outer("a", Inner(rate=0.5, size=True)))["inner"] == {"size": True}


@pytest.mark.parametrize(
    ("value", "place", "reason"),
    [
        ({}, "", "the key 'name' is missing"),
        ([], "", "must be an object; received a list|must be an object; received \\[\\]"),
        ({"name": 1}, "name", "must be text; received 1"),
        ({"name": "a", "nam": 1}, "", "unknown key 'nam'; known here: name, inner"),
        ({"name": "a", "inner": {"rate": "x"}}, "inner.rate", "must be a number; received 'x'"),
        ({"name": "a", "inner": {"rate": True}}, "inner.rate", "must be a number; received true"),
        ({"name": "a", "inner": {"rate": None}}, "inner.rate", "must be a number; received null"),
        ({"name": "a", "inner": {"size": 1.0}}, "inner.size", "an integer or a list of 2 integers"),
        ({"name": "a", "inner": {"size": [1]}}, "inner.size", "received \\[1\\]"),
        ({"name": "a", "mode": "SAME"}, "mode", '"same" or "valid" or an integer'),
        ({"name": "a", "many": [{}, {"rat": 1}]}, "many[1]", "unknown key 'rat'"),
        ({"name": "a", "many": {}}, "many", "must be a list"),
        ({"name": "a", "is_on": 1}, "is_on", "must be true or false; received 1"),
        ({"name": "a", "inner": {"rate": 10**400}}, "inner.rate", "finite"),
    ],
)
def test_it_names_the_place_and_the_reason(value: object, place: str, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason) as caught:
        decode(Outer, value)
    assert caught.value.place == place


def test_an_integer_is_a_number_but_a_number_is_no_integer() -> None:
    read = decode(Outer, {"name": "a", "inner": {"rate": 2}})
    assert read.inner.rate == 2.0 and type(read.inner.rate) is float


def test_nesting_up_to_the_limit_is_read() -> None:
    assert parse("[" * DEEPEST + "]" * DEEPEST)
    with pytest.raises(DecodeError, match="deeper"):
        parse("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))


@given(st.text(alphabet='{}[]",:0123456789.eE+-truefalsn\\u d8', max_size=60))
def test_no_text_makes_the_reader_fall(text: str) -> None:
    try:
        parse(text)
    except DecodeError as error:
        assert error.reason
