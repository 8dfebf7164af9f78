"""Every ink is legible on every ground: in the table, in style sheet and paint code, in pixels."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

import designer.ui
from designer.core.edits import Disconnect
from designer.ui.main_window import MainWindow
from designer.ui.theme import stylesheet as sheet
from designer.ui.theme.contrast import (
    DECOR,
    FILLS,
    GROUNDS,
    INKS,
    SIGN_NEEDS,
    SIGN_PAIRS,
    SIGNS,
    TEXT_NEEDS,
    TEXT_PAIRS,
    contrast,
)
from designer.ui.theme.tokens import DARK, LIGHT, Tokens

HERE = Path(designer.ui.__file__).parent
KNOWN = {*INKS, *GROUNDS, *FILLS, *SIGNS, *DECOR, "on_accent"}
MADE = {"card": "canvas", "field": "window"}
"""Grounds that the style sheet makes of others."""


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize(("pairs", "needs"), [(TEXT_PAIRS, TEXT_NEEDS), (SIGN_PAIRS, SIGN_NEEDS)])
def test_every_pair_has_the_contrast_it_needs(
    tokens: Tokens, pairs: tuple[tuple[str, str], ...], needs: float
) -> None:
    measured = {
        f"{ink} on {ground}": round(contrast(getattr(tokens, ink), getattr(tokens, ground)), 2)
        for ink, ground in pairs
    }
    assert {pair: value for pair, value in measured.items() if value < needs} == {}


def test_every_colour_of_the_table_is_for_something() -> None:
    colours = {field.name for field in fields(Tokens)} - {"name", "is_dark"}
    assert colours == KNOWN


# --- the style sheet ------------------------------------------------------------------------------


def rules() -> dict[str, dict[str, str]]:
    """Selectors with the tokens of their ink and ground; a state inherits from what it is of."""
    found: dict[str, dict[str, str]] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^}]*)\}", sheet._SHEET.template):
        said = dict(re.findall(r"(?<![\w-])(color|background): \$(\w+)", body))
        for selector in selectors.split(","):
            found.setdefault(" ".join(selector.split()), {}).update(said)
    for selector, said in found.items():
        for above in parents(selector):
            for key, value in found.get(above, {}).items():
                said.setdefault(key, value)
    return found


def parents(selector: str) -> Iterator[str]:
    """A selector without its state, then without one property after the other."""
    selector = re.sub(r"(?<!:):[a-z-]+", "", selector)
    yield selector
    while "[" in selector:
        selector = re.sub(r"\[[^\[\]]*\](?=[^\[]*$)", "", selector)
        yield selector


def test_the_style_sheet_writes_in_inks_on_grounds() -> None:
    allowed = {(ink, ground) for ink, ground in TEXT_PAIRS}
    pairs = {
        (said["color"], MADE.get(said["background"], said["background"]))
        for said in rules().values()
        if {"color", "background"} <= said.keys()
    }
    assert len(pairs) > 8
    assert pairs - allowed == set()
    inks = {said["color"] for said in rules().values() if "color" in said}
    assert inks <= {*INKS, "on_accent"}


# --- what is painted ------------------------------------------------------------------------------


def tokens_in(node: ast.AST) -> set[str]:
    """The colours of the table that an expression names."""
    return {
        one.attr
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute) and one.attr in KNOWN and "tokens" in ast.unparse(one)
    }


def calls(tree: ast.AST) -> Iterator[tuple[str, set[str], int]]:
    """The pens that are taken and the words that are drawn in each function, in their order."""
    for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
        made = (n for n in ast.walk(function) if isinstance(n, ast.Call))
        for call in sorted(made, key=lambda n: (n.lineno, n.col_offset)):
            if isinstance(call.func, ast.Attribute) and call.func.attr in ("setPen", "drawText"):
                yield call.func.attr, tokens_in(call), call.lineno
        yield "end", set(), 0


def test_words_are_painted_in_inks() -> None:
    wrong: list[str] = []
    looked = 0
    for path in HERE.rglob("*.py"):
        pen: set[str] = set()
        for what, named, line in calls(ast.parse(path.read_text("utf-8"))):
            if what == "drawText":
                looked += bool(pen)
                if pen - {*INKS, "on_accent"}:
                    wrong.append(f"{path.name}:{line} writes in {sorted(pen)}")
            else:
                pen = named
    assert looked > 25
    assert wrong == []


def test_no_colour_is_written_beside_the_table() -> None:
    literal = re.compile(r"[\"'(]#[0-9a-fA-F]{3,8}[\"')]|GlobalColor\.(?!transparent)")
    found = [
        f"{path.relative_to(HERE)}: {line.strip()}"
        for path in HERE.rglob("*.py")
        if path.name not in ("tokens.py",)
        for line in path.read_text("utf-8").splitlines()
        if literal.search(line)
    ]
    # the squares behind a picture without a ground are those of every program
    assert [line for line in found if not line.startswith("pictures/dialog.py")] == []


# --- pixels ---------------------------------------------------------------------------------------

RATIO = 3
"""So large that the strokes of letters have pixels of their full ink."""


def picture(window: QWidget) -> NDArray[np.uint32]:
    drawn = QPixmap(window.size() * RATIO)
    drawn.setDevicePixelRatio(RATIO)
    window.render(drawn)
    image = drawn.toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1) & 0xFFFFFF


def read(pixels: NDArray[np.uint32], rect: QRect) -> float:
    """The contrast of what is written in a rectangle to what most of it is."""
    left, top = rect.left() * RATIO, rect.top() * RATIO
    part = pixels[top : (rect.bottom() + 1) * RATIO, left : (rect.right() + 1) * RATIO]
    colours, counts = np.unique(part, return_counts=True)
    ground = f"#{colours[counts.argmax()]:06x}"
    inks = colours[counts >= 6].tolist()
    return max((contrast(f"#{ink:06x}", ground) for ink in inks), default=1.0)


def written(window: QWidget) -> Iterator[tuple[str, QRect]]:
    """Everything that says something in one ink, with its place in the window."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.width() < 4:
            continue
        seen = widget.visibleRegion().boundingRect()
        places: list[tuple[str, QRect]] = []
        if isinstance(widget, QLabel | QPushButton):
            places = [(widget.text(), widget.rect().adjusted(3, 3, -3, -3))]
        elif isinstance(widget, QLineEdit):
            places = [(widget.displayText() or widget.placeholderText(), widget.rect())]
            places = [(text, rect.adjusted(4, 4, -4, -4)) for text, rect in places]
        elif isinstance(widget, QTabBar):
            tabs = range(widget.count())
            places = [(widget.tabText(i), widget.tabRect(i).adjusted(3, 6, -3, -6)) for i in tabs]
        elif isinstance(widget, QHeaderView):
            continue
        elif isinstance(widget.parent(), QAbstractItemView) and not isinstance(widget, QHeaderView):
            places = [*cells(widget.parent(), widget)]  # type: ignore[arg-type]
        for text, rect in places:
            if text.strip() and min(rect.width(), rect.height()) > 4 and seen.contains(rect):
                yield text, QRect(widget.mapTo(window, rect.topLeft()), rect.size())


def cells(view: QAbstractItemView, viewport: QWidget) -> Iterator[tuple[str, QRect]]:
    model = view.model()
    if model is None or viewport is not view.viewport():
        return
    for row in range(min(model.rowCount(), 30)):
        columns = 1 if isinstance(view, QListView) else model.columnCount()
        for column in range(columns):
            index = model.index(row, column)
            text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            rect = view.visualRect(index).adjusted(2, 2, -2, -4)
            if rect.height() > 4 and rect.width() > 8:
                yield text, rect


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_what_is_shown_can_be_read(
    qtbot: QtBot, window: MainWindow, mode: Literal["dark", "light"]
) -> None:
    window.theme.set_mode(mode)
    edge = next(e for e in window.session.design.edges if e.target == "flatten")
    window.session.execute(Disconnect((edge,)))
    window.column.banner.say("Nothing was saved.", [("Recover", list)])
    window.title_bar.train.setEnabled(False)
    window.selection.set({"conv1"})
    faint: dict[str, float] = {}
    looked: set[str] = set()
    view = window.view
    for show in (view.show_problems, view.show_summary, view.show_outline):
        show()
        window.canvas.setFocus()
        QApplication.processEvents()
        pixels = picture(window)
        for text, rect in written(window):
            looked.add(text)
            value = read(pixels, rect)
            if value < TEXT_NEEDS - 0.05:
                faint[text] = round(value, 2)
    assert {"Train", "Add a layer", "Summary", "conv2", "Conv2d", "Recover"} <= looked
    assert len(looked) > 80
    assert faint == {}


def test_faint_words_are_found(qtbot: QtBot, window: MainWindow) -> None:
    """The test of the test: a line that is not a colour for words."""
    told = QLabel("hardly to be read", window.title_bar)
    told.setStyleSheet(f"color: {DARK.line_strong}; background: {DARK.panel}")
    told.move(QPoint(300, 10))
    told.show()
    QApplication.processEvents()
    rect = QRect(told.mapTo(window, QPoint(0, 0)), told.size())
    assert read(picture(window), rect) < SIGN_NEEDS
