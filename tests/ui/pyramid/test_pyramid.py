"""The pyramid: blocks follow the shapes, share the selection, and are written as pictures."""

from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.app.keymap import KeyMap
from designer.app.selection import Selection
from designer.app.session import Session
from designer.core.analysis import analyze
from designer.core.edits import SetParam
from designer.rules import RULES
from designer.storage import template
from designer.ui.commands.bindings import Bindings
from designer.ui.main_window import MainWindow
from designer.ui.pyramid.draw import blocks_sheet
from designer.ui.pyramid.figure import Figure, figure
from designer.ui.pyramid.view import PyramidView
from designer.ui.sheet import bytes_of
from designer.ui.theme.fonts import load_fonts
from designer.ui.theme.theme import Theme
from designer.ui.theme.tokens import LIGHT
from tests.ui.canvas.nets import broken, chain


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    """What text needs to be measured."""
    load_fonts()
    return qapp


def of(name: str) -> Figure:
    design = template(name).design()
    return figure(design, analyze(design))


def test_layers_that_keep_the_shape_share_a_block() -> None:
    made = of("assignment-4")
    assert [(b.nodes, str(b.shape)) for b in made.blocks] == [
        (("image",), "1 × 28 × 28"),
        (("conv1", "relu1"), "16 × 14 × 14"),
        (("conv2", "relu2"), "16 × 7 × 7"),
        (("flatten",), "784"),
        (("fc1", "relu3"), "64"),
        (("fc2",), "10"),
    ]
    assert [line.text for line in made.blocks[1].lines] == [
        "conv1",
        "16@14×14",
        "Conv2d 5×5 /2,",
        "ReLU",
    ]


def test_space_is_squeezed_out_and_depth_grows() -> None:
    blocks = [b for b in of("vgg-16").blocks if b.shape is not None and b.shape.is_image]
    for before, after in pairwise(blocks):
        assert before.shape is not None and after.shape is not None
        assert (before.shape.height > after.shape.height) == (
            before.solid.height > after.solid.height
        )
        assert (before.shape.channels < after.shape.channels) <= (
            before.solid.thickness < after.solid.thickness
        )


@pytest.mark.parametrize("name", ["inception-small", "resnet-18", "densenet-121"])
def test_every_node_has_one_block_and_none_covers_another(name: str) -> None:
    design = template(name).design()
    made = figure(design, analyze(design))
    assert sorted(n for b in made.blocks for n in b.nodes) == sorted(design.nodes)
    for a, b in combinations(made.blocks, 2):
        apart = a.x + a.width <= b.x or b.x + b.width <= a.x
        assert apart or a.bottom < b.top[1] or b.bottom < a.top[1]


def test_a_broken_net_and_an_empty_one_are_drawn_too() -> None:
    design = broken()
    made = figure(design, analyze(design, RULES))
    assert [b.shape is None for b in made.blocks] == [False, False, True, True]
    empty = chain()
    assert figure(empty, analyze(empty)).bounds == (0.0, 0.0, 0.0, 0.0)
    assert bytes_of(blocks_sheet(empty, analyze(empty), LIGHT), ".svg").startswith(b"<?xml")


def test_text_stays_text_in_a_picture() -> None:
    design = template("lenet-5").design()
    text = bytes_of(blocks_sheet(design, analyze(design), LIGHT), ".svg").decode()
    assert ">6@28×28<" in text and ">Conv2d 5×5,<" in text


def test_a_shortcut_is_an_arc_over_what_it_skips() -> None:
    made = of("resnet-18")
    home = {name: made.blocks[i] for name, i in made.home.items()}
    arcs = [way for way in made.arrows if len(way) > 20 and way[0, 1] > way[:, 1].min() + 10.0]
    assert len(arcs) == 5  # three of the eight shortcuts are convolutions, which have blocks
    for way in arcs:
        (x1, _), (x2, y2) = way[0], way[-1]
        over = [b for b in made.blocks if x1 < b.middle[0] < x2 and abs(b.top[1] - y2) < 60.0]
        assert over
        for block in over:
            near = np.abs(way[:, 0] - block.middle[0]).argmin()
            assert way[near, 1] < block.top[1] - 8.0
    assert {b.family for b in home.values()} >= {"Convolution", "Merge"}


def test_arrows_between_neighbours_are_level() -> None:
    made = of("lenet-5")
    assert all(np.ptp(way[:, 1]) == 0.0 for way in made.arrows)


def test_shapes_can_be_left_out() -> None:
    design = template("lenet-5").design()
    made = figure(design, analyze(design), with_shapes=False)
    assert [line.text for line in made.blocks[1].lines] == ["conv1", "Conv2d 5×5,", "Tanh"]


def test_mouse_and_keys_share_the_selection(qtbot: QtBot, theme: Theme) -> None:
    session = Session(template("lenet-5").design(), rules=RULES)
    session.analyse()
    selection = Selection()
    view = PyramidView(session, selection, theme)
    qtbot.addWidget(view)
    view.resize(1200, 500)
    bindings = Bindings(KeyMap(), {"pyramid": view}, view)
    bindings.bind(view, "blocks")
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    block = view.figure.blocks[1]
    x, y = view.viewport.to_screen(block.x + block.width / 2, block.y + block.height / 2)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPointF(x, y).toPoint())
    assert selection.nodes == set(block.nodes)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert selection.nodes == set(view.figure.blocks[2].nodes)
    with qtbot.waitSignal(view.node_wanted) as wanted:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert wanted.args == [view.figure.blocks[2].nodes[0]]
    before = view.figure.blocks[1].solid
    session.execute(SetParam("conv1", "out_channels", 64))
    assert view.figure.blocks[1].solid.thickness > before.thickness


def test_it_stands_where_the_canvas_was(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.pyramid.is_shown and not window.canvas.isVisible()
    view = window.pyramid.view
    assert view is not None
    path = tmp_path / "blocks.svg"
    window.pictures.write(window.session.design, path, lambda: False)
    assert ">Conv2d 5×5 /2,<" in path.read_text("utf-8")
    view.node_wanted.emit("conv2")
    assert window.canvas.isVisible() and not window.pyramid.is_shown
    assert window.selection.nodes == {"conv2"}
