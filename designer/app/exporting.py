"""Exporting the training script, with the data that it reads beside it."""

from __future__ import annotations

from pathlib import Path

from designer import codegen, data
from designer.codegen.script import data_name
from designer.core.design import Design
from designer.storage import StorageError, write_text


def export_script(design: Design, path: Path, base: Path | None = None) -> None:
    """Write the script, and beside it the `.npz` that it reads by default.

    `base` is the folder that a relative path of the data starts from.
    Raises InvalidDesign where the design has errors, StorageError where a file cannot be written
    or the data cannot be read; the script is written last, so that it never lacks its data.
    """
    text = codegen.render_script(design)
    name = data_name(design)
    if name.endswith(".npz"):
        try:
            settings = design.data
            splits = data.load(settings.source, design.training.seed, settings.validation, base)
            data.write_npz(splits, path.parent / name, compressed=True)
        except data.DataError as error:
            raise StorageError(path, "", str(error)) from None
    write_text(path, text)
