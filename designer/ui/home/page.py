"""The start page: recent files and templates as cards, found by typing, opened by one key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QScrollArea, QWidget

from designer.app.matching import best
from designer.app.settings import SettingsFile
from designer.ui import templates
from designer.ui.files import Files
from designer.ui.home.card import Card
from designer.ui.home.gallery import Found, Gallery
from designer.ui.home.shelf import Shelf
from designer.ui.home.when import when
from designer.ui.parts import column, ground, label, row
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import fix_size, inset
from designer.ui.theme.theme import Theme

WIDEST = 1216
SIDE = 32
RECENT = "Recent"


class HomePage(QWidget):
    """Asks the files for what is chosen; `left` where the user goes back to the canvas."""

    left = Signal()

    def __init__(
        self,
        files: Files,
        settings: SettingsFile,
        theme: Theme,
        gallery: Gallery | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        ground(self)
        self._files, self._settings, self._theme = files, settings, theme
        self._gallery = gallery or Gallery(parent=self)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search recent files and templates")
        self.search.setAccessibleName("Search recent files and templates")
        self.search.setClearButtonEnabled(True)
        self.search.setAcceptDrops(False)  # a file that is dropped here is opened, too
        fix_size(self.search, height=32)
        self.new_button = QPushButton("New empty net")
        self.open_button = QPushButton("Open …")
        for button, run in ((self.new_button, files.new), (self.open_button, files.open)):
            fix_size(button, height=32)
            button.clicked.connect(lambda _=False, run=run: run())
        self.nothing = label("Nothing has that name.", "body", "muted")
        self.shelves: dict[str, Shelf] = {}
        self.banners = column()
        """Where sentences stand that wait to be read, while the page is shown."""
        self._lay_out()
        self._fill_templates()
        self.search.textChanged.connect(self._on_searched)
        self.search.returnPressed.connect(self._on_return)
        self.search.installEventFilter(self)
        theme.changed.connect(self._on_theme_changed)

    def cards(self) -> list[Card]:
        """The cards that are shown, in order."""
        return [card for shelf in self.shelves.values() for card in shelf.shown]

    @property
    def is_painting(self) -> bool:
        """Whether thumbnails are still to come."""
        return self._gallery.is_busy

    def refresh(self) -> None:
        """Show the recent files as they are now."""
        recent = [templates.recent(path, self._files, self._forget) for path in self._paths()]
        cards = [Card(offer, self._theme) for offer in recent]
        self._watch(cards)
        self.shelves[RECENT].fill(cards)
        self._on_searched(self.search.text())
        if self.isVisible():
            self._picture(cards)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
        self._picture_all()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down and (cards := self.cards()):
                self._go_to(cards[0])
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed anywhere is searched; Escape goes back to the canvas."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isprintable() and event.text().strip():
            self.search.setFocus()
            self.search.insert(event.text())
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        top = row(spacing=8)
        top.addWidget(self.search, 1)
        top.addWidget(self.new_button)
        top.addWidget(self.open_button)
        self._body = QWidget()
        inside = column(self._body, 0, 12)
        inset(inside, 0, 32, 0, 32)
        inside.addLayout(top)
        inside.addWidget(self.nothing)
        for heading in (RECENT, *templates.groups()):
            self.shelves[heading] = Shelf(heading)
            inside.addWidget(self.shelves[heading])
        inside.addStretch(1)
        holder = QWidget()
        middle = row(holder)
        middle.addStretch(1)
        middle.addWidget(self._body)
        middle.addStretch(1)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(holder)
        layout = column(self)
        layout.addLayout(self.banners)
        layout.addWidget(self._area, 1)

    def _fill_templates(self) -> None:
        for heading in templates.groups():
            cards = [Card(offer, self._theme) for offer in templates.offers(heading, self._files)]
            self._watch(cards)
            self.shelves[heading].fill(cards)
        self.refresh()

    def _watch(self, cards: list[Card]) -> None:
        for card in cards:
            card.stepped.connect(partial(self._on_stepped, card))

    def _paths(self) -> tuple[str, ...]:
        return self._settings.value.recent

    def _forget(self, path: str) -> None:
        """Take a file off the list; the one behind it gets the focus."""
        shown = self.shelves[RECENT].shown
        at = next((i for i, card in enumerate(shown) if str(card.offer.place) == path), 0)
        had_focus = any(card.hasFocus() for card in shown)
        self._settings.put(self._settings.value.without_recent(path))
        self.refresh()
        left = self.shelves[RECENT].shown
        if had_focus:
            self._go_to(left[min(at, len(left) - 1)] if left else self.search)

    def _on_searched(self, text: str) -> None:
        for shelf in self.shelves.values():
            found = best(text, shelf.cards, _words) if text.strip() else shelf.cards
            shelf.show_some(found)
        self.nothing.setVisible(not self.cards())
        self._arrange()

    def _on_return(self) -> None:
        cards = self.cards()
        if cards and self.search.text().strip():
            cards[0].click()

    def _on_stepped(self, card: Card, key: int) -> None:
        if (target := _beside(card, self.cards(), key)) is not None:
            self._go_to(target)
        elif key == Qt.Key.Key_Up.value:
            self._go_to(self.search)

    def _go_to(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if widget is not self.search:
            self._area.ensureWidgetVisible(widget, 0, px(40))

    def _arrange(self) -> None:
        room = self.width() - 2 * px(SIDE)
        width = max(px(240), min(room, px(WIDEST)))
        self._body.setFixedWidth(width)
        for shelf in self.shelves.values():
            shelf.arrange(width)

    def _on_theme_changed(self) -> None:
        """Other colours, or another scale."""
        self._arrange()
        self._picture_all()

    def _picture_all(self) -> None:
        if self.isVisible():
            self._gallery.forget()
            self._picture([card for shelf in self.shelves.values() for card in shelf.cards])

    def _picture(self, cards: list[Card]) -> None:
        # a larger interface has larger pictures of the same, and not more in them
        ratio = self.devicePixelRatioF() * self._theme.percent / 100
        for card in cards:
            show = partial(_show, card)
            self._gallery.want(card.offer.place, self._theme.tokens, show, ratio=ratio)


def _show(card: Card, found: Found) -> None:
    if not found.is_there:
        card.say("", "This file is not there any more.")
    elif found.written is not None and card.offer.remove is not None:
        told = when(datetime.fromtimestamp(found.written), datetime.now())
        card.say(f"written {told}", "" if found.image else "This file cannot be read.")
    card.show_picture(found.image)


def _words(card: Card) -> Iterator[str]:
    yield card.offer.title
    yield card.offer.search


def _beside(card: Card, cards: list[Card], key: int) -> Card | None:
    """The next card in the direction of an arrow key."""
    at = cards.index(card)
    if key in (Qt.Key.Key_Left.value, Qt.Key.Key_Right.value):
        step = at + (1 if key == Qt.Key.Key_Right.value else -1)
        return cards[step] if 0 <= step < len(cards) else None
    window = card.window()
    here = card.mapTo(window, card.rect().center())
    sign = 1 if key == Qt.Key.Key_Down.value else -1
    places = [(other, other.mapTo(window, other.rect().center()) - here) for other in cards]
    ahead = [(other, away) for other, away in places if away.y() * sign > 0]
    if not ahead:
        return None
    return min(ahead, key=lambda pair: (abs(pair[1].y()), abs(pair[1].x())))[0]
