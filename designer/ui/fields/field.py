"""A row of a form: a parameter's name, its control, and what is wrong with its value."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from designer.core.diagnostic import Severity
from designer.core.parameter import Parameter
from designer.ui.fields.controls import ChoiceField, LineField, Suggest, SwitchField
from designer.ui.fields.entry import EntryError, limits, read, step, write
from designer.ui.figures import unbroken
from designer.ui.parts import INKS, label, set_ink, set_property
from designer.ui.theme.sizes import fix_size, inset

LABEL_WIDTH = 124


class _Mixed:
    """The value of a field that stands for several nodes which differ."""

    def __repr__(self) -> str:
        return "MIXED"


MIXED = _Mixed()


class Field(QWidget):
    """One parameter to edit. `edited` carries the value and the token of the gesture.

    All typing between entering and leaving the field is one gesture, hence one undo step. A late
    field sends its value with Enter, and when it is left.
    """

    edited = Signal(object, object)

    def __init__(
        self,
        parameter: Parameter,
        suggest: Suggest = tuple,
        title: str = "",
        *,
        is_late: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.parameter = parameter
        self._is_late = is_late
        self.gesture: object = object()
        self._value: Any = parameter.default
        self._problem = ""
        self._idle = ""
        self._said: tuple[Severity, str] | None = None
        grid = QGridLayout(self)
        inset(grid, 0, 1, 0, 1)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        # a name that is too long is broken behind a part of it
        text = (title or parameter.name).replace("_", "_\u200b")
        name = self._name = label(text, "body", "muted", wrap="_" in text)
        fix_size(name, width=LABEL_WIDTH)
        name.setToolTip(parameter.help)
        self.control = self._make_control(suggest)
        self.control.setToolTip(_hint(parameter))
        self.control.setAccessibleName(parameter.name)
        self.control.setAccessibleDescription(parameter.help)
        self.control.setProperty("fault", "")  # or the first value would style it once more
        name.setBuddy(self.control)
        self.fault = label("", "secondary", "error", wrap=True)
        self.fault.hide()
        grid.addWidget(name, 0, 0)
        grid.addWidget(self.control, 0, 1)
        grid.addWidget(self.fault, 1, 1)
        grid.setColumnStretch(1, 1)

    @property
    def value(self) -> Any:
        """The value that the field stands for, or MIXED."""
        return self._value

    def renew(self) -> None:
        """Stand for the same parameter of another node."""
        self.gesture = object()
        self._problem, self._said = "", None

    def set_value(self, value: Any) -> None:
        """Show a value; what the user is typing stays as typed while it means the same."""
        control = self.control
        if value != self._value:
            self._problem = ""
        self._value = value
        if isinstance(control, LineField):
            if value is MIXED:
                control.setText("")
                control.setPlaceholderText("several values")
            elif not self._typed_means(value):
                control.setPlaceholderText(_empty(self.parameter))
                control.setText(write(value, self.parameter.kind))
        elif isinstance(control, ChoiceField):
            control.blockSignals(True)
            control.setPlaceholderText("several values" if value is MIXED else "")
            control.setCurrentIndex(-1 if value is MIXED else control.findText(_choice(value)))
            control.blockSignals(False)
        elif isinstance(control, SwitchField):
            control.is_mixed = value is MIXED
            control.setChecked(value is True)
            control.update()
        self._show_fault()

    def set_fault(self, severity: Severity = "error", sentence: str = "") -> None:
        """Say what the analysis finds wrong with the value; an empty sentence: nothing."""
        self._said = (severity, sentence) if sentence else None
        self._show_fault()

    def set_idle(self, reason: str) -> None:
        """Take no value, and say why; an empty reason: take values."""
        if reason != self._idle:
            self._idle = reason
            self.control.setEnabled(not reason)
            self.control.setToolTip(reason or _hint(self.parameter))
            self.control.setAccessibleDescription(reason or self.parameter.help)
            self._name.setToolTip(reason or self.parameter.help)
            set_ink(self._name, "faint" if reason else "muted")

    def _make_control(self, suggest: Suggest) -> QWidget:
        parameter = self.parameter
        if parameter.kind == "boolean" and not parameter.is_optional:
            switch = SwitchField()
            switch.clicked.connect(lambda checked: self._send(bool(checked)))
            return switch
        if parameter.kind in ("choice", "boolean"):
            choice = ChoiceField([*_choices(parameter)])
            choice.activated.connect(self._on_chosen)
            return choice
        line = LineField((lambda: parameter.choices) if parameter.choices else suggest)
        line.setPlaceholderText(_empty(parameter))
        if self._is_late:
            line.returnPressed.connect(lambda: self._on_typed(line.text()))
            line.chosen.connect(self._on_typed)
        else:
            line.textEdited.connect(self._on_typed)
        line.stepped.connect(self._on_stepped)
        line.entered.connect(self._on_entered)
        line.left.connect(self._on_left)
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return line

    def _typed_means(self, value: Any) -> bool:
        assert isinstance(self.control, QLineEdit)
        if not self.control.hasFocus():
            return False
        try:
            typed = read(self.parameter, self.control.text())
        except EntryError:
            return False
        return bool(type(typed) is type(value) and typed == value)

    def _send(self, value: Any) -> None:
        if value != self._value or type(value) is not type(self._value):
            self._value = value
            self.edited.emit(value, self.gesture)

    def _on_entered(self) -> None:
        self.gesture = object()
        self._problem = ""
        self._show_fault()

    def _on_left(self) -> None:
        """An unfinished text gives way to the value that holds; its fault stays said."""
        if self._is_late and isinstance(self.control, LineField):
            self._on_typed(self.control.text())
        self.set_value(self._value)

    def _on_chosen(self, index: int) -> None:
        self.gesture = object()
        if isinstance(self.control, ChoiceField):
            self._send(_choices(self.parameter)[self.control.itemText(index)])

    def _on_typed(self, text: str) -> None:
        try:
            value = read(self.parameter, text)
        except EntryError as error:
            self._problem = str(error)
            self._show_fault()
            return
        self._problem = ""
        self._send(value)
        self._show_fault()

    def _on_stepped(self, direction: int) -> None:
        if self._value is MIXED:
            return
        following = step(self.parameter, self._value, direction)
        if following != self._value and isinstance(self.control, QLineEdit):
            self.control.setText(write(following, self.parameter.kind))
            self._problem = ""
            self._send(following)

    def _show_fault(self) -> None:
        severity, sentence = self._said or ("error", "")
        if self._problem:
            severity, sentence = "error", self._problem
        self.fault.setText(unbroken(sentence))
        self.fault.setVisible(bool(sentence))
        set_ink(self.fault, INKS[severity])
        set_property(self.control, "fault", severity if sentence else "")


def _choice(value: object) -> str:
    return "none" if value is None else write(value)


def _choices(parameter: Parameter) -> dict[str, Any]:
    """The values to choose from, by what the list calls them."""
    values = (True, False) if parameter.kind == "boolean" else parameter.choices
    return {_choice(v): v for v in (*([None] if parameter.is_optional else []), *values)}


def _empty(parameter: Parameter) -> str:
    if not parameter.is_optional:
        return ""
    return parameter.help.partition("empty: ")[2].partition(";")[0] or "not set"


def _hint(parameter: Parameter) -> str:
    return "\n".join(filter(None, (parameter.help, limits(parameter))))
