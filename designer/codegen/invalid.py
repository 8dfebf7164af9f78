"""The answer of the printer to a design that is no net."""

from __future__ import annotations

from designer.core.diagnostic import Diagnostic


class InvalidDesign(ValueError):  # noqa: N818 - a state of the design, not of the program
    """A design with errors has no text; `diagnostics` says what is wrong with it."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = tuple(d for d in diagnostics if d.severity == "error")
        more = len(self.diagnostics) - 1
        first = self.diagnostics[0].message if self.diagnostics else "the design is empty"
        super().__init__(first + (f" (and {more} more)" if more > 0 else ""))
