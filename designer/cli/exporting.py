"""The command that writes a design, or what a run came to, in a form that others read."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from designer.app.exporting import export_script
from designer.cli.command import Command, Exit, Unusable
from designer.cli.terminal import Terminal, plain
from designer.codegen.script import data_name
from designer.core.decode import DecodeError
from designer.core.design import Design
from designer.storage import load, runs, write_bytes

Exporter = Callable[[Path, Path], list[Path]]
"""Writes what is at the first path to the second; gives every file it wrote."""


def _script(source: Path, output: Path) -> list[Path]:
    """Write the training script; a run's weights stand beside it."""
    design = _design(source)
    export_script(design, output, source.absolute().parent)
    name = data_name(design)
    files = [output, *([output.parent / name] if name.endswith(".npz") else [])]
    if source.is_dir():
        files += _weights(source, output.with_suffix(".safetensors"))
    return files


def _weights(source: Path, output: Path) -> list[Path]:
    """Write the best weights of a run."""
    if not source.is_dir():
        raise Unusable("a project file has no weights: name the folder of a run")
    try:
        data = (source / runs.WEIGHTS).read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise Unusable(f"{plain(str(source))} has no weights yet: {reason}") from None
    write_bytes(output, data)
    return [output]


EXPORTERS: dict[str, Exporter] = {".py": _script, ".safetensors": _weights}
"""What can be written, by the ending of the file."""


def _design(source: Path) -> Design:
    """The design of a project file, or of a run with the settings that the run resolved."""
    if not source.is_dir():
        return load(source)
    try:
        settings = runs.read_settings(source)
    except (OSError, DecodeError):
        raise Unusable(f"{plain(str(source))} is a folder, but not that of a run") from None
    return replace(load(source / runs.DESIGN), training=settings.training)


def _export(options: argparse.Namespace, terminal: Terminal) -> int:
    output = Path(options.output)
    exporter = EXPORTERS.get(output.suffix.lower())
    if exporter is None:
        endings = " and ".join(EXPORTERS)
        what = f"*{output.suffix}" if output.suffix else "a file without an ending"
        raise Unusable(f"cannot export to {plain(what)}: this version writes {endings}")
    files = exporter(Path(options.source), output)
    terminal.document({"files": [str(file) for file in files]})
    for file in files:
        terminal.say(f"wrote {plain(str(file))}")
    return Exit.DONE


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="FILE|RUN", help="a project file, or the folder of a run")
    endings = "*.py: the training script with its data beside it; *.safetensors: a run's weights"
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help=endings)


EXPORT = Command("export", "write the training script, or a run's weights", _export, _add)
