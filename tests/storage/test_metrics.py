"""Metrics of a run: read whole, and cut where a checkpoint ends."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.storage.metrics import CHUNK, METRICS, cut_metrics, has_metrics, read_metrics

TORN = '{"event": "step", "st'


def lines(steps: int, steps_per_epoch: int = 3) -> list[str]:
    """The lines of a run in the order in which they are written."""
    found = []
    for step in range(1, steps + 1):
        row = {"event": "step", "step": step, "loss": 2 / step, "accuracy": 0.5}
        found.append(json.dumps(row) + "\n")
        if step % steps_per_epoch == 0:
            epoch = {"event": "epoch", "epoch": step // steps_per_epoch, "val_loss": 1.4}
            found.append(json.dumps(epoch) + "\n")
    return found


def test_torn_metrics_give_what_is_whole(tmp_path: Path) -> None:
    (tmp_path / METRICS).write_text("".join(lines(4)) + TORN)
    metrics = read_metrics(tmp_path)
    assert metrics.steps.tolist() == [[2.0, 0.5], [1.0, 0.5], [2 / 3, 0.5], [0.5, 0.5]]
    assert metrics.epochs == ({"epoch": 1, "val_loss": 1.4},)
    assert has_metrics(tmp_path)
    assert read_metrics(tmp_path / "nowhere").steps.shape == (0, 2)
    assert not has_metrics(tmp_path / "nowhere")


@given(done=st.integers(0, 40), kept=st.integers(0, 45), torn=st.sampled_from(["", TORN, "\n"]))
def test_what_lies_behind_a_checkpoint_is_dropped(
    tmp_path_factory: pytest.TempPathFactory, done: int, kept: int, torn: str
) -> None:
    folder = tmp_path_factory.mktemp("run")
    (folder / METRICS).write_text("".join(lines(done)) + torn)
    cut_metrics(folder, kept, kept // 3)
    assert (folder / METRICS).read_text() == "".join(lines(min(done, kept)))


@pytest.mark.parametrize("kept", [0, 1, 1500, 2999, 3000, 9000])
def test_the_cut_is_found_in_files_longer_than_a_chunk(tmp_path: Path, kept: int) -> None:
    whole = lines(3000)
    assert sum(map(len, whole)) > 3 * CHUNK
    (tmp_path / METRICS).write_text("".join(whole) + TORN)
    cut_metrics(tmp_path, kept, kept // 3)
    assert (tmp_path / METRICS).read_text() == "".join(lines(min(kept, 3000)))


def test_a_line_without_end_is_dropped_and_a_missing_file_is_none(tmp_path: Path) -> None:
    (tmp_path / METRICS).write_text("".join(lines(3)) + "x" * 3 * CHUNK)
    cut_metrics(tmp_path, 3, 1)
    assert (tmp_path / METRICS).read_text() == "".join(lines(3))
    cut_metrics(tmp_path / "nowhere", 3, 1)
    assert not (tmp_path / "nowhere").exists()
