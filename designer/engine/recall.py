"""Recall: the numbers of a run that goes on, laid out as arrays that the window maps."""

from __future__ import annotations

import tempfile
from dataclasses import fields
from pathlib import Path

import numpy as np

from designer.protocol.reports import EpochDone
from designer.storage.metrics import Metrics

_FIGURES = tuple(field.name for field in fields(EpochDone))


def lay_out(metrics: Metrics) -> str:
    """Write `steps.npy` and `epochs.npy` into a new folder, as RunRecalled has them; its path."""
    folder = Path(tempfile.mkdtemp(prefix="convnet-designer-"))
    whole = [row for row in metrics.epochs if all(name in row for name in _FIGURES)]
    epochs = [[float(row[name]) for name in _FIGURES] for row in whole]
    np.save(folder / "steps.npy", np.ascontiguousarray(metrics.steps.T))
    np.save(folder / "epochs.npy", np.array(epochs, np.float64).reshape(-1, len(_FIGURES)))
    return str(folder)
