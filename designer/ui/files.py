"""What the File menu does: new, open, save, export, and never losing what is not saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from threading import Event
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from designer.app.session import Session
from designer.app.settings import SettingsFile
from designer.core.design import Design
from designer.core.edits import SetName
from designer.storage import SUFFIX, TEMPLATES, StorageError
from designer.ui.banner import Banner
from designer.ui.commands.menus import Entry
from designer.ui.waiting import Waiting

Answer = Literal["save", "discard", "cancel"]
FILTER = f"Convnet designs (*{SUFFIX})"
ONNX = ".onnx"
OPENED = f"Convnet designs and ONNX models (*{SUFFIX} *{ONNX})"
IMPORTED = f"ONNX models (*{ONNX})"
SCRIPTS = "Python scripts (*.py)"
PICTURES = "Pictures (*.svg *.pdf *.png)"


class Dialogs:
    """The few questions that are asked in a dialog; a test answers them itself."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def ask_unsaved(self, name: str) -> Answer:
        """What shall become of changes that no file holds."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Save the changes to “{name}”?")
        box.setInformativeText("What is not saved is lost.")
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        answers: dict[int, Answer] = {
            buttons.Save.value: "save",
            buttons.Discard.value: "discard",
        }
        return answers.get(box.exec(), "cancel")

    def ask_running(self) -> bool:
        """Whether to stop the run that goes on, and close."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setText("A run is going on. Stop it and close?")
        box.setInformativeText("What it has learned so far is kept, and it can be resumed.")
        stop = box.addButton("Stop and close", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is stop

    def open_path(self, folder: str) -> Path | None:
        """Which project to open."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", folder, OPENED)
        return Path(name) if name else None

    def import_path(self) -> Path | None:
        """Which model to import."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Import", "", IMPORTED)
        return Path(name) if name else None

    def save_path(self, suggestion: str, pattern: str) -> Path | None:
        """Where to write."""
        name, _ = QFileDialog.getSaveFileName(self._window, "Save as", suggestion, pattern)
        return Path(name) if name else None


Export = Callable[[Design, Path, Callable[[], bool]], None]
"""Writes something, in a thread; asks whether to stop, and raises Cancelled, StorageError, OSError
or ValueError with a sentence."""


class Files(QObject):
    """The receiver of the file actions."""

    import_wanted = Signal(str)
    """A file was to be opened that has to be imported."""

    def __init__(
        self,
        session: Session,
        settings: SettingsFile,
        banner: Banner,
        dialogs: Dialogs,
        export_script: Export,
        export_picture: Export,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._banner, self._dialogs = banner, dialogs
        self._export_script, self._export_picture = export_script, export_picture
        self._waiting = Waiting(banner, self)
        session.failed.connect(self._on_failed)

    def new(self) -> None:
        """Begin with an empty canvas."""
        if self.may_leave():
            self._session.new()

    def new_from(self, name: str) -> None:
        """Begin with a template."""
        if not self.may_leave():
            return
        template = next(t for t in TEMPLATES if t.name == name)
        try:
            design = template.design()
        except StorageError as error:
            self._on_failed(str(error))
            return
        self._session.new(design)

    def open(self) -> None:
        """Ask for a project and open it."""
        path = self._dialogs.open_path(self._folder())
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> bool:
        """Open a project; False where it cannot be used or the user stays with the present one.

        A model of ONNX's is imported: that is not done yet when this returns False.
        """
        if path.suffix.lower() == ONNX:
            self.import_wanted.emit(str(path.absolute()))
            return False
        if not self.may_leave():
            return False
        self._banner.hide()
        path, session, before = path.absolute(), self._session, self._session.document

        def show(found: Design | StorageError) -> None:
            if before is session.document and before.design is not design and not self.may_leave():
                return  # edited while the file was read
            if session.take(path, found):
                self._remember(path)

        design = before.design
        sentence = f"Opening {path.name} …"
        self._waiting.do(sentence, partial(session.read, path), show, self._waiting.forget)
        return self._waiting.is_busy or session.path == path

    def save(self) -> bool:
        """Save where the project came from, or ask where; False where it is not saved."""
        path = self._session.path
        if path is None:
            return self.save_as()
        if self._session.is_changed_on_disk():
            self._banner.say(
                f"{path.name} was changed by another program since it was opened here. "
                "Nothing was saved.",
                [("Save over it", lambda: self._write(path)), ("Save as …", self.save_as)],
            )
            return False
        return self._write(path)

    def save_as(self) -> bool:
        """Ask where, and save there; a project without a name takes the file's."""
        stem = self._session.design.name.replace("/", "-").replace("\\", "-") or "Untitled"
        suggestion = self._session.path or Path(self._folder()) / f"{stem}{SUFFIX}"
        path = self._dialogs.save_path(str(suggestion), FILTER)
        if path is None:
            return False
        path = path if path.suffix else path.with_suffix(SUFFIX)
        if self._session.design.name == Design.name:
            self._session.execute(SetName(path.stem))
        return self._write(path)

    def export_script(self) -> None:
        """Write the whole training script."""
        path = self._dialogs.save_path(str(Path(self._folder()) / "model.py"), SCRIPTS)
        if path is not None:
            from designer.codegen.script import data_name  # not for the first paint

            self._export(path, self._export_script, data_name(self._session.design))

    def export_picture(self) -> None:
        """Write a picture of the canvas."""
        path = self._dialogs.save_path(str(Path(self._folder()) / "model.svg"), PICTURES)
        if path is not None:
            self._export(path, self._export_picture)

    def may_leave(self) -> bool:
        """Ask what becomes of unsaved changes, where there are any; False: stay."""
        self._waiting.finish()
        if not self._session.is_dirty:
            return True
        path = self._session.path
        answer = self._dialogs.ask_unsaved(path.name if path else self._session.design.name)
        return answer == "discard" or (answer == "save" and self._is_saved())

    def templates(self) -> Iterable[Entry]:
        """The templates, for a menu."""
        from designer.ui.templates import entries

        return entries(self.new_from)

    def recent(self) -> Iterable[Entry]:
        """The recent files, for a menu."""
        for text in self._settings.value.recent:
            yield text, partial(self.open_path, Path(text))

    def _is_saved(self) -> bool:
        """Save, and return when the file is written or is not going to be."""
        self.save()
        self._waiting.finish()
        return not self._session.is_dirty

    def _write(self, path: Path) -> bool:
        """Write the design as it is now; False where that failed."""
        path, session, design = path.absolute(), self._session, self._session.design
        self._banner.hide()

        def note(fault: StorageError | None) -> None:
            if session.was_written(path, design, fault):
                self._remember(path)

        self._waiting.do(f"Saving {path.name} …", partial(session.write, path, design), note)
        return self._waiting.is_busy or not session.is_dirty

    def _export(self, path: Path, write: Export, data: str = "") -> None:
        """Write something that may take long: data of a hundred thousand pictures, a large net.

        `data` is what a script reads: a file that is written beside it, or a set by its name.
        """
        from designer.data import Cancelled  # the first paint needs nothing of data

        stop, design = Event(), self._session.design

        def export() -> Exception | None:
            try:
                write(design, path, stop.is_set)
            except (Cancelled, StorageError, OSError, ValueError) as error:
                return error
            return None

        sentence = f"Exporting {path.name} …"
        self._waiting.do(sentence, export, partial(self._on_exported, path, data), cancel=stop.set)

    def _on_exported(self, path: Path, data: str, error: Exception | None) -> None:
        from designer.data import Cancelled

        if error is None:
            beside = f", with {data}, which it reads, beside it" if data.endswith(".npz") else ""
            self._banner.say(f"Exported to {path}{beside}", is_fault=False)
        elif isinstance(error, Cancelled):
            self._banner.say("The export was cancelled; nothing was written.", is_fault=False)
        else:
            self._banner.say(f"Nothing was exported: {error}")

    def _folder(self) -> str:
        recent = self._settings.value.recent
        path = self._session.path or (Path(recent[0]) if recent else None)
        return str(path.parent if path else Path.home())

    def _remember(self, path: Path) -> None:
        self._settings.put(self._settings.value.with_recent(path.absolute()))

    def _on_failed(self, sentence: str) -> None:
        self._banner.say(sentence)
