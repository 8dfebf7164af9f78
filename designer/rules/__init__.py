"""Rules across layers and against the data, with their fixes."""

from __future__ import annotations

from designer.core.analysis import Analysis
from designer.core.diagnostic import Diagnostic
from designer.core.rule import Rule
from designer.rules import (
    data,
    names,
    needless,
    neighbours,
    remedies,
    scores,
    settings,
    size,
    structure,
    weights,
    windows,
)

RULES: tuple[Rule, ...] = (
    *structure.RULES,
    *names.RULES,
    *weights.RULES,
    *data.RULES,
    *settings.RULES,
    *scores.RULES,
    *neighbours.RULES,
    *needless.RULES,
    *windows.RULES,
    *size.RULES,
    *remedies.RULES,
)
"""Every rule that the analysis asks."""


def in_the_way_of_training(analysis: Analysis) -> tuple[Diagnostic, ...]:
    """The diagnostics that must be mended before a run can start: errors, and misfits of the data.

    A design for a thousand classes is valid with a data set of ten; only a run is not possible.
    """
    return tuple(
        d for d in analysis.diagnostics if d.severity == "error" or d.code in data.PREVENT_TRAINING
    )
