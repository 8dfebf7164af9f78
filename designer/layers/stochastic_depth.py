"""Stochastic depth: while training, whole residual branches fall silent at random."""

from __future__ import annotations

from typing import Literal

from designer.core.call import Call, Definition, call
from designer.core.example import example
from designer.core.kept import VIEW, Kept
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

    formula = (
        "training: y = 0 with chance p, else x / (1 − p), for a whole sample at once",
        "evaluation: y = x",
    )
    examples = (example((96, 56, 56), title="Before the Add of a ConvNeXt block", p=0.1),)
    pitfalls = (
        "It belongs at the end of a branch, just before the `Add`. On the trunk a silenced sample "
        "would lose everything.",
        "Deeper blocks are usually silenced more: p grows from 0 at the first to its full value "
        "at the last.",
        "It silences samples, not values or maps; those are `Dropout` and `Dropout2d`.",
    )

    p: float = param(0.2, min=0, max=1, help="The share that is silenced")
    mode: Literal["row", "batch"] = param(
        "row", help="row: each sample has a fate of its own; batch: all share one"
    )

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        return inputs

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        if self.p == 0:
            return VIEW
        return Kept(inputs=False, values=int(self.mode == "row"))

    def module(self, *inputs: Shape) -> Call:
        return call("StochasticDepth", definition=STOCHASTIC_DEPTH, p=self.p, mode=self.mode)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return ("the shape stays",)

    @property
    def telling(self) -> str:
        return f"{self.p:g}"
