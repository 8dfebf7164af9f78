"""A form: one row for each parameter, made from the parameters and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from designer.core.diagnostic import Diagnostic
from designer.core.parameter import Parameter
from designer.ui.fields.field import Field
from designer.ui.parts import column

Suggest = Callable[[str], Sequence[str]]
"""Values that have names, for a parameter by its name."""


LATE = frozenset({"source"})
"""Typed to the end before they hold: every beginning of a path would be searched for images."""


class Form(QWidget):
    """Rows for parameters; `edited` carries name, value and the gesture's token."""

    edited = Signal(str, object, object)

    def __init__(
        self,
        parameters: Sequence[Parameter],
        suggest: Suggest | None = None,
        titles: Callable[[str], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self._suggest, self._titles = suggest, titles
        self._rows = column(self)
        for parameter in parameters:
            self.add(parameter)

    def add(self, parameter: Parameter) -> None:
        """Make one more row."""
        name = parameter.name
        names = partial(self._suggest, name) if self._suggest else tuple
        field = Field(parameter, names, self._titles(name), is_late=name in LATE)
        field.edited.connect(lambda value, gesture: self.edited.emit(name, value, gesture))
        self.fields[name] = field
        self._rows.addWidget(field)

    @property
    def focused(self) -> str:
        """The parameter whose field has the focus; "" where none has."""
        fields = self.fields.items()
        return next((name for name, field in fields if field.control.hasFocus()), "")

    def renew(self) -> None:
        """Stand for another node: what was typed, and what was said of it, is of the one before."""
        for field in self.fields.values():
            field.renew()

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show these values, each under its parameter's name."""
        for name, field in self.fields.items():
            field.set_value(values[name])

    def set_faults(self, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
        """Put the first fault of a parameter onto its row, clear the others; those that are put."""
        by_name = {d.param: d for d in reversed(diagnostics) if d.param}
        for name, field in self.fields.items():
            fault = by_name.get(name)
            if fault:
                field.set_fault(fault.severity, fault.message)
            else:
                field.set_fault()
        return [d for name, d in by_name.items() if name in self.fields]
