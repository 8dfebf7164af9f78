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


class RunRefused(RunFault):
    """A run cannot begin: its settings, or a file that it needs, cannot be used."""


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
        # the script of a run from before has no such class
        refused = isinstance(failure, getattr(script, "Unusable", ()))
        kind = RunRefused if refused else RunFault
        raise kind(failure.sentence, failure.suggestion) from error


def reason_of(error: BaseException) -> str:
    """Why the system refused, without its number; else the first line, cut short."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
