"""The clipboard's text: nodes and the wires between them, under names that are free."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.core.design import Design, Frame
from designer.core.edits import Paste
from designer.storage import StorageError, fragment, from_text, template, to_text
from tests.storage.files import WHOLE

DESIGN = from_text(json.dumps(WHOLE))


def copied(*ids: str) -> str:
    return fragment.to_text(fragment.cut_out(DESIGN.nodes, ids, DESIGN.edges))


def test_nodes_and_the_wires_between_them_come_back() -> None:
    nodes, edges, *_ = fragment.from_text(copied("conv1", "relu1", "add"))
    assert nodes == tuple(DESIGN.nodes[i] for i in ("conv1", "relu1", "add"))
    assert {(edge.source, edge.target) for edge in edges} == {
        ("conv1", "relu1"),
        ("conv1", "add"),
        ("relu1", "add"),
    }


def test_pasting_beside_the_original_gives_free_names() -> None:
    read = fragment.from_text(copied("conv1", "conv2", "add"))
    nodes, edges, *_ = fragment.fresh(read, DESIGN.graph)
    assert [node.id for node in nodes] == ["conv3", "conv4", "add1"]
    assert [node.weights_of for node in nodes] == [None, "conv3", None]
    assert [(edge.source, edge.target) for edge in edges] == [
        ("conv3", "add1"),
        ("conv4", "add1"),
    ]
    Paste(nodes, edges).apply(DESIGN)


def test_pasting_elsewhere_keeps_names_and_forgets_weights_that_are_not_there() -> None:
    read = fragment.from_text(copied("conv2"))
    (node,), *_ = fragment.fresh(read, Design().graph)
    assert (node.id, node.weights_of) == ("conv2", None)
    (node,), *_ = fragment.fresh(read, DESIGN.graph)
    assert (node.id, node.weights_of) == ("conv3", "conv1")


def test_names_that_differ_only_in_case_are_taken() -> None:
    renamed = DESIGN.nodes["add"]
    (node,), *_ = fragment.fresh(fragment.Fragment((replace(renamed, id="ADD"),)), DESIGN.graph)
    assert node.id == "ADD1"


def test_the_wires_into_a_copy_come_along_and_those_from_what_is_not_there_do_not() -> None:
    read = fragment.from_text(copied("relu1", "add"))
    assert {(edge.source, edge.target) for edge in read.inputs} >= {("conv1", "relu1")}
    here = fragment.fresh(read, DESIGN.graph)
    ends = {(edge.source, edge.target) for edge in here.inputs}
    assert len(ends) == len(read.inputs) and ("conv1", here.nodes[0].id) in ends
    assert fragment.fresh(read, Design().graph).inputs == ()


def test_frames_come_along_with_the_new_names_of_what_they_hold() -> None:
    frame = Frame("stem", (0.0, 0.0), (200.0, 90.0), nodes=("conv1", "gone"))
    whole = fragment.cut_out(DESIGN.nodes, ("conv1",), DESIGN.edges)._replace(frames=(frame,))
    read = fragment.from_text(fragment.to_text(whole))
    assert read == whole
    assert fragment.fresh(read, DESIGN.graph).frames == (replace(frame, nodes=("conv3",)),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "holds no nodes"),
        ("def forward(self): ...", "holds no nodes"),
        ("https://example.org", "holds no nodes"),
        ("{}", "holds no nodes"),
        ('{"format": "convnet-fragment"', "not valid JSON"),
        ('{"format": "other", "like": "convnet-fragment"}', "not a copied part of a design"),
        (to_text(DESIGN), "a whole project"),
        ("x" * 5_000_000, "too large"),
        (copied("conv1").replace('"version": 1', '"version": 9'), "version 9"),
        (copied("conv1").replace('"nodes"', '"name": "a", "nodes"'), "unknown key 'name'"),
        (copied("conv1").replace("Conv2d", "Conv9d"), "no layer"),
    ],
)
def test_any_other_text_is_refused_in_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(StorageError, match=reason) as caught:
        fragment.from_text(text)
    assert caught.value.path is None


WHOLE_TEXT = copied("conv1", "conv2", "relu1", "add")
SCRAPS = st.sampled_from([
    "", "{", "}", "[", "]", '"', ",", "null", "-1", "1e999", "1e308", '"id"', '"layer"', "NaN",
    "true", "\x00", "\ud800", "\u202e", '"position": [1e308, -1e308]', "9" * 400, "[" * 90, "{}",
])  # fmt: skip


@st.composite
def broken(draw: st.DrawFn) -> str:
    """Copied text that was cut off, cut up, or written into."""
    text = WHOLE_TEXT
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 40))
        text = text[:at] + draw(SCRAPS) + text[at + length :]
    return text[: draw(st.integers(0, len(text)))] if draw(st.booleans()) else text


@settings(deadline=None)
@given(st.one_of(broken(), st.text(), st.binary().map(lambda b: b.decode("latin-1"))))
def test_whatever_is_pasted_is_nodes_or_one_sentence(text: str) -> None:
    try:
        read = fragment.from_text(text)
    except StorageError as error:
        assert "\n" not in str(error) and 0 < len(str(error)) <= 500
        return
    new = fragment.fresh(read, DESIGN.graph)
    Paste(new.nodes, (*new.edges, *new.inputs)).apply(DESIGN)


def test_a_wire_from_elsewhere_leaves_its_points_behind() -> None:
    """Points stand where the copied nodes stood, which is not where the copies will stand."""
    design = template("lenet-5").design()
    first, second = list(design.nodes)[:2]
    (wire,) = (edge for edge in design.edges if edge.target == second)
    edges = [replace(edge, via=((5.0, 6.0),)) if edge == wire else edge for edge in design.edges]
    copied = fragment.cut_out(design.nodes, [second], edges)
    assert [(edge.source, edge.via) for edge in copied.inputs] == [(first, ())]
    assert fragment.from_text(fragment.to_text(copied)) == copied
    kept = fragment.cut_out(design.nodes, [first, second], edges)
    assert [edge.via for edge in kept.edges] == [((5.0, 6.0),)]
