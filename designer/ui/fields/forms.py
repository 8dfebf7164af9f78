"""Forms that are kept: one that was shown lately is turned to again, and not made anew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from designer.core.parameter import Parameter
from designer.ui.fields.form import Form
from designer.ui.parts import column

KEPT = 12
"""Forms at most; to make one takes longer than a frame has, to turn to one does not."""


class Forms(QWidget):
    """Shows one form at a time; `edited` is that of the form that is shown."""

    edited = Signal(str, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = column(self)
        self._kept: OrderedDict[tuple[int, ...], Form] = OrderedDict()
        self.shown = self.turn_to(())

    def prepare(self, parameters: Sequence[Parameter]) -> bool:
        """Make a form before it is asked for; False where it is there, or there is no room."""
        key = tuple(map(id, parameters))
        if key in self._kept or len(self._kept) >= KEPT:
            return False
        self._make(key, parameters).hide()
        self._kept.move_to_end(key, last=False)
        return True

    def _make(self, key: tuple[int, ...], parameters: Sequence[Parameter]) -> Form:
        form = self._kept[key] = Form(parameters)
        form.edited.connect(self.edited)
        self._layout.addWidget(form)
        return form

    def turn_to(self, parameters: Sequence[Parameter]) -> Form:
        """Show the form for these parameters, for another node than before."""
        key = tuple(map(id, parameters))  # they are made once, and a form holds its own
        form = self._kept.get(key)
        if form is None:
            form = self._make(key, parameters)
        for other in self._kept.values():
            other.setVisible(other is form)
        self._kept.move_to_end(key)
        form.renew()
        if len(self._kept) > KEPT:
            _, oldest = self._kept.popitem(last=False)
            self._layout.removeWidget(oldest)
            oldest.deleteLater()
        self.shown = form
        return form
