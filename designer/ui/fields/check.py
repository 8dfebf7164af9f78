"""A box to tick: the style sheet draws the box, and the tick is our own drawing on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from designer.ui.theme.icons import icon


class CheckField(QCheckBox):
    """A box that carries a tick when it is checked: a filled box alone is told by its hue."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        ink = self.palette().color(QPalette.ColorRole.HighlightedText).name()
        with QPainter(self) as painter:
            icon("check", ink, 14).paint(painter, box, Qt.AlignmentFlag.AlignCenter)
