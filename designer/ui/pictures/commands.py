"""What makes pictures: the window that asks how, the file, and the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage

from designer.app.background import Background
from designer.core.analysis import Analysis, analyze
from designer.core.design import Design
from designer.ui.pictures.choice import Choice, Part
from designer.ui.theme.tokens import DARK, LIGHT, Tokens

if TYPE_CHECKING:
    from designer.ui.main_window import MainWindow
    from designer.ui.pictures.dialog import PictureDialog
    from designer.ui.pictures.wanted import Drawn, Wanted
    from designer.ui.sheet import Sheet

SVG = "image/svg+xml"


class Order(NamedTuple):
    """All that a picture is made of: values only, for a thread."""

    design: Design
    analysis: Analysis | None
    tokens: Tokens
    wanted: Wanted
    unfolded: frozenset[str]


class PictureCommands(QObject):
    """The receiver of the actions on pictures; the one dialog is made when it is needed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._background = Background(self)
        self.part: Part = "net"
        """What the next picture is of; a selection is, as long as there is one."""
        self.dialog: PictureDialog | None = None

    @property
    def choice(self) -> Choice:
        """How the next picture is to look, as it was chosen last."""
        value = self._window.settings.value
        return Choice(
            value.picture_look,
            value.picture_colours,
            value.picture_shapes,
            value.picture_ground,
            value.picture_scale,
            value.picture_width,
        )

    def choose(self, choice: Choice) -> None:
        """Let the next pictures look like that; it is remembered."""
        self._window.settings.change(
            picture_look=choice.look,
            picture_colours=choice.colours,
            picture_shapes=choice.shapes,
            picture_ground=choice.ground,
            picture_scale=choice.scale,
            picture_width=choice.width,
        )

    def ask(self) -> None:
        """Ask what the picture is to show, with a preview; then write it, or copy it."""
        from designer.ui.pictures.dialog import PictureDialog

        self.dialog = PictureDialog(self, self._window)
        self.dialog.open()

    def save(self) -> None:
        """Ask for a file, and write the picture."""
        self._window.files.export_picture()

    def copy(self) -> None:
        """Put a picture of what is selected, else of the net, on the clipboard."""
        if self.dialog is None or not self.dialog.isVisible():
            self.part = "selection" if self._window.selection.nodes else "net"
        order = self.order()
        self._background.ask(partial(_both, order), self._on_copied, 0.015)

    def order(self, design: Design | None = None, choice: Choice | None = None) -> Order:
        """What the picture would be made of now; the choice is the last one, or this."""
        from designer.ui.pictures.wanted import Wanted

        window, choice = self._window, choice or self.choice
        session, shown = window.session, window.canvas.shown
        design = design or session.design
        analysis = session.analysis
        is_known = analysis.graph is design.graph and session.is_analysed
        look = self._shown() if choice.look == "shown" else choice.look
        nodes = window.selection.nodes if self.part == "selection" else None
        wanted = Wanted(
            look, nodes or None, choice.shapes, choice.ground, choice.scale,
            shown.nodes if choice.look == "shown" else frozenset(), choice.width or None,
        )  # fmt: skip
        tokens = {"light": LIGHT, "dark": DARK}.get(choice.colours, window.theme.tokens)
        return Order(design, analysis if is_known else None, tokens, wanted, window.canvas.unfolded)

    def write(self, design: Design, path: Path, cancel: Callable[[], bool]) -> None:
        """Write the picture of a design; any thread may. Raises as `write_picture`."""
        from designer.ui.sheet import write_picture

        order = self.order(design)
        write_picture(sheet(order), path, cancel, order.wanted.scale)

    @property
    def has_selection(self) -> bool:
        """Whether nodes are selected."""
        return bool(self._window.selection.nodes)

    def _shown(self) -> Drawn:
        """How the window shows the net now."""
        shown = self._window.canvas.shown
        if self._window.pyramid.is_shown:
            return "blocks"
        return "maps" if shown.every else "pyramid" if shown.alone else "canvas"

    def _on_copied(self, made: tuple[QImage, bytes]) -> None:
        image, svg = made
        data = QMimeData()
        data.setImageData(image)
        data.setData(SVG, svg)
        QGuiApplication.clipboard().setMimeData(data)
        what = "The selection" if self.part == "selection" else "The net"
        self._window.column.banner.say(f"{what} was copied as a picture.", is_fault=False)


def sheet(order: Order) -> Sheet:
    """The picture that was ordered; any thread may ask."""
    from designer.ui.pictures.wanted import sheet_of

    design, analysis, tokens, wanted, unfolded = order
    return sheet_of(design, analysis or analyze(design), tokens, wanted, unfolded)


def _both(order: Order) -> tuple[QImage, bytes]:
    """As pixels, and as SVG, for programs that take either."""
    from designer.ui.sheet import bytes_of, image_of

    made = sheet(order)
    return image_of(made, order.wanted.scale), bytes_of(made, ".svg")
