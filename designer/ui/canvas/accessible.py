"""The canvas for screen readers: which parts of it were asked for, and what is told of them.

Qt keeps the interfaces, Python the objects behind them: a part is made when a reader asks for it,
referenced here as long as Qt may call it, and taken out of Qt's list when it is gone.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from shiboken6 import isValid

from designer.ui.canvas.accessible_parts import Part, Whole
from designer.ui.canvas.edit import editing
from designer.ui.canvas.edit.dots import REACH, dot_at
from designer.ui.canvas.scene.hit import item_at, wire_at
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.spoken import (
    DotKey,
    FrameKey,
    Key,
    NodeKey,
    PortKey,
    WireKey,
    dot_words,
    frame_words,
    node_words,
    port_words,
    wire_key,
    wire_words,
)
from designer.ui.canvas.view import CanvasView

PORT_SIZE = 12
_voices: dict[int, Voice] = {}
"""The voice of every canvas that lives, by the canvas's id."""


def give_voice(canvas: CanvasView) -> Voice:
    """Let screen readers find what is on a canvas; costs nothing where none runs."""
    if not _voices:
        QAccessible.installFactory(_interface_of)
    if QAccessible.isActive():  # a reader may have met the canvas as a plain widget
        plain = QAccessible.queryAccessibleInterface(canvas)
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(plain))
    number = id(canvas)
    voice = _voices[number] = Voice(canvas)
    canvas.destroyed.connect(lambda: _voices.pop(number).leave())
    return voice


def _interface_of(name: str, widget: QObject) -> QAccessibleInterface | None:
    if not isinstance(widget, CanvasView) or id(widget) not in _voices:
        return None
    voice = _voices[id(widget)]
    if voice.whole is None:
        voice.whole = Whole(voice)
    return voice.whole


class Voice:
    """The parts of one canvas that a reader asked for; it tells of what changes in them."""

    def __init__(self, canvas: CanvasView) -> None:
        self.canvas = canvas
        self.whole: Whole | None = None
        self.parts: dict[Key, Part] = {}
        self._said: dict[Key, str] = {}
        self._wires: tuple[Picture, dict[WireKey, int]] | None = None
        canvas.session.changed.connect(self._on_changed)
        canvas.selection.changed.connect(self._on_selection_changed)

    @property
    def picture(self) -> Picture:
        """What is on the canvas now."""
        return self.canvas.picture

    def has(self, key: Key) -> bool:
        """Whether something is still on the canvas."""
        if not isValid(self.canvas):
            return False
        if isinstance(key, WireKey):
            return key in self.wires()
        if isinstance(key, FrameKey):
            return key.number < len(self.picture.panels)
        if isinstance(key, NodeKey):
            return key.id in self.picture.index
        return key in (self.dots(key.wire) if isinstance(key, DotKey) else self.ports(key.id))

    def wires(self) -> dict[WireKey, int]:
        """The wires by what they are known by, found once a picture."""
        picture = self.picture
        if self._wires is None or self._wires[0] is not picture:
            found = {wire_key(picture, w): w for w in range(len(picture.wires))}
            self._wires = (picture, found)
        return self._wires[1]

    def ports(self, node: str) -> list[PortKey]:
        """The ports of a node, inputs first."""
        i = self.picture.index.get(node)
        if i is None:
            return []
        inputs, outputs = self.picture.inputs(i), self.picture.outputs(i)
        found = [PortKey(node, n, False) for n in range(inputs.number)]
        return found + [PortKey(node, n, True) for n in range(outputs.number)]

    def dots(self, wire: WireKey) -> list[DotKey]:
        """The points that a wire is led through."""
        w = self.wires().get(wire)
        via = () if w is None else self.picture.via.get(w, ())
        return [DotKey(wire, number) for number in range(len(via))]

    def inside(self, key: Key) -> Sequence[Key]:
        """What is a child of something: the ports of a node, the points of a wire."""
        if isinstance(key, NodeKey):
            return self.ports(key.id)
        return self.dots(key) if isinstance(key, WireKey) else ()

    def is_chosen(self, key: Key) -> bool:
        """Whether it is selected."""
        picture, canvas = self.picture, self.canvas
        if not self.has(key) or isinstance(key, PortKey):
            return False
        if isinstance(key, NodeKey):
            return key.id in canvas.selection.nodes
        if isinstance(key, FrameKey):
            number = picture.panels[key.number].frame
            return number is not None and number == picture.framed
        wire = key if isinstance(key, WireKey) else key.wire
        edge = picture.wires.edge[self.wires()[wire]]
        if isinstance(key, DotKey):
            return edge is not None and picture.dot == (edge, key.number)
        return edge in canvas.selection.edges

    def chosen(self) -> list[Key]:
        """All that is selected, in the order of the children."""
        every = (self.key_at(place) for place in range(self.count()))
        return [key for key in every if key is not None and self.is_chosen(key)]

    def current(self) -> Key | None:
        """What the keys of the canvas are about: the one thing that is selected."""
        node, picture = self.canvas.selection.node, self.picture
        if node is not None and self.has(NodeKey(node)):
            return NodeKey(node)
        edges = self.canvas.selection.edges
        if len(edges) == 1 and not self.canvas.selection.nodes:
            found = (k for k, w in self.wires().items() if picture.wires.edge[w] in edges)
            wire = next(found, None)
            is_dot = wire is not None and picture.dot is not None
            return DotKey(wire, picture.dot[1]) if is_dot else wire  # type: ignore[arg-type,index]
        shown = (i for i, panel in enumerate(picture.panels) if panel.frame is not None)
        number = next((i for i in shown if picture.panels[i].frame == picture.framed), None)
        return None if number is None else FrameKey(number)

    def choose(self, key: Key) -> bool:
        """Select it alone; False for what cannot be selected."""
        canvas, picture = self.canvas, self.picture
        if not self.has(key):
            return False
        if isinstance(key, NodeKey | PortKey):
            canvas.choose({picture.items[picture.index[key.id]].owner})
        elif isinstance(key, FrameKey):
            number = picture.panels[key.number].frame
            if number is None:
                return False
            canvas.frames.choose(number)
        else:
            wire = key if isinstance(key, WireKey) else key.wire
            edge = picture.wires.edge[self.wires()[wire]]
            if edge is None:
                return False
            if isinstance(key, DotKey):
                canvas.dots.choose(edge, key.number)
            else:
                canvas.choose((), {edge})
        canvas.reveal(canvas.selection.nodes)
        return True

    def press(self, key: Key) -> None:
        """Select it; of a node, then do what Enter does: mend, unfold or fold."""
        if self.choose(key) and isinstance(key, NodeKey):
            editing.activate(self.canvas)

    def count(self) -> int:
        """How many nodes, frames and wires there are."""
        picture = self.picture
        return len(picture.items) + len(picture.panels) + len(picture.wires)

    def key_at(self, place: int) -> Key | None:
        """The node, frame or wire at this place among all."""
        picture = self.picture
        items, panels = len(picture.items), len(picture.panels)
        if not 0 <= place < self.count():
            return None
        if place < items:
            return NodeKey(picture.items[place].id)
        if place < items + panels:
            return FrameKey(place - items)
        return wire_key(picture, place - items - panels)

    def place_of(self, key: Key) -> int:
        """The inverse of `key_at`; of a port its place in its node; -1 for what is gone."""
        picture = self.picture
        items, panels = len(picture.items), len(picture.panels)
        if not self.has(key):
            return -1
        if isinstance(key, NodeKey):
            return picture.index[key.id]
        if isinstance(key, PortKey):
            return self.ports(key.id).index(key)
        if isinstance(key, DotKey):
            return key.number
        return items + (key.number if isinstance(key, FrameKey) else panels + self.wires()[key])

    def part(self, key: Key) -> Part:
        """The interface of something on the canvas, the same one every time."""
        if key not in self.parts:
            self.parts[key] = Part(self, key)
            QAccessible.registerAccessibleInterface(self.parts[key])
            self._said[key] = self.words(key)
        return self.parts[key]

    def words(self, key: Key) -> str:
        """What a reader says; nothing for what is gone."""
        if not self.has(key):
            return ""
        picture = self.picture
        if isinstance(key, NodeKey):
            return node_words(picture, picture.index[key.id])
        if isinstance(key, PortKey):
            return port_words(picture, key)
        if isinstance(key, DotKey):
            return dot_words(picture, key, len(self.dots(key.wire)))
        return wire_words(picture, key) if isinstance(key, WireKey) else frame_words(picture, key)

    def rect(self, key: Key) -> QRect:
        """The pixels of the screen that something takes."""
        if not self.has(key):
            return QRect()
        canvas, picture = self.canvas, self.picture
        if isinstance(key, NodeKey):
            found = canvas.screen_rect(picture.index[key.id]).toAlignedRect()
        elif isinstance(key, PortKey | DotKey):
            if isinstance(key, PortKey):
                place = picture.port_place(picture.index[key.id], key.port, output=key.is_output)
            else:
                place = picture.via[self.wires()[key.wire]][key.number]
            x, y = canvas.viewport.to_screen(*place)
            half = PORT_SIZE // 2
            found = QRect(round(x) - half, round(y) - half, PORT_SIZE, PORT_SIZE)
        else:
            x, y, width, height = self._box(key)
            left, top = canvas.viewport.to_screen(x, y)
            scale = canvas.viewport.scale
            # a straight wire has no height, but is pointed at all the same
            least = PORT_SIZE // 2
            size = max(round(width * scale), least), max(round(height * scale), least)
            found = QRect(round(left), round(top), *size)
        return QRect(canvas.mapToGlobal(found.topLeft()), found.size())

    def _box(self, key: WireKey | FrameKey) -> tuple[float, float, float, float]:
        if isinstance(key, FrameKey):
            return self.picture.panels[key.number].rect
        left, top, right, bottom = self.picture.routes.bounds[self.wires()[key]].tolist()
        return (left, top, right - left, bottom - top)

    def key_under(self, x: int, y: int) -> Key | None:
        """What lies under a pixel of the screen."""
        at = self.canvas.mapFromGlobal(QPoint(x, y))
        place = self.canvas.viewport.to_canvas(at.x(), at.y())
        if (item := item_at(self.picture, place)) is not None:
            return NodeKey(self.picture.items[item].id)
        if (dot := dot_at(self.picture, place, REACH / self.canvas.viewport.scale)) is not None:
            return wire_key(self.picture, dot[0])
        wire = wire_at(self.picture, place)
        return None if wire is None else wire_key(self.picture, wire)

    def leave(self) -> None:
        """The canvas is gone, and so is all that was on it."""
        for key in [*self.parts]:
            self._drop(key)
        self.whole = None

    def _drop(self, key: Key) -> None:
        part = self.parts.pop(key)
        self._said.pop(key, None)
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(part))

    def _on_changed(self) -> None:
        if self.parts:
            for key in [key for key in self.parts if not self.has(key)]:
                self._drop(key)
            self._tell_names()

    def _on_selection_changed(self) -> None:
        if not QAccessible.isActive():
            return
        self._tell_names()
        current = self.current()
        if self.whole is not None:
            _tell(self.whole, QAccessible.Event.SelectionWithin)
        if current is not None and self.canvas.hasFocus():
            _tell(self.part(current), QAccessible.Event.Focus)

    def _tell_names(self) -> None:
        """Tell what is called otherwise than it was."""
        if not QAccessible.isActive():
            return
        for key, part in self.parts.items():
            words = self.words(key)
            if words != self._said[key]:
                self._said[key] = words
                _tell(part, QAccessible.Event.NameChanged)


def _tell(part: QAccessibleInterface, event: QAccessible.Event) -> None:
    QAccessible.updateAccessibility(QAccessibleEvent(part, event))
