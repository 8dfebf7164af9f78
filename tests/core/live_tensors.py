"""The truth about memory: every tensor that lives during a step of the exported script."""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_iter

from designer.codegen.script import render_script
from designer.core.design import Design
from designer.engine.script import from_text


class LiveTensors(TorchDispatchMode):
    """Counts the bytes of every storage from the operation that makes it to its end."""

    def __init__(self, known: Iterable[torch.Tensor]) -> None:
        super().__init__()
        self.live = self.peak = 0
        self._alive: dict[int, Any] = {}
        for tensor in known:
            self._take(tensor)

    def __torch_dispatch__(
        self, function: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        result = function(*args, **(kwargs or {}))
        for value in tree_iter(result):
            if isinstance(value, torch.Tensor):
                self._take(value)
        return result

    def _take(self, tensor: torch.Tensor) -> None:
        storage = tensor.untyped_storage()
        key, size = storage._cdata, storage.nbytes()
        if key not in self._alive:
            self._alive[key] = weakref.ref(storage, lambda _: self._gone(key, size))
            self.live += size
            self.peak = max(self.peak, self.live)

    def _gone(self, key: int, size: int) -> None:
        del self._alive[key]
        self.live -= size


def peak_of_a_step(design: Design, folder: Path) -> int:
    """The most bytes alive during the second training step of the design's script on the CPU."""
    settings = replace(design.training, device="cpu", threads=1)
    if settings.memory_format == "auto":
        settings = replace(settings, memory_format="contiguous")
    script = from_text(render_script(replace(design, training=settings)), "measured")
    batch = settings.batch_size
    x = torch.randint(0, 255, (2 * batch, *script.INPUT_SHAPE), dtype=torch.uint8)
    split = script.Split(x, torch.zeros(2 * batch, dtype=torch.int64))
    images = script.Images(("a", "b"), split, split, split)
    training = script.Training(script.Settings(), images, folder, script.Reporter())
    training.net.train()
    with LiveTensors((*training.model.parameters(), *training.model.buffers())) as live:
        for _ in range(2):
            training.train_step(torch.arange(batch))
    return live.peak
