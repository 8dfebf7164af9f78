"""The middle of the window: banner, canvas, and above it the path and what an empty one says."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMoveEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from designer.app.keymap import KeyMap
from designer.app.session import Session
from designer.ui.banner import Banner
from designer.ui.breadcrumbs import Breadcrumbs
from designer.ui.canvas.view import CanvasView
from designer.ui.parts import column, ground, label
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import fix_size
from designer.ui.theme.theme import Theme

EMPTY = "Drag a layer from the palette, or add one by its name with {canvas.quick_add}."


class CanvasColumn(QWidget):
    """Holds the canvas; path and empty state lie above it as siblings of its pixels.

    `offer` is a second banner below the first: what lies in it waits until it is answered.
    """

    template_wanted = Signal()

    def __init__(
        self,
        session: Session,
        theme: Theme,
        canvas: CanvasView,
        keys: KeyMap,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        ground(self, "canvas")
        self._session = session
        self.canvas = canvas
        self.banner, self.offer = Banner(theme), Banner(theme)
        canvas.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layout = column(self)
        layout.addWidget(self.banner)
        layout.addWidget(self.offer)
        layout.addWidget(canvas, 1)
        self.shown: QWidget = canvas
        """The canvas, or the view that stands in its place."""
        self.path = Breadcrumbs(canvas)
        self.path.chosen.connect(canvas.levels.go_to)
        canvas.level_changed.connect(self.refresh)
        self.empty = EmptyCanvas(canvas, keys)
        self.empty.button.clicked.connect(self.template_wanted)
        canvas.installEventFilter(self)
        session.changed.connect(self.refresh)
        keys.changed.connect(self._on_keys_changed)
        theme.changed.connect(self.refresh)
        self.refresh()

    def take_banners(self) -> None:
        """Have the banners above the canvas, after they were shown elsewhere."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        for place, banner in enumerate((self.banner, self.offer)):
            layout.insertWidget(place, banner)

    def show_instead(self, view: QWidget) -> None:
        """Show this view where the canvas, or another view, stands now."""
        layout = self.layout()
        if layout is not None and layout.indexOf(view) < 0:
            view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            layout.addWidget(view)
        self.shown.hide()
        view.show()
        self.shown = view

    def refresh(self) -> None:
        """Show the path, and what to do where there is nothing."""
        levels = self.canvas.levels
        self.path.show_way(levels.way, "its inside is fixed" if levels.is_inside else "all")
        self.path.move(px(16), px(12))
        self.empty.setVisible(not self._session.design.nodes)
        self._centre()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._centre()
        elif isinstance(event, QMoveEvent) and self.isVisible():
            # a banner comes or goes: what is looked at stays under the eye and under the pointer
            fallen = event.pos().y() - event.oldPos().y()
            self.canvas.set_viewport(self.canvas.viewport.panned(0.0, -fallen))
        return super().eventFilter(watched, event)

    def _on_keys_changed(self) -> None:
        self.empty.say()
        self._centre()

    def _centre(self) -> None:
        if self.empty.isHidden():
            return
        self.empty.fit(self.canvas.width())
        free = self.canvas.rect().center() - self.empty.rect().center()
        self.empty.move(max(free.x(), 0), max(free.y(), 0))


class EmptyCanvas(QWidget):
    """What an empty canvas says: one sentence and one button."""

    def __init__(self, parent: QWidget, keys: KeyMap) -> None:
        super().__init__(parent)
        self._keys = keys
        layout = column(self, 0, 12)
        layout.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words = label("", ink="muted", wrap=True)
        self.say()
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton("Start from a template")
        fix_size(self.button, height=32)
        layout.addWidget(self.words, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)

    def say(self) -> None:
        """Name the keys that hold."""
        self.words.setText(self._keys.filled(EMPTY))

    def fit(self, room: int) -> None:
        """Say it on one line, or on more where the canvas is narrow."""
        line = self.words.fontMetrics().horizontalAdvance(self.words.text())
        width = max(min(line + 1, room - 2 * px(16)), px(80))
        self.words.setMinimumWidth(0)  # or that is what its height is told for
        self.words.setFixedSize(width, self.words.heightForWidth(width))
        self.adjustSize()
