"""Files that are refused: one sentence each, that names file, place and reason."""

from __future__ import annotations

import copy
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import designer
from designer.codegen import InvalidDesign
from designer.core.json_text import DEEPEST
from designer.storage import StorageError, from_text, load
from designer.storage.error import LONGEST
from tests.storage.files import WHOLE, mutations

resource = pytest.importorskip("resource", reason="Windows has no such figures")


def refusal(text: str, path: str = "net.convnet") -> StorageError:
    with pytest.raises(StorageError) as caught:
        from_text(text, path)
    message = str(caught.value)
    assert message.startswith(path)
    assert len(message) <= LONGEST and message.isprintable()
    return caught.value


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    document = copy.deepcopy(WHOLE)
    change(document)
    return json.dumps(document)


def node(index: int, **values: object) -> Callable[[dict[str, Any]], object]:
    return lambda document: document["nodes"][index].update(values)


def edge(index: int, **values: object) -> Callable[[dict[str, Any]], object]:
    return lambda document: document["edges"][index].update(values)


def top(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda document: document.update(values)


REFUSED: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
    "format": (top(format="svg"), "format", 'its format is \'svg\', not "convnet-design"'),
    "no format": (lambda d: d.pop("format"), "format", "it names no format"),
    "newer": (top(version=7), "version", "version 7 of the format"),
    "newer, both": (top(version=7), "version", "up to version 1"),
    "version 0": (top(version=0), "version", "begin with 1"),
    "version text": (top(version="1"), "version", "must be an integer"),
    "version true": (top(version=True), "version", "must be an integer"),
    "no version": (lambda d: d.pop("version"), "", "'version' is missing"),
    "name": (top(name=5), "name", "must be text; received 5"),
    "unknown top": (top(nodse=[]), "", "unknown key 'nodse'"),
    "nodes": (top(nodes={}), "nodes", "must be a list; received an object"),
    "blocks": (top(blocks=[{"name": "a"}]), "blocks", "no blocks of one's own yet"),
    "frames": (top(frames=[{"title": "a"}]), "frames[0]", "'position' is missing"),
    "frame size": (top(frames=[{"title": "a", "position": [0, 0], "size": [1]}]),
                   "frames[0].size", "a list of 2 numbers"),
    "data": (top(data={"sauce": "x"}), "data", "unknown key 'sauce'"),
    "training": (top(training={"epochs": 1.5}), "training.epochs", "an integer; received 1.5"),
    "optimizer": (top(training={"optimizer": "Sgd"}), "training.optimizer", '"SGD" or "Adam"'),
    "node": (lambda d: d["nodes"].append(7), "nodes[7]", "must be an object; received 7"),
    "no id": (lambda d: d["nodes"][1].pop("id"), "nodes[1]", "'id' is missing"),
    "id twice": (node(2, id="conv1"), "nodes[2]", "'conv1' is given twice"),
    "layer": (node(1, layer="Conv2D"), "nodes[1] (conv1).layer", "is Conv2d meant?"),
    "no layer": (lambda d: d["nodes"][1].pop("layer"), "nodes[1] (conv1)", "'layer' is missing"),
    "inferred": (node(1, params={"in_channels": 3}), "nodes[1] (conv1).params",
                 "unknown key 'in_channels'; known here: out_channels, kernel_size"),
    "param type": (node(1, params={"stride": "2"}), "nodes[1] (conv1).params.stride",
                   "an integer or a list of 2 integers; received '2'"),
    "param true": (node(1, params={"stride": True}), "nodes[1] (conv1).params.stride",
                   "received true"),
    "params list": (node(1, params=[]), "nodes[1] (conv1).params", "must be an object"),
    "unknown key": (node(1, colour="red"), "nodes[1] (conv1)", "unknown key 'colour'"),
    "position": (node(1, position=[1]), "nodes[1] (conv1).position", "received [1]"),
    "frozen": (node(1, frozen=1), "nodes[1] (conv1).frozen", "true or false"),
    "from": (edge(0, **{"from": "imgae"}), "edges[0].from",
             "there is no node 'imgae'; is image meant?"),
    "no to": (lambda d: d["edges"][0].pop("to"), "edges[0]", "'to' is missing"),
    "output": (edge(2, output=0.0), "edges[2] (conv1 → add).output", "an integer or a name"),
    "port true": (edge(2, port=True), "edges[2] (conv1 → add).port", "an integer or a name"),
    "via": (edge(1, via=[1, 2]), "edges[1] (conv1 → relu1).via[0]", "received 1"),
    "edge key": (edge(1, label="a"), "edges[1]", "unknown key 'label'"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_names_the_place_and_the_reason(name: str) -> None:
    change, place, reason = REFUSED[name]
    error = refusal(changed(change))
    assert error.place == place
    assert reason in error.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not valid JSON"),
        ("[]", "must be an object"),
        ("null", "must be an object; received null"),
        ("{", "not valid JSON"),
        ('{"format": "convnet-design", "format": "convnet-design"}', "'format' is given twice"),
        ('{"version": NaN}', "not a finite number"),
        ('{"version": 1e999}', "not a finite number"),
        ('{"version": -Infinity}', "not a finite number"),
        ('{"version": ' + "9" * 5000 + "}", "too large"),
        ('{"name": "\\ud800"}', "lone surrogate"),
        ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "nest deeper"),
        ("[" * 100_000 + "]" * 100_000, "nest deeper"),
        ('{"a":' * 100_000, "nest deeper"),
    ],
    ids=range(13),
)
def test_wrong_json(text: str, reason: str) -> None:
    assert reason in str(refusal(text))


def test_it_says_the_line_of_wrong_json() -> None:
    assert refusal('{\n  "format": oops\n}').place == "line 2, column 13"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xef\xbb\xbf{}", "byte order mark"),
        ("{}".encode("utf-16"), "UTF-16"),
        ("{}".encode("utf-16-be"), "not a text file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not a text file"),
        (b'{"name": "\xff"}', "not UTF-8"),
        (b"", "not valid JSON"),
    ],
    ids=range(6),
)
def test_files_that_are_no_utf_8(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.convnet"
    path.write_bytes(content)
    with pytest.raises(StorageError, match=reason):
        load(path)


def assert_refused_at_once(path: object, reason: str) -> None:
    begun = time.monotonic()
    with pytest.raises(StorageError, match=reason) as caught:
        load(path)  # type: ignore[arg-type]
    assert time.monotonic() - begun < 5
    assert len(str(caught.value)) <= LONGEST and str(caught.value).isprintable()


def test_places_that_are_no_files(tmp_path: Path) -> None:
    assert_refused_at_once(tmp_path, "folder|directory")
    assert_refused_at_once(tmp_path / "missing.convnet", "No such file")
    assert_refused_at_once(tmp_path / ("x" * 4000), "too long")
    assert_refused_at_once("a\0b", "null")
    assert_refused_at_once(tmp_path / "new\nline" / "\u202e.convnet", "No such file")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")
def test_pipes_devices_sockets_and_loops_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "zero").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(tmp_path)  # a socket's path is short
        server.bind("socket")
    assert_refused_at_once(tmp_path / "pipe", "a pipe")
    assert_refused_at_once(tmp_path / "zero", "a device")
    assert_refused_at_once(tmp_path / "loop", "symbolic links")
    assert_refused_at_once(tmp_path / "socket", "No such device|socket")


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.convnet"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert_refused_at_once(path, "100 MB.* at most 64 MB")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_damaged_files_end_in_a_sentence_or_in_diagnostics(tmp_path: Path) -> None:
    """800 of them: no other exception, nothing executed, no memory, no time lost."""
    begun = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    path = tmp_path / "damaged.convnet"
    loaded = 0
    for text in mutations(800, seed=1):
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            design = load(path)
        except StorageError as error:
            assert len(str(error)) <= LONGEST and str(error).isprintable()
            assert str(path) in str(error)
            continue
        loaded += 1
        designer.analyze(design)
        try:
            compile(designer.to_source(design), "<text>", "exec")
        except InvalidDesign as error:
            assert error.diagnostics
    assert loaded > 50
    assert not Path("/tmp/owned").exists()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000
    assert time.monotonic() - begun < 60
