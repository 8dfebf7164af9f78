"""Forward and backward through the model that is made from the generated text, beside a
module written by hand: batches of 64, one thread, contiguous maps. Processor time.
"""

from collections.abc import Callable

import torch
from torch import nn

import designer
from benchmarks.hand_written import InceptionSmall, LeNet5
from benchmarks.measure import Row, interleaved
from designer.resources import resource

TITLE = "The generated model"

NETS: dict[str, type[nn.Module]] = {"lenet-5": LeNet5, "inception-small": InceptionSmall}


def run(quick: bool = False) -> list[Row]:
    """Measure each net beside its peer, with equal weights."""
    torch.set_num_threads(1)
    rows = []
    for name, peer in NETS.items():
        design = designer.load(resource("templates", f"{name}.convnet"))
        generated, written = designer.build(design), peer()
        _give_weights(written, generated)
        times = interleaved(
            {"generated": _steps(generated), "written": _steps(written)},
            rounds=5 if quick else 41,
        )
        ms = {which: seconds * 1e3 / STEPS for which, seconds in times.items()}
        row = Row(name, ms["generated"], "by hand", ms["written"], "ms", target=1.02)
        rows.append(row)
    return rows


STEPS = 5


def _give_weights(source: nn.Module, target: nn.Module) -> None:
    """Copy the weights in order: both nets have the same, whatever their names."""
    pairs = zip(source.parameters(), target.parameters(), strict=True)
    with torch.no_grad():
        for weight, other in pairs:
            other.copy_(weight)
    source.eval(), target.eval()
    x = torch.rand(2, 1, 28, 28)
    torch.testing.assert_close(source(x), target(x))


def _steps(model: nn.Module) -> Callable[[], None]:
    model.train()
    x = torch.rand(64, 1, 28, 28)

    def work() -> None:
        for _ in range(STEPS):
            model.zero_grad()
            model(x).sum().backward()

    return work
