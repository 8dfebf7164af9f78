"""An engine that says what a test tells it to, in the place of the real processes."""

import pytest
from PySide6.QtCore import QObject, Signal

from designer.app.trainer import Trainer
from designer.protocol.requests import Request


class SpokenProcess(QObject):
    """Keeps the requests; a test emits the reports."""

    heard = Signal(object)
    ended = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[Request] = []
        self.is_running = True

    def ask(self, request: Request) -> None:
        self.requests.append(request)

    def end_input(self) -> None:
        self.is_running = False

    def kill(self) -> None:
        self.is_running = False
        self.ended.emit("")


class SpokenHost(QObject):
    """A host whose spare is spoken by the test."""

    previewed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.processes: list[SpokenProcess] = []
        self.asked: list[tuple[object, ...]] = []

    @property
    def process(self) -> SpokenProcess:
        return self.processes[-1]

    def take_spare(self) -> SpokenProcess:
        self.processes.append(SpokenProcess())
        return self.process

    def preview(self, source: str, base: str, validation: float) -> int:
        self.asked.append((source, base, validation))
        return len(self.asked)

    def download(self, name: str) -> int:
        self.asked.append((name,))
        return len(self.asked)


@pytest.fixture
def host(qtbot):
    return SpokenHost()


@pytest.fixture
def trainer(session, host, tmp_path):
    session.path = tmp_path / "lesson.convnet"
    return Trainer(session, host)
