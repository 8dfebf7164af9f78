"""Damaged and hostile project files at the command line: an exit code and a sentence, always."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from designer.cli import main
from tests.storage.files import mutations

COUNT = 200


def test_every_command_ends_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, output = tmp_path / "net.convnet", tmp_path / "model.py"
    codes = set()
    for text in mutations(COUNT, seed=2):
        data = text.encode("utf-8", "surrogatepass")
        path.write_bytes(data)
        for words in (["check"], ["summary", "--depth", "2"], ["export", "-o", str(output)]):
            code = main([words[0], str(path), *words[1:]])
            out, err = capsys.readouterr()
            codes.add(code)
            assert code in (0, 1, 2)
            assert "Traceback" not in err
            assert code == 0 or err.strip()
            assert all(c.isprintable() or c == "\n" for c in out + err)
        assert path.read_bytes() == data, "looking changes nothing"
    assert codes == {0, 1, 2}


def test_the_json_of_every_answer_is_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "net.convnet"
    for text in mutations(COUNT, seed=3):
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        code = main(["check", str(path), "--fix", "--json"])
        document = json.loads(capsys.readouterr().out)
        assert document.keys() <= {"valid", "diagnostics", "fixed", "error"}
        if "valid" in document:
            assert document["valid"] == (code == 0)
            errors = [d for d in document["diagnostics"] if d["severity"] == "error"]
            assert document["valid"] == (not errors)
        else:
            assert code == 2
