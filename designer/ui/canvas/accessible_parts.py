"""The parts of the canvas as Qt's accessibility asks for them: what each is, holds and does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleSelectionInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import VoidPtr, getCppPointer, isValid

from designer.ui.canvas.spoken import (
    DotKey,
    FrameKey,
    Key,
    NodeKey,
    PortKey,
    WireKey,
    node_description,
)

if TYPE_CHECKING:
    from designer.ui.canvas.accessible import Voice

_ROLES: dict[type, QAccessible.Role] = {
    NodeKey: QAccessible.Role.ListItem,
    PortKey: QAccessible.Role.Graphic,
    WireKey: QAccessible.Role.Graphic,
    DotKey: QAccessible.Role.Graphic,
    FrameKey: QAccessible.Role.Grouping,
}
_PRESS = QAccessibleActionInterface.pressAction()
_FOCUS = QAccessibleActionInterface.setFocusAction()
_MENU = QAccessibleActionInterface.showMenuAction()


class Whole(QAccessibleWidget):
    """The canvas, with all that is on it."""

    def __init__(self, voice: Voice) -> None:
        super().__init__(voice.canvas, QAccessible.Role.List, "Canvas")
        self._voice = voice
        self._chosen = Chosen(voice)
        self._deeds = Deeds(voice)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> VoidPtr:  # type: ignore[override]
        if kind == QAccessible.InterfaceType.SelectionInterface:
            return _address(self._chosen)
        return _address(self._deeds if kind == QAccessible.InterfaceType.ActionInterface else None)

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
        current = voice.current()
        return self if current is None else voice.part(current)


class Chosen(QAccessibleSelectionInterface):
    """What is selected on the canvas, to be asked and to be set."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self._voice = voice

    def selectedItemCount(self) -> int:
        return len(self._keys())

    def selectedItems(self) -> list[QAccessibleInterface]:
        return [self._voice.part(key) for key in self._keys()]

    def select(self, item: QAccessibleInterface) -> bool:
        nodes = self._nodes()
        if isinstance(item, Part) and isinstance(item.key, NodeKey):
            self._voice.canvas.choose(nodes | {item.key.id})
            return True
        return isinstance(item, Part) and self._voice.choose(item.key)

    def unselect(self, item: QAccessibleInterface) -> bool:
        if not isinstance(item, Part) or not self._voice.is_chosen(item.key):
            return False
        is_node = isinstance(item.key, NodeKey)
        self._voice.canvas.choose(self._nodes() - {item.key.id} if is_node else ())  # type: ignore[union-attr]
        return True

    def selectAll(self) -> bool:
        self._voice.canvas.select_all()
        return True

    def clear(self) -> bool:
        self._voice.canvas.choose()
        return True

    def _keys(self) -> list[Key]:
        return self._voice.chosen() if isValid(self._voice.canvas) else []

    def _nodes(self) -> frozenset[str]:
        return frozenset(self._voice.canvas.selection.nodes)


class Deeds(QAccessibleActionInterface):
    """What a reader can do with a part: select it, press it, open its menu.

    Without a part it is the canvas, which takes the focus.
    """

    def __init__(self, voice: Voice, key: Key | None = None) -> None:
        super().__init__()
        self._voice, self._key = voice, key

    def actionNames(self) -> list[str]:
        if self._key is None:
            return [_FOCUS]
        if isinstance(self._key, PortKey) or not self._voice.has(self._key):
            return []
        return [_PRESS, _FOCUS, _MENU] if isinstance(self._key, NodeKey) else [_PRESS, _FOCUS]

    def doAction(self, name: str) -> None:
        if not isValid(self._voice.canvas) or name not in self.actionNames():
            return
        if self._key is not None and name == _PRESS:
            self._voice.press(self._key)
            return
        if self._key is not None:
            self._voice.choose(self._key)
        self._voice.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._key is not None and name == _MENU:
            self._voice.canvas.menu_requested.emit(self._voice.rect(self._key).center())

    def keyBindingsForAction(self, name: str) -> list[str]:
        return []


class Part(QAccessibleInterface):
    """A node, a port, a frame, a wire or its point; once it is gone it is nothing, says nothing."""

    def __init__(self, voice: Voice, key: Key) -> None:
        super().__init__()
        self._voice = voice
        self.key = key
        self._deeds = Deeds(voice, key)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> VoidPtr:  # type: ignore[override]
        return _address(self._deeds if kind == QAccessible.InterfaceType.ActionInterface else None)

    def isValid(self) -> bool:
        return self._voice.has(self.key)

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        canvas = self._voice.canvas
        return canvas.window().windowHandle() if isValid(canvas) else None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        if isinstance(self.key, PortKey | DotKey):
            around = NodeKey(self.key.id) if isinstance(self.key, PortKey) else self.key.wire
            return self._voice.part(around) if self.isValid() else None
        canvas = self._voice.canvas
        return QAccessible.queryAccessibleInterface(canvas) if isValid(canvas) else None

    def childCount(self) -> int:
        return len(self._inside())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        inside = self._inside()
        return self._voice.part(inside[index]) if 0 <= index < len(inside) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        inside = self._inside()
        is_mine = isinstance(child, Part) and child.key in inside
        return inside.index(child.key) if is_mine else -1  # type: ignore[attr-defined]

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        under = (key for key in self._inside() if self._voice.rect(key).contains(x, y))
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
        elif not isinstance(self.key, PortKey):
            state.focusable = state.selectable = True
            state.selected = voice.is_chosen(self.key)
            state.focused = voice.canvas.hasFocus() and voice.current() == self.key
        return state

    def _inside(self) -> list[Key]:
        return [*self._voice.inside(self.key)] if isValid(self._voice.canvas) else []


def _address(face: Chosen | Deeds | None) -> VoidPtr:
    """Where Qt finds a further interface; it takes a None for an address, and goes there."""
    return VoidPtr(0) if face is None else VoidPtr(getCppPointer(face)[0])
