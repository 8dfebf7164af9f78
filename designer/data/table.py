"""A CSV table as a data set: image paths and labels, one image a row.

With a header, the columns are called `path` (or `image`, `file`, `filename`), `label` (or `class`)
and, if there, `split` (train, validation or test); without one, the first column is the path and
the second the label. Paths are relative to the table's folder.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from designer.data.error import DataError, shown
from designer.data.folder import SPLIT_NAMES
from designer.data.limits import check_regular, reason
from designer.data.listing import ImageFile, Listing

PATHS = frozenset(("path", "image", "file", "filename"))
LABELS = frozenset(("label", "class"))
LARGEST_TABLE = 256 * 2**20  # bytes


class Row(NamedTuple):
    """One image of the table."""

    path: str
    label: str
    split: str


class Columns(NamedTuple):
    """Where path, label and split stand; -1 where there is no split."""

    path: int
    label: int
    split: int = -1


def list_table(table: Path) -> Listing:
    """List the images of a table; classes are in order, as numbers where all are. DataError."""
    check_regular(table, "the table")
    if table.stat().st_size > LARGEST_TABLE:
        raise DataError(
            f"{shown(table)}: the table is larger than {LARGEST_TABLE // 2**20} MiB, which a list "
            "of images does not need. Split it into several."
        )
    rows = list(_rows(table))
    classes = _in_order({row.label for row in rows})
    label = {name: i for i, name in enumerate(classes)}
    groups: dict[str, list[ImageFile]] = {}
    for row in rows:
        file = ImageFile(table.parent / row.path, label[row.label])
        groups.setdefault(row.split, []).append(file)
    listing = Listing(
        table, classes, groups.get("train", []), groups.get("validation"), groups.get("test")
    )
    listing.check()
    return listing


def _rows(table: Path) -> Iterator[Row]:
    line = 0
    columns: Columns | None = None
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            for cells in reader:
                line = reader.line_num
                if not any(cell.strip() for cell in cells):
                    continue
                if columns is None:
                    columns = _columns(cells)
                    if columns is not None:
                        continue
                    columns = Columns(0, 1)
                yield _row(cells, columns, f"{shown(table)}, line {line}")
    except csv.Error as error:
        raise DataError(
            f"{shown(table)}, line {line + 1}: this is no CSV: {shown(error)}. Separate the values "
            "by commas and quote those that hold one."
        ) from error
    except UnicodeDecodeError as error:
        raise DataError(
            f"{shown(table)}: after line {line} there is text that is not UTF-8. Save the table "
            "as UTF-8."
        ) from error
    except OSError as error:
        raise DataError(f"{shown(table)}: the table cannot be read: {reason(error)}.") from error


def _columns(cells: list[str]) -> Columns | None:
    """Return the columns that a header names, None where the line is no header."""
    names = [cell.strip().lower() for cell in cells]
    path = next((i for i, name in enumerate(names) if name in PATHS), None)
    label = next((i for i, name in enumerate(names) if name in LABELS), None)
    if path is None or label is None:
        return None
    return Columns(path, label, names.index("split") if "split" in names else -1)


def _row(cells: list[str], columns: Columns, place: str) -> Row:
    if len(cells) <= max(columns):
        raise DataError(
            f"{place}: a row has an image path and a label, separated by a comma; this one has "
            f"{len(cells)} value{'s' if len(cells) != 1 else ''}."
        )
    path, label = cells[columns.path].strip(), cells[columns.label].strip()
    if not path or not label or "\0" in path:
        raise DataError(f"{place}: the {'label' if path else 'image path'} is empty or no text.")
    split = cells[columns.split].strip().lower() if columns.split >= 0 else "train"
    if split not in SPLIT_NAMES:
        raise DataError(
            f"{place}: the split is train, validation or test; this row says “{shown(split)}”."
        )
    return Row(path, label, SPLIT_NAMES[split])


def _in_order(labels: set[str]) -> tuple[str, ...]:
    if all(label.isascii() and label.isdigit() and len(label) < 10 for label in labels):
        return tuple(sorted(labels, key=int))
    return tuple(sorted(labels))
