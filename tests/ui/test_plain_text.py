"""Everything user-written is plain text everywhere: what is typed is what is read."""

from __future__ import annotations

import ast
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

import designer
from designer.core.design import Design, Frame
from designer.core.edits import SetFrames, SetNode, SetParam
from designer.core.graph import Edge, Graph, Node
from designer.ui.canvas.spoken import FrameKey, frame_words, node_description, node_words
from designer.ui.files import Dialogs
from designer.ui.main_window import MainWindow
from tests.ui.canvas.nets import make

MARKUP = '<b>x</b><img src="file:///etc/passwd"> &amp; & && {0} %s'
RIGHT_TO_LEFT = "שלום \u202e<i>קלט</i>"
EMOJI = "🧠👩\u200d🔬<s>é</s>\u0301"
LONG = "<u>" + "very long " * 60 + "</u>"
HOSTILE = {"name": MARKUP, "label": RIGHT_TO_LEFT + MARKUP, "note": f"{EMOJI}\n{MARKUP}\n{LONG}"}
AN_ID = "<b>id</b>&c"
"""No id by the rules, but a file may hold it."""


def hostile() -> Design:
    """A net whose every text that a person writes is markup, long, or written otherwise."""
    nodes = [
        Node("image", make("Input"), (0, 0), label=HOSTILE["label"], note=HOSTILE["note"]),
        Node(AN_ID, make("Conv2d"), (200, 0), label=MARKUP, note=MARKUP),
        Node("fc", make("Linear"), (400, 0), label=EMOJI),
        Node("late", make("ReLU"), (600, 0), label=LONG),
    ]
    edges = [Edge("image", AN_ID), Edge(AN_ID, "fc"), Edge("fc", "late")]
    frames = (
        Frame(MARKUP, (-40, -80), (400, 200), nodes=("image", AN_ID)),
        Frame(LONG, (360, -80), (400, 200), nodes=("fc",)),
        Frame("", (0, 300), (260, 80), text=HOSTILE["note"]),
    )
    return Design(HOSTILE["name"], Graph.of(nodes, edges), frames)


def shown_words(widget: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Every text that a widget and what is in it show."""
    for each in [widget, *widget.findChildren(QWidget)]:
        if isinstance(each, (QLabel, QAbstractButton)):
            yield each.text(), each


def rows_of(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    parent = QModelIndex() if parent is None else parent
    count = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(count):
            yield model.index(row, column, parent)
        if not isinstance(model, QAbstractListModel):
            yield from rows_of(model, model.index(row, 0, parent))


def tips(widget: QWidget) -> Iterator[tuple[str, object]]:
    """Every tooltip in a widget, those of rows too."""
    for each in [widget, *widget.findChildren(QWidget)]:
        yield each.toolTip(), each
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            for index in rows_of(each.model()):
                yield str(index.data(Qt.ItemDataRole.ToolTipRole) or ""), (each, index.data())


def assert_plain(widget: QWidget) -> None:
    for text, of in shown_words(widget):
        if isinstance(of, QLabel) and "<" in text and not _is_of_help(of):
            assert of.textFormat() == Qt.TextFormat.PlainText, text
    for text, where in tips(widget):
        if "<" in text:
            # escaped: read as markup it is what was typed
            assert "<img" not in text and "<b>" not in text, (text, where)


def _is_of_help(of: QWidget) -> bool:
    """Whether it is a page of help, which is written in markup and escapes what it is told."""
    return "Help" in of.window().windowTitle()


@pytest.fixture
def opened(window: MainWindow) -> MainWindow:
    window.session.new(hostile(), now=True)
    QApplication.processEvents()
    return window


def test_no_panel_takes_it_for_markup(qtbot: QtBot, opened: MainWindow) -> None:
    for tab in ("Training", "Runs", "Problems", "Summary", "Code", "Data", "Outline"):
        opened.view.show_tab(tab)
        QApplication.processEvents()
        assert_plain(opened)
    for node in opened.session.design.nodes:
        opened.selection.set({node})
        assert_plain(opened)
    opened.canvas.frames.choose(0)
    assert_plain(opened)
    assert opened.windowTitle().startswith(MARKUP)


def test_what_was_typed_is_read_in_inspector_outline_and_palette(opened: MainWindow) -> None:
    opened.selection.set({"image"})
    page = opened.inspector.nodes
    assert page.note.toPlainText() == HOSTILE["note"]
    assert page.traits.fields["label"].control.text() == HOSTILE["label"]  # type: ignore[attr-defined]
    opened.selection.set(())
    assert opened.inspector.project.name.text() == HOSTILE["name"]
    opened.view.show_outline()
    model = opened.outline.tree.model()
    outlined = {index.data() for index in rows_of(model)}
    assert {MARKUP, EMOJI, LONG, HOSTILE["label"]} <= outlined
    opened.command_palette.open(f"Go to {AN_ID}")
    assert f"Go to {AN_ID}" in opened.command_palette.titles()
    assert_plain(opened.command_palette)
    opened.command_palette.hide()


def test_steps_and_refusals_say_it_as_it_is(opened: MainWindow) -> None:
    opened.session.execute(SetNode("fc", "label", MARKUP))
    opened.session.execute(SetParam("fc", "out_features", 3))
    opened.session.refused.emit(f"there is a node {MARKUP} already")
    assert MARKUP in opened.column.banner.words.text().replace("\u00a0", " ")
    assert_plain(opened)
    opened.session.execute(SetFrames((), f"name a frame {MARKUP}"))
    assert opened.status_bar.undo.text() == f"undo: name a frame {MARKUP}"
    assert_plain(opened.status_bar)
    opened.session.execute(SetNode("fc", "note", LONG))
    assert "note" in opened.status_bar.undo.text()


def test_the_question_before_closing_says_the_name_as_it_is(
    opened: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes: list[QMessageBox] = []
    monkeypatch.setattr(
        QMessageBox, "exec", lambda box: (boxes.append(box), QMessageBox.StandardButton.Cancel)[1]
    )
    assert Dialogs(opened).ask_unsaved(MARKUP) == "cancel"
    (box,) = boxes
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert MARKUP in box.text()


def test_readers_are_told_what_was_typed(opened: MainWindow) -> None:
    picture = opened.canvas.picture
    spoken = [node_words(picture, i) for i in range(len(picture.items))]
    assert spoken[0].startswith(f"{HOSTILE['label']}, Input")
    assert node_description(picture, 0).endswith(HOSTILE["note"])
    framed = [frame_words(picture, FrameKey(n)) for n in range(len(picture.panels))]
    assert framed == [f"frame, {MARKUP}", f"frame, {LONG}", f"comment, {HOSTILE['note']}"]


def test_the_help_about_a_node_writes_it_out(qtbot: QtBot, opened: MainWindow) -> None:
    opened.selection.set({AN_ID})
    opened.canvas.setFocus()
    opened.help.explain_this()
    book = next(w for w in QApplication.topLevelWidgets() if "Help" in w.windowTitle())
    written = []
    for text, of in shown_words(book):
        rich = isinstance(of, QLabel) and of.textFormat() == Qt.TextFormat.RichText
        written.append(QTextDocumentFragment.fromHtml(text).toPlainText() if rich else text)
        assert not (rich and "<img" in text), text
    assert any(AN_ID in text or MARKUP in text for text in written)
    book.close()


def test_pictures_and_script_hold_it_as_text(opened: MainWindow, tmp_path: Path) -> None:
    design = opened.session.design
    picture = tmp_path / "net.svg"
    opened.pictures.write(design, picture, lambda: False)
    root = ElementTree.parse(picture).getroot()
    assert not list(root.iter("{http://www.w3.org/2000/svg}image"))
    texts = "".join("".join(element.itertext()) for element in root.iter())
    assert "<b>x</b><img src=" in texts
    legal = design.with_nodes(
        [Node("conv" if n.id == AN_ID else n.id, n.layer, n.position, n.label, n.note)
         for n in design.nodes.values() if n.id not in ("fc", "late")],
        [Edge("image", "conv")],
    )  # fmt: skip
    source = designer.to_source(legal)
    assert "# Note: <b>x</b><img src='file:///etc/passwd'> &amp; & && {0} %s" in source
    # in comments and in the docstring, and nowhere else
    code = ast.parse(source)
    assert "<b>" in (ast.get_docstring(code) or "")
    assert "<b>" not in ast.unparse(code.body[1:])  # type: ignore[arg-type]
