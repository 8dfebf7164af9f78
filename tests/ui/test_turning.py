"""A row of a panel stands as a column while the panel is narrow."""

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from designer.ui.parts import hairline, row
from designer.ui.theme.theme import Theme
from designer.ui.turning import Turning


def test_a_row_turns_and_turns_back(qtbot: QtBot, theme: Theme) -> None:
    page, side, rest = QWidget(), QLabel("side"), QLabel("rest")
    line = hairline(vertical=True)
    layout = row(page)
    for part in (side, line, rest):
        layout.addWidget(part)
    turning = Turning(page, layout, 300, {side: 120}, [line])
    qtbot.addWidget(page)
    page.resize(400, 200)
    page.show()
    assert side.width() == 120
    assert rest.x() > side.x()
    assert line.isVisible()
    page.resize(250, 200)
    qtbot.waitUntil(lambda: turning.is_column and side.width() == 250)
    assert rest.x() == side.x()
    assert rest.y() > side.y()
    assert not line.isVisible()
    page.resize(400, 200)
    qtbot.waitUntil(lambda: not turning.is_column and side.width() == 120)
    assert rest.x() > side.x()
    assert line.isVisible()
