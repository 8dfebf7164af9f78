"""One file over the net: copied in pieces, and believed only when size and hash are right."""

from __future__ import annotations

import hashlib
import http.client
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from designer.data.catalogue import RemoteFile
from designer.data.error import shown
from designer.data.limits import reason
from designer.data.watch import Watch

SCHEMES = ("https", "http", "file")
PATIENCE = 30  # seconds without a byte
CHUNK = 2**18  # bytes


class MirrorError(Exception):
    """A mirror does not give a file; the text is the reason."""


def transfer(address: str, file: RemoteFile, target: Path, watch: Watch) -> None:
    """Copy a remote file to `target`, checking size and hash. Raises MirrorError, Cancelled."""
    if urllib.parse.urlsplit(address).scheme not in SCHEMES:
        raise MirrorError("its address is not of the web")
    digest = hashlib.sha256() if file.sha256 else hashlib.sha1(usedforsecurity=False)
    size = 0
    try:
        response = urllib.request.urlopen(address, timeout=PATIENCE)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise MirrorError(_why(error)) from error
    with response, target.open("wb") as written:
        while True:
            watch.step(size, file.size)
            try:
                chunk = response.read(CHUNK)
            except (OSError, http.client.HTTPException) as error:
                raise MirrorError(_why(error)) from error
            if not chunk:
                break
            size += len(chunk)
            if size > file.size:
                raise MirrorError(f"it sends more than {file.size:,} bytes")
            digest.update(chunk)
            written.write(chunk)
    if size < file.size:
        raise MirrorError(f"it sent {size:,} of {file.size:,} bytes")
    if digest.hexdigest() != (file.sha256 or file.sha1):
        raise MirrorError("the checksum differs: the file was changed or damaged")


def _why(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"{error.code} {error.reason}"
    inner = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(inner, OSError) and inner.strerror:
        return reason(inner)
    return shown(str(inner) or type(inner).__name__)
