"""Previews of data sets: a few images of each class as a file that the window maps into memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from designer import data
from designer.protocol.reports import DataPreviewed, DataRefused
from designer.protocol.requests import PreviewData


def preview(request: PreviewData) -> DataPreviewed | DataRefused:
    """Describe the data set, and put its sample images into a new file below the temp folder."""
    base = Path(request.base) if request.base else None
    try:
        found = data.preview(request.source, request.per_class, request.validation, base)
    except data.DataError as error:
        return DataRefused(request.ticket, str(error))
    description = found.description
    sheet = _sheet(found.samples, tuple(description.shape), request.per_class)
    path = Path(tempfile.mkdtemp(prefix="convnet-designer-")) / "preview.npy"
    np.save(path, sheet)
    return DataPreviewed(
        ticket=request.ticket,
        name=description.name,
        shape=tuple(description.shape),
        classes=description.classes,
        counts=found.counts,
        splits=(description.train, description.validation, description.test),
        images=str(path),
    )


def _sheet(
    samples: tuple[tuple[NDArray[np.uint8], ...], ...], shape: tuple[int, ...], count: int
) -> NDArray[np.uint8]:
    """Lay the samples out as classes × count × H × W × C, black where a class has fewer."""
    channels, height, width = shape
    sheet = np.zeros((len(samples), count, height, width, channels), np.uint8)
    for row, images in enumerate(samples):
        for column, image in enumerate(images[:count]):
            sheet[row, column] = image.reshape(height, width, channels)
    return sheet
