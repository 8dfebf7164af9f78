"""What is learned: the weights of a net, and every tensor that was made from one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import torch
from torch import nn
from torch.utils.weak import WeakTensorKeyDictionary

from designer.engine.importing.refusal import ImportRefused

LIKE_ANOTHER = frozenset(("to", "type_as", "view_as", "expand_as", "reshape_as"))
"""Functions that take only the type or the sizes of their second tensor."""

_RESHAPING = """
    contiguous expand expand_as flatten float getitem reshape reshape_as squeeze to unflatten
    unsqueeze view view_as
"""
RESHAPING = frozenset(_RESHAPING.split())
"""Functions whose result may be the very same numbers in other sizes."""

_SIZED = """
    empty_like full_like new_empty new_full new_ones new_tensor new_zeros ones_like rand_like
    randn_like zeros_like
"""
SIZED = frozenset(_SIZED.split())
"""Functions that take the sizes and the type of a tensor, and none of its numbers."""

TAKEN_OUT = frozenset(("item", "tolist", "numpy", "__float__", "__int__", "__array__"))
"""Functions that make a number of Python's of a tensor: what it came from is forgotten then."""


class Learned:
    """Remembers of every tensor whether a weight is in it, and whether it is that weight itself."""

    def __init__(self) -> None:
        self._weights = WeakTensorKeyDictionary()

    def is_in(self, value: object) -> bool:
        """Whether a value is a weight, or was made from one."""
        if isinstance(value, (tuple, list)):
            return any(map(self.is_in, value))
        is_weight = isinstance(value, nn.Parameter)
        return is_weight or (isinstance(value, torch.Tensor) and value in self._weights)

    def weight(self, tensor: torch.Tensor) -> nn.Parameter | None:
        """The weight that a tensor is, in whatever sizes; None where it was computed from one."""
        if isinstance(tensor, nn.Parameter):
            return tensor
        known: Any = self._weights
        weight: nn.Parameter | None = known.get(tensor)
        return weight

    def follow(self, name: str, given: Sequence[object], results: Iterable[torch.Tensor]) -> None:
        """Note what a function makes of what it is given.

        Raises ImportRefused where a weight becomes a number of Python's, which would be a constant.
        """
        plain = name.strip("_")
        sources = [t for t in given if isinstance(t, torch.Tensor) and self.is_in(t)]
        if not sources or plain in SIZED:
            return
        if name in TAKEN_OUT:
            raise ImportRefused(
                "forward takes the number out of a learned weight, which would be a constant here: "
                "import a net that multiplies by the weight itself, as Scale does"
            )
        weight = self.weight(sources[0])
        known: Any = self._weights
        for tensor in results:
            if not isinstance(tensor, nn.Parameter):
                is_same = len(sources) == 1 and plain in RESHAPING and _is_same(weight, tensor)
                known[tensor] = weight if is_same else None


def is_frozen(weights: Iterable[torch.Tensor], where: str) -> bool:
    """Whether the weights of a layer do not learn; raises ImportRefused where some of them do."""
    learns = [weight.requires_grad for weight in weights]
    if len({*learns}) > 1:
        raise ImportRefused(
            f"{where} has weights that learn and others that are frozen; a node here learns as a "
            "whole or not at all: give requires_grad of all its weights the same value"
        )
    return learns[:1] == [False]


def _is_same(weight: nn.Parameter | None, tensor: torch.Tensor) -> bool:
    """Whether these are the numbers of the weight, in their order."""
    return weight is not None and torch.equal(weight.flatten(), tensor.flatten())
