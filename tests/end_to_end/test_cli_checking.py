"""The commands that tell what a design is: check and summary."""

from __future__ import annotations

import json
from pathlib import Path

from tests.end_to_end.command import run, said


def test_check_lists_faults_and_mends_what_is_safe(tmp_path: Path) -> None:
    path = tmp_path / "broken.convnet"
    run("new", "assignment-4", "-o", path, cwd=tmp_path)
    document = json.loads(path.read_text("utf-8"))
    document["nodes"] = [n for n in document["nodes"] if n["id"] != "flatten"]
    document["edges"] = [
        {**e, "from": "relu2"} if e["from"] == "flatten" else e
        for e in document["edges"]
        if e["to"] != "flatten"
    ]
    path.write_text(json.dumps(document), "utf-8")

    result = run("check", path, "--json", cwd=tmp_path, code=1)
    report = json.loads(result.stdout)
    assert report["valid"] is False
    (fault,) = report["diagnostics"]
    assert fault.keys() == {"severity", "code", "node", "param", "message", "fixes"}
    assert (fault["severity"], fault["code"], fault["node"]) == ("error", "needs-vector", "fc1")
    assert fault["fixes"] == ["Insert Flatten (784 values)", "Insert GlobalAvgPool2d (16 values)"]
    told = run("check", path, cwd=tmp_path, code=1)
    assert "fix: Insert Flatten" in told.stdout
    assert "not valid, 1 error, 5 of 8 nodes known" in told.stderr
    assert "5 of 8 nodes" in run("summary", path, cwd=tmp_path, code=1).stdout
    assert "the design has errors" in said(run("export", path, "-o", "x.py", cwd=tmp_path, code=1))
    assert "cannot be trained" in run("train", path, cwd=tmp_path, code=1).stderr

    mended = json.loads(run("check", path, "--fix", "--json", cwd=tmp_path).stdout)
    assert mended == {
        "valid": True,
        "diagnostics": [],
        "fixed": ["fc1: Insert Flatten (784 values)"],
    }
    assert (
        json.loads(run("summary", path, "--json", cwd=tmp_path).stdout)["totals"]["params"]
        == 57_722
    )


def test_summary_says_what_it_can_know(tmp_path: Path) -> None:
    run("new", "assignment-4", "-o", "a.convnet", cwd=tmp_path)
    rows = json.loads(run("summary", "a.convnet", "--json", cwd=tmp_path).stdout)
    conv = rows["nodes"][1]
    assert conv == {
        "id": "conv1",
        "layer": "Conv2d",
        "inputs": [[1, 28, 28]],
        "output": [16, 14, 14],
        "params": 416,
        "macs": 78_400,
        "receptive_field": [5, 5],
        "activation_bytes": 12_544,
        "jump": [2, 2],
        "start": [-1, -1],
        "weight_bytes": 1_664,
    }
    assert rows["name"] == "Assignment 4"
    assert (rows["totals"]["params"], rows["totals"]["macs"]) == (57_722, 442_816)

    text = (tmp_path / "a.convnet").read_text("utf-8")
    broken = text.replace('"stride": 2', '"stride": 0', 1).replace('"relu1"', '"train"')
    (tmp_path / "b.convnet").write_text(broken, "utf-8")
    rows = json.loads(run("summary", "b.convnet", "--json", cwd=tmp_path, code=1).stdout)
    by_id = {row["id"]: row for row in rows["nodes"]}
    assert by_id["conv1"]["output"] is None and by_id["fc2"]["params"] is None
    assert by_id["image"]["output"] == [1, 28, 28]
    assert by_id["train"]["attribute"] == "train_"
    assert rows["totals"]["known"] == 1

    run("new", "inception-small", "-o", "c.convnet", cwd=tmp_path)
    rows = json.loads(run("summary", "c.convnet", "--json", "--depth", 2, cwd=tmp_path).stdout)
    inside = next(row for row in rows["nodes"] if row["layer"] == "Inception")["inside"]
    assert sum(row["params"] for row in inside) > 0


def test_summary_says_what_training_needs(tmp_path: Path) -> None:
    run("new", "lenet-5", "-o", "a.convnet", cwd=tmp_path)
    asked = ("summary", "a.convnet", "--batch", "128", "--memory", "1 GB")
    needs = json.loads(run(*asked, "--json", cwd=tmp_path).stdout)["training_memory"]
    assert (needs["batch_size"], needs["memory_bytes"]) == (128, 10**9)
    assert needs["weight_bytes"] == needs["gradient_bytes"] == needs["optimizer_bytes"] / 2
    assert needs["weight_bytes"] == 4 * 61_706
    assert 128 * needs["kept_bytes_per_image"] < needs["peak_bytes"] < 10**9
    text = run(*asked, cwd=tmp_path).stdout
    assert f"up to {needs['largest_batch']:,} images fit into 1 GB." in text

    table = run("summary", "a.convnet", "--markdown", cwd=tmp_path).stdout.splitlines()
    assert table[-1].startswith("| Total | 13 nodes |")
    assert "| conv2 | Conv2d | 6 × 14 × 14 | 16 × 10 × 10 | 2,416 | 3.9 % |" in table[6]
    numbers = run("summary", "a.convnet", "--csv", cwd=tmp_path).stdout.splitlines()
    assert numbers[5] == (
        "conv2,Conv2d,6 × 14 × 14,16 × 10 × 10,2416,240000,14 × 14,2,−2,9664,6400"
    )
