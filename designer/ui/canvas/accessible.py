"""The canvas for screen readers: nodes with their ports, frames and wires as Qt's accessibility.

Qt keeps the interfaces, Python the objects behind them: a part is made when a reader asks for it,
referenced here as long as Qt may call it, and taken out of Qt's list when it is gone.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from designer.ui.canvas.hit import item_at, wire_at
from designer.ui.canvas.picture import Picture
from designer.ui.canvas.spoken import (
    FrameKey,
    Key,
    NodeKey,
    PortKey,
    WireKey,
    frame_words,
    node_description,
    node_words,
    port_words,
    wire_key,
    wire_words,
)
from designer.ui.canvas.view import CanvasView

PORT_SIZE = 12
_ROLES: dict[type, QAccessible.Role] = {
    NodeKey: QAccessible.Role.ListItem,
    PortKey: QAccessible.Role.Graphic,
    WireKey: QAccessible.Role.Graphic,
    FrameKey: QAccessible.Role.Grouping,
}
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
        return key in self.ports(key.id)

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
        return wire_words(picture, key) if isinstance(key, WireKey) else frame_words(picture, key)

    def rect(self, key: Key) -> QRect:
        """The pixels of the screen that something takes."""
        if not self.has(key):
            return QRect()
        canvas, picture = self.canvas, self.picture
        if isinstance(key, NodeKey):
            found = canvas.screen_rect(picture.index[key.id]).toAlignedRect()
        elif isinstance(key, PortKey):
            place = picture.port_place(picture.index[key.id], key.port, output=key.is_output)
            x, y = canvas.viewport.to_screen(*place)
            half = PORT_SIZE // 2
            found = QRect(round(x) - half, round(y) - half, PORT_SIZE, PORT_SIZE)
        else:
            x, y, width, height = self._box(key)
            left, top = canvas.viewport.to_screen(x, y)
            scale = canvas.viewport.scale
            found = QRect(round(left), round(top), round(width * scale), round(height * scale))
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
        node = self.canvas.selection.node
        self._tell_names()
        if node is not None and self.has(NodeKey(node)) and self.canvas.hasFocus():
            _tell(self.part(NodeKey(node)), QAccessible.Event.Focus)

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


class Whole(QAccessibleWidget):
    """The canvas, with all that is on it."""

    def __init__(self, voice: Voice) -> None:
        super().__init__(voice.canvas, QAccessible.Role.List, "Canvas")
        self._voice = voice

    def childCount(self) -> int:
        return self._voice.count() if isValid(self._voice.canvas) else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        key = self._voice.key_at(index) if isValid(self._voice.canvas) else None
        return None if key is None else self._voice.part(key)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return self._voice.place_of(child.key) if isinstance(child, Part) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        key = self._voice.key_under(x, y) if isValid(self._voice.canvas) else None
        return None if key is None else self._voice.part(key)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        voice = self._voice
        if not isValid(voice.canvas) or not voice.canvas.hasFocus():
            return None
        node = voice.canvas.selection.node
        return self if node is None or not voice.has(NodeKey(node)) else voice.part(NodeKey(node))


class Part(QAccessibleInterface):
    """A node, a port, a frame or a wire; once it is gone it is nothing and says nothing."""

    def __init__(self, voice: Voice, key: Key) -> None:
        super().__init__()
        self._voice = voice
        self.key = key

    def isValid(self) -> bool:
        return self._voice.has(self.key)

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        canvas = self._voice.canvas
        return canvas.window().windowHandle() if isValid(canvas) else None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        if isinstance(self.key, PortKey):
            return self._voice.part(NodeKey(self.key.id)) if self.isValid() else None
        canvas = self._voice.canvas
        return QAccessible.queryAccessibleInterface(canvas) if isValid(canvas) else None

    def childCount(self) -> int:
        return len(self._ports())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        ports = self._ports()
        return self._voice.part(ports[index]) if 0 <= index < len(ports) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        ports = self._ports()
        is_mine = isinstance(child, Part) and child.key in ports
        return ports.index(child.key) if is_mine else -1  # type: ignore[attr-defined]

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        under = (port for port in self._ports() if self._voice.rect(port).contains(x, y))
        key = next(under, None)
        return None if key is None else self._voice.part(key)

    def text(self, text: QAccessible.Text) -> str:
        if text == QAccessible.Text.Name:
            return self._voice.words(self.key)
        if text == QAccessible.Text.Description and isinstance(self.key, NodeKey):
            picture = self._voice.picture if self.isValid() else None
            return node_description(picture, picture.index[self.key.id]) if picture else ""
        return ""

    def setText(self, text: QAccessible.Text, words: str) -> None:
        """Nothing is written this way: names are edited in the inspector."""

    def rect(self) -> QRect:
        return self._voice.rect(self.key)

    def role(self) -> QAccessible.Role:
        return _ROLES[type(self.key)]

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        voice = self._voice
        if not self.isValid():
            state.invalid = True
        elif isinstance(self.key, NodeKey):
            selection = voice.canvas.selection
            on = voice.canvas.hasFocus() and selection.node == self.key.id
            state.focusable = state.selectable = True
            state.selected = self.key.id in selection.nodes
            state.focused = on
        return state

    def _ports(self) -> list[PortKey]:
        is_node = isinstance(self.key, NodeKey) and isValid(self._voice.canvas)
        return self._voice.ports(self.key.id) if is_node else []  # type: ignore[union-attr]
