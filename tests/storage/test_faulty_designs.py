"""Files of designs that are wrong, and only that: they load, and say what is wrong."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import designer
from designer.codegen import InvalidDesign
from designer.codegen import render as render_alone
from designer.core.analysis import analyze
from designer.core.edits import Paste
from designer.core.graph import id_fault
from designer.storage import fragment, from_text, to_text
from tests.storage.files import WHOLE

Change = Callable[[dict[str, Any]], object]


def design_of(change: Change) -> designer.core.design.Design:  # type: ignore[name-defined]
    document = copy.deepcopy(WHOLE)
    change(document)
    return from_text(json.dumps(document))


def named(node_id: str) -> Change:
    """conv1 under another id, wherever it is named."""

    def change(document: dict[str, Any]) -> None:
        for row in (*document["nodes"], *document["edges"]):
            for key in ("id", "from", "to", "weights_of"):
                if row.get(key) == "conv1":
                    row[key] = node_id

    return change


def edge(index: int, **values: object) -> Change:
    return lambda document: document["edges"][index].update(values)


IDS = {
    "digit": ("1x", "Python identifier", "x"),
    "keyword": ("class", "not a Python keyword", "class1"),
    "hidden": ("_a", "does not begin with _", "a"),
    "form": ("ﬁ", "NFKC", "fi"),
    "long": ("a" * 81, "at most 80", "a" * 72),
    "very long": ("b" * 100_000, "at most 80", "b" * 72),
    "empty": ("", "Python identifier", "conv1"),
    "spaces": ("my conv", "Python identifier", "my_conv"),
    "a path": ("../../etc/passwd", "Python identifier", "etc_passwd"),
    "text": ("__import__('os').system('x')", "Python identifier", "import_os_system_x"),
    "lines": ('"""\nimport os\n', "Python identifier", "import_os"),
    "direction": ("\u202egpj.exe\u0007", "Python identifier", "gpj_exe"),
    "a field": ("{node.__class__}", "Python identifier", "node_class"),
    "taken": ("relu 1", "Python identifier", "relu_1"),
    "taken, but for its case": ("1RELU1", "Python identifier", "RELU2"),
    "signs alone": ("—!?", "Python identifier", "conv1"),
}


@pytest.mark.parametrize("name", IDS)
def test_an_id_that_is_no_name_is_a_fault_with_its_remedy(name: str) -> None:
    node_id, reason, better = IDS[name]
    design = design_of(named(node_id))
    assert from_text(to_text(design)) == design
    found = [d for d in designer.analyze(design).diagnostics if d.code == "illegal-id"]
    (fault,) = found
    assert (fault.severity, fault.node) == ("error", node_id)
    assert reason in fault.message
    assert fault.message.isprintable() and len(fault.message) < 300
    mended = fault.fixes[0].edit.apply(design)
    assert better in mended.nodes and id_fault(better) is None
    assert mended.nodes["conv2"].weights_of == better, "what names the node follows"
    assert "illegal-id" not in [d.code for d in designer.analyze(mended).diagnostics]


@pytest.mark.parametrize("name", IDS)
def test_no_text_ever_has_such_an_id(name: str) -> None:
    design = design_of(named(IDS[name][0]))
    with pytest.raises(InvalidDesign, match="cannot be the id"):
        designer.to_source(design)
    with pytest.raises(InvalidDesign, match="cannot be the id"):
        render_alone(design, analyze(design, ()))  # an analysis that was given no rules


def test_every_message_and_label_stays_one_short_line() -> None:
    design = design_of(named("\u202e\n" + "x" * 50_000))
    analysis = designer.analyze(design)
    for diagnostic in analysis.diagnostics:
        assert diagnostic.message.isprintable() and len(diagnostic.message) < 400
        for fix in diagnostic.fixes:
            for label in (fix.label, fix.edit.label):
                assert label.isprintable() and len(label) < 200


def test_a_copied_node_gets_a_name_that_is_one() -> None:
    design = design_of(named("my conv"))
    text = fragment.to_text(fragment.cut_out(design.nodes, design.nodes, design.edges))
    new = fragment.fresh(fragment.from_text(text), design.graph)
    assert Paste(new.nodes, new.edges).apply(design) is not design


PORTS: dict[str, tuple[Change, str, str]] = {
    "below": (edge(2, port=-1), "no-such-port", "input -1 of add"),
    "far below": (edge(2, port=-(10**30)), "no-such-port", "input -1"),
    "far above": (edge(2, port=10**30), "no-such-port", "input 1000000"),
    "named": (edge(2, port="left"), "no-such-port", "input left of add"),
    "no name": (edge(2, port=""), "no-such-port", "input “” of add"),
    "a hostile name": (edge(2, port="\u202e" * 999), "no-such-port", "input “"),
    "of one input": (edge(0, port=3), "no-such-port", "input 3 of conv1"),
    "output below": (edge(2, output=-2), "no-such-output", "output -2 of conv1"),
    "output named": (edge(2, output="right"), "no-such-output", "output right of conv1"),
    "output above": (edge(2, output=10**30), "no-such-output", "output 1000000"),
}


@pytest.mark.parametrize("name", PORTS)
def test_a_port_that_is_not_there_is_a_fault_with_its_remedy(name: str) -> None:
    change, code, words = PORTS[name]
    design = design_of(change)
    assert from_text(to_text(design)) == design, "it is saved as it was read"
    found = [d for d in designer.analyze(design).diagnostics if d.severity == "error"]
    (fault,) = found
    assert fault.code == code
    assert words in fault.message and fault.message.isprintable()
    mended = fault.fixes[0].edit.apply(design)
    assert not [d for d in designer.analyze(mended).diagnostics if d.severity == "error"]


def test_no_terminal_is_given_an_id_as_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from designer.cli import main

    document = copy.deepcopy(WHOLE)
    named("\u202e\x1b[31m\n" + "x" * 3000)(document)
    path = tmp_path / "net.convnet"
    path.write_text(json.dumps(document))
    for command in ("check", "summary"):
        assert main([command, str(path)]) == 1
        told = "".join(capsys.readouterr())
        assert not {"\u202e", "\x1b"} & set(told)
        assert max(map(len, told.splitlines())) < 500


def test_a_file_of_them_is_checked_and_mended_on_the_command_line(tmp_path: Path) -> None:
    from designer.cli import main

    path = tmp_path / "net.convnet"
    document = copy.deepcopy(WHOLE)
    named("my conv")(document)
    path.write_text(json.dumps(document))
    assert main(["check", str(path)]) == 1
    assert main(["check", str(path), "--fix"]) == 0
    assert "my_conv" in designer.load(path).nodes
