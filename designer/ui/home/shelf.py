"""A shelf of the start page: a heading, and cards below it in as many columns as there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from designer.ui.home.card import HEIGHT, Card
from designer.ui.parts import label
from designer.ui.theme.scale import px

LEAST = 256
"""Pixels that a card needs across."""
GAP = 16
BETWEEN = 20
"""Pixels between two rows."""
HEAD = 32


class Shelf(QWidget):
    """Holds cards, of which some may be left out while something is searched."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = label(heading, "strong")
        self.heading.setParent(self)
        self.setAccessibleName(heading)
        self.cards: list[Card] = []
        self._shown: list[Card] = []

    def fill(self, cards: Sequence[Card]) -> None:
        """Hold these cards in the place of those before."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = list(cards)
        for card in self.cards:
            card.setParent(self)
        self.show_some(self.cards)

    def show_some(self, found: Sequence[Card]) -> None:
        """Show only these of its cards, in this order."""
        self._shown = [card for card in found if card in self.cards]
        for card in self.cards:
            card.setVisible(card in self._shown)
        self.setVisible(bool(self._shown))

    @property
    def shown(self) -> list[Card]:
        """The cards that are shown, in order."""
        return list(self._shown)

    def arrange(self, width: int) -> None:
        """Put the cards into columns that fill this width, and take the height that this needs."""
        columns = max(1, (width + px(GAP)) // px(LEAST + GAP))
        across = (width - (columns - 1) * px(GAP)) // columns
        self.heading.setGeometry(px(2), 0, width, px(HEAD) - px(8))
        for place, card in enumerate(self._shown):
            line, column = divmod(place, columns)
            left, top = column * (across + px(GAP)), px(HEAD) + line * px(HEIGHT + BETWEEN)
            card.setGeometry(left, top, across, px(HEIGHT))
        lines = -(-len(self._shown) // columns)
        self.setFixedHeight(px(HEAD) + lines * px(HEIGHT + BETWEEN))
