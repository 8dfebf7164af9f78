"""The keys of one action: each can be taken away, others added, and the first ones given back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from designer.app.actions import CONTEXTS, Action
from designer.app.key_rules import native
from designer.app.keymap import KeyMap
from designer.ui.keyboard.capture import KeyCapture
from designer.ui.parts import clear, column, ground, label, row
from designer.ui.theme.sizes import fix_size, inset


class KeyEditor(QWidget):
    """Changes the key map; `done` is sent when a change is made and the list may have the focus."""

    done = Signal()

    def __init__(self, keys: KeyMap) -> None:
        super().__init__()
        ground(self)
        self._keys = keys
        self._action: Action | None = None
        self._wanted = ""
        """The key that another action has."""
        self.title = label("", "strong")
        self.where = label("", "secondary", "muted")
        self.capture = KeyCapture("Add a key …")
        fix_size(self.capture, width=230)
        self.capture.captured.connect(self._on_captured)
        self.said = label("", "secondary", "muted", wrap=True)
        self.take = QPushButton("Take it over")
        self.take.clicked.connect(self._on_taken)
        self.reset = QPushButton("Reset")
        self.reset.clicked.connect(self._on_reset)
        self._caps: QHBoxLayout = row(spacing=6)
        self._lay_out()
        keys.changed.connect(self._refresh)
        self._refresh()

    def show_action(self, action: Action | None) -> None:
        """Show the keys of this one."""
        if action is not self._action:
            self._action = action
            self._say("")
            self._refresh()

    def begin(self) -> None:
        """Wait for a key for the action that is shown."""
        if self._action is not None:
            self.capture.wait()

    def caps(self) -> list[QPushButton]:
        """The buttons that take keys away."""
        items = (self._caps.itemAt(i) for i in range(self._caps.count()))
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, QPushButton)]

    def _lay_out(self) -> None:
        layout = column(self, 16, 8)
        top = row(spacing=8)
        top.addWidget(self.title)
        top.addWidget(self.where, 1)
        layout.addLayout(top)
        middle = row(spacing=8)
        middle.addLayout(self._caps)
        middle.addWidget(self.capture)
        middle.addStretch(1)
        middle.addWidget(self.reset)
        layout.addLayout(middle)
        foot = row(spacing=8)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.take)
        layout.addLayout(foot)
        inset(layout, 16, 10, 16, 10)
        fix_size(self, height=124)

    def _refresh(self) -> None:
        action = self._action
        clear(self._caps)
        self.setEnabled(action is not None)
        self.title.setText(action.title if action else "")
        self.where.setText(CONTEXTS[action.where] if action else "")
        self.reset.setEnabled(action is not None and self._keys.is_changed(action.id))
        self.capture.show_key("")
        for key in self._keys.keys(action.id) if action else ():
            cap = QPushButton(f"{native(key)}  ×")
            cap.setToolTip(f"Take {native(key)} away")
            cap.setAccessibleName(f"Take {native(key)} away")
            cap.clicked.connect(partial(self._on_removed, key))
            self._caps.addWidget(cap)

    def _on_captured(self, key: str) -> None:
        action = self._action
        if action is None:
            return
        held = self._keys.holders(action.id, key)
        if key in self._keys.keys(action.id):
            self._say(f"“{action.title}” has {native(key)} already.")
        elif why := self._keys.refusal(action.id, key):
            self._say(why)
        elif held:
            names = " and ".join(f"“{other.title}”" for other in held)
            does = "do" if len(held) > 1 else "does"
            self._say(f"{native(key)} {does} {names} already.", wanted=key)
            self.take.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._give(action, key, f"“{action.title}” has {native(key)} now.")

    def _on_taken(self) -> None:
        action, key = self._action, self._wanted
        if action is not None and key:
            others = " and ".join(f"“{o.title}”" for o in self._keys.holders(action.id, key))
            self._give(
                action, key, f"“{action.title}” has {native(key)} now, {others} no longer has it."
            )

    def _on_removed(self, key: str) -> None:
        if self._action is not None:
            self._keys.remove(self._action.id, key)
            self._say(f"“{self._action.title}” no longer has {native(key)}.")
            self.done.emit()

    def _on_reset(self) -> None:
        if self._action is not None:
            self._keys.reset(self._action.id)
            self._say(f"“{self._action.title}” has the keys that it had at first.")
            self.done.emit()

    def _give(self, action: Action, key: str, sentence: str) -> None:
        self._keys.add(action.id, key)
        self._say(sentence)
        self.done.emit()

    def _say(self, sentence: str, wanted: str = "") -> None:
        self._wanted = wanted
        self.said.setText(sentence)
        self.take.setVisible(bool(wanted))
        self.capture.show_key(wanted)
