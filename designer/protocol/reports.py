"""Reports: what an engine process tells the window."""

from __future__ import annotations

from designer.core.lean import lean_dataclass


@lean_dataclass(frozen=True, slots=True)
class Device:
    """Something that can train: its name in settings, what it is, and its bytes of memory."""

    name: str
    title: str
    memory: int = 0


@lean_dataclass(frozen=True, slots=True)
class Ready:
    """The process has torch and waits for a request."""

    torch: str
    devices: tuple[Device, ...]
    cores: int


@lean_dataclass(frozen=True, slots=True)
class Preparing:
    """What is done before the first step, for instance "measuring memory formats"."""

    what: str


@lean_dataclass(frozen=True, slots=True)
class RunRecalled:
    """What a run that goes on has done already, for the window, which does not parse it again.

    `numbers` is a folder with `steps.npy` (2 × steps: loss, accuracy) and `epochs.npy` (epochs ×
    the fields of EpochDone), float64; it is the reader's to delete. Some may lie behind the
    checkpoint: RunStarted says how many count.
    """

    numbers: str


@lean_dataclass(frozen=True, slots=True)
class RunStarted:
    """The run begins, or goes on after `steps_done` steps, with these resolved settings.

    `picked` says in words what was measured or chosen where the settings left it open.
    """

    folder: str
    epochs: int
    steps_per_epoch: int
    steps_done: int
    device: str
    threads: int
    memory_format: str
    precision: str
    picked: str = ""


@lean_dataclass(frozen=True, slots=True)
class StepsDone:
    """Losses and accuracies (0 to 1) of steps in a row; `first` counts from 1."""

    first: int
    losses: tuple[float, ...]
    accuracies: tuple[float, ...]


@lean_dataclass(frozen=True, slots=True)
class EpochDone:
    """What one epoch came to; its weights are on the disk."""

    epoch: int
    train_loss: float
    train_accuracy: float
    val_loss: float
    val_accuracy: float
    is_best: bool


@lean_dataclass(frozen=True, slots=True)
class MemoryUsed:
    """Bytes that the run holds now, and what its device has in all."""

    used: int
    total: int


@lean_dataclass(frozen=True, slots=True)
class StopHeard:
    """The wish to stop has arrived; RunStopped follows."""


@lean_dataclass(frozen=True, slots=True)
class RunFinished:
    """The run is complete: its best weights, measured once on the test images."""

    test_loss: float
    test_accuracy: float
    best_epoch: int
    val_accuracy: float


@lean_dataclass(frozen=True, slots=True)
class RunStopped:
    """The run ended early on request and can be continued."""


@lean_dataclass(frozen=True, slots=True)
class RunFailed:
    """The run ended by itself: a sentence, what to try, and the traceback where there is one."""

    sentence: str
    suggestion: str = ""
    traceback: str = ""


@lean_dataclass(frozen=True, slots=True)
class DataPreviewed:
    """A data set in numbers and pictures.

    `images` is the path of an `.npy` file, uint8, classes × samples × H × W × C, black where a
    class has fewer; it is the reader's to delete, with its folder. `counts` are images of each
    class before they are divided, `splits` the sizes of training, validation and test.
    """

    ticket: int
    name: str
    shape: tuple[int, ...]
    classes: tuple[str, ...]
    counts: tuple[int, ...]
    splits: tuple[int, int, int]
    images: str


@lean_dataclass(frozen=True, slots=True)
class DataRefused:
    """A data set cannot be used; the sentence says why."""

    ticket: int
    sentence: str


@lean_dataclass(frozen=True, slots=True)
class DownloadProgress:
    """How much of a data set has been fetched, 0 to 1."""

    ticket: int
    share: float


@lean_dataclass(frozen=True, slots=True)
class DataDownloaded:
    """A data set is on this computer now."""

    ticket: int
    name: str


@lean_dataclass(frozen=True, slots=True)
class ModelImported:
    """A foreign net as the text of a project file, its nodes without positions.

    `difference` is the largest one between its outputs and those of the original on so many random
    `images`; `is_weak` where these outputs hardly depend on the image. `weights` is a
    `.safetensors` file with the names of the exported script, or empty where the source has none
    that were learned; `left_out` are parts that nothing was read from.
    """

    project: str
    weights: str
    parameters: int
    images: int
    difference: float
    is_weak: bool = False
    left_out: tuple[str, ...] = ()


@lean_dataclass(frozen=True, slots=True)
class ModelRefused:
    """A foreign net cannot be imported; the sentence says why."""

    sentence: str


Report = (
    Ready
    | Preparing
    | RunRecalled
    | RunStarted
    | StepsDone
    | EpochDone
    | MemoryUsed
    | StopHeard
    | RunFinished
    | RunStopped
    | RunFailed
    | DataPreviewed
    | DataRefused
    | DownloadProgress
    | DataDownloaded
    | ModelImported
    | ModelRefused
)
