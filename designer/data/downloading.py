"""Downloads: only when asked for, checked, and put in place as a whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from designer.data.catalogue import Download, RemoteFile, data_folder, downloads
from designer.data.error import DataError, shown
from designer.data.limits import reason
from designer.data.npz import write_collection
from designer.data.watch import Cancel, Progress, Watch

TRANSFER = 0.8  # share of the progress that is the transfer; the rest is reading the images
DAY = 86_400  # seconds


def download(name: str, progress: Progress | None = None, cancel: Cancel | None = None) -> Path:
    """Fetch a data set by name into the user's data folder, and return its file.

    Every file is checked against its size and hash before it is looked into. Raises DataError
    where no mirror gives it, Cancelled where asked to stop; nothing is left behind by either.
    """
    if name not in downloads():
        raise DataError(
            f"“{shown(name)}” cannot be downloaded; what can are {', '.join(downloads())}."
        )
    return fetch(name, downloads()[name], data_folder(), Watch(progress, cancel))


def fetch(name: str, entry: Download, folder: Path, watch: Watch) -> Path:
    """Fetch a data set into a folder as `name.npz`."""
    from designer.data.formats import read_files  # late: what only a download needs

    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        with tempfile.TemporaryDirectory(prefix=".download-", dir=folder) as temporary:
            done = 0
            for file in entry.files:
                part = watch.between(
                    TRANSFER * done / entry.size, TRANSFER * (done + file.size) / entry.size
                )
                _fetch_file(name, entry, file, Path(temporary), part)
                done += file.size
            reading = watch.between(TRANSFER, 1.0)
            collection = read_files(name, entry, Path(temporary), reading)
            reading.step(1, 1)
            write_collection(collection, folder / f"{name}.npz")
    except OSError as error:
        raise DataError(
            f"{shown(folder)}: “{name}” cannot be kept there: {reason(error)}. Make room or "
            "allow writing."
        ) from error
    return folder / f"{name}.npz"


def _fetch_file(name: str, entry: Download, file: RemoteFile, folder: Path, watch: Watch) -> None:
    """Fetch one file from the first mirror that has it whole and unchanged."""
    from designer.data.transfer import MirrorError, transfer

    failures = []
    for mirror in entry.mirrors:
        address = urljoin(mirror, file.name)
        host = urlsplit(mirror).netloc or mirror
        try:
            transfer(address, file, folder / file.name, watch)
            return
        except MirrorError as error:
            failures.append(f"{shown(host)}: {error}")
    raise DataError(
        f"“{name}”: no mirror gives {file.name} ({'; '.join(failures)}). Check the connection, or "
        "use a folder or an .npz file of your own."
    )


def _sweep(folder: Path) -> None:
    """Remove what a download left that was killed, a day ago or more."""
    for stale in folder.glob(".download-*"):
        if stale.stat().st_mtime < time.time() - DAY:
            shutil.rmtree(stale, ignore_errors=True)
