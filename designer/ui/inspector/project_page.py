"""The inspector's page where nothing is selected: the project, its data, how it is trained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from designer.app.forecast import Forecast
from designer.app.keymap import KeyMap
from designer.app.session import Session
from designer.core.data import DataSettings
from designer.core.edits import SetData, SetName, SetTraining
from designer.core.parameter import parameters_of
from designer.core.training import WITH_MOMENTUM, TrainingSettings
from designer.help.addresses import TOPIC
from designer.ui.card import Card
from designer.ui.commands import needs
from designer.ui.fields.controls import Line
from designer.ui.fields.form import Form, Suggest
from designer.ui.figures import count, grouped, in_bytes
from designer.ui.inspector.faults import FaultList
from designer.ui.inspector.question_mark import QuestionMark
from designer.ui.parts import column, label, row
from designer.ui.tab_order import tab_as_read
from designer.ui.theme.fonts import TITLE
from designer.ui.theme.sizes import inset, set_words, space

ROWS = 4
"""Settings whose rows are made in one step; each takes about two milliseconds."""


def _title(name: str) -> str:
    return name.replace("_", " ")


class ProjectPage(QWidget):
    """Shows and sets what belongs to the design as a whole."""

    help_wanted = Signal(str)
    """The address of the page about a group of settings."""
    fix_chosen = Signal(object)
    fix_pointed = Signal(object)
    """A Fix that is looked at, None when it is left."""

    def __init__(
        self,
        session: Session,
        keys: KeyMap,
        suggest: Suggest | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self._session = session
        self._forecast: Forecast | None = None
        self._gesture: object = object()
        self._settings: dict[Form, object] = {}
        """What the forms show."""
        layout = column(self, 16, 8)
        inset(layout, 15, 4, 15, 16)
        self.name = Line()
        self.name.setProperty("quiet", True)
        set_words(self.name, TITLE, strong=True)
        self.name.setAccessibleName("Name of the project")
        self.name.textEdited.connect(self._on_name_typed)
        self.name.editingFinished.connect(self._on_name_left)
        self.path = label("", "secondary", "faint", wrap=True)
        self.totals = Card("IN TOTAL")
        self.faults = FaultList()
        self.faults.fix_chosen.connect(self.fix_chosen)
        self.faults.fix_pointed.connect(self.fix_pointed)
        self.data = Form((), suggest, _title)
        self.data.edited.connect(self._on_data)
        self.data_about = label("", "secondary", "faint", wrap=True)
        self.training = Form((), suggest, _title)
        self.training.edited.connect(self._on_training)
        top = column(spacing=2)
        top.addWidget(self.name)
        top.addWidget(self.path)
        layout.addLayout(top)
        layout.addWidget(self.totals)
        layout.addWidget(self.faults)
        space(layout, 4)
        layout.addLayout(self._heading("DATA", "data"))
        layout.addWidget(self.data)
        layout.addWidget(self.data_about)
        space(layout, 4)
        layout.addLayout(self._heading("TRAINING", "training"))
        layout.addWidget(self.training)
        layout.addStretch(1)

    def build(self) -> Iterator[None]:
        """Make the rows of the settings, a few a step: all of them take longer than a frame has."""
        rows = [(self.data, parameter) for parameter in parameters_of(DataSettings)]
        rows += [(self.training, parameter) for parameter in parameters_of(TrainingSettings)]
        for number, (form, parameter) in enumerate(rows, 1):
            form.add(parameter)
            if number % ROWS == 0:
                yield
        tab_as_read(self)

    def help_address(self) -> str:
        """The page about the group of settings that has the focus."""
        for form, topic in ((self.data, "data"), (self.training, "training")):
            if form.focused:
                return f"{TOPIC}{topic}#{form.focused}"
        return ""

    def _heading(self, words: str, topic: str) -> QHBoxLayout:
        """The heading of a group, with its question mark."""
        made = row(spacing=8)
        made.addWidget(label(words, "section", "muted"), 1)
        question = QuestionMark(f"What these settings do: {words.lower()}", self._keys)
        question.clicked.connect(lambda: self.help_wanted.emit(f"{TOPIC}{topic}"))
        made.addWidget(question)
        return made

    def refresh(self) -> None:
        """Show what the project is now."""
        design = self._session.design
        if self.name.text() != design.name:  # what is typed is the name already
            self.name.setText(design.name)
        self.show_path()
        analysis = self._session.analysis
        self.faults.show_faults(analysis.by_node.get(None, ()))
        self._show_totals()
        self._show_settings(self.data, design.data)
        self._show_settings(self.training, design.training)
        self._show_idle(design.training)
        self._show_data()

    def _show_settings(self, form: Form, settings: DataSettings | TrainingSettings) -> None:
        values = {name: getattr(settings, name) for name in form.fields}
        stands = all(field.value == values[name] for name, field in form.fields.items())
        if stands and self._settings.get(form) == settings:
            return  # an edit of the net, as most are
        self._settings[form] = settings
        form.set_values(values)
        for name, field in form.fields.items():
            field.set_fault("error", field.parameter.fault(values[name]) or "")

    def _show_idle(self, settings: TrainingSettings) -> None:
        """Take no momentum where it has no effect, unless it is at fault and is to be mended."""
        field = self.training.fields.get("momentum")
        if field is not None:  # the rows are made one after the other
            is_taken = settings.optimizer in WITH_MOMENTUM
            takers = " and ".join(WITH_MOMENTUM)
            reason = f"No effect with {settings.optimizer}: only {takers} take a momentum."
            is_fault = field.parameter.fault(settings.momentum) is not None
            field.set_idle("" if is_taken or is_fault else reason)

    def follow(self, forecast: Forecast) -> None:
        """Show what training needs, too."""
        self._forecast = forecast
        forecast.changed.connect(self._show_totals)
        self._show_totals()

    def _show_totals(self) -> None:
        totals = self._session.analysis.totals
        nodes = grouped(totals.nodes)
        if totals.known < totals.nodes:
            nodes = f"{grouped(totals.known)} of {nodes} known"
        figures = [
            ("nodes", nodes),
            ("parameters", grouped(totals.parameters)),
            ("MACs an image", grouped(totals.macs)),
            ("outputs in memory, an image", in_bytes(totals.activation_bytes)),
        ]
        forecast = self._forecast
        if forecast is not None and forecast.peak is not None:
            figures.append((f"training needs, batch {forecast.batch:,}", in_bytes(forecast.peak)))
            if (most := forecast.largest_batch) is not None:
                figures.append(("largest batch that fits", needs.batch(most)))
            self.totals.setToolTip(needs.sentence(forecast))
        self.totals.show_figures(figures)

    def show_path(self) -> None:
        """Show where the project is saved."""
        path = self._session.path
        self.path.setText(str(path) if path else "not saved in a file yet")

    def _show_data(self) -> None:
        data = self._session.data
        self.data_about.setVisible(data is not None)
        if data is not None:
            images = f"{data.train:,} for training, {data.test:,} for the test"
            classes = count(len(data.classes), "class", "classes")
            self.data_about.setText(f"{data.shape}, {classes}: {images}")

    def _on_name_typed(self, text: str) -> None:
        self._session.execute(SetName(text), self._gesture)

    def _on_name_left(self) -> None:
        self._gesture = object()

    def _on_data(self, name: str, value: Any, gesture: object) -> None:
        self._session.execute(SetData(name, value), gesture)
        self.refresh()  # at once: a moment later the next value is being typed

    def _on_training(self, name: str, value: Any, gesture: object) -> None:
        self._session.execute(SetTraining(name, value), gesture)
        self.refresh()
