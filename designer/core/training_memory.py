"""The memory that training takes: what lives at once in one step, told before it is taken."""

from __future__ import annotations

from designer.core import ends
from designer.core.analysis import Analysis
from designer.core.lean import lean_dataclass
from designer.core.ledger import Ledger, Moment
from designer.core.tape import Tape
from designer.core.training import TrainingSettings

BYTES_A_WEIGHT = 4
"""Weights, gradients and the optimiser's state are float32 whatever the precision of the run."""


@lean_dataclass(frozen=True, slots=True)
class TrainingMemory:
    """The bytes of all tensors in a training step, for a batch of any size.

    `weights`, `gradients` and `state` (the optimiser's) do not depend on it; `kept` is what one
    image leaves in memory until the gradient has come back. `moments` are the instants of a step
    at which most may be alive: which of them is the peak, the batch decides.
    """

    weights: int
    gradients: int
    state: int
    kept: int
    moments: tuple[Moment, ...]

    def peak(self, batch: int) -> int:
        """Bytes alive at once in a step of so many images, the images and labels included."""
        return max(moment.fixed + batch * moment.an_image for moment in self.moments)

    def largest_batch(self, memory: int) -> int:
        """How many images a step may have that fits into so many bytes; 0 where none does."""
        fits = ((memory - fixed) // an_image for fixed, an_image in self.moments)
        return max(0, min(fits))


def training_memory(
    analysis: Analysis, settings: TrainingSettings, device: str = "cpu"
) -> TrainingMemory | None:
    """Forecast a training step of a design, in one pass over its nodes forth and back.

    `device` is where it is computed, by torch's name. None where something that the result
    depends on is not known, or where nothing comes in or out.
    """
    graph = analysis.graph
    if not ends.images(graph) or not ends.outputs(graph):
        return None
    if analysis.ordering.cycles or any(f.outputs is None for f in analysis.facts.values()):
        return None
    tape = Tape.of(graph, analysis.order, analysis.facts)
    learned = BYTES_A_WEIGHT * tape.learned
    weights, state = BYTES_A_WEIGHT * tape.weights, learned * _copies(settings)
    ledger = Ledger(tape, weights + state, half=settings.precision == "bfloat16")
    ledger.forward()
    kept = ledger.live
    ledger.backward()
    ledger.step(_working(settings, tape, device))
    return TrainingMemory(weights, learned, state, kept, ledger.moments())


def _copies(settings: TrainingSettings) -> int:
    """How many numbers an optimiser remembers of each weight."""
    has_momentum = settings.momentum > 0
    return {"SGD": has_momentum, "RMSprop": 1 + has_momentum}.get(settings.optimizer, 2)


def _working(settings: TrainingSettings, tape: Tape, device: str) -> int:
    """Bytes that the optimiser needs while it computes.

    One kernel updates all weights where PyTorch has it, and needs nothing; RMSprop has none. It
    then works on all weights at once on a GPU, and on one after the other elsewhere.
    """
    kind = device.partition(":")[0]
    if settings.optimizer != "RMSprop" and kind in ("cpu", "cuda"):
        return 0
    count = tape.learned if kind == "cuda" else tape.largest
    return BYTES_A_WEIGHT * count * (1 + (settings.weight_decay > 0))
