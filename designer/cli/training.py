"""The commands that train: a new run, or the rest of one that was interrupted."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from designer import analyze
from designer.cli.checking import describe, report, to_json
from designer.cli.command import Command, Exit, Unusable
from designer.cli.numbers import positive, rate, whole
from designer.cli.run_folder import run_folder
from designer.cli.terminal import Terminal, plain
from designer.codegen import render_script
from designer.core.design import Design
from designer.core.parameter import parameters_of
from designer.core.training import TrainingSettings
from designer.protocol.allocator import ALLOCATOR
from designer.storage import load, runs
from designer.storage.error import shown

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
    render_script(design)  # says what else would keep it from being a script
    watcher = _watcher(terminal, options.log_steps)
    with run_folder(options.file, options.run) as folder:

        def begin() -> RunFinished:
            from designer.engine import run

            base = Path(options.file).absolute().parent
            return run.train(design, folder, watcher, base, processes=options.nproc)

        return _follow(begin, watcher, folder, terminal)


def _resume(options: argparse.Namespace, terminal: Terminal) -> int:
    folder = Path(options.run)
    found = runs.read_run(folder)
    if found is None:
        raise Unusable(f"{shown(options.run)} is not the folder of a run")
    if found.state.state == "finished":
        raise Unusable(f"{shown(options.run)} is finished: there is nothing to go on with")
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
    from designer.engine.fault import RunEnded, RunFault, RunRefused

    place = shown(folder)
    try:
        with watcher.stopping_on_signals():
            result = begin()
    except RunEnded:
        message = f"stopped; go on with: convnet-designer resume {place}"
        return _failed(message, folder, terminal)
    except RunFault as fault:
        message = f"{fault.sentence.rstrip('.')}. {fault.suggestion}".strip(" .")
        if isinstance(fault, RunRefused):
            raise Unusable(message) from None
        return _failed(message, folder, terminal)
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
    for parameter in parameters_of(TrainingSettings):  # those of the file are diagnostics
        fault = parameter.name in given and parameter.fault(given[parameter.name])
        if fault:
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
    terminal.say(f"{shown(file)} cannot be trained: {plain(message)}")
    return Exit.INVALID


def _device(text: str) -> str:
    if not re.fullmatch(r"auto|cpu|mps|cuda(:\d{1,3})?", text):
        raise argparse.ArgumentTypeError(
            f"must be auto, cpu, cuda, cuda:1 … or mps; received '{text[:40]}'"
        )
    return text


def _add(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", metavar="FILE", help="a project file")
    add("--data", metavar="D", help="a data set's name, or a folder, .npz or .csv")
    add("--epochs", type=positive, metavar="N", help="passes over the training images")
    add("--batch-size", type=positive, metavar="B", help="images a step")
    add("--lr", dest="learning_rate", type=rate, metavar="L", help="the learning rate")
    add("--seed", type=whole, metavar="S", help="start of every random number")
    add("--device", type=_device, metavar="NAME", help="auto, cpu, cuda, cuda:1 … or mps")
    add("--nproc", type=positive, default=1, metavar="N", help="processes under torchrun")
    add("--run", metavar="DIR", help="the folder of the run (default: beside the file)")
    add("--log-steps", action="store_true", help="with --json, a line for every step")


def _add_resume(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", metavar="RUN", help="the folder of a run")
    steps = "with --json, a line for every step"
    parser.add_argument("--log-steps", action="store_true", help=steps)


TRAIN = Command("train", "train with a progress bar; leaves a run folder", _train, _add)
RESUME = Command("resume", "go on with an interrupted run", _resume, _add_resume)
