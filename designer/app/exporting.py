"""Exporting the training script, with the data that it reads beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from designer import codegen, data
from designer.codegen.script import data_name
from designer.core.atomic import replace_file
from designer.core.design import Design
from designer.data.catalogue import EMBEDDED
from designer.resources import resource
from designer.storage import StorageError, write_text


def export_script(
    design: Design,
    path: Path,
    base: Path | None = None,
    cancel: Callable[[], bool] | None = None,
) -> None:
    """Write the script, and beside it the `.npz` that it reads by default.

    `base` is the folder that a relative path of the data starts from.
    Raises InvalidDesign where the design has errors, StorageError where a file cannot be written
    or the data cannot be read, Cancelled where `cancel` says so; the script is written last, so
    that it never lacks its data.
    """
    text = codegen.render_script(design)
    name = data_name(design)
    if name.endswith(".npz"):
        try:
            _write_data(design, path.parent / name, base, cancel)
        except (data.DataError, OSError) as error:
            raise StorageError(path.parent / name, "", str(error)) from None
    write_text(path, text)


def _write_data(
    design: Design, path: Path, base: Path | None, cancel: Callable[[], bool] | None
) -> None:
    """Write the data's arrays; an embedded set goes as the file that it is.

    The script divides it as the app does, and packing it again would take a second.
    """
    settings = design.data
    if settings.source in EMBEDDED:
        content = resource("data", f"{settings.source}.npz").read_bytes()
        replace_file(path, lambda file: file.write(content))
        return
    splits = data.load(
        settings.source, design.training.seed, settings.validation, base, cancel=cancel
    )
    data.write_npz(splits, path, compressed=True)
