"""The clipboard's text: nodes and the wires between them, under names that are free."""

from __future__ import annotations

import json

import pytest

from designer.core.design import Design
from designer.core.edits import Paste
from designer.storage import StorageError, fragment, from_text, to_text
from tests.storage.files import WHOLE

DESIGN = from_text(json.dumps(WHOLE))


def copied(*ids: str) -> str:
    return fragment.to_text((DESIGN.nodes[i] for i in ids), DESIGN.edges)


def test_nodes_and_the_wires_between_them_come_back() -> None:
    nodes, edges = fragment.from_text(copied("conv1", "relu1", "add"))
    assert nodes == tuple(DESIGN.nodes[i] for i in ("conv1", "relu1", "add"))
    assert {(edge.source, edge.target) for edge in edges} == {
        ("conv1", "relu1"),
        ("conv1", "add"),
        ("relu1", "add"),
    }


def test_pasting_beside_the_original_gives_free_names() -> None:
    nodes, edges = fragment.from_text(copied("conv1", "conv2", "add"))
    nodes, edges = fragment.fresh(nodes, edges, DESIGN.graph)
    assert [node.id for node in nodes] == ["conv3", "conv4", "add1"]
    assert [node.weights_of for node in nodes] == [None, "conv3", None]
    assert [(edge.source, edge.target) for edge in edges] == [
        ("conv3", "add1"),
        ("conv4", "add1"),
    ]
    Paste(nodes, edges).apply(DESIGN)


def test_pasting_elsewhere_keeps_names_and_forgets_weights_that_are_not_there() -> None:
    nodes, edges = fragment.from_text(copied("conv2"))
    (node,), _ = fragment.fresh(nodes, edges, Design().graph)
    assert (node.id, node.weights_of) == ("conv2", None)
    (node,), _ = fragment.fresh(nodes, edges, DESIGN.graph)
    assert (node.id, node.weights_of) == ("conv3", "conv1")


def test_names_that_differ_only_in_case_are_taken() -> None:
    nodes, _ = fragment.from_text(copied("add").replace('"add"', '"ADD"'))
    (node,), _ = fragment.fresh(nodes, (), DESIGN.graph)
    assert node.id == "ADD1"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "holds no nodes"),
        ("def forward(self): ...", "holds no nodes"),
        ("https://example.org", "holds no nodes"),
        ("{}", "not a copied part of a design"),
        ("{ not json", "not valid JSON"),
        (to_text(DESIGN), "not a copied part"),
        (copied("conv1").replace('"version": 1', '"version": 9'), "version 9"),
        (copied("conv1").replace('"nodes"', '"name": "a", "nodes"'), "unknown key 'name'"),
        (copied("conv1").replace("Conv2d", "Conv9d"), "no layer"),
    ],
)
def test_any_other_text_is_refused_in_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(StorageError, match=reason) as caught:
        fragment.from_text(text)
    assert caught.value.path is None
