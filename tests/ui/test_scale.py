"""The scale of the interface: given live, kept, one truth for every size."""

import re

import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from designer.app.settings import SettingsFile
from designer.core.analysis import analyze
from designer.core.edits import Disconnect, SetParam
from designer.rules import RULES
from designer.ui.canvas.drawing.cards import fault_cards
from designer.ui.canvas.export import canvas_sheet
from designer.ui.desk.tabs import Badge
from designer.ui.fields.controls import LineField
from designer.ui.main_window import MainWindow
from designer.ui.parts import label, set_ink, set_property
from designer.ui.sheet import image_of
from designer.ui.theme import scale, sizes
from designer.ui.theme.stylesheet import stylesheet
from designer.ui.theme.theme import Theme
from designer.ui.theme.tokens import DARK
from tests.ui.conftest import lesson


def test_pixels_are_whole_and_never_vanish(theme: Theme) -> None:
    theme.set_percent(80)
    assert [scale.px(n) for n in (0, 1, 2, 10, -7)] == [0, 1, 2, 8, -6]
    theme.set_percent(200)
    assert [scale.px(n) for n in (0, 1, 13, 48)] == [0, 2, 26, 96]


@pytest.mark.parametrize(("asked", "given"), [(10, 80), (104, 100), (140, 150), (9000, 200)])
def test_another_scale_becomes_the_nearest(theme: Theme, asked: int, given: int) -> None:
    theme.set_percent(asked)
    assert theme.percent == given == scale.percent()


def test_what_was_said_once_is_given_at_every_scale(theme: Theme, qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    layout: QBoxLayout = QVBoxLayout(box)
    sizes.inset(layout, 4, 8, 12, 16)
    sizes.gap(layout, 10)
    words = label("Conv2d")
    layout.addWidget(words)
    sizes.space(layout, 20)
    bar = QLabel()
    sizes.fix_size(bar, height=30)
    sizes.fix_size(bar, width=50)  # the height stays said
    layout.addWidget(bar)

    def read() -> list[int]:
        spacer = layout.itemAt(1)
        assert spacer is not None
        inset = layout.contentsMargins()
        return [
            inset.left(),
            inset.bottom(),
            layout.spacing(),
            spacer.sizeHint().height(),
            bar.maximumHeight(),
            bar.minimumWidth(),
            words.font().pixelSize(),
        ]

    at_100 = read()
    assert at_100 == [4, 16, 10, 20, 30, 50, 13]
    theme.set_percent(200)
    assert read() == [8, 32, 20, 40, 60, 100, 26]
    theme.set_percent(80)
    theme.set_percent(175)
    theme.set_percent(100)
    assert read() == at_100  # no size drifts on the way


def test_the_style_sheet_scales_all_but_hairlines(theme: Theme) -> None:
    def pixels() -> list[int]:
        return [int(number) for number in re.findall(r"(-?\d+)px", stylesheet(DARK))]

    at_100 = pixels()
    theme.set_percent(200)
    assert pixels() == [size if size == 1 else 2 * size for size in at_100]
    assert min(at_100) < 0 < max(at_100)


def test_keys_and_commands_change_the_scale_and_it_is_kept(
    window: MainWindow, settings: SettingsFile
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    window.scale.larger()
    assert window.theme.percent == 110
    assert window.title_bar.height() == 53
    assert application.font().pixelSize() == 14
    window.scale.smaller()
    window.scale.smaller()
    assert window.theme.percent == 90
    chosen = next(c for c in window.scale.commands() if c.title == "Scale: 150 %")
    chosen.run()
    assert window.palette_panel.search.height() == 48
    assert SettingsFile(settings.path).value.scale == 150
    assert ("150 % · now",) in [entry[:1] for entry in window.scale.entries()]
    for _ in range(9):
        window.scale.larger()
    assert window.theme.percent == 200
    assert not window.scale.can_grow
    window.scale.actual()
    assert (window.theme.percent, window.title_bar.height()) == (100, 48)


def test_there_and_back_all_panels_are_as_large_as_they_were(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1600, 1000)
    panels = window.desk.docks.values()

    def sizes() -> list[tuple[int, int]]:
        return [(dock.width(), dock.height()) for dock in panels if dock.is_seen]

    def at_rest() -> list[tuple[int, int]]:
        seen = [sizes()]
        while len(seen) < 4 or len({*map(str, seen[-4:])}) > 1:
            qtbot.wait(30)
            seen.append(sizes())
        return seen[-1]

    before = at_rest()
    for percent in (150, 200, 100):
        window.theme.set_percent(percent)
        at_rest()
    qtbot.waitUntil(lambda: sizes() == before, timeout=5000)


def test_a_count_beside_a_tab_grows_with_the_scale(window: MainWindow, qtbot: QtBot) -> None:
    window.session.execute(SetParam("conv2", "stride", 0))
    qtbot.waitUntil(lambda: bool(window.findChildren(Badge)), timeout=3000)
    (badge,) = window.findChildren(Badge)
    pill = badge._pill
    for percent in (100, 150, 200, 80):
        window.theme.set_percent(percent)
        qtbot.waitUntil(lambda: badge.height() >= pill.height() == scale.px(16), timeout=3000)
        assert badge.rect().contains(pill.geometry())
        assert pill.width() >= pill.fontMetrics().horizontalAdvance(pill.text()) + scale.px(6)


def test_the_canvas_keeps_its_zoom_and_shows_what_it_showed(window: MainWindow) -> None:
    canvas = window.canvas
    canvas.zoom_actual()
    middle = canvas.viewport.middle
    window.scale.set_percent(200)
    assert canvas.zoom == pytest.approx(1.0)
    assert canvas.viewport.scale == pytest.approx(2.0)
    assert canvas.viewport.middle == pytest.approx(middle, abs=1.0)
    assert window.status_bar.zoom.text() == "100 %"


def test_a_window_opens_at_the_scale_that_was_left(qtbot: QtBot, theme: Theme) -> None:
    theme.set_percent(150)
    again = Theme("light", 150)
    again.apply()
    made = label("Conv2d")
    qtbot.addWidget(made)
    assert made.font().pixelSize() == 20


def test_what_is_written_beside_nodes_grows_too(window: MainWindow) -> None:
    canvas = window.canvas
    edge = next(e for e in window.session.design.edges if e.target == "flatten")
    window.session.execute(Disconnect((edge,)))
    window.selection.set({"flatten"})
    window.scale.set_percent(100)
    canvas.zoom_selection()
    (small,) = fault_cards(canvas.picture, canvas.viewport)[:1]
    window.scale.set_percent(200)
    canvas.zoom_selection()
    (large,) = fault_cards(canvas.picture, canvas.viewport)[:1]
    assert large.lines == small.lines
    assert large.rect.width() == pytest.approx(2 * small.rect.width(), abs=2)
    assert large.rect.height() == pytest.approx(2 * small.rect.height(), abs=2)
    on_fix = large.rect.bottomLeft() + QPointF(20, -30)
    assert large.is_on_fix(on_fix)
    assert not large.is_on_fix(large.rect.topLeft() + QPointF(20, 20))


def test_an_exported_picture_has_no_scale_of_the_interface(theme: Theme) -> None:
    design = lesson()
    analysis = analyze(design, RULES)
    sizes_: list[QSize] = []
    for percent in (100, 200):
        theme.set_percent(percent)
        sheet = canvas_sheet(design, analysis, DARK)
        sizes_.append(image_of(sheet).size())
    assert sizes_[0] == sizes_[1]


def test_what_is_painted_in_has_the_font_of_its_widget(window: MainWindow, qtbot: QtBot) -> None:
    window.view.show_summary()
    window.selection.set({"conv1"})
    QApplication.processEvents()
    for percent in (80, 200, 100):
        window.scale.set_percent(percent)
        for area in window.findChildren(QAbstractScrollArea):
            if area.property("px_words") or area.property("px_code"):
                wanted = area.font().pixelSize()
                assert area.viewport().font().pixelSize() == wanted, type(area).__name__


def test_fonts_outlive_another_ink_and_another_theme(theme: Theme, qtbot: QtBot) -> None:
    """A style sheet that is put on again gives a widget the font that it had first."""
    box = QWidget()
    qtbot.addWidget(box)
    layout = QVBoxLayout(box)
    told, field, text = label("conv1"), LineField(), QPlainTextEdit()
    sizes.set_code(text)
    for part in (told, field, text):
        layout.addWidget(part)
    box.show()
    theme.set_percent(200)
    set_ink(told, "error")
    set_property(field, "fault", "error")
    assert [part.font().pixelSize() for part in (told, field, text)] == [26, 26, 24]
    theme.set_mode("light")
    assert [part.font().pixelSize() for part in (told, field, text)] == [26, 26, 24]
    theme.set_percent(100)
    assert [part.font().pixelSize() for part in (told, field, text)] == [13, 13, 12]
