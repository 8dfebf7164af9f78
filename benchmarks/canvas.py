"""The canvas widget with all that it shows (grid, frames, wires around nodes, shapes, selection,
minimap), beside a bare QGraphicsScene that holds only a rectangle for each node and a curve for
each wire; 1600 × 1000 pixels, both antialiased, offscreen. A step is what one movement of the hand
costs until its pixels are there. Steps that no bare scene has stand beside their target.
Processor time.
"""

import statistics
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from benchmarks.hands import Hands
from benchmarks.large_screens import large_screens
from benchmarks.measure import Contestant, Row, every
from benchmarks.nets import as_design, inception_chain
from benchmarks.scene import Floor
from designer.core.design import Design
from designer.core.fold import folded
from designer.core.layout import arrange
from designer.ui.canvas.compose import compose
from designer.ui.canvas.placement import size_of
from designer.ui.theme.fonts import load_fonts

TITLE = "The canvas"

SIZE = (1600, 1000)


class Targets(NamedTuple):
    """Ratios to the bare scene, and milliseconds for what it has not."""

    build: float | None
    fit: float | None
    zoom: float | None
    pan: float | None
    drag: float | None
    clear: float | None
    hover: float
    undo: float
    layout: float


TARGETS = {
    100: Targets(None, None, None, None, None, None, 0.05, 2, 5),
    1000: Targets(0.3, 0.3, 0.4, 0.3, 1.0, 0.3, 0.05, 4, 30),
    5000: Targets(0.5, 0.25, 0.3, 0.4, 1.0, 0.3, 0.1, 15, 150),
}


def run(quick: bool = False) -> list[Row]:
    """Measure at 100, 1,000 and 5,000 nodes, the last also in a large window."""
    application = QApplication.instance() or QApplication([])
    load_fonts()
    rows = []
    for nodes, targets in TARGETS.items():
        rows += _Subject(nodes, 3 if quick else 31).rows(targets)
        application.processEvents()
    return rows + large_screens(10 if quick else 41)


class _Subject:
    """A net on both canvases."""

    def __init__(self, nodes: int, rounds: int) -> None:
        self.rounds = rounds
        self.design = as_design(inception_chain(nodes))
        self.what = f"{len(self.design.nodes):,} nodes"
        self.here = Hands(self.design, SIZE)
        picture = self.here.canvas.picture
        self.boxes, self.ends = picture.boxes.tolist(), picture.ends.tolist()
        joined = list(zip(picture.source.tolist(), picture.target.tolist(), strict=True))
        self.floor = Floor(self.boxes, self.ends, joined, SIZE)
        self.middle = _middle(self.design)

    def rows(self, targets: Targets) -> list[Row]:
        """All comparisons."""
        rows = self._build(targets)
        for one in (self.here, self.floor):
            one.fit()
        rows += self._beside("repaint, to fit", targets.fit, Hands.repaint, Floor.repaint)
        rows += self._zooms("zoom step, to fit", targets.zoom)
        for one in (self.here, self.floor):
            one.show_at(*self.middle)
        self.here.canvas.choose({"image"})
        rows += self._beside("repaint, 1:1", None, Hands.repaint, Floor.repaint)
        rows += self._zooms("zoom step, at 1:1", targets.zoom)
        for one in (self.here, self.floor):
            one.show_at(*self.middle)
        steps = cycle([(-8, -2)] * 6 + [(8, 2)] * 6)
        rows += self._steps("pan step, 1:1", targets.pan, lambda one, step: one.pan(*step), steps)
        rows += self._drags(targets)
        rows += self._hovers(targets)
        rows += self._clears(targets)
        self.here.canvas.close(), self.floor.view.close()
        return rows

    def _build(self, targets: Targets) -> list[Row]:
        design, analysis = self.design, self.here.session.analysis
        graph = design.graph
        sizes = {node.id: size_of(node) for node in design.nodes.values()}
        times = self._measured(
            {
                "here": lambda: compose(design, analysis),
                "floor": lambda: self.floor.build(self.boxes, self.ends),
            }
        )
        self.floor.restore(self.boxes, self.ends)

        def laid_out() -> object:
            return folded(graph, arrange(graph, sizes, analysis.order), sizes)

        found = self._measured({"here": laid_out})
        return [
            self._row("build", times, targets.build),
            self._alone("automatic layout", found, targets.layout),
        ]

    def _drags(self, targets: Targets) -> list[Row]:
        name = next(node for node in self._shown() if node.endswith("_concat"))
        index = self.here.canvas.picture.index[name]
        begin = self.here.grab(name)
        turns = cycle([(4, 4), (4, -4), (-4, -4), (-4, 4)])
        at = begin + QPointF(8, 8)

        def forth(step: tuple[int, int]) -> None:
            nonlocal at
            at += QPointF(*step)
            self.here.drag(at)

        def turn() -> tuple[int, int]:
            return next(turns)

        contestants: dict[str, Contestant] = {
            "here": (turn, forth),
            "floor": (turn, lambda step: self.floor.drag(index, *step)),
        }
        times = every(contestants, max(20, self.rounds * 2))
        self.here.let_go()
        slow = {who: [statistics.quantiles(found, n=20)[-1]] for who, found in times.items()}
        return [
            self._row("drag step, 8 wires", times, targets.drag),
            self._row("drag step, 95 of 100", slow, targets.drag),
        ]

    def _hovers(self, targets: Targets) -> list[Row]:
        places = cycle(self.here.way(60))
        found = every({"here": (lambda: next(places), self.here.hover)}, max(60, self.rounds))
        return [self._alone("hover step", found, targets.hover)]

    def _clears(self, targets: Targets) -> list[Row]:
        rounds = max(3, self.rounds // 3)
        both: dict[str, list[float]] = {"here": [], "floor": [], "undo": []}
        for one in (self.here, self.floor):
            one.fit()

        def full_floor() -> None:
            self.floor.restore(self.boxes, self.ends)

        def full_here() -> None:
            if not self.here.session.design.nodes:
                self.here.session.undo()
            QApplication.processEvents()

        def empty_here() -> None:
            if self.here.session.design.nodes:
                self.here.clear()

        both |= every(
            {
                "here": (full_here, lambda _: self.here.clear()),
                "undo": (empty_here, lambda _: self.here.undo()),
                "floor": (full_floor, lambda _: self.floor.clear()),
            },
            rounds,
        )
        undo = {"here": both.pop("undo")}
        full_here()
        return [
            self._row("delete all", both, targets.clear),
            self._alone("undo it", undo, targets.undo),
        ]

    def _shown(self) -> Iterator[str]:
        """The nodes that are seen, the nearest to the middle first."""
        x, y = self.middle
        places = self.here.canvas.picture.places
        return iter(sorted(places, key=lambda n: abs(places[n][0] - x) + abs(places[n][1] - y)))

    def _zooms(self, subject: str, target: float | None) -> list[Row]:
        factors = cycle([1.06] * 5 + [1 / 1.06] * 5)
        return self._steps(subject, target, lambda one, factor: one.zoom(factor), factors)

    def _steps(
        self,
        subject: str,
        target: float | None,
        step: Callable[[Hands | Floor, object], None],
        values: Iterator[object],
    ) -> list[Row]:
        latest: list[object] = []

        def value() -> object:
            # both take the same step, whoever is first
            if not latest:
                latest.append(next(values))
                return latest[0]
            return latest.pop()

        contestants: dict[str, Contestant] = {
            "here": (value, lambda given: step(self.here, given)),
            "floor": (value, lambda given: step(self.floor, given)),
        }
        return [self._row(subject, every(contestants, self.rounds), target)]

    def _beside(
        self,
        subject: str,
        target: float | None,
        here: Callable[[Hands], None],
        floor: Callable[[Floor], None],
    ) -> list[Row]:
        both = {"here": lambda: here(self.here), "floor": lambda: floor(self.floor)}
        return [self._row(subject, self._measured(both), target)]

    def _measured(self, contestants: dict[str, Contestant]) -> dict[str, list[float]]:
        return every(contestants, max(5, self.rounds // 2))

    def _row(self, subject: str, times: dict[str, list[float]], target: float | None) -> Row:
        ms = {who: statistics.median(found) * 1e3 for who, found in times.items()}
        return Row(f"{subject}, {self.what}", ms["here"], "bare scene", ms["floor"], "ms", target)

    def _alone(self, subject: str, times: dict[str, list[float]], target: float) -> Row:
        ms = statistics.median(times["here"]) * 1e3
        return Row(f"{subject}, {self.what}", ms, "the target", target, "ms", 1.0)


def _middle(design: Design) -> tuple[float, float]:
    """A place in the thick of the net."""
    places = [node.position for node in design.nodes.values() if node.position]
    x, y = (statistics.median(place[axis] for place in places) for axis in (0, 1))
    return x, y
