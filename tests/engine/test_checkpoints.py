"""Checkpoints and weights of the script: old or new, never a mix, whatever fails on the way."""

import os
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from designer.codegen import render_script
from designer.engine.script import from_text
from tests.engine.nets import small_net


@pytest.fixture(scope="module")
def script():
    return from_text(render_script(small_net()), "checkpoints")


class FailAt:
    """Lets so many file operations pass, then says that the disk is full."""

    def __init__(self, monkeypatch, number):
        self.left = number
        for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "open")):
            monkeypatch.setattr(owner, name, self.counted(getattr(owner, name)))

    def counted(self, operation):
        def checked(*arguments, **named):
            self.left -= 1
            if self.left < 0:
                raise OSError(28, "No space left on device")
            return operation(*arguments, **named)

        return checked


@pytest.mark.parametrize("number", range(8))
def test_a_fault_at_any_operation_leaves_a_whole_checkpoint(script, tmp_path, monkeypatch, number):
    for step in (1, 2):
        script.save_checkpoint({"step": step, "w": torch.full((5,), step)}, tmp_path)
    with monkeypatch.context() as patch:
        FailAt(patch, number)
        try:
            script.save_checkpoint({"step": 3, "w": torch.full((5,), 3)}, tmp_path)
        except OSError as error:
            assert script.explain(error).sentence == "The disk is full"
            done = False
        else:
            done = True
    state = script.read_checkpoint(tmp_path)
    assert state["step"] in ((3,) if done else (2, 3))
    assert state["w"].tolist() == [state["step"]] * 5
    assert not list(tmp_path.glob("*.part"))
    script.save_checkpoint({"step": 4}, tmp_path)
    assert script.read_checkpoint(tmp_path)["step"] == 4


def test_a_torn_checkpoint_gives_way_to_the_one_before(script, tmp_path):
    for step in (1, 2):
        script.save_checkpoint({"step": step}, tmp_path)
    path = tmp_path / "checkpoint.pt"
    path.write_bytes(path.read_bytes()[:100])
    assert script.read_checkpoint(tmp_path)["step"] == 1


def test_a_checkpoint_that_holds_code_is_not_executed(script, tmp_path):
    class Trap:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "sprung",))

    torch.save({"step": Trap()}, tmp_path / "checkpoint.pt")
    with pytest.raises(script.Failure, match="no whole checkpoint"):
        script.read_checkpoint(tmp_path)
    assert not (tmp_path / "sprung").exists()


STATE = {
    "weight": torch.randn(3, 2),
    "half": torch.randn(4).bfloat16(),
    "seen": torch.tensor(7),
    "empty": torch.zeros(0, 3),
    "mask": torch.tensor([True, False]),
    "maps": torch.randn(2, 3, 4, 4).contiguous(memory_format=torch.channels_last),
}


def test_weights_are_safetensors_as_others_write_and_read_them(script, tmp_path):
    ours, theirs = tmp_path / "ours.safetensors", tmp_path / "theirs.safetensors"
    script.save_weights(STATE, ("ä", "b"), ours)
    save_file({name: tensor.contiguous() for name, tensor in STATE.items()}, theirs)
    for found in (load_file(ours), *(script.read_weights(p)[0] for p in (ours, theirs))):
        assert found.keys() == STATE.keys()
        assert all(torch.equal(found[name], STATE[name]) for name in STATE)
    assert script.read_weights(ours)[1] == ("ä", "b")
    assert script.read_weights(theirs)[1] == ()


@pytest.mark.parametrize("size", [0, 5, 8, 40, 200, 1000])
def test_damaged_weights_are_a_sentence(script, tmp_path, size):
    path = tmp_path / "w.safetensors"
    script.save_weights({"weight": torch.randn(300)}, (), path)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(script.Failure, match="is not a file of weights"):
        script.read_weights(path)


def test_weights_of_another_net_are_a_sentence(script):
    with pytest.raises(script.Failure, match="do not fit this net"):
        script.load_into(script.build_model(), {"weight": torch.zeros(1)})
