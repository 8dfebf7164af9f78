"""Places that only a file can name: the canvas shows them at its edge, and at once."""

from __future__ import annotations

import time

import pytest

import designer
from designer.core.design import Design, Frame
from designer.core.graph import Edge, Graph, Node
from designer.layers import CATALOGUE
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.measure import FAR
from designer.ui.canvas.scene.placement import Placement


@pytest.mark.parametrize("far", [1e7, 1e15, 1e308, -1e308])
def test_a_picture_is_composed_at_once_and_stays_finite(far: float) -> None:
    nodes = [
        Node("image", CATALOGUE["Input"](), (0.0, 0.0)),
        Node("a", CATALOGUE["ReLU"](), (far, far)),
        Node("b", CATALOGUE["ReLU"]()),
        Node("c", CATALOGUE["ReLU"](), (-far, 0.0)),
    ]
    edges = [
        Edge("image", "a", via=((far, -far),)),
        Edge("a", "b"),
        Edge("b", "c"),
        Edge("image", "c"),
    ]
    frame = Frame("far", (far, 0.0), (abs(far), abs(far)))
    design = Design(graph=Graph.of(nodes, edges), frames=(frame,))
    analysis = designer.analyze(design)
    begun = time.monotonic()
    picture = compose(design, analysis, Placement(), frozenset())
    assert time.monotonic() - begun < 5
    boxes = picture.boxes
    assert (abs(boxes[:, :2]) <= FAR + 1e4).all()
