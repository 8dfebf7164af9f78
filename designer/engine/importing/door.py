"""The importer: an engine process that reads one foreign net, within limits, and leaves."""

from __future__ import annotations

import os
import queue
import sys
from pathlib import Path

from designer.core.machine import free_memory
from designer.engine.channel import Channel
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.sources import check, import_source
from designer.protocol.reports import ModelImported, ModelRefused, Preparing
from designer.protocol.requests import ImportModel, Request
from designer.storage import to_text

SECONDS = 900
"""Of computing, at most, on all cores together a multiple of it."""
LEAST_MEMORY = 1 << 30


class Importer:
    """Does what is asked once; gone as soon as nobody listens any more."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._requests: queue.SimpleQueue[ImportModel] = queue.SimpleQueue()

    def serve(self) -> None:
        """Wait for the request, and answer it."""
        self._channel.attach(self._hear)
        self._channel.send(self._answer(self._requests.get()))

    def _hear(self, request: Request | None) -> None:
        if isinstance(request, ImportModel):
            self._requests.put(request)
        elif request is None:
            os._exit(1)

    def _answer(self, request: ImportModel) -> ModelImported | ModelRefused:
        try:
            return self._imported(request)
        except ImportRefused as refusal:
            return ModelRefused(refusal.sentence)
        except (MemoryError, RuntimeError) as error:
            if not isinstance(error, MemoryError) and "memory" not in str(error):
                raise
            return ModelRefused(
                f"importing {request.source[:120]} takes more memory than is free here"
            )

    def _imported(self, request: ImportModel) -> ModelImported:
        check(request.source)
        self._say("loading PyTorch")

        _limit()
        imported, has_weights = import_source(request.source, request.image, self._say)
        weights = ""
        if has_weights:
            from safetensors.torch import save_file

            weights = str(Path(request.folder) / "weights.safetensors")
            state = {n: t.detach().contiguous() for n, t in imported.model.state_dict().items()}
            save_file(state, weights, {"classes": "[]"})
        return ModelImported(
            project=to_text(imported.design),
            weights=weights,
            parameters=sum(w.numel() for w in imported.model.parameters()),
            images=imported.images,
            difference=imported.difference,
            is_weak=imported.is_weak,
            left_out=imported.left_out,
        )

    def _say(self, what: str) -> None:
        self._channel.send(Preparing(what))


def _limit() -> None:
    """Take no more memory than is free now, and no end of time; where the system can hold one."""
    if sys.platform == "win32":
        return
    import resource

    seconds = SECONDS * (os.cpu_count() or 1)
    _lower(resource.RLIMIT_CPU, seconds)
    _lower(resource.RLIMIT_CORE, 0)
    free = free_memory()
    if sys.platform != "linux" or not free:
        return
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    most = pages * os.sysconf("SC_PAGE_SIZE") + max(free, LEAST_MEMORY)
    _lower(resource.RLIMIT_AS, most)


def _lower(limit: int, most: int) -> None:
    """Set a limit, or keep the one that is there where that is lower: it cannot be raised."""
    import resource

    there = [value for value in resource.getrlimit(limit) if value != resource.RLIM_INFINITY]
    least = min((most, *there))
    resource.setrlimit(limit, (least, least))
