"""One page of help, drawn in a scroll area."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from designer.help.page import Block, Code, Curve, Heading, Page, Points, Table, Worked
from designer.ui.help.blocks import Blocks
from designer.ui.parts import column, ground, label, set_property
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import at_most, inset, set_words, space
from designer.ui.theme.theme import Theme

TITLE = 20
WIDEST = 720
"""Lines of more pixels than this are hard to read."""
STEP = 40
LARGE = (Worked, Curve, Table, Points, Code)
"""Blocks of which one fills what is left of the first screen."""
KEYED = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
"""Ways by which the focus is seen to come; where a page opens, nobody looks for it."""


class PageView(QScrollArea):
    """Shows a page; `followed` carries the address of a link."""

    followed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._blocks = Blocks(theme, self.followed.emit)
        self.page: Page | None = None
        self.setProperty("page", True)
        self.setProperty("keyed", False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Page")
        self.verticalScrollBar().setSingleStep(px(STEP))
        self._layout = column()
        self._left: list[Block] = []
        self._wanted = ("", 0)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._draw_more)

    def show_page(self, page: Page, anchor: str = "", scrolled: int = 0) -> None:
        """Draw a page from its top, from one of its parameters, or from where one had come to.

        What the first screen needs is drawn at once, and the rest when that can be seen, a part in
        each turn of the event loop.
        """
        self.page = page
        self._blocks = Blocks(self._theme, self.followed.emit)
        body = QWidget()
        ground(body)
        outer = column(body)
        inner = QWidget()
        at_most(inner, WIDEST)
        self._layout = layout = column(inner, spacing=8)
        inset(layout, 28, 20, 28, 32)
        title = label(page.title)
        set_words(title, TITLE, strong=True)
        layout.addWidget(title)
        layout.addWidget(label(page.kind, "secondary", "muted"))
        layout.addWidget(self._blocks.paragraph(page.lead))
        self._left = list(page.blocks)
        self._wanted = (anchor, scrolled)
        self._draw(len(self._left) if any(self._wanted) else self._part)
        outer.addWidget(inner)
        outer.addStretch(1)
        self.setWidget(body)
        self.setAccessibleName(f"{page.title}: {page.lead}")
        self.verticalScrollBar().setValue(0)
        self._arrive()
        if self._left:
            self._soon.start()

    def finish(self) -> None:
        """Draw what is not drawn yet."""
        self._soon.stop()
        self._draw(len(self._left))

    def _draw_more(self) -> None:
        """Draw one part more: to lay out a page of tables at once takes a third of a second."""
        self._draw(self._part)
        if self._left:
            self._soon.start()

    @property
    def _part(self) -> int:
        """How many blocks are drawn at once: one that is large, and what stands before it."""
        large = (i + 1 for i, block in enumerate(self._left) if isinstance(block, LARGE))
        return next(large, len(self._left))

    def _draw(self, count: int) -> None:
        """Draw so many blocks, in one widget: one that is seen is laid out at each change."""
        if not count:
            return
        part = QWidget()
        layout = column(part, spacing=8)
        for block in self._left[:count]:
            if isinstance(block, Heading):
                space(layout, 12)
            layout.addWidget(self._blocks.widget(block))
        del self._left[:count]
        self._layout.addWidget(part)

    def _arrive(self) -> None:
        """Go to the place that was asked for, once everything has its own."""
        anchor, scrolled = self._wanted
        if not self.isVisible() or not (anchor or scrolled):
            return
        self._settle()
        self.verticalScrollBar().setValue(scrolled)
        if part := self._blocks.anchors.get(anchor):
            set_property(part, "anchor", "chosen")
            self.ensureWidgetVisible(part, 0, self.height() // 3)
        self._wanted = ("", 0)

    def _settle(self) -> None:
        """Give everything its place now, and not when the next events are handled."""
        body, width = self.widget(), self.viewport().width()
        layout = body.layout() if body else None
        assert body is not None
        assert layout is not None
        layout.activate()
        body.resize(width, max(layout.totalHeightForWidth(width), self.viewport().height()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._arrive)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        set_property(self, "keyed", event.reason() in KEYED)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        set_property(self, "keyed", False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        key = Qt.Key(event.key())
        if key in ends:
            bar.setValue(ends[key])
        elif key == Qt.Key.Key_Space:
            bar.setValue(bar.value() + bar.pageStep() - px(STEP))
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """What Tab comes to is brought into view."""
        moved = super().focusNextPrevChild(forward)
        focus = self.focusWidget()
        if moved and self.isAncestorOf(focus):
            self.ensureWidgetVisible(focus, 0, px(STEP))
        return moved
