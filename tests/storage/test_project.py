"""The project file: what it holds comes back, and its text is made for people and for git."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from designer.core.design import Design
from designer.core.edits import SetParam
from designer.core.graph import Edge, Graph, Node
from designer.layers import CATALOGUE
from designer.storage import StorageError, from_text, load, save, to_text
from tests.storage.files import WHOLE

EXAMPLE = """\
{
  "format": "convnet-design",
  "version": 1,
  "name": "Assignment 4",
  "nodes": [
    {"id": "image", "layer": "Input", "params": {"channels": 1, "height": 28, "width": 28}, "position": [0, 0]},
    {"id": "conv1", "layer": "Conv2d", "params": {"out_channels": 16, "kernel_size": 5, "stride": 2, "padding": "same"}},
    {"id": "relu1", "layer": "ReLU"}
  ],
  "edges": [
    {"from": "image", "to": "conv1"},
    {"from": "conv1", "to": "relu1"}
  ]
}
"""  # noqa: E501 - as the documentation prints it


def contains(whole: object, part: object) -> bool:
    """Whether every key and value of a document stands in another."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and contains(whole[key], value) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) == len(whole) and all(map(contains, whole, part))
    return whole == part


@pytest.mark.parametrize("document", [WHOLE, json.loads(EXAMPLE)], ids=["whole", "example"])
def test_saving_keeps_every_key(document: object, tmp_path: Path) -> None:
    path, again = tmp_path / "first.convnet", tmp_path / "second.convnet"
    path.write_text(json.dumps(document), encoding="utf-8")
    design = load(path)
    save(design, again)
    assert load(again) == design
    assert contains(json.loads(again.read_text(encoding="utf-8")), document)


def test_the_text_is_the_same_however_often_it_is_saved() -> None:
    text = to_text(from_text(json.dumps(WHOLE)))
    assert to_text(from_text(text)) == text
    assert list(json.loads(text)) == [
        "format", "version", "name", "nodes", "edges", "frames", "data", "training",
    ]  # fmt: skip


def test_a_change_of_one_parameter_is_a_change_of_one_line() -> None:
    design = from_text(json.dumps(WHOLE))
    before = to_text(design).splitlines()
    after = to_text(SetParam("conv1", "stride", 2).apply(design)).splitlines()
    differing = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert differing == [('        "stride": 1,', '        "stride": 2,')]


def test_lines_are_short_and_nothing_is_escaped() -> None:
    text = to_text(from_text(json.dumps(WHOLE)))
    assert max(map(len, text.splitlines())) <= 100
    assert "Größe „1“" in text
    assert '{"id": "add", "layer": "Add"}' in text
    assert '"position": [192.5, -80]' in text


def test_an_edge_without_a_port_takes_the_next_free_one() -> None:
    document = json.loads(EXAMPLE)
    document["nodes"].append({"id": "cat", "layer": "Concat"})
    document["edges"] += [
        {"from": "relu1", "to": "cat", "port": 1},
        {"from": "conv1", "to": "cat"},
        {"from": "relu1", "to": "cat"},
    ]
    edges = from_text(json.dumps(document)).edges[-3:]
    assert [edge.port for edge in edges] == [1, 0, 2]


def test_what_is_merely_wrong_is_loaded() -> None:
    document = json.loads(EXAMPLE)
    document["nodes"][1]["params"].update(stride=0, out_channels=-5)
    document["nodes"].append({"id": "RELU1", "layer": "ReLU", "weights_of": "nobody"})
    document["edges"] += [
        {"from": "relu1", "to": "conv1"},
        {"from": "image", "to": "conv1", "port": 10**9},
        {"from": "relu1", "to": "relu1", "output": 7},
    ]
    document["training"] = {"epochs": 0}
    design = from_text(json.dumps(document))
    assert design.nodes["conv1"].layer.stride == 0  # type: ignore[attr-defined]
    assert from_text(to_text(design)) == design


def test_an_empty_design_and_every_layer_can_be_saved() -> None:
    assert from_text(to_text(Design())) == Design()
    nodes = [Node(kind.lower(), layer()) for kind, layer in CATALOGUE.items()]
    edges = [Edge(nodes[0].id, nodes[1].id, 3, 2, ((0.5, -1e300), (1e16, 3.0)))]
    design = Design(graph=Graph.of(nodes, edges))
    assert from_text(to_text(design)) == design


def test_numbers_that_are_not_finite_cannot_be_saved(tmp_path: Path) -> None:
    design = Design(graph=Graph.of([Node("drop", CATALOGUE["Dropout"](p=float("nan")))]))
    path = tmp_path / "a.convnet"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot be written"):
        save(design, path)
    assert path.read_text(encoding="utf-8") == "old"
