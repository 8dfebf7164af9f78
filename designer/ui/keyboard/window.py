"""The window in which keys are changed: every action with its keys, found by name or by key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from designer.app.actions import Action
from designer.app.also_called import ALSO
from designer.app.key_rules import native, normal
from designer.app.keymap import KeyMap
from designer.app.matching import best
from designer.ui.keyboard.capture import KeyCapture
from designer.ui.keyboard.editor import KeyEditor
from designer.ui.keyboard.rows import ActionRows
from designer.ui.parts import column, ground, hairline, label, row
from designer.ui.theme.scale import fine
from designer.ui.theme.sizes import fix_size, inset
from designer.ui.theme.theme import Theme

SIZE, LEAST, MARGIN = QSize(640, 680), QSize(520, 420), QSize(40, 60)


class KeyboardWindow(QWidget):
    """Stays open while one works; what is changed holds at once."""

    save_wanted = Signal()
    """The list is to be written to a file."""

    def __init__(self, keys: KeyMap, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._keys, self._theme = keys, theme
        self.setObjectName("window")
        self.setWindowTitle("Keyboard")
        ground(self)
        self._percent = 0
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search an action")
        self.search.setAccessibleName("Search an action by its name")
        self.search.setClearButtonEnabled(True)
        fix_size(self.search, height=28)
        self.search.installEventFilter(self)
        self.by_key = KeyCapture("Search by key …")
        fix_size(self.by_key, width=200)
        self.list = ActionRows(keys, theme)
        self.list.installEventFilter(self)
        self.nothing = label("", "body", "muted")
        inset(self.nothing, 16, 8, 16, 8)
        self.editor = KeyEditor(keys)
        self.notes = label("", "secondary", "warning", wrap=True)
        self.save = QPushButton("Save the list …")
        self.reset_all = QPushButton("Reset all keys")
        self._key = ""
        self._lay_out()
        self._connect()
        self._give_size()
        self._on_keys_changed()

    def _lay_out(self) -> None:
        layout = column(self)
        top = row(spacing=8)
        inset(top, 12, 12, 12, 8)
        top.addWidget(self.search, 1)
        top.addWidget(self.by_key)
        layout.addLayout(top)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)
        layout.addWidget(hairline())
        layout.addWidget(self.editor)
        layout.addWidget(hairline())
        foot = row(spacing=8)
        inset(foot, 16, 8, 16, 10)
        foot.addWidget(self.notes, 1)
        foot.addWidget(self.save)
        foot.addWidget(self.reset_all)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_typed)
        self.by_key.captured.connect(self._on_key)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.list.itemActivated.connect(self.editor.begin)
        self.editor.done.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.save.clicked.connect(self.save_wanted)
        self.reset_all.clicked.connect(self._keys.reset_all)
        self._keys.changed.connect(self._on_keys_changed)
        self._theme.changed.connect(self._give_size)

    def _give_size(self) -> None:
        """Be as large as the scale of the interface asks for, and the screen allows."""
        if self._percent != self._theme.percent:
            self._percent = self._theme.percent
            room = self.screen().availableGeometry().size() - MARGIN
            self.setMinimumSize((LEAST * fine(1)).boundedTo(room))
            self.resize((SIZE * fine(1)).boundedTo(room))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if watched is self.search and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.list.step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.editor.begin()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.search.text() or self._key:
            self._show_all()
        else:
            self.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.search.setFocus()

    def _show_all(self) -> None:
        self._key = ""
        self.by_key.show_key("")
        self.search.clear()
        self._fill()
        self.search.setFocus()

    def _on_typed(self, text: str) -> None:
        if text:
            self._key = ""
            self.by_key.show_key("")
        self._fill()

    def _on_key(self, key: str) -> None:
        self.search.clear()
        self._key = key
        self.by_key.show_key(key)
        self._fill()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self) -> None:
        self.editor.show_action(self.list.action)

    def _on_keys_changed(self) -> None:
        self._fill()
        self.reset_all.setEnabled(self._keys.has_changed)
        self.notes.setText("\n".join(self._keys.notes))

    def _fill(self) -> None:
        """List what fits the name or the key that is searched."""
        found = self._found()
        in_groups = not self.search.text().strip() and not self._key
        self.list.show_actions(found, in_groups=in_groups)
        self.nothing.setVisible(not found)
        free = f"{native(self._key)} is free: no action has it."
        self.nothing.setText(free if self._key else "No action has that name.")
        self._on_chosen()

    def _found(self) -> list[Action]:
        actions, typed = self._keys.actions, self.search.text().strip()
        if self._key:
            return [action for action in actions if self._key in self._keys.keys(action.id)]
        if not typed:
            return list(actions)
        # "Ctrl+K" can be typed as well as pressed
        as_key = normal(typed) if len(typed) > 1 else ""
        having = [action for action in actions if as_key in self._keys.keys(action.id)]
        found = best(typed, actions, lambda a: (a.title, a.menu, ALSO.get(a.id, "")))
        return [*having, *(action for action in found if action not in having)]
