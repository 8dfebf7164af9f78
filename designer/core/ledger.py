"""A ledger of memory: what is alive at every instant of a training step, forth and back."""

from __future__ import annotations

from typing import NamedTuple

from designer.core.tape import Step, Tape, Value

BYTES_A_PIXEL = 1
BYTES_A_LABEL = 8
BYTES_A_NUMBER = 4


class Moment(NamedTuple):
    """The bytes alive at an instant: those of every batch, and those of each image in it."""

    fixed: int
    an_image: int


class Ledger:
    """Takes the steps of a tape and counts; all bytes are of one image but for `fixed`.

    A value lives as long as a variable of `forward` or the way back holds its memory; views share
    it. `fixed` are the weights and what the optimiser remembers of them, in bytes; with `half`
    the net computes in 16 bits.
    """

    def __init__(self, tape: Tape, fixed: int, half: bool = False) -> None:
        self._tape = tape
        self._fixed = fixed
        self._width = 2 if half else BYTES_A_NUMBER
        self._bytes = [self._width * numel for numel in tape.numels]
        self._memory = list(range(len(tape.numels)))
        """The value in whose memory each value lies."""
        self._holders = [0] * len(tape.numels)
        self._readers = self._count_readers()
        self._has_gradient = [False] * len(tape.numels)
        self._kept: list[tuple[tuple[Value, ...], int]] = []
        self._moments: list[Moment] = []
        self.live = BYTES_A_LABEL
        for image in tape.images:
            self._bytes[image] = BYTES_A_NUMBER * tape.numels[image]
            self.live += self._bytes[image]
            self._holders[image] = 2  # the loop holds the images too, until the step is over

    def _count_readers(self) -> list[int]:
        readers = [0] * len(self._tape.numels)
        for step in self._tape.steps:
            for value in step.inputs:
                readers[value] += 1
        for value in self._tape.results:
            readers[value] += 1  # held until the end
        return readers

    def moments(self) -> tuple[Moment, ...]:
        """The instants that may be the peak: no other has more of both."""
        found: list[Moment] = []
        for moment in sorted(set(self._moments), reverse=True):
            if not found or moment.an_image > found[-1].an_image:
                found.append(moment)
        return tuple(found)

    def forward(self) -> None:
        """Compute the results; what the way back needs stays alive."""
        for step in self._tape.steps:
            needs = step.learns or any(self._has_gradient[value] for value in step.inputs)
            self._make(step, needs)
            kept = step.kept
            extra = self._width * kept.values + kept.others
            self.live += extra
            self._note(self._width * kept.working)
            held: tuple[Value, ...] = ()
            if needs:
                values = (step.inputs if kept.inputs else ()) + (
                    step.outputs if kept.outputs else ()
                )
                held = tuple(self._memory[value] for value in values)
                for memory in held:
                    self._holders[memory] += 1
            else:
                self.live -= extra
                extra = 0
            self._kept.append((held, extra))
            for value in step.inputs:
                self._readers[value] -= 1
                if not self._readers[value]:
                    self._release(self._memory[value])
            for value in step.outputs:
                if not self._readers[value]:
                    self._release(self._memory[value])

    def _make(self, step: Step, has_gradient: bool) -> None:
        for value in step.outputs:
            self._has_gradient[value] = has_gradient
            if step.kept.is_view:
                self._memory[value] = self._memory[step.inputs[0]]
                self._holders[self._memory[value]] += 1
            else:
                self._holders[value] = 1
                self.live += self._bytes[value]

    def _release(self, memory: Value) -> None:
        self._holders[memory] -= 1
        if not self._holders[memory]:
            self.live -= self._bytes[memory]

    def backward(self) -> None:
        """Follow the gradient from the first result back; what was kept is let go on the way."""
        tape = self._tape
        result = tape.results[0]
        loss = BYTES_A_NUMBER * tape.numels[result]
        self._note(3 * loss)  # the softmax, and the gradients of both of its halves
        if not self._has_gradient[result]:
            return
        gradients = _Gradients(self)
        gradients.add(result, gradients.new(self._bytes[result]))
        for step, (held, extra) in zip(reversed(tape.steps), reversed(self._kept), strict=True):
            arrived = [g for value in step.outputs if (g := gradients.take(value)) is not None]
            if not arrived or not self._has_gradient[step.outputs[0]]:
                continue
            self._send_on(step, arrived[0], gradients)
            for gradient in arrived:
                gradients.drop(gradient)
            for memory in held:
                self._release(memory)
            self.live -= extra

    def _send_on(self, step: Step, arrived: int, gradients: _Gradients) -> None:
        sent = []
        for value in step.inputs:
            if self._has_gradient[value]:
                same = gradients.share(arrived) if step.kept.hands_on else None
                sent.append((value, gradients.new(self._bytes[value]) if same is None else same))
        self._fixed += BYTES_A_NUMBER * step.weights
        self._note(self._width * step.kept.working)
        for value, gradient in sent:
            gradients.add(value, gradient)

    def step(self, working: int) -> None:
        """Update the weights, then fetch the next images beside the gradients of these."""
        self._moments.append(Moment(self._fixed + working, self.live))
        pixels = sum(self._tape.numels[image] for image in self._tape.images)
        fetched = (BYTES_A_PIXEL + BYTES_A_NUMBER) * pixels + BYTES_A_LABEL
        self._moments.append(Moment(self._fixed, fetched))

    def _note(self, more: int = 0) -> None:
        self._moments.append(Moment(self._fixed, self.live + more))


class _Gradients:
    """The gradients on their way back: several may be one tensor, or views of one."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._of: dict[Value, int] = {}
        self._sizes: list[int] = []
        self._holders: list[int] = []
        self._handed_on: set[int] = set()

    def new(self, size: int) -> int:
        """Make a gradient of so many bytes."""
        self._sizes.append(size)
        self._holders.append(1)
        self._ledger.live += size
        return len(self._sizes) - 1

    def share(self, gradient: int) -> int:
        """Let one more hold a gradient."""
        self._holders[gradient] += 1
        self._handed_on.add(gradient)
        return gradient

    def drop(self, gradient: int) -> None:
        """Let go of a gradient."""
        self._holders[gradient] -= 1
        if not self._holders[gradient]:
            self._ledger.live -= self._sizes[gradient]

    def take(self, value: Value) -> int | None:
        """The gradient that has arrived at a value; it is the taker's now."""
        return self._of.pop(value, None)

    def add(self, value: Value, gradient: int) -> None:
        """Add a gradient to what has arrived at a value, in place where nobody else holds it."""
        before = self._of.get(value)
        if before is None:
            self._of[value] = gradient
            return
        if self._holders[before] > 1 or before in self._handed_on:
            self._of[value] = self.new(self._ledger._bytes[value])
            self._ledger._note()
            self.drop(before)
        self.drop(gradient)
