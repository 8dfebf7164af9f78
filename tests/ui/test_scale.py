"""The scale of the interface: given live, kept, one truth for every size."""

import pytest
from PySide6.QtWidgets import QApplication, QBoxLayout, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from designer.app.settings import SettingsFile
from designer.ui.main_window import MainWindow
from designer.ui.parts import label
from designer.ui.theme import scale, sizes
from designer.ui.theme.stylesheet import stylesheet
from designer.ui.theme.theme import Theme
from designer.ui.theme.tokens import DARK


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
    sizes.fix_size(bar, width=50, height=30)
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
    theme.set_percent(200)
    sheet = stylesheet(DARK)
    assert "padding: 8px 24px" in sheet
    assert "height: 72px" in sheet
    assert "margin-left: -14px" in sheet
    assert "border: 1px solid" in sheet
    assert "2px solid" not in sheet.replace("-bottom: 4px solid", "")


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
