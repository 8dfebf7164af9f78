"""A checked box carries a tick, in either theme and at every scale that is offered."""

from typing import Literal

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStyle, QStyleOptionButton
from pytestqt.qtbot import QtBot

from designer.ui.fields.check import CheckField
from designer.ui.theme.theme import Theme


def inks(box: CheckField) -> set[str]:
    """The colours of the pixels inside the edge of the box."""
    option = QStyleOptionButton()
    box.initStyleOption(option)
    place = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
    drawn = box.grab().toImage()
    inside = place.adjusted(3, 3, -3, -3)
    return {
        QColor(drawn.pixel(x, y)).name()
        for x in range(inside.left(), inside.right() + 1)
        for y in range(inside.top(), inside.bottom() + 1)
    }


@pytest.mark.parametrize("mode", ["dark", "light"])
@pytest.mark.parametrize("percent", [80, 100, 200])
def test_a_checked_box_has_a_tick(
    qtbot: QtBot, mode: Literal["dark", "light"], percent: int
) -> None:
    theme = Theme(mode, percent)
    theme.apply()
    try:
        box = CheckField("With the shapes")
        qtbot.addWidget(box)
        box.show()
        assert len(inks(box)) == 1
        box.setChecked(True)
        seen = inks(box)
        assert theme.tokens.accent in seen
        assert len(seen) > 3
    finally:
        theme.set_percent(100)
