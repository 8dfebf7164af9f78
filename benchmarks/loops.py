"""Training loops as a person writes them, run as a process: ``python -m benchmarks.loops``.

``raw`` indexes a tensor in memory and does nothing that it need not; ``plain`` is the
loop of a tutorial, with a DataLoader. Both print the seconds of
processor time that a step takes.
"""

import argparse
import json
import time
from collections.abc import Iterator

import numpy
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from benchmarks.hand_written import LeNet5, LeNet2050, VggLike

Batch = tuple[torch.Tensor, torch.Tensor]
BATCH = 64
NETS: dict[str, type[nn.Module]] = {
    "LeNet-5": LeNet5,
    "LeNet 20/50": LeNet2050,
    "VGG-like": VggLike,
}


def main() -> None:
    """Train for one epoch on the images of an .npz file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("raw", "plain"))
    parser.add_argument("data")
    parser.add_argument("net", choices=NETS)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--channels-last", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    with numpy.load(options.data) as file:
        x, y = torch.from_numpy(file["x"])[:, None], torch.from_numpy(file["y"])
    layout = torch.channels_last if options.channels_last else torch.contiguous_format
    if options.kind == "raw":
        model = NETS[options.net]().to(memory_format=layout)
        optimizer = torch.optim.Adam(model.parameters(), 1e-3, fused=True)
        seconds = train(model, optimizer, raw(x, y, layout))
    else:
        model = NETS[options.net]()
        optimizer = torch.optim.Adam(model.parameters(), 1e-3)
        seconds = train(model, optimizer, plain(x, y))
    print(json.dumps(seconds))


def raw(x: torch.Tensor, y: torch.Tensor, layout: torch.memory_format) -> Iterator[Batch]:
    """Batches by index_select from bytes in memory."""
    for indices in torch.randperm(len(y)).split(BATCH):
        images = x.index_select(0, indices).to(torch.float32, memory_format=layout)
        yield images.div_(255), y.index_select(0, indices)


def plain(x: torch.Tensor, y: torch.Tensor) -> Iterator[Batch]:
    """Batches of a DataLoader over floats."""
    images = TensorDataset(x.float() / 255, y)
    yield from DataLoader(images, batch_size=BATCH, shuffle=True)


def train(model: nn.Module, optimizer: torch.optim.Optimizer, batches: Iterator[Batch]) -> float:
    """Take a step on every batch; give seconds a step, without the first tenth."""
    losses, ends = [], []
    for images, labels in batches:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
        ends.append(time.process_time())
    warm = len(ends) // 10
    return (ends[-1] - ends[warm]) / (len(ends) - 1 - warm)


if __name__ == "__main__":
    main()
