"""A run: prepared, executed and recorded in its folder, in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from designer.core.design import Design
from designer.engine import several
from designer.engine.fault import RunEnded, RunFault, RunRefused, in_words, reason_of
from designer.engine.preparation import Prepared, prepare, reopen, script_settings
from designer.engine.run_record import RunRecord
from designer.engine.watcher import Watcher
from designer.protocol.reports import RunFinished
from designer.storage import StorageError
from designer.storage.error import shown
from designer.storage.metrics import read_metrics
from designer.storage.run_lock import RunLock


def train(
    design: Design,
    folder: Path,
    watcher: Watcher | None = None,
    base: Path | None = None,
    change: str = "",
    processes: int = 1,
) -> RunFinished:
    """Train a design in an empty run folder, from the first step to the test accuracy.

    `base` is the folder that relative data paths start from, `change` what differs from the run
    before; with more `processes` than one, the run's script is started under torchrun. Raises
    RunFault where the run cannot begin or go on, RunEnded where the watcher stopped it; the folder
    says so too.
    """
    watcher = watcher or Watcher()
    with _recorded(folder, change, watcher) as record:
        prepared = prepare(folder, design, base, watcher.preparing)
        if processes == 1:
            return _execute(folder, prepared, record, resume=False)
        record.settings = prepared.settings
        finished = several.execute(folder, prepared, record, processes)
        record.finished(finished)
        return finished


def resume(folder: Path, watcher: Watcher | None = None) -> RunFinished:
    """Go on with a run from its last checkpoint, or from the start where it has none.

    Raises as `train` does.
    """
    watcher = watcher or Watcher()
    with _recorded(folder, "", watcher) as record:
        watcher.recalled(read_metrics(folder))
        prepared = reopen(folder)
        names = ("checkpoint.pt", "checkpoint-before.pt")
        return _execute(folder, prepared, record, any((folder / n).is_file() for n in names))


@contextmanager
def _recorded(folder: Path, change: str, watcher: Watcher) -> Iterator[RunRecord]:
    """Hold the folder's lock, and write down how the run ends."""
    try:
        lock = RunLock(folder)
    except OSError as error:
        place, reason = shown(folder), reason_of(error)
        raise RunRefused(f"{place} cannot be used, or another process runs it: {reason}") from None
    try:
        record = RunRecord(folder, change, watcher)
        try:
            yield record
        except RunEnded:
            record.ended("stopped")
            raise
        except RunFault as fault:
            record.ended("failed", fault.sentence)
            raise
        except BaseException:
            record.ended("failed", "The run ended by an error of the program.")
            raise
        finally:
            record.close()
    except (OSError, StorageError) as error:
        raise RunFault(f"The run folder cannot be written: {reason_of(error)}") from None
    finally:
        lock.release()


def _execute(folder: Path, prepared: Prepared, record: RunRecord, resume: bool) -> RunFinished:
    script, settings, images = prepared
    own = script_settings(script, settings)
    record.settings = settings
    with in_words(script):
        result = script.fit(own, images, folder, record, resume)
    finished = RunFinished(**asdict(result))
    record.finished(finished)
    return finished
