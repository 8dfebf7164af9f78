"""How a run can end other than well: in a sentence, or because it was asked to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


class RunFault(Exception):  # noqa: N818 - what the user reads is a sentence, not an error
    """A run cannot begin or go on; `suggestion` says what to try and may be empty."""

    def __init__(self, sentence: str, suggestion: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.suggestion = suggestion


class RunEnded(Exception):  # noqa: N818 - somebody wanted it
    """The run was stopped on request; its last state is a checkpoint."""


@contextmanager
def in_words(script: ModuleType) -> Iterator[None]:
    """Turn what the script raises into a fault with a sentence."""
    try:
        yield
    except script.Stopped:
        raise RunEnded from None
    except (script.Failure, OSError, MemoryError, RuntimeError) as error:
        failure = script.explain(error)
        if failure is None:
            raise
        raise RunFault(failure.sentence, failure.suggestion) from error
