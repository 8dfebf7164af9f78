"""The session: a document with its file and its analysis, as Qt signals."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Signal

from designer.core.analysis import Analysis, analyze
from designer.core.change import Change, diff
from designer.core.data import DataDescription, DataSettings
from designer.core.design import Design
from designer.core.document import Document
from designer.core.edit import Edit, EditRefused
from designer.core.facts import Facts
from designer.core.lately import Lately
from designer.core.order import Order
from designer.core.rule import Rule
from designer.storage import StorageError, load, save

Describe = Callable[[DataSettings, Path | None], DataDescription | None]
"""What is known of a data set; relative paths are looked up in the given folder."""
KEPT = 16 << 20
"""Bytes of what was found of earlier states of the design, for undo and redo."""
A_NODE = 256
"""Bytes that an analysis takes for each node, about."""

Load = Callable[[Path], Design]
Save = Callable[[Design, Path], None]


def unknown(design: Design) -> Analysis:
    """The analysis that knows nothing yet: it costs nothing, so the first paint can have it."""
    facts = {node_id: Facts(node.layer) for node_id, node in design.nodes.items()}
    return Analysis(design.graph, Order(()), facts, ())


def only_moves(change: Change) -> bool:
    """Whether nothing differs but where things stand: no shape, no text, no setting."""
    return bool(change.moved or change.frames) and not (change.graph or change.settings)


class Session(QObject):
    """One open project. Every change comes through `changed`, undo and opening included.

    A file that cannot be used is told by `failed`, in one sentence, and changes nothing.
    """

    changed = Signal(object, object)
    """(Change, Analysis) after every change of the design or of its analysis."""
    opened = Signal()
    """Another project took the place of the one before; sent after `changed`."""
    stepped = Signal()
    """A step was taken back or done again; sent after `changed`."""
    state_changed = Signal()
    """The path, the dirty mark or an undo label may differ."""
    refused = Signal(str)
    """Why an edit did not fit."""
    failed = Signal(str)
    """Why a file could not be used."""
    titled = Signal(str)
    """A project that had no file got one; carries the draft's name that it had until then."""
    _told = Signal(object, object)

    analysis: Analysis

    def __init__(
        self,
        design: Design | None = None,
        *,
        rules: Iterable[Rule] = (),
        describe: Describe | None = None,
        is_quick: Callable[[DataSettings], bool] = lambda settings: True,
        load: Load = load,
        save: Save = save,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._rules = rules
        self._describe = describe or (lambda settings, folder: None)
        self._is_quick = is_quick
        self._told.connect(self._on_told)
        self._analyses = Lately[Analysis](KEPT)
        self._changes = Lately[Change](KEPT)
        self._load = load
        self._save = save
        self._described: tuple[object, DataDescription | None] | None = None
        self._stamp: tuple[int, int] | None = None
        self.path: Path | None = None
        self.draft = os.urandom(16).hex()
        """What tells this project from others, as long as it has no file."""
        self.is_analysed = False
        self._adopt(Document(design))

    @property
    def design(self) -> Design:
        """The design now."""
        return self.document.design

    @property
    def data(self) -> DataDescription | None:
        """What is known of the data set that the design names; nothing before the analysis."""
        if not self.is_analysed:
            return None
        return self._description()

    def _description(self) -> DataDescription | None:
        settings, folder = self.design.data, self.path.parent if self.path else None
        key = (settings, folder)
        if self._described is None or self._described[0] != key:
            if self._is_quick(settings):
                self._described = (key, self._describe(settings, folder))
            else:  # a folder of a hundred thousand pictures takes seconds to list
                self._described = (key, None)
                Thread(target=self._ask, args=key, name="describe", daemon=True).start()
        return self._described[1]

    def _ask(self, settings: DataSettings, folder: Path | None) -> None:
        description = self._describe(settings, folder)
        with contextlib.suppress(RuntimeError):  # the session is gone
            self._told.emit((settings, folder), description)

    def _on_told(self, key: object, description: DataDescription | None) -> None:
        if self._described is not None and self._described[0] == key:
            self._described = (key, description)
            self.analysis = self._analysed(self.design)
            self.changed.emit(Change(settings=True), self.analysis)

    @property
    def is_dirty(self) -> bool:
        """Whether something would be lost by closing."""
        return self.document.is_dirty

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self.document.undo_label is not None

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return self.document.redo_label is not None

    def execute(self, edit: Edit, gesture: object | None = None) -> bool:
        """Apply an edit; say whether it fitted. Edits of one gesture are one undo step."""
        try:
            self.document.execute(edit, gesture)
        except EditRefused as refusal:
            self.refused.emit(str(refusal))
            return False
        return True

    def undo(self) -> None:
        """Take the last step back."""
        if self.can_undo:
            self.document.undo()
            self.stepped.emit()

    def redo(self) -> None:
        """Do the last step that was taken back again."""
        if self.can_redo:
            self.document.redo()
            self.stepped.emit()

    def analyse(self) -> None:
        """Analyse the design from what is known, and tell everybody."""
        self._analyse(self.design, self.design)

    def new(self, design: Design | None = None, *, saved: bool = True, now: bool = True) -> None:
        """Begin with this design and no file; `saved` False marks it as existing nowhere.

        With `now` False the analysis waits for a call of `analyse`.
        """
        self._replace(design or Design(), None, now)
        if not saved:
            self.document.mark_unsaved()
            self.state_changed.emit()

    def recover(self, design: Design, path: Path | None, draft: str = "") -> None:
        """Go on with unsaved work; it stays unsaved, beside the file that it belongs to."""
        self.new(design, saved=False)
        self.path = path
        self.draft = draft or self.draft
        self._stamp = _stamp(path) if path else None
        self.state_changed.emit()

    def open(self, path: Path, *, now: bool = True) -> bool:
        """Open a project file; False, and nothing changed, where it cannot be used."""
        return self.take(path, self.read(path), now=now)

    def read(self, path: Path) -> Design | StorageError:
        """Read a project file, or say why it cannot be used; any thread may."""
        try:
            return self._load(path)
        except StorageError as error:
            return error

    def take(self, path: Path, found: Design | StorageError, *, now: bool = True) -> bool:
        """Go on with what `read` found; False, and nothing changed, where that is no design."""
        if isinstance(found, StorageError):
            self.failed.emit(str(found))
            return False
        self._replace(found, path, now)
        return True

    def save(self, path: Path | None = None) -> bool:
        """Save to this path, or where it came from; False, and still dirty, where that fails."""
        target = path or self.path
        if target is None:
            return False
        return self.was_written(target, self.design, self.write(target, self.design))

    def write(self, target: Path, design: Design) -> StorageError | None:
        """Write a design to this path, or say why it cannot be written; any thread may."""
        try:
            self._save(design, target)
        except StorageError as error:
            return error
        return None

    def was_written(self, target: Path, design: Design, fault: StorageError | None) -> bool:
        """Note that a file holds the design; False, and still dirty, where `write` failed."""
        if fault is not None:
            self.failed.emit(str(fault))
            return False
        had_no_file = self.path is None
        self.path = target
        self._stamp = _stamp(target)
        self.document.mark_saved(design)
        self.document.end_gesture()
        self.state_changed.emit()
        if had_no_file:
            self.titled.emit(self.draft)
        return True

    def is_changed_on_disk(self) -> bool:
        """Whether somebody else wrote the file since it was opened or saved here."""
        return self.path is not None and _stamp(self.path) not in (None, self._stamp)

    def _replace(self, design: Design, path: Path | None, now: bool) -> None:
        old = self.design
        self.path, self.draft = path, os.urandom(16).hex()
        self._adopt(Document(design))
        self._stamp = _stamp(path) if path else None
        if now:
            self._analyse(old, design)
        else:
            self.changed.emit(diff(old, design), self.analysis)
            self.state_changed.emit()
        self.opened.emit()

    def _adopt(self, document: Document) -> None:
        self.document = document
        self._analyses.clear()
        self._changes.clear()
        document.changed.append(self._on_document_changed)
        self.analysis = unknown(document.design)
        self.is_analysed = False

    def _on_document_changed(self, old: Design, new: Design) -> None:
        self._analyse(old, new)

    def _analyse(self, old: Design, new: Design) -> None:
        self.analysis = self._analysed(new)
        self.is_analysed = True
        self.changed.emit(self._change(old, new), self.analysis)
        self.state_changed.emit()

    def _analysed(self, design: Design) -> Analysis:
        """What can be read off a design; of one that comes back what was read off it then."""
        description = self._description()
        known = self._analyses.of(design, description)
        if known is not None:
            return known
        previous = self.analysis if self.is_analysed else None
        self._rules = tuple(self._rules)  # read now: no first paint waits for what they import
        found = analyze(design, self._rules, description, previous)
        return self._analyses.keep(found, A_NODE * len(design.nodes), design, description)

    def _change(self, old: Design, new: Design) -> Change:
        """What differs between two designs; on the way back what differed on the way there."""
        way_back = self._changes.of(new, old)
        if way_back is not None:
            return way_back.inverse
        size = A_NODE * max(len(old.nodes), len(new.nodes))
        return self._changes.of(old, new) or self._changes.keep(diff(old, new), size, old, new)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size)
