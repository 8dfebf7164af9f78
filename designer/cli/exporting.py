"""The command that writes a design, or what a run came to, in a form that others read."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from designer.app.exporting import InTheWay, export_script
from designer.cli.command import Command, Exit, Unusable
from designer.cli.pictures import DRAWN, SCALES, WIDTHS, Ways, picture
from designer.cli.terminal import Terminal, plain
from designer.codegen.script import data_name
from designer.core.decode import DecodeError
from designer.core.design import Design
from designer.storage import load, runs, write_bytes
from designer.storage.error import shown


class Order(NamedTuple):
    """What is to be written where; `weights` is a run, or a file of weights."""

    source: Path
    output: Path
    weights: Path | None
    force: bool
    picture: Ways


Exporter = Callable[[Order], list[Path]]
"""Writes what is ordered; gives every file it wrote."""


def _script(order: Order) -> list[Path]:
    """Write the training script; a run's weights stand beside it."""
    if order.weights is not None:
        raise Unusable(
            "--weights is for *.safetensors: a script reads the weights that its own --weights "
            "names"
        )
    source, output, force = order.source, order.output, order.force
    design = _design(source)
    beside = output.with_suffix(".safetensors")
    content = _content(source) if source.is_dir() else None
    if content is not None:
        _check_free(beside, content, force)
    base = source.absolute().parent
    export_script(design, output, base, replace_script=force, replace_data=force)
    name = data_name(design)
    files = [output, *([output.parent / name] if name.endswith(".npz") else [])]
    if content is not None:
        write_bytes(beside, content)
        files.append(beside)
    return files


def _weights(order: Order) -> list[Path]:
    """Write the best weights of a run."""
    source = order.source if order.weights is None else order.weights
    if not order.source.is_dir():
        load(order.source)
    if order.weights is None and not source.is_dir():
        raise Unusable("a project file has no weights: name a run with --weights")
    content = _content(source)
    _check_free(order.output, content, order.force)
    write_bytes(order.output, content)
    return [order.output]


def _content(source: Path) -> bytes:
    """The bytes of a run's best weights, or of a file of weights."""
    file = source / runs.WEIGHTS if source.is_dir() else source
    if file.suffix.lower() != ".safetensors":
        raise Unusable(f"{shown(source)} is neither a run nor a *.safetensors file")
    try:
        return file.read_bytes()
    except OSError as error:
        what = "has no weights yet" if source.is_dir() else "cannot be read"
        raise Unusable(f"{shown(source)} {what}: {error.strerror or error}") from None


def _check_free(path: Path, content: bytes, force: bool) -> None:
    if not force and path.is_file() and path.read_bytes() != content:
        raise InTheWay(path)


def _picture(order: Order) -> list[Path]:
    """Paint the design, or that of a run, as the canvas does."""
    if order.weights is not None:
        raise Unusable("--weights is for *.safetensors: a picture shows no weights")
    content = picture(_design(order.source), order.output.suffix.lower(), order.picture)
    _check_free(order.output, content, order.force)
    write_bytes(order.output, content)
    return [order.output]


EXPORTERS: dict[str, Exporter] = {
    ".py": _script,
    ".safetensors": _weights,
    ".svg": _picture,
    ".pdf": _picture,
    ".png": _picture,
}
"""What can be written, by the ending of the file."""


def _design(source: Path) -> Design:
    """The design of a project file, or of a run with the settings that the run resolved."""
    if not source.is_dir():
        return load(source)
    try:
        settings = runs.read_settings(source)
    except (OSError, DecodeError):
        raise Unusable(f"{shown(source)} is a folder, but not that of a run") from None
    return replace(load(source / runs.DESIGN), training=settings.training)


def _check_ways(options: argparse.Namespace, ending: str) -> None:
    """Refuse what is said of a picture where none is written."""
    given = {
        "--drawn": options.drawn is not None,
        "--theme": options.theme is not None,
        "--only": options.only is not None,
        "--no-shapes": options.no_shapes,
        "--transparent": options.transparent,
        "--scale": options.scale is not None,
        "--width": options.width is not None,
    }
    for name in (name for name, is_given in given.items() if is_given):
        if EXPORTERS[ending] is not _picture:
            raise Unusable(f"{name} is for pictures: *.svg, *.pdf and *.png")
        if name == "--scale" and ending != ".png":
            raise Unusable(f"--scale is for *.png: {shown('*' + ending)} is drawn in lines")
    if options.scale is not None and options.width is not None:
        raise Unusable("--scale and --width both say how large a picture is: give one of them")


def _ways(options: argparse.Namespace) -> Ways:
    names = ("theme", "drawn", "scale", "width")
    given = {name: getattr(options, name) for name in names}
    ways = Ways()._replace(**{name: value for name, value in given.items() if value is not None})
    only = tuple(name.strip() for name in (options.only or "").split(",") if name.strip())
    if options.only is not None and not only:
        raise Unusable("--only wants the names of nodes, with commas between them")
    return ways._replace(
        only=only, has_shapes=not options.no_shapes, has_ground=not options.transparent
    )


def _within(limits: tuple[float, float], text: str) -> float:
    least, most = limits
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from {least:g} to {most:g}")
    return value


def _export(options: argparse.Namespace, terminal: Terminal) -> int:
    output = Path(options.output)
    exporter = EXPORTERS.get(output.suffix.lower())
    if exporter is None:
        *others, last = EXPORTERS
        endings = f"{', '.join(others)} and {last}"
        what = f"*{output.suffix}" if output.suffix else "a file without an ending"
        raise Unusable(f"cannot export to {shown(what)}: this version writes {endings}")
    _check_ways(options, output.suffix.lower())
    weights = None if options.weights is None else Path(options.weights)
    try:
        source = Path(options.source)
        order = Order(source, output, weights, options.force, _ways(options))
        files = exporter(order)
    except InTheWay as error:
        raise Unusable(f"{error}; --force writes over it") from None
    terminal.document({"files": [str(file) for file in files]})
    for file in files:
        terminal.say(f"wrote {plain(str(file))}")
    return Exit.DONE


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="FILE|RUN", help="a project file, or the folder of a run")
    endings = (
        "*.py: the training script with its data beside it; *.safetensors: a run's weights; "
        "*.svg, *.pdf, *.png: a picture"
    )
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help=endings)
    weights = "whose weights a *.safetensors gets, where the source is a project file"
    parser.add_argument("--weights", metavar="RUN|FILE.safetensors", help=weights)
    _add_ways(parser)
    parser.add_argument("--force", action="store_true", help="write over files that are there")


def _add_ways(parser: argparse.ArgumentParser) -> None:
    """What can be said of a picture; what is not given is None or false."""
    group = parser.add_argument_group("pictures")
    drawn = "; ".join(f"{name}: {sentence}" for name, sentence in DRAWN.items())
    group.add_argument("--drawn", choices=tuple(DRAWN), help=f"{drawn} (default: canvas)")
    group.add_argument("--theme", choices=("light", "dark"), help="its colours (default: light)")
    only = "these nodes and the wires between them alone"
    group.add_argument("--only", metavar="NODE,NODE", help=only)
    group.add_argument("--no-shapes", action="store_true", help="leave the shapes out")
    group.add_argument("--transparent", action="store_true", help="leave the ground out")
    scale = "pixels of a *.png for each unit: a card is 148 units wide (default: 2)"
    group.add_argument("--scale", metavar="S", type=partial(_within, SCALES), help=scale)
    width = "how wide it is in print; a figure of blocks is then in rows that can be read"
    group.add_argument("--width", metavar="CM", type=partial(_within, WIDTHS), help=width)


EXPORT = Command(
    "export", "write the training script, a run's weights, or a picture", _export, _add
)
