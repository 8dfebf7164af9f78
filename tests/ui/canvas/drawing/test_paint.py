"""Painting: memory and lists give the same pixels, sprites the same as drawing, far and near."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from pytestqt.qtbot import QtBot

from designer.core.analysis import analyze
from designer.core.design import Design, Frame
from designer.core.edits import ReplaceLayer
from designer.core.graph import Edge, Node
from designer.rules import RULES
from designer.storage import StorageError
from designer.ui.canvas.drawing import lines
from designer.ui.canvas.drawing.draw import draw_node
from designer.ui.canvas.drawing.ink import wire_pen
from designer.ui.canvas.drawing.paint import paint
from designer.ui.canvas.drawing.panels import SQUARE
from designer.ui.canvas.drawing.sprite import Sprites
from designer.ui.canvas.export import canvas_sheet
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.straight import Straight
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.sheet import image_of, write_picture
from designer.ui.theme.fonts import load_fonts
from designer.ui.theme.tokens import DARK, LIGHT, Tokens
from tests.ui.canvas.nets import blocks, broken, chain, make, small, with_inception


@pytest.fixture(autouse=True)
def fonts(qtbot: QtBot) -> None:
    load_fonts()


def picture_of(design: Design, unfolded: frozenset[str] = frozenset()) -> Picture:
    return compose(design, analyze(design, RULES), unfolded=unfolded)


def painted(
    picture: Picture,
    viewport: Viewport,
    tokens: Tokens = DARK,
    sprites: Sprites | None = None,
    area: QRectF | None = None,
) -> QImage:
    size = (round(viewport.width), round(viewport.height))
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff00ff"))
    with QPainter(image) as painter:
        if area is not None:
            painter.setClipRect(area)
        paint(painter, picture, viewport, tokens, sprites, [area] if area else ())
    return image


def pixels(image: QImage) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width(), :3].copy()


@pytest.mark.parametrize("what", ["lines", "rects", "points"])
def test_numpy_memory_and_lists_give_the_same_pixels(what: str) -> None:
    drawn = np.random.default_rng(5).uniform(0, 200, (60, 2 if what == "points" else 4))
    images = []
    for from_memory in (True, False):
        image = QImage(300, 300, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor("black"), 1.25))
            getattr(lines, f"draw_{what}")(painter, drawn, from_memory=from_memory)
        images.append(image)
    assert images[0] == images[1]
    assert len(np.unique(pixels(images[0]))) > 2


@pytest.mark.parametrize("width", [1.0, 1.25, 1.75])
def test_pieces_of_wires_are_as_lines_are(width: float) -> None:
    dice = np.random.default_rng(7)
    drawn = dice.uniform(5, 295, (40, 4))
    drawn[:15, 3], drawn[15:30, 2] = drawn[:15, 1], drawn[15:30, 0]
    images = []
    for draw in (lines.draw_pieces, None):
        image = QImage(300, 300, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if draw:
                draw(painter, Straight.of(drawn), wire_pen("#000000", width))
            else:
                painter.setPen(wire_pen("#000000", width))
                lines.draw_lines(painter, drawn)
        images.append(pixels(image).astype(int))
    assert images[0].min() < 60
    # a thin line of Qt's may end a pixel farther
    differ = np.abs(images[0] - images[1]).max(axis=2)
    assert (differ > 8).sum() <= 2 * len(drawn)


def test_a_slice_that_is_not_contiguous_is_drawn_right() -> None:
    whole = np.arange(80, dtype=float).reshape(10, 8)
    images = []
    for array in (whole[:, :4], whole[:, :4].copy()):
        image = QImage(100, 100, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        with QPainter(image) as painter:
            lines.draw_lines(painter, array)
        images.append(image)
    assert images[0] == images[1]


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
def test_sprites_look_like_what_is_drawn(tokens: Tokens) -> None:
    picture = picture_of(broken())
    viewport = Viewport(1.0, -40.0, -100.0, 800.0, 240.0)
    stamped = pixels(painted(picture, viewport, tokens, Sprites()))
    drawn = pixels(painted(picture, viewport, tokens))
    assert np.abs(stamped.astype(int) - drawn).mean() < 0.5


@pytest.mark.parametrize("scale", [2.0, 1.0, 0.45, 0.25, 0.1])
def test_a_part_is_painted_as_in_the_whole(scale: float) -> None:
    picture = picture_of(blocks(2))
    viewport = Viewport(scale, -40.0, -40.0, 600.0, 300.0)
    sprites = Sprites()
    whole = pixels(painted(picture, viewport, DARK, sprites))
    area = QRectF(120, 40, 200, 160)
    part = pixels(painted(picture, viewport, DARK, sprites, area))
    # where Qt cuts a smooth line at the edge, a shade may differ by a step
    differ = np.abs(part[40:200, 120:320].astype(int) - whole[40:200, 120:320])
    assert differ.max() <= 4
    assert (part[:40] == (255, 0, 255)).all()


def test_the_flag_of_a_warning_is_painted_where_its_node_is_not() -> None:
    picture = picture_of(ReplaceLayer("relu1", make("Dropout", p=1.0)).apply(small()))
    viewport = Viewport(0.2, -40.0, -40.0, 300.0, 60.0)
    whole = pixels(painted(picture, viewport))
    above = QRectF(0, 0, 300, 8)
    part = pixels(painted(picture, viewport, area=above))
    assert (part[:8] == whole[:8]).all()
    assert len(np.unique(whole[:8].reshape(-1, 3), axis=0)) > 1, "there is one"


@pytest.mark.parametrize("scale", [1.0, 0.25, 0.15, 0.08])
def test_frames_are_painted_in_their_order_and_only_where_they_are_wanted(scale: float) -> None:
    frames = [Frame(f"f{i}", (48.0 * i, 32.0 * i), (240.0, 160.0)) for i in range(6)]
    picture = picture_of(Design(frames=tuple(frames)))
    picture.framed = 2
    viewport = Viewport(scale, -60.0, -60.0, 400.0, 240.0)
    whole = pixels(painted(picture, viewport))
    part = pixels(painted(picture, viewport, area=QRectF(40, 20, 120, 90)))
    assert np.abs(part[20:110, 40:160].astype(int) - whole[20:110, 40:160]).max() <= 4
    picture.framed = None
    assert (pixels(painted(picture, viewport)) != whole).any(), "which one is selected is seen"
    picture.panels.reverse()
    plain = pixels(painted(picture, viewport))
    picture.panels.reverse()
    if scale >= SQUARE:
        assert (pixels(painted(picture, viewport)) != plain).any(), "what comes later lies above"


def test_many_frames_are_square_while_the_zoom_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = [Frame(f"f{i}", (120.0 * i, 0.0), (100.0, 80.0)) for i in range(3)]
    picture = picture_of(Design(frames=tuple(frames)))
    viewport = Viewport(1.0, -20.0, -20.0, 400.0, 120.0)

    def frame(*, sharp: bool) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
        image = QImage(400, 120, QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            paint(painter, picture, viewport, DARK, Sprites(), grid=False, sharp=sharp)
        return pixels(image)

    few = frame(sharp=False)
    assert (few == frame(sharp=True)).all()
    monkeypatch.setattr("designer.ui.canvas.drawing.panels.MANY", 2)
    many, rest = frame(sharp=False), frame(sharp=True)
    assert (rest == few).all()
    differ = (many != rest).any(axis=2)
    assert differ[20, 20] and not differ[30:90, 30:110].any(), "corners differ, and no words"


def test_from_afar_families_are_still_told_apart() -> None:
    picture = picture_of(small())
    image = painted(picture, Viewport(0.1, -40.0, -40.0, 100.0, 20.0))
    found = {tuple(pixel) for row in pixels(image) for pixel in row}
    for family in ("convolution", "activation", "image"):
        ink = QColor(DARK.family(family))
        assert (ink.blue(), ink.green(), ink.red()) in found


def test_the_budget_of_the_sprites_is_kept() -> None:
    sprites = Sprites(budget=200_000)
    picture = picture_of(blocks(3))
    painted(picture, Viewport(0.6, -40, -40, 2000.0, 400.0), DARK, sprites)
    assert 0 < sprites.used <= 200_000
    first = len(sprites)
    painted(picture, Viewport(0.6, -40, -40, 2000.0, 400.0), DARK, sprites)
    assert len(sprites) == first


def test_a_frame_without_time_stands_in_for_what_it_has_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("designer.ui.canvas.drawing.sprite.AT_LEAST", 3)
    picture, viewport = picture_of(small()), Viewport(1.0, -40, -40, 900.0, 200.0)
    whole = painted(picture, viewport, DARK, Sprites())
    hasty = Sprites(patience=0.0)
    first = painted(picture, viewport, DARK, hasty)
    assert hasty.is_behind
    assert first != whole
    second = painted(picture, viewport, DARK, hasty)
    assert not hasty.is_behind
    assert second == whole
    # at another zoom what is known is stretched meanwhile, and then drawn sharp
    closer = Viewport(1.1, -40, -40, 900.0, 200.0)
    painted(picture, closer, DARK, hasty)
    assert hasty.is_behind
    assert painted(picture, closer, DARK, hasty) == painted(picture, closer, DARK, Sprites())


def test_what_is_painted_aside_leaves_wanted_what_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("designer.ui.canvas.drawing.sprite.AT_LEAST", 1)
    picture = picture_of(blocks(2))
    viewport = Viewport(width=1200.0, height=500.0).fitted(picture.bounds())
    sprites = Sprites(patience=-1.0)
    painted(picture, viewport, sprites=sprites)
    assert sprites.is_behind
    with sprites.aside():
        assert not sprites.is_behind
        painted(picture, viewport, sprites=sprites, area=QRectF(0, 0, 4, 4))
        assert not sprites.is_behind, "nothing is there"
    assert sprites.is_behind
    sprites.patience = None
    assert sprites.catch_up()
    painted(picture, viewport, sprites=sprites)
    assert not sprites.is_behind


def test_a_crowd_is_bars_while_the_zoom_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    picture, viewport = picture_of(small()), Viewport(0.5, -40, -40, 500.0, 120.0)

    def inks(*, sharp: bool) -> set[tuple[int, ...]]:
        image = QImage(500, 120, QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            paint(painter, picture, viewport, DARK, Sprites(), sharp=sharp)
        return {tuple(pixel) for row in pixels(image) for pixel in row}

    text = QColor(DARK.text)
    words = (text.blue(), text.green(), text.red())
    assert words in inks(sharp=False)
    monkeypatch.setattr("designer.ui.canvas.drawing.paint.CROWD", 2)
    assert words not in inks(sharp=False)
    assert words in inks(sharp=True)


def test_equal_nodes_share_a_sprite() -> None:
    sprites = Sprites()
    look = picture_of(small()).look(1)
    assert sprites.get(look, 1.0, 1.0, DARK) is sprites.get(look, 1.0, 1.0, DARK)
    assert sprites.get(look, 1.0, 1.0, DARK) is not sprites.get(look, 1.0, 2.0, DARK)
    assert sprites.get(look, 1.0, 2.0, DARK).width() == 2 * 168


def test_an_image_of_the_whole_net_and_of_none() -> None:
    design = with_inception()
    analysis = analyze(design)
    folded = image_of(canvas_sheet(design, analysis, LIGHT), 2.0)
    unfolded = image_of(canvas_sheet(design, analysis, LIGHT, frozenset({"block"})), 2.0)
    assert unfolded.width() > folded.width()
    assert unfolded.height() > folded.height()
    empty = chain()
    assert not image_of(canvas_sheet(empty, analyze(empty), DARK), 2.0).isNull()


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_pictures_are_written_and_text_stays_text(tmp_path: Path, ending: str) -> None:
    design = small()
    path = tmp_path / f"net.{ending}"
    write_picture(canvas_sheet(design, analyze(design), LIGHT), path)
    written = path.read_bytes()
    begins = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[ending]
    assert written.startswith(begins)
    if ending == "svg":
        text = written.decode()
        assert ">conv1<" in text
        assert ">16 × 14 × 14<" in text


def test_markup_in_names_stays_what_was_typed(tmp_path: Path) -> None:
    from dataclasses import replace

    design = small()
    node = replace(design.nodes["conv1"], label="<b>&lt;")
    nodes = [node if n.id == node.id else n for n in design.nodes.values()]
    path = tmp_path / "net.svg"
    write_picture(canvas_sheet(design.with_nodes(nodes), analyze(design), LIGHT), path)
    assert ">&lt;b&gt;&amp;lt;<" in path.read_text("utf-8")


def test_another_ending_and_an_impossible_place_are_refused(tmp_path: Path) -> None:
    design = small()
    with pytest.raises(ValueError, match=r"net.bmp: a picture ends in .png, .svg or .pdf"):
        write_picture(canvas_sheet(design, analyze(design), DARK), tmp_path / "net.bmp")
    with pytest.raises(StorageError, match=r"there is no folder .*nowhere"):
        write_picture(canvas_sheet(design, analyze(design), DARK), tmp_path / "nowhere" / "net.png")


def test_a_node_shows_what_is_known() -> None:
    picture = picture_of(broken())
    looks = {item.id: picture.look(i) for i, item in enumerate(picture.items)}
    assert (looks["conv1"].second, looks["conv1"].corner) == ("16 × 14 × 14", "5×5 /2")
    assert looks["fc1"].second == "needs a vector"
    assert looks["relu1"].second == "?"
    split = chain(("image", make("Input", 8, 4, 4)))
    assert picture_of(split).look(0).second == "8 × 4 × 4"


class Recorder(QPainter):
    """Keeps the words that are drawn, and how large each is in canvas units."""

    words: dict[str, int]

    def drawText(self, at: object, text: str) -> None:  # type: ignore[override]  # noqa: N802
        self.words[text] = self.font().pixelSize()


@pytest.mark.parametrize("scale", [0.45, 0.54, 0.6, 0.74])
def test_at_middle_zoom_name_and_shape_are_legible_and_whole(scale: float) -> None:
    picture = picture_of(small())
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    with Recorder(image) as painter:
        painter.words = {}
        for i in range(len(picture.items)):
            draw_node(painter, picture.look(i), DARK, scale)
    assert {"conv1", "16×14×14", "1×28×28"} <= painter.words.keys()
    assert all(size * scale >= 9.0 for size in painter.words.values())
    assert all(size <= 20 for size in painter.words.values())


def test_from_afar_the_title_of_a_frame_stands_on_it() -> None:
    named, nameless = (
        Design(frames=(Frame(title, (0.0, 0.0), (2000.0, 800.0)),)) for title in ("layer1", "")
    )

    def differ(scale: float) -> bool:
        viewport = Viewport(scale, -200.0, -200.0, 600.0, 300.0)
        images = [pixels(painted(picture_of(design), viewport)) for design in (named, nameless)]
        top = round(200 * scale)
        assert (images[0][top + 1 :] == images[1][top + 1 :]).all(), "nothing within it"
        return bool((images[0] != images[1]).any())

    assert differ(0.2)
    assert not differ(0.1), "there is no room between the frames"


def test_from_afar_no_wire_strikes_a_title_out() -> None:
    frames = (Frame("inception 3", (0.0, 0.0), (2000.0, 800.0)),)
    viewport = Viewport(0.2, -200.0, -200.0, 600.0, 300.0)
    images = []
    for y in (-60.0, -160.0):
        nodes = [Node("a", make("Input"), (-180.0, y)), Node("b", make("ReLU"), (700.0, y))]
        design = Design(frames=frames).with_nodes(nodes, [Edge("a", "b")])
        images.append(pixels(painted(picture_of(design), viewport)))
    title = np.s_[27:39, 46:100]
    assert (images[0][27:39, 112:180] != images[1][27:39, 112:180]).any(), "there is a wire"
    assert (images[0][title] == images[1][title]).all()


@pytest.mark.parametrize("sprites", [Sprites(), None], ids=["screen", "picture"])
@pytest.mark.parametrize("scale", [1.0, 0.5])
def test_close_by_no_wire_strikes_a_title_out(scale: float, sprites: Sprites | None) -> None:
    frames = (Frame("inception 3", (0.0, 0.0), (600.0, 300.0)),)
    viewport = Viewport(scale, -200.0, -20.0, 900.0 * scale, 160.0 * scale)
    images = []
    for y in (1.0, 60.0):
        nodes = [Node("a", make("Input"), (-180.0, y)), Node("b", make("ReLU"), (640.0, y))]
        design = Design(frames=frames).with_nodes(nodes, [Edge("a", "b")])
        images.append(pixels(painted(picture_of(design), viewport, DARK, sprites)))
    top, bottom = round(32 * scale), round(46 * scale)
    title = np.s_[top:bottom, round(216 * scale) : round(280 * scale)]
    beside = np.s_[top:bottom, round(330 * scale) : round(600 * scale)]
    assert (images[0][beside] != images[1][beside]).any(), "there is a wire"
    assert (images[0][title] == images[1][title]).all()


@pytest.mark.parametrize("sprites", [Sprites(), None], ids=["screen", "picture"])
def test_a_frame_on_another_covers_its_words(sprites: Sprites | None) -> None:
    viewport = Viewport(1.0, -20.0, -20.0, 400.0, 200.0)
    upper = Frame("", (8.0, 4.0), (300.0, 90.0))
    images = []
    for title in ("hidden", ""):
        design = Design(frames=(Frame(title, (0.0, 0.0), (340.0, 150.0)), upper))
        images.append(painted(picture_of(design), viewport, DARK, sprites))
    assert images[0] == images[1]
