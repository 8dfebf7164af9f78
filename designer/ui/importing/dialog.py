"""The dialog that asks which net to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from designer.core.shape import Shape
from designer.ui.fields.controls import Line
from designer.ui.parts import column, label, row
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import fix_size

if TYPE_CHECKING:
    from designer.ui.files import Dialogs
    from designer.ui.importing.commands import ImportCommands

WIDTH = 520
SOURCE = "torchvision:NAME, a file *.onnx, or package.module:callable of yours"
HINT = (
    "What is read is data, and nothing is downloaded; only a callable of yours is code that runs. "
    "The net arrives only if it gives the same outputs here as there."
)


class ImportDialog(QDialog):
    """Enter imports what the line names; a button finds a file for it."""

    def __init__(self, commands: ImportCommands, dialogs: Dialogs, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands, self._dialogs = commands, dialogs
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Import a net")
        self.setMinimumWidth(px(WIDTH))
        self.source = _line(SOURCE, "torchvision:resnet18")
        self.image = _line("Image", "3, 224, 224: only where the net does not say it itself")
        self.browse = QPushButton("Choose a file …")
        self.fault = label("", "caption", "error", wrap=True)
        self.cancel = QPushButton("Cancel")
        self.run = QPushButton("Import")
        self.run.setProperty("primary", True)
        self.run.setDefault(True)
        self.browse.setAutoDefault(False)
        self._lay_out()
        self.source.textChanged.connect(self._on_typed)
        self.image.textChanged.connect(self._on_typed)
        self.browse.clicked.connect(self._on_browse)
        self.cancel.clicked.connect(self.reject)
        self.run.clicked.connect(self._on_run)
        self._on_typed()

    def _lay_out(self) -> None:
        whole = column(self, 16, 8)
        whole.addWidget(label(SOURCE, "caption", "muted"))
        line = row(spacing=8)
        line.addWidget(self.source, 1)
        line.addWidget(self.browse)
        whole.addLayout(line)
        whole.addWidget(label("Image: channels, height, width", "caption", "muted"))
        whole.addWidget(self.image)
        whole.addWidget(label(HINT, "caption", "muted", wrap=True))
        whole.addWidget(self.fault)
        buttons = row(spacing=8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.run)
        whole.addLayout(buttons)

    def _on_browse(self) -> None:
        path = self._dialogs.import_path()
        if path is not None:
            self.source.setText(str(path))
            self.source.setFocus()

    def _on_typed(self) -> None:
        self.fault.hide()
        self.run.setEnabled(bool(self.source.text().strip()))

    def _on_run(self) -> None:
        from designer.app.importing import image_of

        image: Shape | tuple[int, ...] = ()
        if said := self.image.text().strip():
            try:
                image = image_of(said)
            except ValueError:
                self.fault.setText(
                    f"An image is channels, height and width, as in 3, 224, 224; received {said!r}"
                )
                self.fault.show()
                self.image.setFocus()
                return
        source = self.source.text().strip()
        self.accept()
        self._commands.begin(source, image)


def _line(name: str, placeholder: str) -> Line:
    made = Line()
    made.setAccessibleName(name)
    made.setPlaceholderText(placeholder)
    fix_size(made, height=28)
    return made
