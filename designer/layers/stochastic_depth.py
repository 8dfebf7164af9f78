"""Stochastic depth: while training, whole residual branches fall silent at random."""

from __future__ import annotations

from typing import Literal

from designer.core.call import Call, Definition, call
from designer.core.layer import Layer, layer
from designer.core.parameter import param
from designer.core.shape import Shape

STOCHASTIC_DEPTH = Definition(
    "StochasticDepth",
    '''\
class StochasticDepth(nn.Module):
    """Sets all values of a random share of the samples to 0 while training.

    The rest is scaled up; in mode "batch", all samples share one fate.
    """

    def __init__(self, p: float, mode: str) -> None:
        super().__init__()
        self.p, self.mode = p, mode

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training or self.p == 0:
            return x
        samples = x.shape[0] if self.mode == "row" else 1
        kept = x.new_empty(samples, *[1] * (x.ndim - 1)).bernoulli_(1 - self.p)
        return x * (kept / (1 - self.p) if self.p < 1 else kept)
''',
)


@layer("Regularisation", search="drop path droppath residual", rank=2)
class StochasticDepth(Layer):
    """Silences a residual branch for a random share of the samples while training."""

    p: float = param(0.2, min=0, max=1, help="The share that is silenced")
    mode: Literal["row", "batch"] = param(
        "row", help="row: each sample has a fate of its own; batch: all share one"
    )

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        return inputs

    def module(self, *inputs: Shape) -> Call:
        return call("StochasticDepth", definition=STOCHASTIC_DEPTH, p=self.p, mode=self.mode)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return ("the shape stays",)

    @property
    def telling(self) -> str:
        return f"{self.p:g}"
