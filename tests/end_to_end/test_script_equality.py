"""What is exported is what trained: the script's losses are the app's, step by step."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from designer.codegen import render_script
from designer.data import load
from designer.engine.script import from_file, from_text
from designer.protocol.reports import Ready, RunFinished, StepsDone
from designer.protocol.requests import StartRun
from designer.resources import resource
from designer.storage import runs, to_text
from tests.engine.nets import lenet, reading, small_net, some_letters
from tests.engine.process import Engine


def script_events(
    folder: Path, *options: str, runner: tuple[str, ...] = ()
) -> list[dict[str, float]]:
    """Run the folder's script in a clean process that cannot see this project."""
    result = subprocess.run(  # noqa: PLW1510
        [sys.executable, *(runner or ("-I",)), "model.py", "--json", "--log-steps", *options],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "OMP_NUM_THREADS": "1"},
    )
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def losses_of(events: list[dict[str, float]]) -> list[float]:
    return [event["loss"] for event in events if event["event"] == "step"]


def test_the_exported_script_gives_the_apps_losses_step_by_step(tmp_path):
    """LeNet-5 on all letters, in the app's own process with everything left on auto."""
    design = lenet(epochs=1, batch_size=64, threads=None, memory_format="auto", seed=3)
    run_folder = runs.new_run(tmp_path / "lenet-runs")
    with Engine("--spare") as engine:
        engine.wait_for(Ready)
        engine.ask(StartRun(str(run_folder), to_text(design), str(tmp_path)))
        finished = engine.wait_for(RunFinished)
        theirs = [loss for report in engine.of(StepsDone) for loss in report.losses]

    exported = tmp_path / "exported"
    exported.mkdir()
    (exported / "model.py").write_bytes((run_folder / "model.py").read_bytes())
    (exported / "letters.npz").write_bytes(resource("data", "letters.npz").read_bytes())
    events = script_events(exported)

    assert len(theirs) > 200
    assert losses_of(events) == theirs
    assert events[-1]["event"] == "finished"
    assert events[-1]["test_accuracy"] == finished.test_accuracy
    assert finished.test_accuracy > 0.6


@pytest.fixture
def exported(tmp_path):
    """A script with its data beside it."""
    design = reading(small_net(seed=5), some_letters(tmp_path / "some.npz"))
    (tmp_path / "model.py").write_text(render_script(design), encoding="utf-8")
    return tmp_path


def test_two_processes_under_torchrun_train_as_one_does(exported):
    alone = script_events(exported, "--optimizer", "SGD", "--lr", "0.05", "--out", "one")
    runner = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2")
    both = script_events(
        exported, "--optimizer", "SGD", "--lr", "0.05", "--out", "two", runner=runner
    )
    # each process normalises its own half and draws its own dropout: near, not equal
    assert len(losses_of(both)) == len(losses_of(alone)) == 40
    np.testing.assert_allclose(losses_of(both)[0], losses_of(alone)[0], rtol=0.2)
    assert both[-1]["event"] == "finished"
    assert np.mean(losses_of(both)[-5:]) < 0.8 * np.mean(losses_of(both)[:5])
    assert [e["epoch"] for e in both if e["event"] == "epoch"] == [1, 2]


class Script:
    """An exported script in this process, called as from a shell in its folder."""

    def __init__(self, folder, monkeypatch, capsys):
        self._monkeypatch, self._capsys = monkeypatch, capsys
        monkeypatch.chdir(folder)
        self._module = from_file(folder / "model.py", "exported_model")

    def __call__(self, *options: str) -> tuple[int, str, str]:
        """The exit code, and what was written."""
        self._monkeypatch.setattr(sys, "argv", ["model.py", *options])
        handler = signal.getsignal(signal.SIGINT)
        try:
            code = self._module.main()
        except SystemExit as leaving:
            code = leaving.code
        finally:
            signal.signal(signal.SIGINT, handler)
        return code, *self._capsys.readouterr()

    def events(self, *options: str) -> list[dict[str, float]]:
        code, out, errors = self("--json", "--log-steps", *options)
        assert code == 0, errors
        return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def script(exported, monkeypatch, capsys):
    return Script(exported, monkeypatch, capsys)


def test_the_script_measures_and_predicts_with_its_weights(exported, script):
    from PIL import Image

    trained = script.events()
    assert script.events("--evaluate")[-1]["test_accuracy"] == trained[-1]["test_accuracy"]

    with np.load(exported / "some.npz") as file:
        Image.fromarray(file["x_test"][0]).save(exported / "letter.png")
    weights = "model-run/weights.safetensors"
    event = script.events("--weights", weights, "--predict", "letter.png")[0]
    assert set(event["classes"]) == set("ABCDEFGHIJ")
    assert sum(event["classes"].values()) == pytest.approx(1, abs=1e-5)


def test_a_script_that_was_ended_goes_on_where_it_was(script):
    whole = script.events("--out", "whole")
    half = script.events("--out", "half", "--epochs", "1")
    rest = script.events("--out", "half", "--resume")
    assert losses_of(half) + losses_of(rest) == losses_of(whole)


def test_the_script_talks_to_people_too(script):
    code, out, errors = script()
    assert code == 0
    assert "test accuracy" in out
    assert "epoch 2/2" in errors


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--data", "nowhere.npz"), "There is no data file nowhere.npz"),
        (("--data", "x" * 5000), "There is no data file xxx"),
        (("--device", "cuda:7"), "This machine has no device cuda:7"),
        (("--device", "cpu:7"), "This machine has no device cpu:7"),
        (("--device", "toaster"), "'toaster' is not a device"),
        (("--device", "meta"), "'meta' is not a device"),
        (("--epochs", "0"), "must be at least 1"),
        (("--epochs", "many"), "must be a whole number; received 'many'"),
        (("--lr", "-1"), "must be more than 0"),
        (("--lr", "fast"), "must be a number; received 'fast'"),
        (("--seed", "-1"), "--seed: must be from 0"),
        (("--seed", "99999999999999999999999"), "--seed: must be from 0"),
        (("--momentum", "-3", "--optimizer", "SGD"), "--momentum: must be from 0 to 0.999"),
        (("--weight-decay", "nan"), "--weight-decay: must be from 0 to 1"),
        (("--validation", "7"), "--validation: must be from 0 to 0.5"),
        (("--out", ""), "--out: must name a folder"),
        (("--out", "some.npz"), "some.npz cannot be the folder of a run: File exists"),
        (("--evaluate", "--weights", "some.npz"), "not a file of weights: it is not whole"),
        (("--evaluate", "--weights", "none"), "not a file of weights: No such file"),
        (("--predict", "some.npz", "--weights", "some.npz"), "not a file of weights"),
        (("--resume",), "no whole checkpoint"),
    ],
)
def test_what_cannot_be_used_is_a_sentence(script, options, words):
    code, _, errors = script(*options)
    assert code == 2
    assert words in errors.replace("\n", " ")
    assert "Traceback" not in errors and "[Errno" not in errors
    assert len(errors.splitlines()[-1]) <= 500


def test_what_the_command_line_refuses_is_an_event_too(script):
    code, out, errors = script("--json", "--epochs", "many")
    assert code == 2
    (event,) = map(json.loads, out.splitlines())
    assert event["event"] == "failed"
    assert "must be a whole number" in event["message"]
    assert "must be a whole number" in errors


def _images(count=30, **others):
    x = np.zeros((count, 28, 28), np.uint8)
    return {"x": x, "y": np.arange(count) % 10, **others}


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        (_images(y=np.arange(20) % 10), "with labels of shape (20,)"),
        (_images(y=np.arange(30) % 10 - 1), "labels of bad.npz (x, y) are int64 from -1 to 8"),
        (_images(y=np.arange(30) % 10 / 2), "are float64"),
        (_images(y=np.full(30, 2**40)), "from 1099511627776"),
        (_images(y=np.zeros((30, 1), int)), "labels of shape (30, 1)"),
        (_images(y=np.array([None] * 30)), "plain arrays"),
        (_images(0), "no images"),
        (_images(x=np.zeros((30, 28, 28))), "are float64 of shape (30, 28, 28)"),
        (_images(x=np.zeros((30, 28, 28, 7), np.uint8)), "of shape (30, 28, 28, 7)"),
        (_images(x_val=np.zeros((9, 28, 28), np.uint8)), "no array 'y_val'"),
        (_images(classes=np.array(["a", "b"])), "names 2 classes, its labels go to 9"),
        (_images(x_test=np.zeros((9, 9, 9), np.uint8), y_test=np.zeros(9, int)), "of one size"),
        ({"x": np.zeros((3, 28, 28), np.uint8)}, "no array 'y'"),
        ({"other": np.zeros(3)}, "no array 'x'"),
    ],
)
def test_arrays_that_are_no_images_with_labels_are_a_sentence(script, arrays, words):
    np.savez("bad.npz", **arrays)
    code, _, errors = script("--data", "bad.npz")
    assert code == 2
    assert words in errors and "Traceback" not in errors and len(errors.splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04 torn"])
def test_a_file_that_is_no_archive_is_a_sentence(script, content):
    Path("bad.npz").write_bytes(content)
    code, _, errors = script("--data", "bad.npz")
    assert code == 2
    assert "not a whole .npz file" in errors and "pickle" not in errors


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such pipe")
def test_a_script_outlives_who_read_its_events(exported):
    line = f"{sys.executable} -I model.py --json --log-steps | head -1; exit ${{PIPESTATUS[0]}}"
    result = subprocess.run(
        ["bash", "-c", line], cwd=exported, capture_output=True, encoding="utf-8", check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert (exported / "model-run" / "last.safetensors").is_file()


@pytest.mark.parametrize("seed", [0, 1, 2**40])
def test_script_and_app_divide_a_data_set_alike(tmp_path, seed):
    """A file without validation and test images."""
    chance = np.random.default_rng(seed)
    x = chance.integers(0, 256, (230, 28, 28), np.uint8)
    y = chance.permutation(np.repeat(np.arange(5, dtype=np.uint8), (100, 60, 40, 26, 4)))
    np.savez(tmp_path / "bare.npz", x=x, y=y)

    splits = load("bare.npz", seed, 0.15, tmp_path)
    module = from_text(render_script(small_net(seed=seed)), "divided")
    settings = module.Settings(data=str(tmp_path / "bare.npz"), validation=0.15, seed=seed)
    images = module.load_images(settings)

    for ours, theirs in (("train", "train"), ("validation", "validation"), ("test", "test")):
        part = getattr(images, ours)
        np.testing.assert_array_equal(part.x[:, 0].numpy(), splits.of(theirs).x)
        np.testing.assert_array_equal(part.y.numpy(), splits.of(theirs).y)


def test_the_script_imports_nothing_of_ours_and_only_what_it_needs(exported):
    code = "import sys, runpy; runpy.run_path('model.py'); print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-I", "-c", code],
        cwd=exported,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = set(result.stdout.split())
    assert "torch" in loaded
    assert loaded.isdisjoint({"designer", "torchvision", "PIL", "safetensors", "PySide6"})
