"""A run in this process: its folder, its end, and how it goes on."""

import json
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from designer.core.data import DataSettings
from designer.engine import run, script
from designer.engine.fault import RunEnded, RunFault
from designer.engine.watcher import Watcher
from designer.storage import load, runs
from designer.storage.metrics import read_metrics
from tests.engine.nets import layer, reading, small_net, some_letters


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return some_letters(tmp_path_factory.mktemp("data") / "some.npz")


class StopAt(Watcher):
    """Wants the run to stop before the step of this number."""

    def __init__(self, step: int) -> None:
        self.step, self.asked = step, 0

    def should_stop(self) -> bool:
        self.asked += 1
        return self.asked > self.step


def steps_of(folder: Path) -> list[float]:
    return list(read_metrics(folder).steps[:, 0])


def test_a_run_leaves_a_whole_folder(tmp_path, letters):
    design = reading(small_net(), letters)
    folder = runs.new_run(tmp_path / "net-runs")
    result = run.train(design, folder, change="first")

    assert load(folder / "design.convnet") == design
    found = runs.read_run(folder)
    assert (found.number, found.state.state, found.state.change) == (1, "finished", "first")
    assert found.state.test_accuracy == result.test_accuracy
    assert found.state.epochs_done == found.state.epochs == 2
    metrics = read_metrics(folder)
    assert len(metrics.steps) == 2 * 20
    assert [epoch["epoch"] for epoch in metrics.epochs] == [1, 2]
    assert metrics.epochs[-1]["train_loss"] == pytest.approx(
        np.mean(metrics.steps[20:, 0]), rel=1e-6
    )
    assert load_file(folder / "weights.safetensors")["conv1.weight"].shape == (4, 1, 5, 5)
    environment = json.loads((folder / "environment.json").read_text())
    assert environment["torch"] == torch.__version__
    assert environment["numpy"] == np.__version__
    assert environment["convnet-designer"] == metadata.version("convnet-designer")
    assert environment.keys() >= {"torchvision", "python", "system"}
    assert runs.read_settings(folder).training == design.training
    assert not list(folder.glob("*.part"))


def test_settings_name_an_embedded_set_and_a_stopped_run_finds_it(tmp_path):
    folder = runs.new_run(tmp_path)
    design = replace(small_net(epochs=1, batch_size=512), data=DataSettings("letters"))
    with pytest.raises(RunEnded):
        run.train(design, folder, StopAt(2))
    assert json.loads((folder / "settings.json").read_text())["data"] == "letters"
    run.resume(folder)
    assert runs.read_run(folder).state.state == "finished"


@pytest.mark.parametrize("stop_before", [7, 20, 33])
def test_a_stopped_run_goes_on_as_if_nothing_had_been(tmp_path, letters, stop_before):
    design = reading(small_net(), letters)
    whole, broken = (runs.new_run(tmp_path) for _ in range(2))
    run.train(design, whole)
    with pytest.raises(RunEnded):
        run.train(design, broken, StopAt(stop_before))
    assert runs.read_run(broken).state.state == "stopped"
    run.resume(broken)

    assert steps_of(broken) == steps_of(whole)
    ours, theirs = (load_file(f / "last.safetensors") for f in (broken, whole))
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)
    epochs = [read_metrics(f).epochs for f in (broken, whole)]
    assert epochs[0] == epochs[1]


@pytest.mark.parametrize("optimizer", ["SGD", "Adam", "AdamW", "RMSprop"])
@pytest.mark.parametrize("schedule", ["constant", "cosine", "step"])
def test_every_optimiser_learns_under_every_schedule(tmp_path, letters, optimizer, schedule):
    rate = 0.02 if optimizer == "SGD" else 0.002
    settings = {"optimizer": optimizer, "schedule": schedule, "learning_rate": rate}
    folder = runs.new_run(tmp_path)
    run.train(reading(small_net(**settings), letters), folder)
    losses = steps_of(folder)
    assert np.mean(losses[-5:]) < 0.8 * np.mean(losses[:5])


def test_a_loss_that_is_none_ends_the_run_at_its_step(tmp_path, letters):
    design = reading(small_net(optimizer="SGD", learning_rate=100.0, epochs=5), letters)
    design = replace(design, training=replace(design.training, weight_decay=1.0))
    folder = runs.new_run(tmp_path)
    with pytest.raises(RunFault, match=r"The loss became (nan|inf) at step \d+") as caught:
        run.train(design, folder)
    assert "learning rate" in caught.value.suggestion
    step = int(caught.value.sentence.rsplit(" ", 1)[1])
    losses = steps_of(folder)
    assert len(losses) == step - 1
    assert np.isfinite(losses).all()
    assert runs.read_run(folder).state.state == "failed"


def test_other_bits_of_precision_train_too(tmp_path, letters):
    folder = runs.new_run(tmp_path)
    run.train(reading(small_net(precision="bfloat16", epochs=1), letters), folder)
    assert len(steps_of(folder)) == 20


def test_what_the_settings_leave_open_is_settled_once(tmp_path, letters):
    design = reading(small_net(threads=None, memory_format="auto", epochs=1), letters)
    first, second = (runs.new_run(tmp_path) for _ in range(2))
    run.train(design, first)
    settled = runs.read_settings(first)
    assert settled.training.threads >= 1
    assert settled.training.memory_format in ("contiguous", "channels_last")
    assert settled.picked

    class Preparing(Watcher):
        heard: list[str] = []  # noqa: RUF012

        def preparing(self, what: str) -> None:
            self.heard.append(what)

    watcher = Preparing()
    run.train(design, second, watcher)
    assert not any("measuring" in what for what in watcher.heard)
    assert runs.read_settings(second).training == settled.training
    assert steps_of(first) == steps_of(second)
    model = (second / "model.py").read_text()
    assert f'memory_format: str = "{settled.training.memory_format}"' in model


@pytest.mark.parametrize(
    ("source", "size", "classes", "sentence"),
    [
        ("nowhere.npz", 28, 10, "neither a data set"),
        ("some.npz", 32, 10, "images are 1 × 28 × 28, the net takes 1 × 32 × 32"),
        ("some.npz", 28, 5, "5 outputs, the data 10 classes"),
        ("text.npz", 28, 10, "text.npz"),
    ],
)
def test_data_that_does_not_fit_is_one_sentence(tmp_path, letters, source, size, classes, sentence):
    (letters.parent / "text.npz").write_text("no archive")
    design = reading(small_net(size, classes), source)
    folder = runs.new_run(tmp_path)
    with pytest.raises(RunFault, match=sentence):
        run.train(design, folder, base=letters.parent)
    assert runs.read_run(folder).state.state == "failed"


def test_an_invalid_design_does_not_start(tmp_path):
    design = small_net()
    broken = replace(design, graph=replace(design.graph, edges=design.edges[:-1]))
    with pytest.raises(RunFault, match="The design has errors"):
        run.train(broken, runs.new_run(tmp_path))


def test_a_net_without_weights_is_refused(tmp_path, letters):
    from tests.engine.nets import chain

    design = chain(layer("Input"), layer("Flatten"), layer("Dropout"))
    with pytest.raises(RunFault, match="no weights to train"):
        run.train(reading(design, letters), runs.new_run(tmp_path))


def test_a_folder_is_run_by_one_process_at_a_time(tmp_path, letters):
    from designer.storage.run_lock import RunLock

    folder = runs.new_run(tmp_path)
    lock = RunLock(folder)
    with pytest.raises(RunFault, match="another process"):
        run.train(reading(small_net(), letters), folder)
    lock.release()


def test_a_full_disk_is_a_sentence(tmp_path, letters, monkeypatch):
    folder = runs.new_run(tmp_path)

    class Fill(Watcher):
        def steps_done(self, first, losses, accuracies):
            raise OSError(28, "No space left on device")

    with pytest.raises(RunFault, match="The disk is full"):
        run.train(reading(small_net(), letters), folder, Fill())
    assert runs.read_run(folder).state.sentence == "The disk is full"


@pytest.mark.parametrize("device", ["toaster", "cuda:7"])
def test_a_device_that_is_not_there_is_a_sentence(tmp_path, letters, device):
    with pytest.raises(RunFault, match=device):
        run.train(reading(small_net(device=device), letters), runs.new_run(tmp_path))


def test_two_processes_train_one_run(tmp_path, letters):
    folder = runs.new_run(tmp_path)
    design = reading(small_net(optimizer="SGD", learning_rate=0.05), letters)
    result = run.train(design, folder, processes=2)
    losses = steps_of(folder)
    assert len(losses) == 40
    assert np.mean(losses[-5:]) < 0.8 * np.mean(losses[:5])
    found = runs.read_run(folder).state
    assert (found.state, found.epochs_done) == ("finished", 2)
    assert found.test_accuracy == result.test_accuracy


def test_two_processes_stop_on_request(tmp_path, letters):
    folder = runs.new_run(tmp_path)
    with pytest.raises(RunEnded):
        run.train(reading(small_net(epochs=500), letters), folder, StopAt(50), processes=2)
    assert runs.read_run(folder).state.state == "stopped"
    assert (folder / "checkpoint.pt").is_file()


@pytest.mark.parametrize("optimizer", ["SGD", "Adam"])
def test_the_loop_is_the_one_that_a_person_would_write(tmp_path, letters, optimizer):
    """The same first weights and the same order of images, in a loop without any craft."""
    settings = {"optimizer": optimizer, "learning_rate": 0.01, "momentum": 0.5}
    folder = runs.new_run(tmp_path)
    run.train(reading(small_net(epochs=1, **settings), letters), folder)

    module = script.from_file(folder / "model.py", "written_by_hand")
    torch.manual_seed(0)
    model = module.build_model().train()
    if optimizer == "SGD":
        stepper = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.5)
    else:
        stepper = torch.optim.Adam(model.parameters(), lr=0.01)
    with np.load(letters) as file:
        x, y = torch.tensor(file["x"])[:, None] / 255, torch.tensor(file["y"]).long()
    losses = []
    for indices in module.shuffled(len(y), 0, 1).split(32):
        stepper.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(x[indices]), y[indices])
        loss.backward()
        stepper.step()
        losses.append(loss.item())
    np.testing.assert_allclose(steps_of(folder), losses, rtol=1e-4)
