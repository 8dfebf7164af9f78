"""Sprites: nodes rasterised once for each look and scale, kept within a budget of bytes."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from designer.ui.canvas.drawing.draw import draw_body, draw_words
from designer.ui.canvas.scene.look import Look
from designer.ui.canvas.scene.measure import MARGIN, NODE_WIDTH
from designer.ui.theme.tokens import Tokens

Key = tuple[Look, float, float, Tokens]

LEAST_BUDGET = 64 * 1024 * 1024
"""Bytes."""
FAINT = 5.0
"""The outer part of a node's margin, in canvas units, in which little of its shadow is left."""
AT_LEAST = 48
"""Sprites that are made in a frame however long it takes: a net that is not large is whole at
once, on every machine."""


IN_HASTE = 16
"""Sprites that are made in a frame of a zoom, as what is there can be stretched until it rests."""


class Sprite(NamedTuple):
    """A drawn node with a margin around it, the scale that it was drawn for, and its pixels.

    `core` is what of it a zoom stretches: without the faint edge of its shadow, which takes time
    too; it begins `before` the node's corner and has a size, all in its own pixels.
    """

    pixmap: QPixmap
    scale: float
    core: QRectF
    before: int
    size: tuple[float, float]


class Sprites:
    """A cache of drawn nodes; the least recently used ones go first.

    With `patience` (seconds) a frame makes only so many sprites as fit into that time. What it
    has not is stood in for, by the sprite of another scale or by a node without words, and made
    by `catch_up` before the next frame; `is_behind` tells that this is wanted.
    """

    def __init__(self, budget: int = LEAST_BUDGET, patience: float | None = None) -> None:
        self.budget = budget
        self.patience = patience
        self.used = 0
        self._wanted: list[Key] = []
        self._kept: OrderedDict[Key, Sprite] = OrderedDict()
        self._latest: dict[Look, Sprite] = {}
        self._items: dict[int, Sprite] = {}
        self._items_of: tuple[object, ...] = ()
        self._left = AT_LEAST
        self._until = math.inf

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def is_behind(self) -> bool:
        """Whether something was stood in for in this frame."""
        return bool(self._wanted)

    def catch_up(self) -> bool:
        """Spend the time of a frame on what was stood in for; say whether that is all there now."""
        until = perf_counter() + (self.patience or math.inf)
        while self._wanted and perf_counter() < until:
            key = self._wanted.pop()
            if key not in self._kept:
                self._add(key)
        return not self._wanted

    def begin(self, *, in_haste: bool = False) -> None:
        """A frame begins; in haste it makes few sprites."""
        self._wanted.clear()
        self._until, self._left = math.inf, AT_LEAST
        if self.patience is not None:
            self._until = 0.0 if in_haste else perf_counter() + self.patience
            self._left = IN_HASTE if in_haste else AT_LEAST

    @contextmanager
    def aside(self) -> Iterator[None]:
        """While this lasts something else is painted: what was wanted before stays wanted."""
        wanted, self._wanted = self._wanted, []
        try:
            yield
        finally:
            self._wanted = wanted

    def of_items(self, *of: object) -> dict[int, Sprite]:
        """The sprites that were found for the items of this picture, at this scale and so on.

        The numbers are the user's; the answer lives until something else is asked for.
        """
        if len(of) != len(self._items_of) or any(
            a is not b and a != b for a, b in zip(of, self._items_of, strict=True)
        ):
            self._items, self._items_of = {}, of
        return self._items

    def get(self, look: Look, scale: float, ratio: float, tokens: Tokens) -> QPixmap:
        """The node with a margin around it, drawn for this zoom and device pixel ratio."""
        key = (look, scale, ratio, tokens)
        return (self._found(key) or self._add(key)).pixmap

    def ready(self, look: Look, scale: float, ratio: float, tokens: Tokens) -> Sprite:
        """As `get`, or what stands in for it while there is no time."""
        key = (look, scale, ratio, tokens)
        found = self._found(key)
        if found is not None:
            return found
        if self._left > 0 or perf_counter() < self._until:
            self._left -= 1
            return self._add(key)
        self._wanted.append(key)
        return self._latest.get(look) or self._body(look, scale, ratio, tokens)

    def clear(self) -> None:
        """Forget everything, as when fonts or colours changed."""
        self._kept.clear()
        self._latest.clear()
        self._items, self._items_of = {}, ()
        self.used = 0

    def _found(self, key: Key) -> Sprite | None:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def _add(self, key: Key) -> Sprite:
        look, scale, ratio, tokens = key
        made = _sprite(self._drawn(look, scale, ratio, tokens), scale)
        self._latest[look] = made
        return self._keep(key, made)

    def _keep(self, key: Key, made: Sprite) -> Sprite:
        self._kept[key] = made
        self.used += _bytes(made)
        while self.used > self.budget and len(self._kept) > 1:
            (look, *_), gone = self._kept.popitem(last=False)
            self.used -= _bytes(gone)
            if self._latest.get(look) is gone:
                del self._latest[look]
            self._items_of = ()
        return made

    def _drawn(self, look: Look, scale: float, ratio: float, tokens: Tokens) -> QPixmap:
        # many nodes differ in their words only, and words are the lesser part of the work
        sprite = QPixmap(self._body(look, scale, ratio, tokens).pixmap)
        with QPainter(sprite) as painter:
            _set_up(painter, scale * ratio, ratio)
            draw_words(painter, look, tokens, scale)
        return sprite

    def _body(self, look: Look, scale: float, ratio: float, tokens: Tokens) -> Sprite:
        """The node without its words."""
        bare = look._replace(title="", second="", corner="", sign="", says_fault=False)
        key = (bare, scale, ratio, tokens)
        return self._found(key) or self._keep(
            key, _sprite(_body(bare, scale, ratio, tokens), scale)
        )


def _sprite(pixmap: QPixmap, scale: float) -> Sprite:
    factor = scale * pixmap.devicePixelRatio()
    edge = round(FAINT * factor)
    core = QRectF(pixmap.rect()).adjusted(edge, edge, -edge, -edge)
    before = round(MARGIN * factor) - edge
    return Sprite(pixmap, scale, core, before, (core.width(), core.height()))


def _body(look: Look, scale: float, ratio: float, tokens: Tokens) -> QPixmap:
    factor = scale * ratio
    width = math.ceil((NODE_WIDTH + 2 * MARGIN) * factor)
    height = math.ceil((look.whole_height + 2 * MARGIN) * factor)
    body = QPixmap(max(width, 1), max(height, 1))
    body.setDevicePixelRatio(ratio)
    body.fill(Qt.GlobalColor.transparent)
    with QPainter(body) as painter:
        _set_up(painter, factor, ratio)
        draw_body(painter, look, tokens, scale)
    return body


def _set_up(painter: QPainter, factor: float, ratio: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(1 / ratio, 1 / ratio)
    # the node's corner comes to lie on a whole device pixel
    painter.translate(round(MARGIN * factor), round(MARGIN * factor))
    painter.scale(factor, factor)


def _bytes(sprite: Sprite) -> int:
    return sprite.pixmap.width() * sprite.pixmap.height() * 4
