"""The column beside the curves: what the run is doing, and what it came to."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from designer.app.training_run import TrainingRun
from designer.ui.figures import in_bytes
from designer.ui.parts import column, label, row, set_ink
from designer.ui.theme.fonts import SECONDARY
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import fix_size, inset, set_words
from designer.ui.training import words as say

FACTS = (
    "speed",
    "time left",
    "reached",
    "memory",
    "forecast of a step",
    "picked by auto",
    "best validation",
)
FINISHED_FACTS = ("reached", "memory", "picked by auto", "best validation")


class StatusColumn(QWidget):
    """Shows one run; `pressed` asks to stop it, to continue it, or to train anew."""

    stop_pressed = Signal()
    train_pressed = Signal()
    resume_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.epoch = label("", "strong"), label("", "body", "muted")
        self.button, self.second = QPushButton("Stop"), QPushButton("Continue")
        self.second.clicked.connect(self.resume_pressed)
        self.button.clicked.connect(self._on_pressed)
        for button in (self.button, self.second):
            set_words(button, SECONDARY)
            fix_size(button, height=24)
        self.bar = ProgressBar()
        self.outcome = Outcome()
        self.fault = label("", "body", "error", wrap=True)
        self.suggestion = label("", "secondary", "muted", wrap=True)
        for told in (self.fault, self.suggestion):
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._figures = {name: label() for name in FACTS}
        self._names = {name: label(name, "body", "muted") for name in FACTS}
        self._is_active = False
        self._lay_out()

    def show_run(self, run: TrainingRun, expected: int | None = None) -> None:
        """Show how a run stands; `expected` are the bytes that a step was said to need."""
        self._is_active = run.is_active
        self.heading.setText(f"Run {run.number}")
        self.epoch.setText(f"· {_where(run)}")
        self.button.setText("Stop" if run.is_active else "Train")
        self.button.setEnabled(run.stage != "stopping")
        self.second.setVisible(run.stage in ("stopped", "failed") and run.steps > 0)
        self.bar.set_share(run.steps / run.total_steps if run.total_steps else 0.0)
        finished = run.result is not None
        self.bar.setVisible(not finished and run.failure is None)
        self.outcome.setVisible(finished)
        if run.result is not None:
            self.outcome.set_accuracy(run.result.test_accuracy)
        failure = run.failure
        self.fault.setText(_sentence(failure.sentence) if failure else "")
        note = f"{run.note} …" if run.stage == "preparing" else ""
        self.suggestion.setText(failure.suggestion if failure else note)
        self.fault.setVisible(failure is not None)
        self.suggestion.setVisible(bool(self.suggestion.text()))
        self._show_facts(run, expected)

    def _show_facts(self, run: TrainingRun, expected: int | None) -> None:
        texts = facts(run)
        if expected is not None and "memory" in texts:
            texts["forecast of a step"] = in_bytes(expected)
        shown = FACTS if run.is_active else FINISHED_FACTS
        for name in FACTS:
            figure = self._figures[name]
            figure.setText(texts.get(name, ""))
            is_shown = name in shown and bool(texts.get(name))
            for widget in (figure, self._names[name]):
                widget.setVisible(is_shown)
        set_ink(self._figures["best validation"], "text")

    def _lay_out(self) -> None:
        head = row(spacing=5)
        head.addWidget(self.heading)
        head.addWidget(self.epoch)
        head.addStretch(1)
        head.addWidget(self.second)
        head.addWidget(self.button)
        grid = QGridLayout()
        inset(grid, 0, 4, 0, 0)
        grid.setVerticalSpacing(4)
        self._names["memory"].setToolTip("Of the process, with PyTorch and the images in it")
        self._names["forecast of a step"].setToolTip("Of the tensors that live at once in a step")
        for line, name in enumerate(FACTS):
            grid.addWidget(self._names[name], line, 0)
            grid.addWidget(self._figures[name], line, 1, Qt.AlignmentFlag.AlignRight)
        layout = column(self, spacing=8)
        layout.addLayout(head)
        for widget in (self.bar, self.outcome, self.fault, self.suggestion):
            layout.addWidget(widget)
        layout.addLayout(grid)

    def _on_pressed(self) -> None:
        (self.stop_pressed if self._is_active else self.train_pressed).emit()


class ProgressBar(QWidget):
    """A thin line that fills."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        fix_size(self, height=5)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Progress of the run")

    def set_share(self, share: float) -> None:
        """Fill this share of the line, 0 to 1."""
        if share != self._share:
            self._share = share
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(5))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self.palette()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            track = QColor(colours.color(QPalette.ColorRole.Mid))
            painter.setBrush(track)
            painter.drawRoundedRect(self.rect(), 2.5, 2.5)
            filled = self.rect().toRectF()
            filled.setWidth(filled.width() * self._share)
            painter.setBrush(colours.color(QPalette.ColorRole.Highlight))
            if filled.width() >= 1:
                painter.drawRoundedRect(filled, 2.5, 2.5)


class Outcome(QWidget):
    """The test accuracy, large."""

    def __init__(self) -> None:
        super().__init__()
        self.figure = label()
        set_words(self.figure, 32, strong=True)
        self.figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = row(self, spacing=10)
        layout.addWidget(self.figure)
        told = label("test accuracy", "body", "muted")
        told.setToolTip("The weights of the best epoch, measured once on the test images")
        layout.addWidget(told, 0, Qt.AlignmentFlag.AlignBottom)
        inset(told, 0, 0, 0, 6)
        layout.addStretch(1)

    def set_accuracy(self, share: float) -> None:
        """Show a share as per cent."""
        self.figure.setText(say.percent(share))


def facts(run: TrainingRun) -> dict[str, str]:
    """What is known of a run, in words and figures; unknown ones are left out."""
    known = {}
    if run.speed is not None and run.stage == "training":
        known["speed"] = (
            f"{run.speed:,.0f} steps/s" if run.speed >= 10 else f"{run.speed:.1f} steps/s"
        )
        known["time left"] = say.duration(run.seconds_left)
    if run.stage in ("stopped", "failed") and run.started is not None:
        known["reached"] = _epoch(run)
    if run.memory is not None and run.memory.used:
        of = f" of {in_bytes(run.memory.total)}" if run.memory.total else ""
        known["memory"] = f"{in_bytes(run.memory.used)}{of}"
    if run.started is not None and run.started.picked:
        known["picked by auto"] = run.started.picked
    if run.best is not None:
        best = run.best
        known["best validation"] = f"{say.percent(best.val_accuracy)} at epoch {best.epoch}"
    return known


def _where(run: TrainingRun) -> str:
    return _epoch(run) if run.stage == "training" else run.stage


def _epoch(run: TrainingRun) -> str:
    assert run.started is not None
    epoch = min(run.steps // run.started.steps_per_epoch + 1, run.started.epochs)
    return f"epoch {epoch:,} of {run.started.epochs:,}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
