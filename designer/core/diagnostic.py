"""Diagnostics: what is wrong with a design, where, why, and which edits would mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from designer.core.lean import lean_dataclass

if TYPE_CHECKING:
    from designer.core.edit import Edit

Severity = Literal["error", "warning", "hint"]


@lean_dataclass(frozen=True, slots=True)
class Fix:
    """An edit that would mend a fault, offered and never applied by itself.

    `safe` fixes keep what the user meant in every case; `check --fix` applies only those.
    """

    label: str
    edit: Edit
    safe: bool = False


@lean_dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault, said once, where its cause is.

    `code` is stable and made for programs, `message` is one sentence made for people; `node`,
    `param` and `port` are None where the fault belongs to no single one.
    """

    severity: Severity
    code: str
    message: str
    node: str | None = None
    param: str | None = None
    port: int | None = None
    fixes: tuple[Fix, ...] = ()
