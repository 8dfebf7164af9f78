"""The trainer: starts the runs of a session, one at a time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from designer.app.background import SOON, Background
from designer.app.engine_host import EngineHost
from designer.app.session import Session
from designer.app.training_run import TrainingRun
from designer.app.what_changed import what_changed
from designer.core.design import Design
from designer.protocol.requests import ContinueRun, StartRun
from designer.rules import in_the_way_of_training
from designer.storage import StorageError, load, runs, to_text


class Trainer(QObject):
    """Trains the session's design as it is at that instant; `run` is the latest run."""

    began = Signal(object)
    """A TrainingRun began."""
    refused = Signal(str)
    """Why no run began."""
    state_changed = Signal()
    """A run began or ended, or is about to."""
    moved = Signal()
    """The runs lie in another folder now."""
    stayed = Signal(str)
    """Why runs did not follow their project to its file."""

    def __init__(self, session: Session, host: EngineHost, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._host = session, host
        self.run: TrainingRun | None = None
        self._leaving: dict[Path, Path] = {}
        self._background = Background(self)
        session.titled.connect(self._on_titled)

    @property
    def is_active(self) -> bool:
        """Whether a run goes on."""
        return self.run is not None and self.run.is_active

    @property
    def base(self) -> Path:
        """The folder of this project's runs."""
        folder = runs.runs_folder(self._session.path, self._session.draft)
        waiting = (base for base, target in self._leaving.items() if target == folder)
        return next(waiting, folder)  # until the run that goes on there has ended

    def toggle(self) -> None:
        """Start a run, or stop the one that goes on."""
        if self.is_active:
            self.stop()
        else:
            self.start()

    def start(self) -> None:
        """Train the design as it is now, in a new run folder."""
        if self.is_active:
            return
        design = self._session.design
        faults = in_the_way_of_training(self._session.analysis)
        if not design.nodes:
            self.refused.emit("There is no net to train yet. Drag layers onto the canvas first.")
            return
        if faults:
            self.refused.emit(faults[0].message)
            return
        base, path = self.base, self._session.path
        try:
            folder = runs.new_run(base)
        except (OSError, ValueError) as error:
            self.refused.emit(f"No run folder can be made: {error}")
            return
        home = str(path.parent) if path else ""
        run = self._begin(folder)

        def request() -> StartRun:  # a large design takes a tenth of a second to write down
            change = what_changed(_design_before(base, design.name), design)
            return StartRun(str(folder), to_text(design), home, change)

        self._background.ask(request, run.begin, SOON)

    def resume(self, folder: Path) -> None:
        """Go on with a run that was stopped or interrupted."""
        if not self.is_active:
            self._begin(folder).begin(ContinueRun(str(folder)))

    def stop(self) -> None:
        """Ask the run to stop."""
        if self.run is not None:
            self.run.stop()

    def bring(self) -> None:
        """Move the runs that wait for it beside their projects' files; none may go on there."""
        leaving, self._leaving = self._leaving, {}
        for base, target in leaving.items():
            places: dict[Path, Path] = {}
            try:
                runs.move_runs(base, target, places)
            except (OSError, ValueError, StorageError) as error:
                self.stayed.emit(f"Runs from before the first save stay in {base}: {error}")
            if self.run is not None:
                self.run.folder = places.get(self.run.folder, self.run.folder)
                self.run.number = runs.run_number(self.run.folder)
        if leaving:
            self.moved.emit()

    def _begin(self, folder: Path) -> TrainingRun:
        before, self.run = self.run, TrainingRun(self._host.take_spare(), folder, self)
        self.run.changed.connect(self.state_changed)
        self.run.gone.connect(self._on_gone)
        self.began.emit(self.run)
        self.state_changed.emit()
        if before is not None:
            before.deleteLater()
        return self.run

    def _on_titled(self, draft: str) -> None:
        """The project has a file now: what it trained before follows it there."""
        self._leaving[runs.runs_folder(None, draft)] = runs.runs_folder(self._session.path)
        if not self.is_active:
            self.bring()

    def _on_gone(self) -> None:
        if not self.is_active:
            self.bring()


def _design_before(base: Path, name: str) -> Design | None:
    """The design of the newest run, where it is one of this project and not of a namesake."""
    for run in runs.list_runs(base):
        try:
            before = load(run.folder / runs.DESIGN)
        except StorageError:
            continue
        return before if before.name == name else None
    return None
