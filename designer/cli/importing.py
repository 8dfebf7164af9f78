"""The command that makes a project of a foreign net."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import BinaryIO

from designer.app.importing import Import, Importer, Refused, image_of
from designer.cli.command import Command, Exit, Unusable
from designer.cli.terminal import Terminal, plain
from designer.core.atomic import replace_file
from designer.core.shape import Shape
from designer.storage import SUFFIX, save
from designer.storage.error import shown
from designer.ui.arrival import laid_out

WEIGHTS = ".safetensors"


def _import(options: argparse.Namespace, terminal: Terminal) -> int:
    output = Path(options.output)
    beside = _beside(output, options.source)
    for path in (output, beside):
        if not options.force and path.is_file() and path.stat().st_size:
            raise Unusable(f"{shown(path)} is there already: name another file, or --force")

    def say(what: str) -> None:
        if terminal.is_live:
            terminal.say(f"{plain(what)} …")

    try:
        found = Importer(options.source, options.image or (), say).read()
    except Refused as refusal:
        raise Unusable(str(refusal)) from None
    try:
        _write(found, output, beside)
    finally:
        if found.weights is not None:
            shutil.rmtree(found.weights.parent, ignore_errors=True)
    _tell(found, output, beside, terminal)
    return Exit.DONE


def _beside(output: Path, source: str) -> Path:
    """Where the weights go; raises Unusable where a file would fall upon another."""
    if not output.name or output.is_dir():
        raise Unusable(f"{shown(output)} is a folder: name a file in it, *{SUFFIX}")
    if output.suffix.lower() == WEIGHTS:
        raise Unusable(
            f"{shown(output)} is the name of weights: name the project, *{SUFFIX}, and they go "
            "beside it"
        )
    if not output.parent.is_dir():
        raise Unusable(f"{shown(output)}: there is no folder {shown(output.parent)}")
    beside = output.with_suffix(WEIGHTS)
    if beside.is_dir():
        raise Unusable(f"{shown(beside)} is a folder, and the weights go there: name another file")
    for path in (output, beside):
        if path.resolve() == Path(source).resolve():
            raise Unusable(f"{shown(path)} is what is imported: name another file")
    if output.resolve() == beside.resolve():
        raise Unusable(f"{shown(output)} and {shown(beside)} are one file: name another")
    return beside


def _write(found: Import, output: Path, beside: Path) -> None:
    """The weights first, so that a project never lacks them."""
    if (weights := found.weights) is not None:

        def fill(file: BinaryIO) -> None:
            with weights.open("rb") as made:
                shutil.copyfileobj(made, file)

        replace_file(beside, fill)
    save(laid_out(found.design), output)


def _tell(found: Import, output: Path, beside: Path, terminal: Terminal) -> None:
    has_weights = found.weights is not None
    terminal.document(
        {
            "file": str(output),
            "weights": str(beside) if has_weights else None,
            "source": found.source,
            "nodes": len(found.design.nodes),
            "params": found.parameters,
            "images": found.images,
            "largest_difference": found.difference,
            "weak": found.is_weak,
            "left_out": list(found.left_out),
        }
    )
    terminal.say(
        f"{shown(output)} is {plain(found.source)} in {len(found.design.nodes)} nodes: "
        f"{found.sentence}"
    )
    if has_weights:
        terminal.say(f"wrote its weights to {shown(beside)}")
    else:
        terminal.say("torchvision's net is untrained: nothing was downloaded, so no weights either")


def _image(text: str) -> Shape:
    try:
        return image_of(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"must be channels, height and width, as in 3,224,224; received {text[:40]!r}"
        ) from None


def _add(parser: argparse.ArgumentParser) -> None:
    source = (
        "torchvision:NAME; a file *.onnx; or package.module:callable, an nn.Module or what makes "
        "one: that code of yours is run"
    )
    parser.add_argument("source", metavar="SOURCE", help=source)
    name = f"the project file to write, *{SUFFIX} by custom; weights go beside it, *{WEIGHTS}"
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help=name)
    image = "what the net takes, where it does not say it itself: 3,224,224"
    parser.add_argument("--image", metavar="C,H,W", type=_image, help=image)
    parser.add_argument("--force", action="store_true", help="write over files that are there")


IMPORT = Command(
    "import", "make a project of a net of PyTorch's, torchvision's or ONNX's", _import, _add
)
