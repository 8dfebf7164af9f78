"""The few words that tell one run from the one before."""

from dataclasses import replace

import pytest

from designer.app.what_changed import what_changed
from designer.core.edits import RemoveNodes, SetData, SetParam, SetTraining
from tests.engine.nets import small_net


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ([], "the same again"),
        ([SetParam("conv1", "stride", 1)], "conv1 stride 2 → 1"),
        ([SetParam("conv1", "kernel_size", (3, 5))], "conv1 kernel size 5 → 3×5"),
        ([SetTraining("learning_rate", 0.01)], "learning rate 0.001 → 0.01"),
        ([SetTraining("threads", None)], "threads 1 → auto"),
        ([SetData("source", "mnist-5k")], "source letters → mnist-5k"),
        ([RemoveNodes(frozenset({"dropout5"}))], "− dropout5"),
        (
            [SetTraining(n, v) for n, v in (("epochs", 9), ("seed", 4), ("batch_size", 8))]
            + [SetParam("conv1", "stride", 1)],
            "conv1 stride 2 → 1, epochs 2 → 9, batch size 32 → 8 and 1 more",
        ),
    ],
)
def test_the_words(edits, words):
    old = new = small_net()
    for edit in edits:
        new = edit.apply(new)
    assert what_changed(old, new) == words


def test_the_first_run_has_the_designs_name():
    assert what_changed(None, replace(small_net(), name="Lesson 4")) == "Lesson 4"
