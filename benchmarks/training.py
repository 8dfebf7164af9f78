"""Steps a second (batches of 64, Adam, one thread) in a background run as the window starts it,
reports read as the window reads them: beside a raw loop over a tensor in memory with the same
settings, memory format and allocator variables, and beside the loop of a tutorial (contiguous
maps, a DataLoader). The processes take turns of a tenth of a second. Processor time of the whole
process between an early and the last step; start and validation are left out on both sides.
Then, by the clock, what a person waits for: assignment 4 from Train to the report of the first
step in a spare process that has warmed up, the answer to Stop, and the end of the process.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

import numpy

import designer
from benchmarks.measure import Row
from benchmarks.nets import TRAINED, layers_in_a_row
from benchmarks.turns import Contestant, Turns
from designer.app.engine_process import ALLOCATOR
from designer.core.data import DataSettings
from designer.core.design import Design
from designer.core.training import TrainingSettings
from designer.protocol.line import from_line, to_line
from designer.protocol.reports import EpochDone, Ready, RunFailed, StepsDone, StopHeard
from designer.protocol.requests import Shutdown, StartRun, StopRun
from designer.resources import resource
from designer.storage.project import to_text

TITLE = "Training"
ROUNDS = 5
NETS = {"LeNet-5": (40_000, 1.25), "LeNet 20/50": (12_800, 1.5), "VGG-like": (3_200, 1.6)}
"""On how many images each net trains, and how many times as fast as the tutorial's loop."""


def run(quick: bool = False) -> list[Row]:
    """Train each net for an epoch on random images, by turns."""
    rows: list[Row] = []
    for name, (images, target) in NETS.items():
        rows += _speeds(name, images // 10 if quick else images, target, 1 if quick else ROUNDS)
    return [*rows, *_waits(rounds=1 if quick else 5)]


def _speeds(name: str, images: int, target: float, rounds: int) -> Iterator[Row]:
    """The run beside both loops: the median of the rounds' ratios, at the run's median speed."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        data = _write_images(folder, images)
        contestants: dict[str, Contestant] = {
            "ours": partial(_ours, folder, data, name),
            "raw": _loop("raw", data, name, "--channels-last", **ALLOCATOR),
            "plain": _loop("plain", data, name),
        }
        found = [Turns().run(contestants) for _ in range(rounds)]
    ours = median(1 / times["ours"] for times in found)
    for floor, words, wanted in (("raw", "raw loop", 0.98), ("plain", "tutorial's loop", target)):
        ratio = median(times[floor] / times["ours"] for times in found)
        yield Row(f"{name}, a run", ours, words, ours / ratio, "steps/s", wanted, at_least=True)


def _waits(rounds: int) -> Iterator[Row]:
    """What a person waits for, beside the longest that it may be."""
    times = [_start_and_stop() for _ in range(rounds)]
    limits = (
        ("from Train to the first step", 500),
        ("from Stop to the answer", 100),
        ("from Stop to the end", 2000),
    )
    for (name, limit), taken in zip(limits, zip(*times, strict=True), strict=True):
        yield Row(name, median(taken) * 1e3, "limit", limit, "ms", 1.0)


def _start_and_stop() -> tuple[float, float, float]:
    """Seconds to the first step of a run, to the answer of Stop, and to the end of the process."""
    design = designer.load(resource("templates", "assignment-4.convnet"))
    training = replace(
        design.training, epochs=1000, device="cpu", threads=1, memory_format="channels_last"
    )
    text = to_text(replace(design, training=training))
    with tempfile.TemporaryDirectory() as place, _spare() as process:
        _hear(process, Ready)
        _wait_until_idle(process.pid)
        begun = time.perf_counter()
        _ask(process, StartRun(place, text, place))
        _hear(process, StepsDone)
        started = time.perf_counter()
        time.sleep(0.3)
        asked = time.perf_counter()
        _ask(process, StopRun())
        _hear(process, StopHeard)
        heard = time.perf_counter()
        _ask(process, Shutdown())
        process.wait()
        return started - begun, heard - asked, time.perf_counter() - asked


@contextmanager
def _spare() -> Iterator[subprocess.Popen[bytes]]:
    """A process as the window has it waiting."""
    process = subprocess.Popen(
        [sys.executable, "-m", "designer.engine", "--spare"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=_environment(ALLOCATOR),
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _ask(process: subprocess.Popen[bytes], request: StartRun | StopRun | Shutdown) -> None:
    assert process.stdin
    process.stdin.write(to_line(request))
    process.stdin.flush()


def _hear(process: subprocess.Popen[bytes], kind: type) -> None:
    """Read reports up to one of this kind."""
    assert process.stdout
    for line in process.stdout:
        report = from_line(line)
        if isinstance(report, kind):
            return
        if isinstance(report, RunFailed):
            raise RuntimeError(report.sentence)


def _wait_until_idle(process: int) -> None:
    """Wait while a process computes: it warms up."""
    before = -1.0
    while (now := _processor_time(process)) > before:
        before = now
        time.sleep(0.5)


def _write_images(folder: Path, count: int) -> Path:
    """So many training images of noise: the speed does not depend on what is on them."""
    random = numpy.random.default_rng(0)
    arrays = {}
    for part, size in (("", count), ("_test", 640)):
        shape = (size, 28, 28)
        arrays["x" + part] = random.integers(0, 256, shape, dtype=numpy.uint8)
        arrays["y" + part] = random.integers(0, 10, size)
    path = folder / "noise.npz"
    numpy.savez(path, **arrays)
    return path


def _loop(kind: str, data: Path, net: str, *options: str, **environment: str) -> Contestant:
    """A hand-written loop in a process of its own, which gives the seconds of a step."""
    command = [sys.executable, "-m", "benchmarks.loops", kind, str(data), net, *options]

    def run(turns: Turns) -> float:
        given = _environment(environment)
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=given) as process:
            assert process.stdout
            turns.join(process.pid)
            try:
                return float(json.loads(process.stdout.readline()))
            finally:
                turns.leave(process.pid)

    return run


def _ours(folder: Path, data: Path, net: str, turns: Turns) -> float:
    """Seconds a step of a run, from its reports."""
    design = _design(net)
    training = replace(
        TrainingSettings(), epochs=1, device="cpu", threads=1, memory_format="channels_last"
    )
    design = replace(design, data=DataSettings(str(data), 0.02), training=training)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        request = StartRun(place, to_text(design), str(folder))
        return _seconds_a_step(request, turns)


def _design(net: str) -> Design:
    """The net as our value, which the loops have written by hand."""
    if net in TRAINED:
        return layers_in_a_row(net, TRAINED[net])
    return designer.load(resource("templates", "lenet-5.convnet"))


def _seconds_a_step(request: StartRun, turns: Turns) -> float:
    marks: list[tuple[int, float]] = []
    with _spare() as process:
        turns.join(process.pid)
        try:
            _ask(process, request)
            marks += _marks(process)
        finally:
            turns.leave(process.pid)
    warm = len(marks) // 10
    (first, begin), (last, end) = marks[warm], marks[-1]
    return (end - begin) / (last - first)


def _marks(process: subprocess.Popen[bytes]) -> Iterator[tuple[int, float]]:
    """Steps done, and the processor time until then, up to the end of the epoch."""
    assert process.stdout
    for line in process.stdout:
        match from_line(line):
            case StepsDone(first, losses, _):
                yield first + len(losses) - 1, _processor_time(process.pid)
            case EpochDone():
                return
            case RunFailed(sentence, suggestion, traceback):
                raise RuntimeError(f"{sentence} {suggestion}\n{traceback}")


def _processor_time(process: int) -> float:
    """Seconds that all threads of a process have computed; the clock's where nobody counts."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return time.perf_counter()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _environment(more: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1", **more}
