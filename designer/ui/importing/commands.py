"""What imports foreign nets: a process that can be cancelled, and a new project in the end."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from designer.core.design import Design

if TYPE_CHECKING:
    from designer.app.importing import Import, Importer
    from designer.ui.importing.dialog import ImportDialog
    from designer.ui.main_window import MainWindow
    from designer.ui.waiting import Waiting

WEIGHTS = "Weights (*.safetensors)"

# What importing needs is imported with the first import: the first paint does without it.


class ImportCommands(QObject):
    """The receiver of the action; the net that is open stays until another has arrived."""

    _told = Signal(object, str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: Waiting | None = None
        self._importer: Importer | None = None
        self._weights: Path | None = None
        self.dialog: ImportDialog | None = None
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        window.closed.connect(self._on_closed)

    @property
    def is_busy(self) -> bool:
        """Whether a net is on its way."""
        return self._waiting is not None and self._waiting.is_busy

    def ask(self) -> None:
        """Ask what to import."""
        from designer.ui.importing.dialog import ImportDialog

        self.dialog = ImportDialog(self, self._window.dialogs, self._window)
        self.dialog.finished.connect(self._on_asked)
        self.dialog.open()

    def _on_asked(self) -> None:
        self.dialog = None

    def begin(self, source: str, image: Sequence[int] = ()) -> None:
        """Import a net in the place of the one that is open, if that may be left."""
        from designer.app.importing import Importer

        if not self._window.files.may_leave():
            return
        self._end()
        waiting = self._made_waiting()
        importer = Importer(source, image, lambda what: self._tell(importer, source, what))
        self._importer = importer
        session = self._window.session
        before = (session.document, session.design)
        self._window.column.banner.hide()
        waiting.do(
            f"Importing {_short(source)} …",
            partial(_read, importer),
            partial(self._on_read, importer, before),
            cancel=importer.cancel,
        )

    def _made_waiting(self) -> Waiting:
        from designer.ui.waiting import Waiting

        if self._waiting is None:  # one of its own: nobody waits for an import to go on
            self._waiting = Waiting(self._window.column.banner, self)
        return self._waiting

    def _tell(self, importer: Importer, source: str, what: str) -> None:
        """Hear from the thread of an import what it does now."""
        self._told.emit(importer, f"Importing {_short(source)}: {what} …")

    def _on_told(self, importer: Importer, sentence: str) -> None:
        if importer is self._importer and self._waiting is not None:
            self._waiting.tell(sentence)

    def _on_read(
        self, importer: Importer, before: tuple[object, Design], found: Import | Exception
    ) -> None:
        self._importer = None
        banner = self._window.column.banner
        if importer.is_cancelled:  # be it while the net was laid out
            banner.say("The import was cancelled; nothing has changed.", is_fault=False)
        elif isinstance(found, Exception):
            banner.say(f"Nothing was imported: {found}")
        else:
            self._take(before, found)

    def _take(self, before: tuple[object, Design], found: Import) -> None:
        """Go on with the net that has arrived, unless what was edited meanwhile is to stay."""
        session = self._window.session
        is_edited = before[0] is not session.document or before[1] is not session.design
        if is_edited and not self._window.files.may_leave():
            _remove(found.weights)
            return
        _remove(self._weights)
        self._weights = found.weights
        session.new(found.design, saved=False)
        choices = [("Save the weights …", self._save_weights)] if found.weights else []
        said = f"{_short(found.source)} is imported: {found.sentence}."
        self._window.column.banner.say(said, choices, is_fault=False)

    def _save_weights(self) -> None:
        """Ask where the weights go, and write them there."""
        weights, session = self._weights, self._window.session
        name = session.path.stem if session.path else session.design.name
        folder = session.path.parent if session.path else Path.home()
        suggestion = str(folder / f"{name}.safetensors")
        path = self._window.dialogs.save_path(suggestion, WEIGHTS)
        if path is None or weights is None:
            return

        def note(fault: Exception | None) -> None:
            told = f"The weights were not saved: {fault}" if fault else f"Saved {path}"
            self._window.column.banner.say(told, is_fault=fault is not None)

        work = partial(_copy, weights, path)
        self._made_waiting().do(f"Saving {path.name} …", work, note)

    def _end(self) -> None:
        """Want the import that is on its way no longer."""
        if self._importer is not None and self._waiting is not None:
            self._importer.cancel()
            self._waiting.forget()
            self._importer = None

    def _on_closed(self) -> None:
        self._end()
        _remove(self._weights)


def _read(importer: Importer) -> Import | Exception:
    """Import, and lay out what has come; a thread does it."""
    from designer.app.importing import Cancelled, Refused
    from designer.ui.arrival import laid_out

    try:
        found = importer.read()
    except (Refused, Cancelled, OSError) as error:
        return error
    if importer.is_cancelled:
        return Cancelled()
    return found._replace(design=laid_out(found.design))


def _copy(source: Path, target: Path) -> Exception | None:
    from designer.core.atomic import replace_file

    try:
        with source.open("rb") as made:
            replace_file(target, lambda file: shutil.copyfileobj(made, file))
    except OSError as error:
        return error
    return None


def _remove(weights: Path | None) -> None:
    """Delete the folder in which weights came."""
    if weights is not None:
        shutil.rmtree(weights.parent, ignore_errors=True)


def _short(source: str) -> str:
    """A source in a sentence: of a file its name."""
    return Path(source).name if source.lower().endswith(".onnx") else source[:60]
