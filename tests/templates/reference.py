"""torchvision's own nets, as what ours are held against."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode
from torchvision import models

import designer
from designer.core.design import Design

WITHOUT_HEADS = {"googlenet", "inception_v3"}
OWN_NAME = "layer_scale"
"""A weight of torchvision's that belongs to a block and not to a layer; ours is a Scale's."""


def empty(name: str) -> nn.Module:
    """torchvision's net in eval mode, its weights without memory."""
    options: dict[str, object] = {}
    if name in WITHOUT_HEADS:
        options = {"aux_logits": False, "init_weights": False}
    elif name.startswith("vgg"):
        options = {"init_weights": False}
    if name.startswith("regnet"):  # its constructor counts with tensors
        return models.get_model(name, weights=None).to("meta").eval()
    with torch.device("meta"):
        return models.get_model(name, weights=None, **options).eval()


def counts(model: nn.Module) -> list[tuple[str, int]]:
    """How many weights each layer has, under the ids that our nodes have."""
    found: dict[str, int] = {}
    for name, weight in model.named_parameters():
        layer, _, last = name.rpartition(".")
        path = name if last == OWN_NAME else layer
        found[_id(path)] = found.get(_id(path), 0) + weight.numel()
    return list(found.items())


def macs(model: nn.Module, side: int) -> int:
    """Multiply-accumulates of one image, by torch's own counter; computes nothing."""
    counter = FlopCounterMode(display=False)
    with counter, torch.no_grad():
        model(torch.empty(1, 3, side, side, device="meta"))
    return int(counter.get_total_flops()) // 2


def images(side: int) -> torch.Tensor:
    """Two images that differ at every scale: plain noise would look alike from afar."""
    generator = torch.Generator().manual_seed(1)
    noise = torch.rand(2, 3, side, side, generator=generator)
    for cells in (2, 5, 12):
        coarse = torch.rand(2, 3, cells, cells, generator=generator)
        noise += nn.functional.interpolate(coarse, size=(side, side))
    return noise - 2


def fill(model: nn.Module, images: torch.Tensor) -> nn.Module:
    """Give an empty model weights, and the statistics that these images have with them.

    So every map keeps telling the images apart, however deep: no branch fades away.
    """
    model.to_empty(device="cpu")
    generator = torch.Generator().manual_seed(0)
    for name, value in (*model.named_parameters(), *model.named_buffers()):
        if not value.is_floating_point():
            value.data.zero_()
        elif value.ndim < 2 or name.endswith(OWN_NAME):
            low = 0.5 if name.endswith(("weight", "var", OWN_NAME)) else -0.1
            value.data.uniform_(low, 1.5 if low > 0 else 0.1, generator=generator)
        else:
            bound = (6 / value[0].numel()) ** 0.5
            value.data.uniform_(-bound, bound, generator=generator)
    norms = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    if norms:
        momenta = [norm.momentum for norm in norms]
        for norm in norms:
            norm.momentum = 1.0
        with torch.no_grad():
            model.train()(images)
        for norm, momentum in zip(norms, momenta, strict=True):
            norm.momentum = momentum
    return model.eval()


def with_weights_of(model: nn.Module, design: Design) -> nn.Module:
    """Our net in eval mode with the very weights of torchvision's, each found by its name."""
    theirs = {_id(name): value for name, value in model.state_dict().items()}
    with torch.device("meta"):
        net = designer.build(design)
    ours = {}
    for name, value in net.state_dict().items():
        key = _id(name)
        found = theirs.pop(key, None)
        if found is None:
            found = theirs.pop(key.removesuffix("_weight")).flatten()
        assert found.shape == value.shape, name
        ours[name] = found
    assert not theirs, list(theirs)
    net.load_state_dict(ours, assign=True)
    return net.eval()


def _id(name: str) -> str:
    return name.replace(".", "_").replace("-", "_")


def learning(design: Design) -> Iterator[tuple[str, int]]:
    """The nodes that learn, in the order of the graph's file, with their counts."""
    facts = designer.analyze(design).facts
    for node in design.nodes:
        if count := facts[node].parameters:
            yield node, count
