"""Sizes of widgets, said once in pixels at 100 %, and given anew at each scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QBoxLayout,
    QLayout,
    QSizePolicy,
    QSpacerItem,
    QTableView,
    QWidget,
)

from designer.ui.theme.fonts import BODY, SECONDARY, code, words
from designer.ui.theme.scale import px

ANY_WIDTH = 16_777_215
"""Qt's word for no limit."""
_FIRST_FONT = "_q_styleSheetWidgetFont"
"""Where Qt's style sheets keep the font that a widget had."""
UNSAID = -1
"""In the place of a side that nobody gave a size."""


def fix_size(widget: QWidget, *, width: float = UNSAID, height: float = UNSAID) -> None:
    """Give a widget a width or a height, or both."""
    _keep(widget, "px_fixed", _both(widget.property("px_fixed"), width, height))


def free_width(widget: QWidget) -> None:
    """Let a widget be as wide as there is room, after it had a width of its own."""
    widget.setProperty("px_fixed", None)
    widget.setMinimumWidth(0)
    widget.setMaximumWidth(ANY_WIDTH)


def at_least(widget: QWidget, *, width: float = UNSAID, height: float = UNSAID) -> None:
    """Let a widget be no smaller."""
    _keep(widget, "px_least", _both(widget.property("px_least"), width, height))


def at_most(widget: QWidget, width: float) -> None:
    """Let a widget be no wider."""
    _keep(widget, "px_most", (width,))


def inset(of: QLayout | QWidget, left: float, top: float, right: float, bottom: float) -> None:
    """Leave room between an edge and what lies inside."""
    _keep(of, "px_inset", (left, top, right, bottom))


def gap(layout: QBoxLayout, pixels: float) -> None:
    """Leave room between the parts of a row or a column."""
    _keep(layout, "px_gap", (pixels,))


def space(layout: QBoxLayout, pixels: float) -> None:
    """Leave room between two parts of a row or a column, beside what is between all of them."""
    said = layout.property("px_spaces") or []
    layout.addSpacing(px(pixels))
    layout.setProperty("px_spaces", [*said, pixels])


def set_words(widget: QWidget, pixels: int = BODY, *, strong: bool = False) -> None:
    """Let a widget write in Inter."""
    _keep(widget, "px_words", (pixels, strong))


def set_code(widget: QWidget, pixels: int = SECONDARY) -> None:
    """Let a widget write in the fixed-width font."""
    _keep(widget, "px_code", (pixels,))


def set_icon_size(button: QAbstractButton, pixels: float = 16) -> None:
    """Let a button have an icon of this size."""
    _keep(button, "px_icon", (pixels,))


def set_row_height(table: QTableView, pixels: float) -> None:
    """Let every row of a table be as high, so that none is measured."""
    _keep(table, "px_row", (pixels,))


def give_anew() -> None:
    """Give every size that was said again, at the scale that holds now."""
    for top in QApplication.topLevelWidgets():
        for sized in (top, *top.findChildren(QWidget), *top.findChildren(QLayout)):
            for name, give in _GIVE.items():
                said = sized.property(name)
                if said is not None:
                    give(sized, said)
            if isinstance(sized, QWidget):
                sized.updateGeometry()
                sized.update()


def _both(said: Sequence[float] | None, width: float, height: float) -> Sequence[float]:
    """What is said now, and the side that was said before."""
    before = said or (UNSAID, UNSAID)
    new = zip((width, height), before, strict=True)
    return [now if now != UNSAID else old for now, old in new]


def _keep(sized: QObject, name: str, said: Sequence[float]) -> None:
    # with the Qt object and not beside it, so that it lives exactly as long
    sized.setProperty(name, list(said))
    _GIVE[name](sized, said)


def _give_fixed(widget: QWidget, said: Sequence[float]) -> None:
    width, height = said
    if width != UNSAID:
        widget.setFixedWidth(px(width))
    if height != UNSAID:
        widget.setFixedHeight(px(height))


def _give_least(widget: QWidget, said: Sequence[float]) -> None:
    width, height = said
    if width != UNSAID:
        widget.setMinimumWidth(px(width))
    if height != UNSAID:
        widget.setMinimumHeight(px(height))


def _give_words(widget: QWidget, said: Sequence[float]) -> None:
    _give_font(widget, words(int(said[0]), strong=bool(said[1])))


def _give_font(widget: QWidget, font: QFont) -> None:
    widget.setFont(font)
    # the style sheet gives back what it found first, whenever a property or the theme is another
    if widget.property(_FIRST_FONT) is not None:
        widget.setProperty(_FIRST_FONT, font)
    # and what is painted in has a font of its own since a style sheet met it
    if isinstance(widget, QAbstractScrollArea):
        widget.viewport().setFont(font)


def _give_spaces(layout: QBoxLayout, said: Sequence[float]) -> None:
    items = (item.spacerItem() for i in range(layout.count()) if (item := layout.itemAt(i)))
    fixed = (item for item in items if item and QSizePolicy.Policy.Fixed in _policies(item))
    for item, pixels in zip(fixed, said, strict=True):
        is_wide = item.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed
        size = (px(pixels), 0) if is_wide else (0, px(pixels))
        item.changeSize(*size, *_policies(item))
    layout.invalidate()


def _policies(item: QSpacerItem) -> tuple[QSizePolicy.Policy, QSizePolicy.Policy]:
    return item.sizePolicy().horizontalPolicy(), item.sizePolicy().verticalPolicy()


def _give_icon(button: QAbstractButton, said: Sequence[float]) -> None:
    button.setIconSize(QSize(px(said[0]), px(said[0])))


_GIVE: dict[str, Callable[..., None]] = {
    "px_fixed": _give_fixed,
    "px_least": _give_least,
    "px_most": lambda widget, said: widget.setMaximumWidth(px(said[0])),
    "px_inset": lambda of, said: of.setContentsMargins(*map(px, said)),
    "px_gap": lambda layout, said: layout.setSpacing(px(said[0])),
    "px_spaces": _give_spaces,
    "px_words": _give_words,
    "px_code": lambda widget, said: _give_font(widget, code(int(said[0]))),
    "px_icon": _give_icon,
    "px_row": lambda table, said: table.verticalHeader().setDefaultSectionSize(px(said[0])),
}
