"""Warming up: what torch would otherwise load or compile in the first second of a run."""

from __future__ import annotations

import torch
import torch.distributed
import torch.nn.functional as F
import torch.nn.parallel
from torch import nn

from designer.codegen import render_script
from designer.storage import template


def warm_up() -> None:
    """Take one step of a tiny net, which makes torch import its compiler and its kernels.

    A script is printed as well: networkx and the parts of the text are then in memory.
    """
    render_script(template("assignment-4").design())
    torch.set_num_threads(1)
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(72, 10))
    net.to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(net.parameters(), fused=True)
    loss = F.cross_entropy(net(torch.zeros(2, 1, 8, 8)), torch.zeros(2, dtype=torch.int64))
    torch.autograd.backward(loss)
    optimizer.step()
