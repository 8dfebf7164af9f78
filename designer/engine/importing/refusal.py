"""How an import is refused: in a sentence that says what happened, the rule, and what to do."""

from __future__ import annotations

LONGEST = 480


class ImportRefused(Exception):  # noqa: N818 - an answer to the user
    """A net, or a step of it, cannot become a design; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        whole = " ".join(sentence.split())
        self.sentence = whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"
        super().__init__(self.sentence)


class OutOfMemory(ImportRefused):
    """What is free of the memory does not suffice: nothing else need be tried."""
