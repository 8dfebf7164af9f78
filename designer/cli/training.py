"""The commands that train: a new run, or the rest of one that was interrupted."""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from designer import analyze
from designer.cli.checking import describe, report, to_json
from designer.cli.command import Command, Exit, Unusable
from designer.cli.terminal import Terminal, plain
from designer.core.design import Design
from designer.core.parameter import parameters_of
from designer.protocol.allocator import ALLOCATOR
from designer.storage import load, runs

if TYPE_CHECKING:
    from designer.protocol.reports import RunFinished


def settle_allocator() -> None:
    """Start this process anew with the allocator's variables, which are read only at its start."""
    if not sys.platform.startswith("linux") or ALLOCATOR.keys() <= os.environ.keys():
        return
    environment = {**ALLOCATOR, **os.environ}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)


def _train(options: argparse.Namespace, terminal: Terminal) -> int:
    design = _with_options(load(options.file), options)
    if code := _refuse_bad_design(design, options.file, terminal):
        return code
    folder = _run_folder(options)

    def begin() -> RunFinished:
        from designer.engine import run

        base = Path(options.file).absolute().parent
        return run.train(design, folder, watcher, base, processes=options.nproc)

    watcher = _watcher(terminal, options.log_steps)
    return _follow(begin, watcher, folder, terminal)


def _resume(options: argparse.Namespace, terminal: Terminal) -> int:
    folder = Path(options.run)
    found = runs.read_run(folder)
    if found is None:
        raise Unusable(f"{plain(options.run)} is not the folder of a run")
    if found.state.state == "finished":
        raise Unusable(f"{plain(options.run)} is finished: there is nothing to go on with")
    watcher = _watcher(terminal, options.log_steps)

    def begin() -> RunFinished:
        from designer.engine import run

        return run.resume(folder, watcher)

    return _follow(begin, watcher, folder, terminal)


def _watcher(terminal: Terminal, with_steps: bool) -> Any:
    try:
        import torch  # noqa: F401 - asked for here, where its absence can be said in words
    except ImportError as error:
        raise Unusable(f"training needs torch, which cannot be imported: {error}") from None
    from designer.cli.watching import TerminalWatcher

    return TerminalWatcher(terminal, with_steps)


def _follow(
    begin: Callable[[], RunFinished], watcher: Any, folder: Path, terminal: Terminal
) -> int:
    """Execute a run and say how it ended."""
    from designer.cli.watching import finished_event
    from designer.engine.fault import RunEnded, RunFault

    place = plain(str(folder))
    try:
        with watcher.stopping_on_signals():
            result = begin()
    except RunEnded:
        message = f"stopped; go on with: convnet-designer resume {place}"
        return _failed(message, folder, terminal)
    except RunFault as fault:
        return _failed(f"{fault.sentence}. {fault.suggestion}".strip(" ."), folder, terminal)
    terminal.event(finished_event(result, str(folder)))
    terminal.print(
        f"test accuracy {result.test_accuracy:.2%} with the weights of epoch "
        f"{result.best_epoch}, in {place}"
    )
    return Exit.DONE


def _failed(message: str, folder: Path, terminal: Terminal) -> int:
    terminal.event({"event": "failed", "message": message, "run": str(folder)})
    start = "\n" if terminal.is_live else ""
    terminal.say(f"{start}convnet-designer: {message}")
    return Exit.FAILED


def _with_options(design: Design, options: argparse.Namespace) -> Design:
    """Put the options in the place of the file's settings."""
    names = ("epochs", "batch_size", "learning_rate", "seed", "device")
    given = {name: value for name in names if (value := getattr(options, name)) is not None}
    training = replace(design.training, **given)
    data = design.data
    if options.data is not None:
        data = replace(data, source=_absolute(options.data))
    changed = replace(design, training=training, data=data)
    for settings in (changed.training, changed.data):
        kind: Any = type(settings)
        for parameter in parameters_of(kind):
            if fault := parameter.fault(getattr(settings, parameter.name)):
                raise Unusable(fault)
    return changed


def _absolute(source: str) -> str:
    """A path of the command line as seen from anywhere; a data set's name stays as it is."""
    from designer import data

    known = {offer.name for offer in data.offers()}
    return source if source in known else str(Path(source).absolute())


def _refuse_bad_design(design: Design, file: str, terminal: Terminal) -> int:
    from designer.rules import in_the_way_of_training

    analysis = analyze(design, describe(design, file))
    faults = in_the_way_of_training(analysis)
    if not faults:
        return Exit.DONE
    message = faults[0].message
    terminal.event(
        {"event": "failed", "message": message, "diagnostics": [to_json(d) for d in faults]}
    )
    report(replace(analysis, diagnostics=faults), terminal)
    terminal.say(f"{plain(file)} cannot be trained: {plain(message)}")
    return Exit.INVALID


def _run_folder(options: argparse.Namespace) -> Path:
    try:
        if options.run is None:
            return runs.new_run(runs.runs_folder(Path(options.file)))
        folder = Path(options.run)
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Unusable(f"{plain(options.run)} is not empty: name another folder for the run")
    except OSError as error:
        reason = error.strerror or error
        raise Unusable(f"no folder can be made for the run: {reason}") from None
    return folder


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1; received {number}")
    return number


def _rate(text: str) -> float:
    number = float(text)
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"must be more than 0; received {text}")
    return number


def _add(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", metavar="FILE", help="a project file")
    add("--data", metavar="D", help="a data set's name, or a folder, .npz or .csv")
    add("--epochs", type=_positive, metavar="N", help="passes over the training images")
    add("--batch-size", type=_positive, metavar="B", help="images a step")
    add("--lr", dest="learning_rate", type=_rate, metavar="L", help="the learning rate")
    add("--seed", type=int, metavar="S", help="start of every random number")
    add("--device", metavar="NAME", help="auto, cpu, cuda, cuda:1 … or mps")
    add("--nproc", type=_positive, default=1, metavar="N", help="processes under torchrun")
    add("--run", metavar="DIR", help="the folder of the run (default: beside the file)")
    add("--log-steps", action="store_true", help="with --json, a line for every step")


def _add_resume(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", metavar="RUN", help="the folder of a run")
    steps = "with --json, a line for every step"
    parser.add_argument("--log-steps", action="store_true", help=steps)


TRAIN = Command("train", "train with a progress bar; leaves a run folder", _train, _add)
RESUME = Command("resume", "go on with an interrupted run", _resume, _add_resume)
