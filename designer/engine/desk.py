"""The desk: what the helper is, an engine process that answers what is asked beside the runs."""

from __future__ import annotations

import os
import queue
import threading

from designer import data
from designer.engine.channel import Channel
from designer.engine.previews import preview
from designer.protocol.reports import DataDownloaded, DataRefused, DownloadProgress, Ready
from designer.protocol.requests import DownloadData, PreviewData, Request, Shutdown


class Desk:
    """Serves requests one after the other; torch is loaded beside them, for data needs none."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._stop = threading.Event()

    def serve(self) -> None:
        """Do what is asked until the window is gone."""
        self._channel.attach(self._hear)
        threading.Thread(target=self._load_torch, name="torch", daemon=True).start()
        while not isinstance(request := self._requests.get(), Shutdown | None):
            if isinstance(request, PreviewData):
                self._channel.send(preview(request))
            elif isinstance(request, DownloadData):
                self._channel.send(self._download(request))

    def _load_torch(self) -> None:
        """Say what torch finds here, when it is there."""
        import torch

        from designer.engine.devices import devices

        self._channel.send(Ready(torch.__version__, devices(), os.cpu_count() or 1))

    def _hear(self, request: Request | None) -> None:
        """Receive a request; called from the thread that reads."""
        if request is None or isinstance(request, Shutdown):
            self._stop.set()
        self._requests.put(request)

    def _download(self, request: DownloadData) -> DataDownloaded | DataRefused:
        def progress(share: float) -> None:
            self._channel.send(DownloadProgress(request.ticket, share))

        try:
            data.download(request.name, progress, self._stop.is_set)
        except data.DataError as error:
            return DataRefused(request.ticket, str(error))
        except data.Cancelled:
            return DataRefused(request.ticket, "The download was stopped.")
        return DataDownloaded(request.ticket, request.name)
