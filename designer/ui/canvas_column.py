"""The middle of the window: banner, canvas, and above it the path and what an empty one says."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from designer.app.session import Session
from designer.ui.banner import Banner
from designer.ui.parts import column, ground, label, row
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import fix_size
from designer.ui.theme.theme import Theme


class CanvasColumn(QWidget):
    """Holds the canvas; path and empty state lie above it as siblings of its pixels.

    `offer` is a second banner below the first: what lies in it waits until it is answered.
    """

    template_wanted = Signal()

    def __init__(
        self, session: Session, theme: Theme, canvas: QWidget, parent: QWidget | None = None
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
        self.shown = canvas
        """The canvas, or the view that stands in its place."""
        self.path = QWidget(canvas)
        self.path.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.project = label("", "secondary", "muted")
        place = row(self.path, 0, 4)
        place.addWidget(self.project)
        place.addWidget(label("/", "secondary", "faint"))
        self.level = label("all", "secondary")
        place.addWidget(self.level)
        self.empty = EmptyCanvas(canvas)
        self.empty.button.clicked.connect(self.template_wanted)
        canvas.installEventFilter(self)
        session.changed.connect(self.refresh)
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
        name = self._session.design.name
        self.project.setText(
            self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, px(320))
        )
        self.path.adjustSize()
        self.path.move(px(16), px(12))
        self.empty.setVisible(not self._session.design.nodes)
        self._centre()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._centre()
        return super().eventFilter(watched, event)

    def _centre(self) -> None:
        self.empty.fit(self.canvas.width())
        free = self.canvas.rect().center() - self.empty.rect().center()
        self.empty.move(max(free.x(), 0), max(free.y(), 0))


class EmptyCanvas(QWidget):
    """What an empty canvas says: one sentence and one button."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        layout = column(self, 0, 12)
        layout.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        said = "Drag a layer from the palette, or press Space and type its name."
        self.words = label(said, ink="muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton("Start from a template")
        fix_size(self.button, height=32)
        layout.addWidget(self.words, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)

    def fit(self, room: int) -> None:
        """Say it on one line, or on more where the canvas is narrow."""
        line = self.words.fontMetrics().horizontalAdvance(self.words.text())
        self.words.setFixedWidth(max(min(line + 1, room - 2 * px(16)), px(80)))
        self.adjustSize()
