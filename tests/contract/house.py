"""The house rules: what layers refuse although torch would do it, each with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.layers import CATALOGUE
from tests.contract.layers import execute


@dataclass(frozen=True)
class HouseRule:
    """Why, and a case in which torch answers where the layer does not."""

    reason: str
    layer: Layer
    inputs: tuple[Shape, ...]
    in_torch: Callable[..., Any] | None = None

    def ask_torch(self) -> None:
        """Do in torch what the layer refuses; raises what torch raises."""
        if self.in_torch is None:
            execute(self.layer, self.inputs)
        else:
            self.in_torch(*(torch.rand(2, *shape) for shape in self.inputs))


def _rule(
    reason: str,
    kind: str,
    *inputs: tuple[int, ...],
    in_torch: Callable[..., Any] | None = None,
    **parameters: Any,
) -> HouseRule:
    shapes = tuple(map(Shape, inputs))
    return HouseRule(reason, CATALOGUE[kind](**parameters), shapes, in_torch)


HOUSE_RULES = {
    "needs-image": _rule(
        "layers for maps need C × H × W; torch takes a missing batch for one", "MaxPool2d", (4, 6)
    ),
    "needs-vector": _rule(
        "a Linear needs a vector, or maps whose last size a Permute put there; torch would take "
        "any last size, which is the width of maps",
        "Linear",
        (3, 4, 4),
    ),
    "channels-differ": _rule(
        "Add needs equal shapes: torch would repeat a single channel unasked",
        "Add",
        (1, 4, 4),
        (3, 4, 4),
    ),
    "sizes-differ": _rule(
        "merges need equal sizes: torch would repeat a single row unasked",
        "Add",
        (2, 1, 4),
        (2, 4, 4),
    ),
    "no-such-dim": _rule(
        "no layer touches the batch, which torch would flatten or sum like any other dimension",
        "Flatten",
        (3, 4, 4),
        start_dim=0,
    ),
    "batch-moved": _rule(
        "no layer touches the batch, which torch would move like any other dimension",
        "Permute",
        (3, 4, 4),
        dims=(1, 0, 2, 3),
    ),
    "needs-colour": _rule(
        "a Greyscale needs R, G and B; a mean of any channels is another thing",
        "Greyscale",
        (1, 4, 4),
    ),
    "only-padding": _rule(
        "a window that, dilated, steps over every real cell has nothing to say",
        "MaxPool2d",
        (1, 2, 2),
        kernel_size=2,
        stride=1,
        padding=1,
        dilation=3,
    ),
    "no-such-channels": _rule(
        "torch's slices silently end where the channels do, and may hold none",
        "Slice",
        (4, 3, 3),
        in_torch=lambda x: x[:, 0:9],
        end=9,
    ),
    "too-many-outputs": _rule(
        "more outputs than can be drawn and read",
        "Split",
        (65, 1, 1),
        in_torch=lambda x: x.split((1,) * 65, dim=1),
        sizes=(1,) * 65,
    ),
    "one-value": _rule(
        "of one value nothing remains without its mean; torch says so for a single image only",
        "GroupNorm",
        (1,),
    ),
    "nothing-left": _rule(
        "maps without cells have nothing to say; torch gives them behind some transposed kernels",
        "ConvTranspose2d",
        (1, 1, 1),
        kernel_size=5,
        stride=2,
        padding=3,
        output_padding=1,
    ),
    "cut-to-nothing": _rule(
        "a map without cells, or of added zeros alone, has nothing to say",
        "ZeroPad2d",
        (1, 1, 1),
        padding=(0, 0, 2, -1),
    ),
}
"""By the code of the diagnostic."""
