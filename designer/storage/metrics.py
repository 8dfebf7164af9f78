"""The metrics of a run: a line of JSON for each step and for each epoch, in their order."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import field
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from designer.core.lean import lean_dataclass

METRICS = "metrics.jsonl"
BLOCK = 1000
"""Lines that are decoded together."""
CHUNK = 1 << 16
"""Bytes that are looked at together from the end; a line of ours has about eighty."""


@lean_dataclass(frozen=True, eq=False)
class Metrics:
    """The numbers of a run: one row a step (loss, accuracy), and one object an epoch."""

    steps: NDArray[np.float64]
    epochs: tuple[dict[str, float], ...] = field(default_factory=tuple)


def read_metrics(folder: Path) -> Metrics:
    """Read a run's numbers; a line that a kill tore is left out.

    A million steps take more than a second and keep Python's lock: not for the window's process.
    """
    pieces = [np.empty((0, 2))]
    epochs: list[dict[str, float]] = []
    for rows in _blocks(folder):
        steps = [(row["loss"], row["accuracy"]) for row in rows if row.get("event") == "step"]
        pieces.append(np.array(steps, np.float64).reshape(-1, 2))
        if len(steps) < len(rows):
            epochs += [row for row in rows if row.pop("event", None) == "epoch"]
    return Metrics(np.concatenate(pieces), tuple(epochs))


def has_metrics(folder: Path) -> bool:
    """Whether a run has come as far as one whole line."""
    return any(_blocks(folder))


def cut_metrics(folder: Path, steps: int, epochs: int) -> None:
    """Drop the lines behind so many steps and epochs, and what a kill tore at the end.

    The file is looked at from its end, so that a long run goes on at once. Raises OSError.
    """
    with contextlib.suppress(FileNotFoundError), (folder / METRICS).open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        while end:
            begin = max(0, end - CHUNK)
            file.seek(begin)
            lines = file.read(end - begin).splitlines(keepends=True)
            torn = 1 if begin and len(lines) > 1 else 0  # the chunk may begin within a line
            kept = len(lines)
            while kept > torn and not _is_within(lines[kept - 1], steps, epochs):
                kept -= 1
            end = begin + sum(map(len, lines[:kept]))
            if kept > torn:
                break
        file.truncate(end)
        os.fsync(file.fileno())


def _is_within(line: bytes, steps: int, epochs: int) -> bool:
    """Whether a line is whole, and of what the checkpoint covers."""
    rows = _rows([line]) if line.endswith(b"\n") else []
    return any(row.get("step", 0) <= steps and row.get("epoch", 0) <= epochs for row in rows)


def _blocks(folder: Path) -> Iterator[list[dict[str, Any]]]:
    try:
        with (folder / METRICS).open("rb") as file:
            while lines := list(islice(file, BLOCK)):
                yield _rows(lines)
    except OSError:
        return


def _rows(lines: list[bytes]) -> list[dict[str, Any]]:
    """Decode lines together, which is thrice as fast; what a kill tore is left out."""
    try:
        found = json.loads(b"[" + b",".join(lines) + b"]")
    except ValueError:
        if len(lines) == 1:
            return []
        half = len(lines) // 2
        return _rows(lines[:half]) + _rows(lines[half:])
    return [row for row in found if isinstance(row, dict)]
