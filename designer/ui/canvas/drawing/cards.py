"""Cards: a few plain sentences beside a node, of a fault with its remedy or of its arithmetic."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from designer.core.diagnostic import Diagnostic, Fix
from designer.core.facts import Facts
from designer.core.lean import lean_dataclass as dataclass
from designer.ui.canvas.drawing.draw import font
from designer.ui.canvas.drawing.ink import colour, faded, pen
from designer.ui.canvas.scene.look import Mark
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.viewport import Rect, Viewport
from designer.ui.figures import unbroken
from designer.ui.theme.tokens import Tokens

Ink = Literal["error", "warning", "action", "title", "body", "muted"]

WIDEST = 300.0
WIDEST_FACTS = 380.0
PADDING = 10.0
LEADING = 17.0
PATH = (260.0, 40.0)
"""Pixels of the upper left corner that a card keeps free."""
NEAREST = 0.6
"""Below this zoom only the cards of selected nodes are shown."""
MOST = 12
MOST_NOTE_LINES = 6
MOST_LINES = 24
"""Lines of a card; a longer note is read in the inspector."""
Tone = Literal["error", "warning", "calm"]
TONES: dict[str, Tone] = {"error": "error", "warning": "warning", "hint": "calm"}
INKS: dict[str, Ink] = {"error": "error", "warning": "warning", "hint": "body"}
ASKED = (Mark.SELECTED | Mark.HOVERED).value
OPEN_ENDS = frozenset({"missing-input", "nothing-after-input"})


class Line(NamedTuple):
    """One line of a card."""

    text: str
    ink: Ink


@dataclass(frozen=True, slots=True)
class Card:
    """A card at a place of the screen; `fix` is what a click on it does."""

    rect: QRectF
    lines: tuple[Line, ...]
    item: int
    tone: Tone
    fix: Fix | None = None
    has_key: bool = False
    """Whether the key that mends does it too."""
    scale: float = 1.0
    """Pixels for one at 100 % of the interface."""

    def is_on_fix(self, at: QPointF) -> bool:
        """Whether a pixel lies on the words of the fix."""
        offered = sum(line.ink == "action" for line in self.lines)
        top = self.rect.bottom() - (PADDING + LEADING * offered) * self.scale
        return self.fix is not None and self.rect.contains(at) and at.y() >= top


def fault_cards(picture: Picture, viewport: Viewport) -> list[Card]:
    """The cards below nodes at fault: of what is selected, and of others where there is room."""
    if not picture.faults:
        return []
    cards: list[Card] = []
    shown = _by_weight(picture, viewport)
    keyed = _with_key(picture) if shown else None
    for i in shown:
        asked = bool(picture.item_mark[i] & ASKED)
        fault = picture.faults[i]
        if not asked and (viewport.scale < NEAREST or not _speaks_up(fault)):
            continue
        below, above = _fault_card(i, fault, picture, viewport, with_key=i == keyed)
        taken = [card.rect for card in cards]
        free = [c for c in (below, above) if _has_room(c.rect, taken, picture, viewport)]
        if free or asked:
            cards.append(
                free[0] if free else below if below.rect.bottom() < viewport.height else above
            )
        if len(cards) == MOST:
            break
    return cards


def facts_card(
    picture: Picture, i: int, viewport: Viewport, beside: QRectF | None = None
) -> Card | None:
    """The card with the arithmetic of a node's size and its cost; None where nothing is known."""
    item = picture.items[i]
    facts, note = item.facts, _note_lines(item.node.note)
    if facts is None or facts.outputs is None:
        return (
            _beside(i, [Line(item.node.title, "title"), *note], picture, viewport) if note else None
        )
    known = tuple(shape for shape in facts.inputs if shape is not None)
    lines = [Line(item.node.layer.kind(), "title")]
    if known:
        lines.append(Line(" and ".join(map(str, dict.fromkeys(known))) + " in", "muted"))
    lines += [Line(text, "body") for text in item.node.layer.explain(*known) if known]
    lines.append(Line(f"{' and '.join(map(str, facts.outputs))} out", "body"))
    if cost := _cost(facts):
        lines.append(Line(cost, "muted"))
    return _beside(i, [*lines, *note], picture, viewport, beside)


def _note_lines(note: str) -> list[Line]:
    """The first lines of a note."""
    if not note.strip():
        return []
    lines = [Line(line.strip(), "muted") for line in f"Note: {note.strip()}".splitlines()]
    more = len(lines) - MOST_NOTE_LINES
    return lines if more <= 0 else [*lines[:MOST_NOTE_LINES], Line("…", "muted")]


def _beside(
    i: int, lines: list[Line], picture: Picture, viewport: Viewport, taken_by: QRectF | None = None
) -> Card:
    """A calm card near a node, where there is room."""
    lines = [line for long in lines for line in wrapped(long, WIDEST_FACTS)][:MOST_LINES]
    places = _places(i, lines, picture, viewport)
    taken = [taken_by] if taken_by is not None else []
    free = [rect for rect in places if _has_room(rect, taken, picture, viewport)]
    below, above = places
    is_full = below.bottom() > viewport.height or (taken_by and taken_by.intersects(below))
    rect = free[0] if free else above if is_full else below
    return Card(rect, tuple(lines), i, "calm", scale=viewport.interface)


def draw_card(painter: QPainter, card: Card, tokens: Tokens) -> None:
    """Draw a card; its text is always plain."""
    grounds = {"error": tokens.error_soft, "warning": tokens.raised, "calm": tokens.raised}
    outlines = {"error": tokens.error, "warning": tokens.warning, "calm": tokens.line_strong}
    inks = {
        "error": tokens.error,
        "warning": tokens.text,
        "action": tokens.accent,
        "title": tokens.text,
        "body": tokens.text,
        "muted": tokens.text_muted,
    }
    painter.save()
    painter.translate(card.rect.topLeft())
    painter.scale(card.scale, card.scale)
    rect = QRectF(0, 0, card.rect.width() / card.scale, card.rect.height() / card.scale)
    painter.setPen(pen(faded(tokens.shadow, 0.08), 3.0))
    painter.drawRoundedRect(rect.translated(0, 1.5), 8, 8)
    painter.setBrush(colour(grounds[card.tone]))
    line = colour(outlines[card.tone])
    painter.setPen(pen(faded(line.name(), 0.75) if card.tone == "error" else line))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    y = PADDING + 9
    for text, ink in card.lines:
        painter.setFont(font(12, ink in ("action", "title")))
        painter.setPen(colour(inks[ink]))
        painter.drawText(QPointF(PADDING + 1, y), text)
        y += LEADING
    painter.restore()


def _by_weight(picture: Picture, viewport: Viewport) -> list[int]:
    """The nodes at fault that are seen, from afar only those that are asked about: selected ones
    first, then those under the pointer."""

    def weight(i: int) -> tuple[bool, bool, int]:
        marks = int(picture.item_mark[i])
        return (not marks & Mark.SELECTED, not marks & Mark.HOVERED, i)

    faulty = np.fromiter(picture.faults, np.intp, len(picture.faults))
    if viewport.scale < NEAREST:
        faulty = faulty[(picture.item_mark[faulty] & ASKED) != 0]
    if not len(faulty):
        return []
    left, top, right, bottom = viewport.seen
    x1, y1, x2, y2 = picture.sides[:, faulty]
    seen = faulty[(x1 < right) & (x2 > left) & (y1 < bottom) & (y2 > top)]
    return sorted(seen.tolist(), key=weight)


def _with_key(picture: Picture) -> int | None:
    """The node whose remedy a key applies: the one selected, else the only error that has one.

    None where that key means something else to the node that is selected.
    """
    if len(picture.chosen) == 1:
        (chosen,) = picture.chosen
        i = picture.index.get(chosen)
        fault = picture.faults.get(i) if i is not None else None
        if i is not None and fault is not None and fault.fixes:
            return i
        if i is not None and picture.items[i].node.layer.is_composite:
            return None
    curable = [i for i, f in picture.faults.items() if f.severity == "error" and f.fixes]
    return curable[0] if len(curable) == 1 and _speaks_up(picture.faults[curable[0]]) else None


def _speaks_up(fault: Diagnostic) -> bool:
    """Whether a fault shows its card unasked: the open ends of a net being drawn do not."""
    return fault.severity == "error" and fault.code not in OPEN_ENDS


def _fault_card(
    i: int, fault: Diagnostic, picture: Picture, viewport: Viewport, *, with_key: bool
) -> tuple[Card, Card]:
    """The card below the node, and the one above it."""
    fix = fault.fixes[0] if fault.fixes else None
    tone = TONES[fault.severity]
    lines = list(wrapped(Line(fault.message, INKS[fault.severity])))
    if fix is not None:
        key = picture.mend_key if with_key else ""
        lines += wrapped(Line(f"{fix.label} {key}".rstrip(), "action"))
    rects = _places(i, lines, picture, viewport)
    scale = viewport.interface
    below, above = (Card(rect, tuple(lines), i, tone, fix, with_key, scale) for rect in rects)
    return below, above


def _places(
    i: int, lines: list[Line], picture: Picture, viewport: Viewport
) -> tuple[QRectF, QRectF]:
    """Where a card with these lines would be below a node, and above it; inside the window."""
    scale, gap = viewport.interface, 8 * viewport.interface
    width = (_longest(tuple(lines)) + 2 * PADDING + 2) * scale
    height = (LEADING * len(lines) + 2 * PADDING - 5) * scale
    x, y, w, h = map(float, picture.boxes[i])
    left, top = viewport.to_screen(x + w / 2, y + h)
    _, above = viewport.to_screen(x, y)
    left = max(8.0, min(left - width / 2, viewport.width - width - 8.0))
    below, over = (
        QRectF(round(left), round(y), round(width), round(height))
        for y in (top + gap, above - gap - height)
    )
    for rect in (below, over):
        # beside the way to the level that is shown, which stands in that corner
        if rect.left() < PATH[0] * scale and rect.top() < PATH[1] * scale:
            rect.moveLeft(round(PATH[0] * scale))
    return below, over


def _has_room(rect: QRectF, taken: list[QRectF], picture: Picture, viewport: Viewport) -> bool:
    """Whether a card lies in the window and covers no node and no other card."""
    window = QRectF(0, 0, viewport.width, viewport.height)
    if not window.contains(rect) or any(rect.intersects(other) for other in taken):
        return False
    left, top = viewport.to_canvas(rect.left(), rect.top())
    right, bottom = viewport.to_canvas(rect.right(), rect.bottom())
    return not len(within(picture, (left, top, right, bottom)))


@lru_cache(maxsize=256)
def _longest(lines: tuple[Line, ...]) -> float:
    """The width of the longest line."""
    return max(_metrics(line).horizontalAdvance(line.text) for line in lines)


def _metrics(line: Line) -> QFontMetricsF:
    return QFontMetricsF(font(12, line.ink in ("action", "title")))


@lru_cache(maxsize=256)
def wrapped(line: Line, widest: float = WIDEST) -> tuple[Line, ...]:
    """Break a sentence at its spaces but those in shapes, so that no line is wider than a card."""
    metrics = _metrics(line)
    lines: list[str] = []
    now = ""
    for word in unbroken(line.text).split(" "):
        longer = f"{now} {word}" if now else word
        if now and metrics.horizontalAdvance(longer) > widest:
            lines.append(now)
            now = word
        else:
            now = longer
    return tuple(Line(text.replace("\u00a0", " "), line.ink) for text in [*lines, now])


def within(picture: Picture, rect: Rect) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """The items that a rectangle of the canvas touches."""
    left, top, right, bottom = rect
    x1, y1, x2, y2 = picture.sides
    return np.flatnonzero((x1 < right) & (x2 > left) & (y1 < bottom) & (y2 > top))


def _cost(facts: Facts) -> str:
    words = []
    if facts.parameters:
        words.append(f"{facts.parameters:,} parameters")
    if facts.macs:
        words.append(f"{facts.macs:,} MACs")
    return " · ".join(words)
