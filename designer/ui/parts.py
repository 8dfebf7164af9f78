"""Small parts that every panel is made of: words in their roles, hairlines, cards."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from designer.core.diagnostic import Severity
from designer.ui.theme.fonts import BODY, CAPTION, SECONDARY, TITLE
from designer.ui.theme.sizes import gap, inset, set_words

Ink = Literal["text", "muted", "faint", "error", "warning", "good", "accent"]
INKS: dict[Severity, Ink] = {"error": "error", "warning": "warning", "hint": "muted"}
"""What a diagnostic's words are written in: red and amber are for faults, not for hints."""
Role = Literal["title", "strong", "body", "secondary", "caption", "section"]

_PIXELS = {
    "title": TITLE,
    "strong": BODY,
    "body": BODY,
    "secondary": SECONDARY,
    "caption": CAPTION,
    "section": CAPTION,
}


def label(text: str = "", role: Role = "body", ink: Ink = "text", *, wrap: bool = False) -> QLabel:
    """Words as plain text, whatever is in them, in one of the few sizes there are."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    set_words(made, _PIXELS[role], strong=role in ("title", "strong", "section"))
    made.setProperty("ink", ink)
    made.setWordWrap(wrap)
    return made


def set_tip(widget: QWidget, text: str) -> None:
    """Give a tooltip that is plain text, though Qt would read tags in it."""
    widget.setToolTip(plain_tip(text))


def plain_tip(text: str) -> str:
    """A tooltip's text so that Qt shows it as it is."""
    if "<" not in text:
        return text
    import html  # it brings two thousand names of characters

    return html.escape(text, quote=False)


def set_ink(widget: QWidget, ink: Ink) -> None:
    """Give words another ink."""
    set_property(widget, "ink", ink)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set what the style sheet asks for, and let the widget be styled again where it differs."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def hairline(*, vertical: bool = False) -> QFrame:
    """One pixel between two panels."""
    made = QFrame()
    made.setProperty("line", True)
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def ground(widget: QWidget, name: Literal["panel", "raised", "canvas"] = "panel") -> None:
    """Let the style sheet paint what lies behind a plain widget."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setProperty("ground", name)


def scrolling(page: QWidget) -> QScrollArea:
    """A page that is as wide and high as its place, and can be scrolled where that is too small."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    ground(page)
    area.setWidget(page)
    return area


def column(parent: QWidget | None = None, margin: int = 0, spacing: int = 0) -> QVBoxLayout:
    """A vertical layout on the 4 px grid."""
    made = QVBoxLayout(parent) if parent else QVBoxLayout()
    inset(made, margin, margin, margin, margin)
    gap(made, spacing)
    return made


def row(parent: QWidget | None = None, margin: int = 0, spacing: int = 0) -> QHBoxLayout:
    """A horizontal layout on the 4 px grid."""
    made = QHBoxLayout(parent) if parent else QHBoxLayout()
    inset(made, margin, margin, margin, margin)
    gap(made, spacing)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)
