"""A net of the literature from its template to weights: its data set in, a step, a script out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

import designer
from designer import data
from designer.codegen import render_script
from designer.core.data import DataSettings
from designer.storage import template

SIDE, CLASSES = 64, 4


def images(folder: Path) -> Path:
    """A data set of one's own in a folder: noise in colour, four classes."""
    noise = np.random.default_rng(0).integers(0, 256, (40, SIDE, SIDE, 3), np.uint8)
    labels = np.arange(40) % CLASSES
    path = folder / "photographs.npz"
    np.savez(path, x=noise[:32], y=labels[:32], x_test=noise[32:], y_test=labels[32:])
    return path


def test_the_script_of_resnet_18_trains_on_images_of_ones_own(tmp_path: Path) -> None:
    """What does not fit is said, the fixes mend it, and the script ends with weights."""
    path = images(tmp_path)
    design = replace(template("resnet-18").design(), data=DataSettings(str(path)))
    known = data.describe(str(path), 0.25)
    said = {d.code: d for d in designer.analyze(design, known).diagnostics}
    for code in ("image-differs", "classes-differ"):
        design = said[code].fixes[0].edit.apply(design)
    analysis = designer.analyze(design, known)
    assert analysis.is_valid
    assert not {d.code for d in analysis.diagnostics} & {"image-differs", "classes-differ"}
    assert analysis.facts["fc"].output == (CLASSES,)

    (tmp_path / "model.py").write_text(render_script(design), encoding="utf-8")
    result = subprocess.run(  # noqa: PLW1510
        [sys.executable, "-I", "model.py", "--json", "--log-steps", "--epochs", "1",
         "--batch-size", "12", "--device", "cpu", "--threads", "1"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    events = [json.loads(line) for line in result.stdout.splitlines()]
    losses = [event["loss"] for event in events if event["event"] == "step"]
    assert len(losses) == 3 and all(np.isfinite(losses))
    assert events[-1]["event"] == "finished"
    assert list(tmp_path.glob("*-run/weights.safetensors"))
