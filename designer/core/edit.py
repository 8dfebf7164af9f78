"""Edit: a named pure function from design to design."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from designer.core.design import Design


class EditRefused(ValueError):  # noqa: N818 - an answer, as Refused is
    """An edit that does not fit the design it meets; the sentence says why."""


class Edit(ABC):
    """A change that can be applied to any design; it never changes the design it is given.

    There is no `undo`: the previous design is the undo. An edit lands whole or raises
    EditRefused and lands not at all.
    """

    @property
    @abstractmethod
    def label(self) -> str:
        """What is done, for the undo menu: `set stride of conv1`."""

    @abstractmethod
    def apply(self, design: Design) -> Design:
        """Return the changed design, or the very same object where nothing changes."""
