"""Exporting the training script, with the data that it reads beside it."""

from __future__ import annotations

import ast
import filecmp
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from designer import codegen, data
from designer.codegen.script import data_name
from designer.core.atomic import replace_file
from designer.core.design import Design
from designer.data.catalogue import EMBEDDED
from designer.resources import resource
from designer.storage import StorageError, write_text

LIBRARIES = frozenset({"torch", "numpy", "torchvision", "PIL"})
"""What a script loads besides the standard library, itself or by way of another."""


class InTheWay(StorageError):  # noqa: N818 - an answer to the user
    """A file with other content stands where an export would write."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "", "is there already, with other content: it is kept")


def export_script(
    design: Design,
    path: Path,
    base: Path | None = None,
    cancel: Callable[[], bool] | None = None,
    *,
    replace_script: bool = True,
    replace_data: bool = False,
) -> None:
    """Write the script, and beside it the `.npz` that it reads by default.

    `base` is the folder that a relative path of the data starts from. A file of the same content
    may always stand there already; one of other content only where it may be replaced.
    Raises InvalidDesign where the design has errors, InTheWay, StorageError where a file cannot be
    written or the data cannot be read, Cancelled where `cancel` says so; the script is written
    last, so that it never lacks its data.
    """
    text = codegen.render_script(design)
    _check_place(path, text)
    if not replace_script and path.is_file() and path.read_bytes() != text.encode():
        raise InTheWay(path)
    name = data_name(design)
    if name.endswith(".npz"):
        target = path.parent / name
        try:
            _write_data(design, target, base, cancel, replace_data)
        except OSError as error:
            reason = error.strerror or str(error)
            raise StorageError(target, "", f"cannot be written: {reason}") from None
        except data.DataError as error:
            raise StorageError(None, "", str(error)) from None
    write_text(path, text)


def _check_place(path: Path, text: str) -> None:
    """Refuse a folder that is not there, and a name that hides a module from the script."""
    try:
        path.exists()  # the system may take no such name
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StorageError(path, "", f"cannot be written: {reason}") from None
    if not path.parent.is_dir():
        raise StorageError(path, "", f"cannot be written: there is no folder {path.parent}")
    if path.suffix == ".py" and path.stem in _modules(text):
        reason = f"a script of this name would hide the module {path.stem} from itself"
        raise StorageError(path, "", f"{reason}: choose another name")


def _modules(text: str) -> frozenset[str]:
    """The names of modules that the script, or a library that it loads, imports."""
    names = set(LIBRARIES | sys.stdlib_module_names)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return frozenset(names)


def _write_data(
    design: Design,
    path: Path,
    base: Path | None,
    cancel: Callable[[], bool] | None,
    may_replace: bool,
) -> None:
    """Write the data's arrays; an embedded set goes as the file that it is.

    The script divides it as the app does, and packing it again would take a second.
    """
    settings = design.data
    if settings.source in EMBEDDED:
        content = resource("data", f"{settings.source}.npz").read_bytes()
        if path.is_file() and path.read_bytes() == content:
            return
        if path.exists() and not may_replace:
            raise InTheWay(path)
        replace_file(path, lambda file: file.write(content))
        return
    source = (base or Path()) / settings.source
    if path.is_file() and source.is_file() and path.samefile(source):
        return  # it lies there: the script reads and divides it as the app does
    splits = data.load(
        settings.source, design.training.seed, settings.validation, base, cancel=cancel
    )
    if path.exists() and not may_replace:
        with tempfile.TemporaryDirectory() as folder:
            new = Path(folder) / "data.npz"
            data.write_npz(splits, new, compressed=True)
            if not filecmp.cmp(new, path, shallow=False):
                raise InTheWay(path)
        return
    data.write_npz(splits, path, compressed=True)
