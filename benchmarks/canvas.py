"""The canvas widget with all that it shows (grid, a frame around each block, badges, wires around
nodes, shapes, selection, minimap), beside a bare QGraphicsScene that holds only a rectangle for
each node and a curve for each wire, in a view with scroll bars, as Qt ships it; in a window of 1600
× 1000 pixels, the canvas as large as what the scroll bars leave of it, both antialiased, offscreen.
A step is what one movement of the hand costs until its pixels are there; steps are measured in
gestures of ten or twelve, and the contestants take turns gesture by gesture. A gesture pans on over
parts that were not seen before. Where a limit in milliseconds stands among the targets, it is for
two cores of a shared machine. Steps that no bare scene has stand beside their limit alone.
Processor time.
"""

import statistics
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from benchmarks.hands import Hands
from benchmarks.large_screens import large_screens
from benchmarks.measure import Contestant, Row, every, gestures
from benchmarks.nets import as_design, inception_chain, with_full_look
from benchmarks.scene import Floor
from designer.core.design import Design
from designer.core.fold import folded
from designer.core.layout import arrange
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.placement import size_of
from designer.ui.theme.fonts import load_fonts

TITLE = "The canvas"

SIZE = (1600, 1000)


class Target(NamedTuple):
    """The largest ratio to the bare scene, where there is one, and the most milliseconds."""

    ratio: float | None
    ms: float


Targets = dict[str, Target]

TARGETS: dict[int, Targets] = {
    100: {
        "build": Target(None, 3),
        "repaint, to fit": Target(None, 1.5),
        "zoom step, to fit": Target(None, 3),
        "zoom step, at 1:1": Target(None, 3),
        "pan step, 1:1": Target(None, 0.4),
        "drag step, 8 wires": Target(None, 0.3),
        "drag step, 95 of 100": Target(None, 0.8),
        "hover step": Target(None, 0.05),
        "delete all": Target(None, 1),
        "undo it": Target(None, 2),
        "automatic layout": Target(None, 5),
    },
    1000: {
        "build": Target(0.3, 12),
        "repaint, to fit": Target(0.3, 2),
        "zoom step, to fit": Target(0.4, 2),
        "zoom step, at 1:1": Target(0.4, 3),
        "pan step, 1:1": Target(0.3, 0.5),
        "drag step, 8 wires": Target(1.0, 0.3),
        "drag step, 95 of 100": Target(1.0, 0.8),
        "hover step": Target(None, 0.05),
        "delete all": Target(0.3, 2),
        "undo it": Target(None, 4),
        "automatic layout": Target(None, 30),
    },
    5000: {
        "build": Target(0.5, 50),
        "repaint, to fit": Target(0.25, 5),
        "zoom step, to fit": Target(0.3, 4),
        "zoom step, at 1:1": Target(0.3, 3),
        "pan step, 1:1": Target(0.4, 0.8),
        "drag step, 8 wires": Target(1.0, 0.4),
        "drag step, 95 of 100": Target(1.0, 1.0),
        "hover step": Target(None, 0.1),
        "delete all": Target(0.3, 5),
        "undo it": Target(None, 15),
        "automatic layout": Target(None, 150),
    },
}


def run(quick: bool = False) -> list[Row]:
    """Measure at 100, 1,000 and 5,000 nodes, the last also in a large window."""
    application = QApplication.instance() or QApplication([])
    load_fonts()
    rows = []
    for nodes, targets in TARGETS.items():
        rows += _Subject(nodes, targets, 3 if quick else 31).rows()
        application.processEvents()
    return rows + large_screens(10 if quick else 41)


class _Subject:
    """A net on both canvases."""

    def __init__(self, nodes: int, targets: Targets, rounds: int) -> None:
        self.targets, self.rounds = targets, rounds
        self.design = with_full_look(as_design(inception_chain(nodes)))
        self.what = f"{len(self.design.nodes):,} nodes"
        self.here = Hands(self.design, SIZE)
        picture = self.here.canvas.picture
        self.boxes, self.ends = picture.boxes.tolist(), picture.ends.tolist()
        joined = list(zip(picture.source.tolist(), picture.target.tolist(), strict=True))
        self.floor = Floor(self.boxes, self.ends, joined, SIZE)
        self.middle = _middle(self.design)
        self.here.canvas.choose({self.here.nearest(*self.middle)})

    def rows(self) -> list[Row]:
        """All comparisons."""
        rows = self._build()
        self._show_all()
        rows += self._beside("repaint, to fit", Hands.repaint, Floor.repaint)
        rows += self._zooms("zoom step, to fit")
        self._show_middle()
        rows += self._beside("repaint, 1:1", Hands.repaint, Floor.repaint)
        rows += self._zooms("zoom step, at 1:1")
        rows += self._pans("pan step, 1:1")
        rows += self._drags()
        rows += self._hovers()
        rows += self._clears()
        self.floor.hide_bars()
        rows += self._pans("pan step, 1:1, no scroll bars")
        self.here.close(), self.floor.view.close()
        return rows

    def _show_all(self) -> None:
        for one in (self.here, self.floor):
            one.fit()
        self._be_alike()

    def _show_middle(self) -> None:
        for one in (self.here, self.floor):
            one.show_at(*self.middle)
        self._be_alike()

    def _be_alike(self) -> None:
        """Give the canvas as many pixels as the bare scene has beside its scroll bars."""
        self.here.canvas.resize(self.floor.view.viewport().size())
        QApplication.processEvents()

    def _build(self) -> list[Row]:
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
            self._row("build", times),
            self._alone("automatic layout", found),
        ]

    def _drags(self) -> list[Row]:
        self._show_middle()
        name = next(node for node in self._shown() if node.endswith("_concat"))
        self.here.canvas.choose({name})
        index = self.here.canvas.picture.index[name]
        at = self.here.grab(name) + QPointF(8, 8)

        def forth(step: tuple[int, int]) -> None:
            nonlocal at
            at += QPointF(*step)
            self.here.drag(at)

        turns = [(4, 4), (4, -4), (-4, -4), (-4, 4)] * 3
        contestants = {"here": forth, "floor": lambda step: self.floor.drag(index, *step)}
        times = gestures(contestants, lambda: turns, max(3, self.rounds // 2))
        self.here.let_go()
        slow = {who: [statistics.quantiles(found, n=20)[-1]] for who, found in times.items()}
        return [
            self._row("drag step, 8 wires", times),
            self._row("drag step, 95 of 100", slow),
        ]

    def _hovers(self) -> list[Row]:
        places = cycle(self.here.way(60))
        found = every({"here": (lambda: next(places), self.here.hover)}, max(60, self.rounds))
        return [self._alone("hover step", found)]

    def _clears(self) -> list[Row]:
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
            self._row("delete all", both),
            self._alone("undo it", undo),
        ]

    def _shown(self) -> Iterator[str]:
        """The nodes that are seen, the nearest to the middle first."""
        x, y = self.middle
        places = self.here.canvas.picture.places
        return iter(sorted(places, key=lambda n: abs(places[n][0] - x) + abs(places[n][1] - y)))

    def _zooms(self, subject: str) -> list[Row]:
        factors = [1.06] * 5 + [1 / 1.06] * 5
        return self._gestures(subject, lambda one, factor: one.zoom(factor), lambda: factors)

    def _pans(self, subject: str) -> list[Row]:
        self._show_middle()
        # on and on in one direction, as far as the nodes go
        turns = cycle([(-8, -2)] * 6 + [(8, 2)] * 6)
        return self._gestures(subject, lambda one, step: one.pan(*step), lambda: [next(turns)] * 12)

    def _gestures(
        self,
        subject: str,
        step: Callable[[Hands | Floor, Any], None],
        steps: Callable[[], Iterable[Any]],
    ) -> list[Row]:
        contestants = {
            "here": lambda given: step(self.here, given),
            "floor": lambda given: step(self.floor, given),
        }
        return [self._row(subject, gestures(contestants, steps, max(3, self.rounds // 2)))]

    def _beside(
        self,
        subject: str,
        here: Callable[[Hands], None],
        floor: Callable[[Floor], None],
    ) -> list[Row]:
        both = {"here": lambda: here(self.here), "floor": lambda: floor(self.floor)}
        return [self._row(subject, self._measured(both))]

    def _measured(self, contestants: dict[str, Contestant]) -> dict[str, list[float]]:
        return every(contestants, max(5, self.rounds // 2))

    def _row(self, subject: str, times: dict[str, list[float]]) -> Row:
        ms = {who: statistics.median(found) * 1e3 for who, found in times.items()}
        ratio, limit = self.targets.get(subject, (None, None))
        what = f"{subject}, {self.what}"
        return Row(what, ms["here"], "bare scene", ms["floor"], "ms", ratio, limit=limit)

    def _alone(self, subject: str, times: dict[str, list[float]]) -> Row:
        ms = statistics.median(times["here"]) * 1e3
        limit = self.targets[subject].ms
        return Row(f"{subject}, {self.what}", ms, "the target", limit, "ms", 1.0)


def _middle(design: Design) -> tuple[float, float]:
    """A place in the thick of the net."""
    places = [node.position for node in design.nodes.values() if node.position]
    x, y = (statistics.median(place[axis] for place in places) for axis in (0, 1))
    return x, y
