"""Calibration: which memory format and thread count take a step of this net the fastest here."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

SECONDS_EACH = 0.2
"""How long one candidate is timed; a step that takes longer is taken once."""


def calibrate(script: ModuleType, settings: Any, images: Any, folder: Path) -> Any:
    """Settle the memory format and the threads of a script's settings where they are open.

    The steps that are timed are the script's own, on its own images; nothing of them is kept. About
    a second, more where a single step takes long. Returns the settings with both values explicit.
    """

    def seconds(candidate: Any) -> float:
        return _step_seconds(script, candidate, images, folder)

    settled = settings
    if settings.threads is None:
        settled = replace(settled, threads=script.spare_cores())
    if settings.memory_format == "auto":
        formats = ("contiguous", "channels_last")
        settled = _fastest([replace(settled, memory_format=name) for name in formats], seconds)
    if settings.threads is None and script.choose_device(settings.device).type == "cpu":
        counts = thread_counts(script.spare_cores())
        settled = _fastest([replace(settled, threads=count) for count in counts], seconds)
    return settled


def thread_counts(most: int) -> tuple[int, ...]:
    """The thread counts worth timing, from all that may be used down to one."""
    return tuple(sorted({most, min(most, 4), 1}, reverse=True))


def _fastest(candidates: list[Any], seconds: Callable[[Any], float]) -> Any:
    """The candidate of the shortest step; the first of them keeps a tie within 3 %."""
    if len(candidates) == 1:
        return candidates[0]
    best, shortest = candidates[0], seconds(candidates[0])
    for candidate in candidates[1:]:
        taken = seconds(candidate)
        if taken < 0.97 * shortest:
            best, shortest = candidate, taken
    return best


def _step_seconds(script: ModuleType, settings: Any, images: Any, folder: Path) -> float:
    training = script.Training(settings, images, folder, script.Reporter())
    training.net.train()
    batch = training.batches_of(1)[0]
    end = time.perf_counter() + SECONDS_EACH
    shortest = _timed(script, training, batch)
    while time.perf_counter() < end:
        shortest = min(shortest, _timed(script, training, batch))
    return shortest


def _timed(script: ModuleType, training: Any, batch: Any) -> float:
    start = time.perf_counter()
    training.train_step(batch)
    if training.place.device.type != "cpu":
        script.torch.empty(1, device=training.place.device).item()  # waits for the device
    return time.perf_counter() - start
