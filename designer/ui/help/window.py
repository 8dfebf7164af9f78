"""The help window: contents at the left, a page at the right, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QToolButton, QWidget

from designer.app.keymap import KeyMap
from designer.app.session import Session
from designer.core.facts import Facts
from designer.help.addresses import CONTENTS, LAYER
from designer.help.book import Book
from designer.ui.help.contents import Contents
from designer.ui.help.page_view import PageView
from designer.ui.key_tip import KeyTip
from designer.ui.parts import column, ground, hairline, row
from designer.ui.theme.icons import icon
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import at_least, fix_size, inset, set_icon_size
from designer.ui.theme.theme import Theme

SIZE = QSize(900, 720)
LEAST = QSize(720, 400)
MARGIN = QSize(40, 60)
"""What is left of a small screen around the window."""
LIST_WIDTH = 240
SOON = 200
"""Milliseconds after an edit before the page about a node is drawn anew."""


@dataclass(slots=True)
class Visit:
    """A page that was read: its address, the node that it was about, how far it was scrolled."""

    address: str
    node: str
    scrolled: int = 0


class HelpWindow(QWidget):
    """One window for all pages; it stays open while one works, and Escape closes it."""

    def __init__(
        self,
        book: Book,
        session: Session,
        theme: Theme,
        keys: KeyMap,
        parent: QWidget,
        doors: Mapping[str, Callable[[], object]] | None = None,
    ) -> None:
        """`doors` are addresses that open no page here, with what they do."""
        super().__init__(parent, Qt.WindowType.Window)
        self._book, self._session, self._theme, self._keys = book, session, theme, keys
        self._doors = doors or {}
        self._before: list[Visit] = []
        self._after: list[Visit] = []
        self.visit = Visit("", "")
        self._percent = theme.percent
        self.setObjectName("window")
        ground(self)
        self._give_size()
        self.contents = Contents(book.entries(), theme)
        self.contents.chosen.connect(self._on_chosen)
        self.view = PageView(theme)
        self.view.followed.connect(self.go)
        self.back = self._button("back", "Back ({help.back})", self.go_back)
        self.forward = self._button("forward", "Forward ({help.forward})", self.go_forward)
        self._lay_out()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self._draw_again)
        session.changed.connect(self._on_changed)
        theme.changed.connect(self._on_theme_changed)
        keys.changed.connect(self._on_keys_changed)
        self._on_theme_changed()

    def go(self, address: str, node: str = "") -> None:
        """Open a page; an address may end with `#` and a parameter. Unknown: the contents."""
        if open_door := self._doors.get(address):
            open_door()
            return
        self._leave()
        self._after.clear()
        self._open(Visit(address, node))

    def go_back(self) -> None:
        """Open the page before."""
        self._travel(self._before, self._after)

    def go_forward(self) -> None:
        """Open the page that one came back from."""
        self._travel(self._after, self._before)

    def _travel(self, source: list[Visit], target: list[Visit]) -> None:
        if source:
            self._keep(target)
            self._open(source.pop())

    def _keep(self, pile: list[Visit]) -> None:
        self.visit.scrolled = self.view.verticalScrollBar().value()
        pile.append(self.visit)

    def _leave(self) -> None:
        if self.visit.address:
            self._keep(self._before)

    def _open(self, visit: Visit) -> None:
        address, _, anchor = visit.address.partition("#")
        facts = self._facts(address, visit.node)
        design, found = self._session.design, self._session.analysis.diagnostics
        page = self._book.fault(address, design, found)
        page = page or self._book.page(address, visit.node if facts else "", facts)
        if page is None:
            visit = Visit(CONTENTS, "")
            page = self._book.page(CONTENTS)
            assert page is not None
        self.visit = visit if facts else Visit(visit.address, "", visit.scrolled)
        self.view.show_page(page, anchor, visit.scrolled)
        self.setWindowTitle(f"{page.title} — Help")
        self.contents.mark(page.address)
        self._ink_buttons()

    def _facts(self, address: str, node: str) -> Facts | None:
        """What is known of a node, where it is still of the layer that the page is about."""
        held = self._session.design.nodes.get(node)
        if held is None or address != f"{LAYER}{held.layer.kind()}" or held.bypassed:
            return None
        return self._session.analysis.facts.get(node)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.view.setFocus()

    def _on_chosen(self, address: str, passing: bool) -> None:
        if address == self.visit.address and not self.visit.node:
            return
        if passing and self._before:
            self._open(Visit(address, ""))
        else:
            self.go(address)

    def _on_changed(self) -> None:
        if self.isVisible() and self.visit.node:
            self._soon.start()

    def _on_keys_changed(self) -> None:
        if self.isVisible():
            self._draw_again()

    def _draw_again(self) -> None:
        self.visit.scrolled = self.view.verticalScrollBar().value()
        self._open(self.visit)

    def _ink_buttons(self) -> None:
        tokens = self._theme.tokens
        for button, pile in ((self.back, self._before), (self.forward, self._after)):
            button.setEnabled(bool(pile))
            ink = tokens.text if pile else tokens.line_strong
            button.setIcon(icon(button.objectName(), ink))

    def _on_theme_changed(self) -> None:
        self._ink_buttons()
        if self._percent != self._theme.percent:
            self._percent = self._theme.percent
            self._give_size()
        if self.visit.address:
            self._draw_again()

    def _give_size(self) -> None:
        """Be as large as the scale of the interface asks for, and the screen allows."""
        screen = self.screen().availableGeometry()
        room = QSize(screen.width() - MARGIN.width(), screen.height() - MARGIN.height())
        self.setMinimumSize(QSize(px(LEAST.width()), px(LEAST.height())).boundedTo(room))
        self.resize(QSize(px(SIZE.width()), px(SIZE.height())).boundedTo(room))

    def _lay_out(self) -> None:
        top = row(spacing=4)
        inset(top, 12, 8, 12, 8)
        top.addWidget(self.back)
        top.addWidget(self.forward)
        top.addStretch(1)
        page = QWidget()
        ground(page)
        right = column(page)
        right.addLayout(top)
        right.addWidget(hairline())
        right.addWidget(self.view, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        at_least(self.contents, width=160)
        split.addWidget(self.contents)
        split.addWidget(page)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.setSizes([px(LIST_WIDTH), px(SIZE.width() - LIST_WIDTH)])
        column(self).addWidget(split)

    def search(self) -> None:
        """Go to the line that searches all pages."""
        self.contents.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.contents.search.selectAll()

    def _button(self, name: str, tip: str, do: Callable[[], None]) -> QToolButton:
        made = QToolButton()
        made.setObjectName(name)
        KeyTip(made, tip, self._keys)
        made.setAccessibleName(tip.partition(" (")[0])
        fix_size(made, width=28, height=28)
        set_icon_size(made)
        made.clicked.connect(do)
        return made
