"""What the tests of the window share: a theme, the lesson's net, a window with answers ready."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from designer.app.background import Background
from designer.app.selection import Selection
from designer.app.session import Session
from designer.app.settings import SettingsFile
from designer.core.design import Design
from designer.core.graph import Edge, Node
from designer.core.layer import Layer
from designer.layers import CATALOGUE
from designer.rules import RULES
from designer.ui.files import Answer, Dialogs
from designer.ui.main_window import MainWindow
from designer.ui.start import make_window
from designer.ui.theme.theme import Theme


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a thread does in a moment that nobody notices is told at once, however slow a machine
    is: a test need not wait for it. What takes a second is still told later."""
    ask = Background.ask

    def ask_patiently(
        self: Background,
        work: Callable[[], object],
        then: Callable[[object], object],
        patience: float = 0.0,
    ) -> None:
        ask(self, work, then, patience and max(patience, 1.0))

    monkeypatch.setattr(Background, "ask", ask_patiently)


@pytest.fixture
def theme(qtbot: QtBot) -> Iterator[Theme]:
    made = Theme("dark")
    made.apply()
    yield made
    made.deleteLater()


def make(kind: str, **parameters: object) -> Layer:
    """A layer of the catalogue."""
    return CATALOGUE[kind](**parameters)


def chain(*nodes: Node) -> Design:
    """A design in which each node reads the one before it."""
    edges = [Edge(a.id, b.id) for a, b in pairwise(nodes)]
    return Design("Assignment 4").with_nodes(nodes, edges)


def lesson() -> Design:
    """The net of the lesson's assignment 4: 57,722 parameters."""
    return chain(
        Node("image", make("Input"), (0, 0)),
        Node("conv1", make("Conv2d", kernel_size=5, stride=2, padding="same"), (200, 0)),
        Node("relu1", make("ReLU"), (400, 0)),
        Node("conv2", make("Conv2d", kernel_size=5, stride=2, padding="same"), (600, 0)),
        Node("relu2", make("ReLU"), (800, 0)),
        Node("flatten", make("Flatten"), (1000, 0)),
        Node("fc1", make("Linear", out_features=64), (1200, 0)),
        Node("relu3", make("ReLU"), (1400, 0)),
        Node("fc2", make("Linear"), (1600, 0)),
    )


@pytest.fixture
def session() -> Session:
    made = Session(lesson(), rules=RULES)
    made.analyse()
    return made


@pytest.fixture
def selection(session: Session) -> Selection:
    made = Selection()
    session.changed.connect(lambda: made.forget(session.design))
    return made


class Answers(Dialogs):
    """Dialogs that are answered beforehand; it counts what it was asked."""

    def __init__(self) -> None:
        self.unsaved: Answer = "cancel"
        self.path: Path | None = None
        self.asked: list[str] = []

    def ask_unsaved(self, name: str) -> Answer:
        self.asked.append(name)
        return self.unsaved

    def open_path(self, folder: str) -> Path | None:
        return self.path

    def import_path(self) -> Path | None:
        return self.path

    def save_path(self, suggestion: str, pattern: str) -> Path | None:
        return self.path


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.json")


@pytest.fixture
def window(
    qtbot: QtBot, theme: Theme, settings: SettingsFile, answers: Answers
) -> Iterator[MainWindow]:
    made = make_window(settings, theme, answers, engine=False)
    qtbot.addWidget(made)
    made.session.new(lesson(), now=False)
    made.resize(1600, 1000)
    with qtbot.waitSignal(made.completed):
        made.show()
    made.activateWindow()
    made.canvas.setFocus()
    yield made
    made.session.document.mark_saved()
    made.close()
