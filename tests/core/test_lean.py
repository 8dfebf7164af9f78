"""A lean dataclass does what `dataclass` does."""

import copy
import dataclasses
from dataclasses import dataclass, field, fields, replace
from typing import Any

import pytest

from designer.core.lean import lean_dataclass


def both(**options: Any) -> list[type[Any]]:
    """One class made by each of the two."""
    made = []
    for decorator in (dataclass, lean_dataclass):

        @decorator(frozen=True, **options)
        class Point:
            """A point."""

            x: int
            y: int = 2
            names: list[str] = field(default_factory=list, compare=False)
            note: str = field(default="", repr=False)

        made.append(Point)
    return made


@pytest.mark.parametrize("slots", [False, True])
def test_it_is_the_dataclass_that_it_stands_for(slots: bool) -> None:
    theirs, ours = both(slots=slots)
    assert [f.name for f in fields(ours)] == [f.name for f in fields(theirs)]
    assert ours.__match_args__ == theirs.__match_args__
    assert hasattr(ours(1), "__dict__") == hasattr(theirs(1), "__dict__") == (not slots)
    for given, named in [((1,), {}), ((1, 5), {"note": "n"}), ((), {"x": 3, "names": ["a"]})]:
        a, b = theirs(*given, **named), ours(*given, **named)
        assert repr(a) == repr(b)
        assert hash(a) == hash(b)
        assert dataclasses.astuple(a) == dataclasses.astuple(b)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        ours()


@pytest.mark.parametrize("slots", [False, True])
def test_it_is_compared_field_by_field_and_changed_by_replacing(slots: bool) -> None:
    _, ours = both(slots=slots)
    point = ours(1, names=["a"])
    assert point == ours(1, names=["b"]), "names are not compared"
    assert point != replace(point, x=2)
    assert point != (1, 2, [], "")
    assert point.names is not ours(1).names
    assert replace(point, y=7).y == 7
    assert copy.copy(point) is not point
    assert copy.deepcopy(point) == point


@pytest.mark.parametrize("slots", [False, True])
def test_it_is_never_changed(slots: bool) -> None:
    _, ours = both(slots=slots)
    point = ours(1)
    with pytest.raises(dataclasses.FrozenInstanceError, match="'x'"):
        point.x = 2
    with pytest.raises(dataclasses.FrozenInstanceError, match="'x'"):
        del point.x
    assert point.x == 1


def test_what_a_class_writes_itself_stays() -> None:
    @lean_dataclass(frozen=True)
    class Named:
        """A thing with a name."""

        name: str

        def __repr__(self) -> str:
            return self.name

        def __hash__(self) -> int:
            return 7

    @lean_dataclass(frozen=True, eq=False)
    class Itself:
        """What equals nothing else."""

        name: str

    assert repr(Named("a")) == "a"
    assert hash(Named("a")) == 7
    assert Named("a") == Named("a")
    assert Itself("a") != Itself("a")
