"""Lay out: the selected nodes where they are, or all of them, to the right or from the top down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QObject

from designer.app.background import SOON, Background
from designer.core.arrangement import (
    Arrangement,
    Rect,
    around,
    arranged,
    beside,
    framed,
    nearest_gap,
)
from designer.core.design import Design, Frame
from designer.core.edit import Edit
from designer.core.edits import Move, SetFrames, SetVia, Several
from designer.core.graph import Graph, Point
from designer.core.layout import Direction
from designer.ui.canvas.edit.commands import settled
from designer.ui.canvas.scene.measure import GRID, near, snapped
from designer.ui.canvas.scene.placement import MARGINS, size_of
from designer.ui.canvas.travel import Travel
from designer.ui.canvas.view import CanvasView

CLEAR = 4 * GRID
"""How far a selection that is laid out stays away from what it leaves where it is."""

Places = Mapping[str, Point]


class LayoutCommands(QObject):
    """The receiver of the actions that lay nodes out, one step each."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self.travel = Travel(view)
        self._background = Background(self)
        view.session.opened.connect(self._background.forget)
        view.session.stepped.connect(self._on_stepped)

    @property
    def has_several(self) -> bool:
        """Whether at least two nodes are selected."""
        return len(self._view.selection.nodes) > 1

    def selection(self) -> None:
        """Lay the selected nodes out the way that the net runs, about where their middle is."""
        self._selection("down" if self._view.picture.is_down else "right")

    def selection_down(self) -> None:
        """Lay the selected nodes out from the top down, about where their middle is."""
        self._selection("down")

    def everything(self) -> None:
        """Lay all nodes out from left to right, a long net in rows."""
        self._everything("right")

    def everything_down(self) -> None:
        """Lay all nodes out from the top down, a long net in columns."""
        self._everything("down")

    def _everything(self, direction: Direction) -> None:
        view, places = self._view, self._view.picture.places
        design = view.session.design
        if not design.nodes:
            return
        sizes = {name: size_of(node) for name, node in design.nodes.items()}
        order = view.session.analysis.order

        def put(made: Arrangement) -> None:
            if view.session.design is not design:
                self._everything(direction)  # edited meanwhile
                return
            frames = _with_comments(design, places, made)
            self._execute("lay out everything", made.places, frames, is_all=True)

        self._ask(partial(
            arranged, design.graph, sizes, order, design.frames, MARGINS, direction
        ), put)  # fmt: skip

    def _ask(self, work: Callable[[], Arrangement], put: Callable[[Arrangement], object]) -> None:
        """Have it worked out, at once where the net is small, beside the window where it is large;
        what is asked again meanwhile takes the place of what was asked before."""
        self._background.ask(work, put, SOON)

    def _on_stepped(self) -> None:
        """Lay nothing out: a step of its own now would leave nothing to do again."""
        if self._background.is_busy:
            self._background.forget()
            self._view.refused.emit("nothing was laid out: a step was undone or redone meanwhile")

    def _selection(self, direction: Direction, chosen: frozenset[str] | None = None) -> None:
        view, every = self._view, self._view.picture.places
        design = view.session.design
        names = view.selection.nodes if chosen is None else chosen
        nodes = {name: node for name, node in design.nodes.items() if name in names}
        if len(nodes) < 2:
            return
        edges = [e for e in design.edges if e.source in nodes and e.target in nodes]
        sizes = {name: size_of(node) for name, node in design.nodes.items()}
        order = [name for name in view.session.analysis.order if name in nodes]
        part = Graph.of(nodes.values(), edges)

        def put(made: Arrangement) -> None:
            if view.session.design is not design:
                self._selection(direction, names)  # edited meanwhile
                return
            self._put_selection(design, every, made, sizes)

        self._ask(partial(
            arranged, part, sizes, order, _among(design.frames, names), MARGINS, direction
        ), put)  # fmt: skip

    def _put_selection(
        self, design: Design, every: Places, made: Arrangement, sizes: Mapping[str, Point]
    ) -> None:
        names = frozenset(made.places)
        was = _middle(_rects({name: every[name] for name in names}, sizes))
        is_now = _middle(_rects(made.places, sizes))
        places = _moved(made.places, (was[0] - is_now[0], was[1] - is_now[1]))
        places = _moved(places, _clear(design, every, places, sizes))
        frames = framed(design.frames, {**every, **places}, sizes, MARGINS)
        self._execute("lay out", places, [
            new if not names.isdisjoint(old.nodes) else old
            for old, new in zip(design.frames, frames, strict=True)
        ])  # fmt: skip

    def _execute(
        self, verb: str, places: Places, frames: Sequence[Frame], *, is_all: bool = False
    ) -> None:
        """Put the nodes there in one step, with the frames, and show them on their way.

        Where all is moved the camera goes along, to see it whole.
        """
        view, picture = self._view, self._view.picture
        # points belonged to the old places
        edits: list[Edit] = [
            SetVia(edge, ())
            for edge in view.session.design.edges
            if edge.via and edge.source in places and edge.target in places
        ]
        edits += [Move(places, verb), SetFrames(tuple(frames), verb)]
        panels = tuple(picture.panels)
        before = {
            item.id: (float(box[0]), float(box[1]))
            for item, box in zip(picture.items, picture.boxes, strict=True)
        }
        if view.execute(settled(Several(verb, tuple(edits)), picture)):
            if is_all:
                view.zoom_fit()  # before the nodes are put back to where they begin
            self.travel.go(before, panels, was_down=picture.is_down)


def _among(frames: Iterable[Frame], names: frozenset[str]) -> list[Frame]:
    """The frames as far as they hold some of these nodes, for the nodes that they hold of them."""
    held = (tuple(n for n in frame.nodes if n in names) for frame in frames)
    return [Frame("", (0.0, 0.0), (0.0, 0.0), nodes=nodes) for nodes in held if nodes]


def _rects(places: Places, sizes: Mapping[str, Point]) -> dict[str, Rect]:
    return {n: (x, y, x + sizes[n][0], y + sizes[n][1]) for n, (x, y) in places.items()}


def _rect(frame: Frame) -> Rect:
    (x, y), (width, height) = near(frame.position), near(frame.size)
    return (x, y, x + width, y + height)


def _middle(rects: Mapping[str, Rect]) -> Point:
    left, top, right, bottom = around(rects.values())
    return ((left + right) / 2, (top + bottom) / 2)


def _moved(places: Places, by: Point) -> dict[str, Point]:
    dx, dy = snapped(by[0]), snapped(by[1])
    return {name: (x + dx, y + dy) for name, (x, y) in places.items()}


def _with_comments(design: Design, before: Places, made: Arrangement) -> list[Frame]:
    """The frames around their nodes; what holds none goes with the node that it stood beside."""
    sizes = {name: size_of(node) for name, node in design.nodes.items()}
    loose = {i: _rect(f) for i, f in enumerate(design.frames) if {*f.nodes}.isdisjoint(sizes)}
    if not loose:
        return list(made.frames)
    taken = [_rect(frame) for i, frame in enumerate(made.frames) if i not in loose]
    corners = beside(loose, _rects(before, sizes), _rects(made.places, sizes), taken)
    return [
        Frame(f.title, corners[i], f.size, f.text, f.nodes) if i in corners else f
        for i, f in enumerate(made.frames)
    ]


def _clear(design: Design, every: Places, places: Places, sizes: Mapping[str, Point]) -> Point:
    """How far what was laid out has to go aside, so as to cover nothing that stays."""
    names = frozenset(places)
    staying = [r for n, r in _rects(every, sizes).items() if n not in names]
    staying += [_rect(f) for f in design.frames if names.isdisjoint(f.nodes)]
    moved = _rects(places, sizes)
    if not staying or not _meet(list(moved.values()), staying):
        return (0.0, 0.0)
    left, top, right, bottom = around(moved.values())
    left, top, right, bottom = left - CLEAR, top - CLEAR, right + CLEAR, bottom + CLEAR
    columns = [(r[1], r[3]) for r in staying if left < r[2] and r[0] < right]
    rows = [(r[0], r[2]) for r in staying if top < r[3] and r[1] < bottom]
    dy, dx = nearest_gap(top, bottom, columns), nearest_gap(left, right, rows)
    return (0.0, dy) if abs(dy) <= abs(dx) else (dx, 0.0)


def _meet(some: Sequence[Rect], others: Sequence[Rect]) -> bool:
    """Whether any of the rectangles covers one of the others, or all but touches it."""
    one, other = np.array(some)[:, None], np.array(others)[None]
    apart = (one[..., :2] >= other[..., 2:] + CLEAR) | (other[..., :2] >= one[..., 2:] + CLEAR)
    return not bool(apart.any(axis=2).all())
