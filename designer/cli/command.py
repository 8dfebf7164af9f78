"""A command: its name, its sentence, its arguments, and the function that does it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from enum import IntEnum

from designer.cli.terminal import Terminal
from designer.core.lean import lean_dataclass


class Exit(IntEnum):
    """The exit codes, which scripts rely on."""

    DONE = 0
    INVALID = 1
    UNUSABLE = 2
    FAILED = 3


LONGEST = 500
"""No refusal is longer than this many characters."""


class Unusable(Exception):  # noqa: N818 - an answer to the user
    """The arguments or a file cannot be used; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence if len(sentence) <= LONGEST else sentence[: LONGEST - 1] + "…")


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing."""


@lean_dataclass(frozen=True, slots=True)
class Command:
    """One word behind `convnet-designer`."""

    name: str
    sentence: str
    run: Callable[[argparse.Namespace, Terminal], int]
    add_arguments: Callable[[argparse.ArgumentParser], None] = no_arguments
