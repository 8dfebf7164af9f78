"""Several processes: the run's own script under torchrun, followed by what it prints."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import torch

from designer.engine.fault import RunEnded, RunFault, in_words
from designer.engine.preparation import Prepared, script_settings
from designer.engine.run_data import place_of_data
from designer.engine.run_record import RunRecord
from designer.protocol.reports import RunFinished
from designer.storage import runs

Event = dict[str, Any]


def execute(folder: Path, prepared: Prepared, record: RunRecord, processes: int) -> RunFinished:
    """Train with so many processes on this machine; the first of them writes into the folder.

    On a wish to stop they are ended at once: the last checkpoint stays. Raises RunFault and
    RunEnded as a run in this process does.
    """
    script, settings, images = prepared
    training = settings.training
    _check_fit(prepared)
    order = script.shuffled(len(images.train), training.seed, 1)
    steps = len(script.batches(order, training.batch_size, 2 * processes))
    record.started(training.epochs, steps, 0)
    result: RunFinished | None = None
    for event in _events(folder, str(place_of_data(settings.data)), processes):
        kind = event.pop("event")
        if kind == "step":
            record.steps_done(event["step"], [event["loss"]], [event["accuracy"]])
        elif kind == "epoch":
            record.epoch_done(script.Epoch(**event))
        elif kind == "failed":
            raise RunFault(event["message"])
        elif kind == "finished":
            del event["run"]
            result = RunFinished(**event)
        if record.should_stop():
            raise RunEnded
    if result is None:
        raise RunFault("The processes ended before the run was complete")
    return result


def _check_fit(prepared: Prepared) -> None:
    """Say here what every process would say: that net and images do not fit."""
    script, settings, images = prepared
    place = script.Place(torch.device("cpu"))
    with in_words(script):
        model = script.make_model(script_settings(script, settings), place)
        script.check_fit(model, images, place)


def _events(folder: Path, data: str, processes: int) -> Iterator[Event]:
    """What the first process prints, line by line; the processes end with the iteration."""
    options = ["--json", "--log-steps", "--data", data, "--out", str(folder)]
    launch = ["torch.distributed.run", "--standalone", f"--nproc-per-node={processes}"]
    command = [sys.executable, "-m", *launch, str(folder / runs.MODEL), *options]
    with tempfile.TemporaryFile() as complaints, _running(command, complaints) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield json.loads(line)
        if process.wait() != 0:
            raise RunFault(_last_error(complaints))


@contextmanager
def _running(command: list[str], complaints: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    # a session of its own: Ctrl+C is for the watcher, who decides
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=complaints, start_new_session=True
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _last_error(complaints: IO[bytes]) -> str:
    """The last line that names an error, from everything the processes wrote."""
    complaints.seek(0)
    lines = complaints.read().decode(errors="replace").splitlines()
    named = [line.strip() for line in lines if "Error" in line and ": " in line]
    return f"The processes ended with an error: {named[-1][:300] if named else 'no reason given'}"
