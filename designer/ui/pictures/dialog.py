"""The dialog that asks how a picture is to look, and shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from designer.app.background import Background
from designer.ui.canvas.drawing.ink import colour
from designer.ui.fields.check import CheckField
from designer.ui.fields.controls import ChoiceField
from designer.ui.parts import column, label, row
from designer.ui.pictures.choice import SCALES, WIDTHS, Choice
from designer.ui.pictures.wanted import DRAWN
from designer.ui.sheet import DOTS, INCH
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import at_least, fix_size

if TYPE_CHECKING:
    from designer.ui.pictures.commands import Order, PictureCommands

SIZE = QSize(860, 520)
LOOKS: dict[str, str] = {"shown": "As the window shows it"}
LOOKS |= {str(name): words for name, words in DRAWN.items()}
COLOURS = {"shown": "As the window", "light": "Light", "dark": "Dark"}
SIZES = {
    **{f"{scale:g} ×": f"{scale:g} × in a PNG" for scale in SCALES},
    **{f"{width:g} cm": f"{width:g} cm wide, {words}" for width, words in WIDTHS.items()},
}
SQUARE = 8
"""Pixels of a square of what lies under a picture without a ground."""


class Preview(QWidget):
    """Shows a picture as large as it fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self.is_transparent = False
        self.setAccessibleName("Preview of the picture")
        at_least(self, width=360, height=260)

    def show_image(self, image: QImage, *, is_transparent: bool) -> None:
        """Show this one."""
        self.image, self.is_transparent = image, is_transparent
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image is None:
            return
        size = self.image.deviceIndependentSize()
        size.scale(self.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2,
            size.width(), size.height(),
        )  # fmt: skip
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self.is_transparent:
                _draw_squares(painter, place)
            painter.drawImage(place, self.image)


class PictureDialog(QDialog):
    """What is chosen holds for the preview at once; it is remembered when it is used."""

    def __init__(self, commands: PictureCommands, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self._background = Background(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setWindowTitle("Export a picture")
        self.resize(px(SIZE.width()), px(SIZE.height()))
        before = commands.choice
        parts = {"net": "The whole net"}
        if commands.has_selection:
            parts["selection"] = "What is selected"
        self.part = _choice("What to draw", parts, "selection" if len(parts) > 1 else "net")
        self.look = _choice("How", LOOKS, before.look)
        self.colours = _choice("Colours", COLOURS, before.colours)
        self.size_of = _choice("Size", SIZES, _size(before))
        self.shapes = CheckField("With the shapes")
        self.shapes.setChecked(before.shapes)
        self.ground = CheckField("With the ground, not see-through")
        self.ground.setChecked(before.ground)
        self.preview = Preview()
        self.size_line = label("", "caption", "muted", wrap=True)
        self.copy = QPushButton("Copy")
        self.cancel = QPushButton("Cancel")
        self.save = QPushButton("Save …")
        self.save.setProperty("primary", True)
        self.save.setDefault(True)
        self._lay_out()
        self._connect()
        self._on_chosen()

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        return Choice(
            self.look.currentData(),
            self.colours.currentData(),
            self.shapes.isChecked(),
            self.ground.isChecked(),
            *_said(self.size_of.currentData()),
        )

    @property
    def is_settled(self) -> bool:
        """Whether the preview shows what is chosen."""
        return not self._background.is_busy and self.preview.image is not None

    def _lay_out(self) -> None:
        whole = row(self, 16, 16)
        options = column(spacing=4)
        for title, field in (
            ("What to draw", self.part), ("How", self.look), ("Colours", self.colours),
            ("Size", self.size_of),
        ):  # fmt: skip
            options.addWidget(label(title, "caption", "muted"))
            fix_size(field, width=264)
            options.addWidget(field)
            options.addSpacing(8)
        options.addWidget(self.shapes)
        options.addWidget(self.ground)
        options.addStretch(1)
        whole.addLayout(options)
        right = column(spacing=8)
        right.addWidget(self.preview, 1)
        buttons = row(spacing=8)
        buttons.addWidget(self.size_line)
        buttons.addStretch(1)
        for button in (self.copy, self.cancel, self.save):
            buttons.addWidget(button)
        right.addLayout(buttons)
        whole.addLayout(right, 1)

    def _connect(self) -> None:
        for field in (self.part, self.look, self.colours, self.size_of):
            field.currentIndexChanged.connect(self._on_chosen)
        for box in (self.shapes, self.ground):
            box.toggled.connect(self._on_chosen)
        self.cancel.clicked.connect(self.reject)
        self.copy.clicked.connect(partial(self._end, self._commands.copy))
        self.save.clicked.connect(partial(self._end, self._commands.save))

    def _end(self, then: Callable[[], object], checked: bool = False) -> None:
        self._commands.choose(self.choice)
        self._commands.part = self.part.currentData()
        then()
        self.accept()

    def _on_chosen(self) -> None:
        self._commands.part = self.part.currentData()
        order = self._commands.order(choice=self.choice)
        ratio = self.devicePixelRatioF()
        room = (self.preview.width() * ratio, self.preview.height() * ratio)
        self._background.ask(partial(_small, order, room), self._on_drawn, 0.01)

    def _on_drawn(self, made: tuple[QImage, QSize]) -> None:
        image, size = made
        chosen = self.choice
        scale = DOTS * chosen.width / INCH / size.width() if chosen.width else chosen.scale
        pixels = size * scale
        self.preview.show_image(image, is_transparent=not chosen.ground)
        self.size_line.setText(f"PNG: {pixels.width():,} × {pixels.height():,} pixels")


def _small(order: Order, room: tuple[float, float]) -> tuple[QImage, QSize]:
    """The picture as large as the preview shows it, and its size in units."""
    from designer.ui.pictures.commands import sheet
    from designer.ui.sheet import image_of

    made = sheet(order)
    wide, high = made.viewport.width, made.viewport.height
    scale = min(room[0] / wide, room[1] / high, 2.0)
    return image_of(made, max(scale, 0.02)), QSize(round(wide), round(high))


def _size(choice: Choice) -> str:
    return f"{choice.width:g} cm" if choice.width else f"{choice.scale:g} ×"


def _said(size: str) -> tuple[float, float]:
    """The scale and the width that were chosen."""
    number, _, unit = size.partition(" ")
    return (2.0, float(number)) if unit == "cm" else (float(number), 0.0)


def _choice(name: str, items: Mapping[str, str], chosen: str) -> ChoiceField:
    made = ChoiceField(list(items.values()))
    made.setAccessibleName(name)
    for i, key in enumerate(items):
        made.setItemData(i, key)
    made.setCurrentIndex(max(made.findData(chosen), 0))
    return made


def _draw_squares(painter: QPainter, place: QRectF) -> None:
    """What is seen through: squares of two greys."""
    painter.save()
    painter.setClipRect(place)
    painter.fillRect(place, colour("#ffffff"))
    for i in range(int(place.width() // SQUARE) + 1):
        for j in range(i % 2, int(place.height() // SQUARE) + 1, 2):
            corner = (place.left() + i * SQUARE, place.top() + j * SQUARE)
            painter.fillRect(QRectF(*corner, SQUARE, SQUARE), colour("#d5dae1"))
    painter.restore()
