"""Settings: what decides a run besides the net, and the place where it is computed."""

import os
from dataclasses import dataclass

import torch
import torch.distributed as dist


@dataclass(frozen=True)
class Settings:
    """What decides a run besides the net; the command line changes single values."""

    data: str = "letters.npz"
    validation: float = 0.1
    optimizer: str = "Adam"
    learning_rate: float = 0.001
    momentum: float = 0.9
    weight_decay: float = 0.0
    schedule: str = "constant"
    epochs: int = 5
    batch_size: int = 64
    seed: int = 0
    initialization: str = "pytorch"
    device: str = "auto"
    threads: int | None = None
    memory_format: str = "auto"
    precision: str = "float32"


class Failure(Exception):
    """A run that cannot begin or go on: a sentence, and what to try."""

    def __init__(self, sentence: str, suggestion: str = "") -> None:
        """Keep both texts; the second may be empty."""
        super().__init__(sentence)
        self.sentence = sentence
        self.suggestion = suggestion


class Unusable(Failure):
    """An argument, or a file that one names, cannot be used."""


def reason_of(error: BaseException) -> str:
    """Say why the system refused, without its number; else the first line."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def shown(name: object) -> str:
    """Cut a name so that a sentence with it stays readable."""
    text = str(name)
    return text if len(text) <= 200 else f"{text[:99]}…{text[-100:]}"


@dataclass(frozen=True)
class Place:
    """The device of this process, and its number among those that train together."""

    device: torch.device
    rank: int = 0
    world: int = 1

    @property
    def leads(self) -> bool:
        """Whether this is the process that reports and writes."""
        return self.rank == 0


def take_place(settings: Settings) -> Place:
    """Choose the device, set the number of threads, meet the others of torchrun."""
    world = int(os.environ.get("WORLD_SIZE", "1"))
    neighbours = int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
    threads = settings.threads or spare_cores()
    torch.set_num_threads(max(1, threads // neighbours))
    device = choose_device(settings.device)
    if world == 1:
        return Place(device)
    if device.type == "cuda":
        device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
        torch.cuda.set_device(device)
    if not dist.is_initialized():
        dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
    return Place(device, dist.get_rank(), world)


def spare_cores() -> int:
    """Count the cores that this process may use, less one for the rest of the machine.

    Two busy threads too many are far slower than one too few: waiting threads spin.
    """
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return max(1, cores - 1)


def choose_device(name: str) -> torch.device:
    """Find the device of this name; `auto` is the first GPU, or else the CPU."""
    has_mps = torch.backends.mps.is_available()
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if has_mps else "cpu"
    try:
        device = torch.device(name)
    except RuntimeError:
        device = torch.device("meta")
    counts = {"cpu": 1, "cuda": torch.cuda.device_count(), "mps": int(has_mps)}
    if device.type not in counts:
        raise Unusable(
            f"'{shown(name)}' is not a device", "Use auto, cpu, cuda or mps."
        )
    # torch keeps an index in one byte: cuda:300 becomes another device
    if str(device) != name or (device.index or 0) >= counts[device.type]:
        raise Unusable(f"This machine has no device {name}", "Use --device cpu.")
    return device


def memory_layout(settings: Settings, device: torch.device) -> torch.memory_format:
    """Say how maps lie in memory; `auto` is channels last on a CUDA device only."""
    name = settings.memory_format
    if name == "auto":
        name = "channels_last" if device.type == "cuda" else "contiguous"
    return torch.channels_last if name == "channels_last" else torch.contiguous_format
