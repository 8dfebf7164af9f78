"""Requests: what the window asks of an engine process."""

from __future__ import annotations

from designer.core.lean import lean_dataclass


@lean_dataclass(frozen=True, slots=True)
class StartRun:
    """Train this project in a new run folder; the process is that run from then on.

    `project` is the text of a project file, `base` the folder that its data paths start from,
    `change` what differs from the run before, in the user's words.
    """

    folder: str
    project: str
    base: str
    change: str = ""


@lean_dataclass(frozen=True, slots=True)
class ContinueRun:
    """Go on with an interrupted run from its last checkpoint."""

    folder: str


@lean_dataclass(frozen=True, slots=True)
class StopRun:
    """End the run soon, with a checkpoint."""


@lean_dataclass(frozen=True, slots=True)
class Shutdown:
    """Leave; end-of-file on standard input means the same."""


@lean_dataclass(frozen=True, slots=True)
class PreviewData:
    """Describe a data set and show some of its images; the answer carries the same ticket."""

    ticket: int
    source: str
    base: str
    validation: float
    per_class: int = 8


@lean_dataclass(frozen=True, slots=True)
class DownloadData:
    """Fetch a data set that has a name from the network; the answers carry the same ticket."""

    ticket: int
    name: str


@lean_dataclass(frozen=True, slots=True)
class ImportModel:
    """Make a design of a foreign net: `torchvision:NAME`, `FILE.onnx` or `package.module:callable`.

    `folder` is where its weights are written; `image` is channels, height and width, and empty
    where the net says it itself.
    """

    source: str
    folder: str
    image: tuple[int, ...] = ()


Request = StartRun | ContinueRun | StopRun | Shutdown | PreviewData | DownloadData | ImportModel
