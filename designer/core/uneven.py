"""Fields of cells that see differently much, exactly: behind upsampling, and where branches of
different strides meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from math import gcd, lcm
from typing import NamedTuple

LONGEST = 1 << 12
"""The longest period that is followed; 10,007 cells pooled to 9,973 have a longer one."""


class TooLong(Exception):  # noqa: N818 - an answer: nothing is said of such a field
    """A course repeats itself so late that nothing is said of it."""


class Course(NamedTuple):
    """Where along the image the cells of a node begin to see, or end.

    Cell i has its place in `places`; cell i + len(places) lies `advance` image cells further.
    """

    advance: int
    places: tuple[int, ...]

    def at(self, cell: int) -> int:
        """The image cell of a cell, which may be one of the padding before or behind."""
        turns, rest = divmod(cell, len(self.places))
        return turns * self.advance + self.places[rest]

    @property
    def jump(self) -> float:
        """Image cells from one cell to the next, on average."""
        return self.advance / len(self.places)

    def through(self, stride: int, offset: int, per: int) -> Course:
        """The course of cells i that look at the cell ⌊(i × stride + offset) / per⌋ of this one."""
        shared = gcd(stride, per)
        own = len(self.places)
        turns = own // gcd(own, stride // shared)
        count = per // shared * turns
        if count > LONGEST:
            raise TooLong
        places = tuple(self.at((i * stride + offset) // per) for i in range(count))
        return _shortest(Course(self.advance * (stride // shared * turns // own), places))


class Uneven(NamedTuple):
    """What the cells of a node see along one axis of the image, where it is not alike for all.

    Cell i sees from the nearest of `firsts` to the farthest of `lasts`, padding included; `cells`
    is how many there are.
    """

    firsts: tuple[Course, ...]
    lasts: tuple[Course, ...]
    cells: int = 1

    @property
    def first(self) -> int:
        """Where the first cell begins to see."""
        return self.begin(0)

    @property
    def last(self) -> int:
        """Where the first cell ends to see."""
        return self.end(0)

    @property
    def jump(self) -> float:
        """Image cells from one cell to the next, in the branch where it is most."""
        return max(course.jump for course in self.lasts)

    @property
    def size(self) -> int:
        """How many cells of the image that cell sees that sees most, padding included."""
        return _size(self)

    def begin(self, cell: int) -> int:
        """Where a cell begins to see."""
        return min(course.at(cell) for course in self.firsts)

    def end(self, cell: int) -> int:
        """Where a cell ends to see."""
        return max(course.at(cell) for course in self.lasts)

    def through(self, first: int, last: int, stride: int, per: int) -> Uneven:
        """What cells see that read the cells ⌊(i × stride + first … last) / per⌋ of this one."""
        return Uneven(
            _merged((c.through(stride, first, per) for c in self.firsts), min),
            _merged((c.through(stride, last, per) for c in self.lasts), max),
            self.cells,
        )

    def held(self) -> Uneven:
        """The same where every cell sees what the first one does, as a broadcast value has it."""
        return Uneven((Course(0, (self.first,)),), (Course(0, (self.last,)),), self.cells)

    @property
    def is_even(self) -> bool:
        """Whether all cells see alike after all."""
        (first, *others), (last, *more) = self.firsts, self.lasts
        return (
            not others
            and not more
            and first.advance == last.advance
            and len(first.places) == len(last.places) == 1
        )


def united(every: Iterable[Uneven]) -> Uneven:
    """What cells see that read the same cell of several."""
    every = tuple(every)
    return Uneven(
        _merged((course for one in every for course in one.firsts), min),
        _merged((course for one in every for course in one.lasts), max),
        max(one.cells for one in every),
    )


def _merged(courses: Iterable[Course], better: Callable[..., int]) -> tuple[Course, ...]:
    """One course a jump: those that run side by side never change their order."""
    beside: dict[float, Course] = {}  # equal quotients of such integers are equal floats
    for course in courses:
        other = beside.get(course.jump)
        beside[course.jump] = course if other is None else _best(course, other, better)
    return tuple(beside[jump] for jump in sorted(beside))


def _best(one: Course, other: Course, better: Callable[..., int]) -> Course:
    count = lcm(len(one.places), len(other.places))
    if count > LONGEST:
        raise TooLong
    places = tuple(better(one.at(i), other.at(i)) for i in range(count))
    return _shortest(Course(one.advance * (count // len(one.places)), places))


def _shortest(course: Course) -> Course:
    """The same places with a period of 1, where the cells stand in even steps."""
    advance, places = course
    step, rest = divmod(advance, len(places))
    if rest or any(place != places[0] + i * step for i, place in enumerate(places)):
        return course
    return Course(step, places[:1])


@lru_cache(maxsize=1 << 12)
def _size(axis: Uneven) -> int:
    # From one period to the next a cell's extent grows by a convex function, whose greatest value
    # stands at one of the ends: the cells between the first and the last period need no look.
    period = lcm(*(len(course.places) for course in (*axis.firsts, *axis.lasts)))
    near = min(period, LONGEST)
    cells = range(axis.cells)
    looked_at = cells if len(cells) <= 2 * near else (*cells[:near], *cells[-near:])
    return max(axis.end(cell) - axis.begin(cell) + 1 for cell in looked_at)
