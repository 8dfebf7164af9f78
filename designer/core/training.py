"""Training settings: everything that decides a run besides the net and its data."""

from __future__ import annotations

from typing import Literal

from designer.core.lean import lean_dataclass
from designer.core.parameter import param

WITH_MOMENTUM = ("SGD", "RMSprop")
"""The optimisers that are given the momentum; to the others it is nothing."""


@lean_dataclass(frozen=True, slots=True)
class TrainingSettings:
    """How a design is trained; part of the design, so that undo and saving cover it."""

    optimizer: Literal["SGD", "Adam", "AdamW", "RMSprop"] = param(
        "Adam", help="How the weights follow the gradient"
    )
    learning_rate: float = param(0.001, above=0, max=100, help="Length of a step")
    momentum: float = param(
        0.9, min=0, max=0.999, help=f"Share of the last step kept ({', '.join(WITH_MOMENTUM)})"
    )
    weight_decay: float = param(0.0, min=0, max=1, help="Pull of every weight towards zero")
    schedule: Literal["constant", "cosine", "step"] = param(
        "constant",
        help="How the learning rate falls: not, along a half cosine, ÷ 10 at ½ and ¾",
    )
    epochs: int = param(5, min=1, max=100_000, help="Passes over the training images")
    batch_size: int = param(64, min=1, max=1_000_000, help="Images a step")
    seed: int = param(0, min=0, max=2**63 - 1, help="Start of every random number of a run")
    initialization: Literal["pytorch", "he"] = param(
        "pytorch",
        help="How weights begin; he: large enough for deep nets of ReLUs without normalisation",
    )
    device: str = param("auto", help="auto, cpu, cuda, cuda:1 … or mps")
    threads: int | None = param(
        None, min=1, max=1024, help="CPU threads; empty: picked before step 0"
    )
    memory_format: Literal["auto", "contiguous", "channels_last"] = param(
        "auto",
        help="How maps lie in memory; auto: the faster one, measured before step 0",
    )
    precision: Literal["float32", "bfloat16"] = param(
        "float32",
        help="Arithmetic of the forward and backward pass; never lowered by itself",
    )
