"""What the tests of the window share: a theme, and the lesson's net in a session."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from designer.app.selection import Selection
from designer.app.session import Session
from designer.core.design import Design
from designer.core.graph import Edge, Node
from designer.core.layer import Layer
from designer.layers import CATALOGUE
from designer.rules import RULES
from designer.ui.theme.theme import Theme


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
