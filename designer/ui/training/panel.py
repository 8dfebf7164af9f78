"""The training panel: the run that goes on, its curves, and the last runs."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedLayout, QWidget

from designer.app.background import SOON, Background
from designer.app.forecast import Forecast
from designer.app.session import Session
from designer.app.trainer import Trainer
from designer.app.training_run import TrainingRun
from designer.storage.runs import list_runs
from designer.ui.commands import needs
from designer.ui.empty_net import BUTTON
from designer.ui.parts import column, ground, label, row, scrolling, set_ink
from designer.ui.theme.sizes import inset
from designer.ui.theme.theme import Theme
from designer.ui.training.curves import CurvesView
from designer.ui.training.empty_page import empty_page
from designer.ui.training.recent import RecentRuns
from designer.ui.training.status import StatusColumn
from designer.ui.turning import Turning

FRAME = 33
"""Milliseconds between two pictures of a figure; the two are drawn in turns of their own."""
COLUMN_WIDTH = 276
NARROW = 640
"""Pixels below which the curves stand below one another."""
MOST_RECENT = 8


class TrainingPanel(QWidget):
    """Follows the trainer; the curves are drawn at most thirty times a second, and only if seen."""

    template_wanted = Signal()
    """There is no net, and the button that leads to one was pressed."""

    def __init__(
        self,
        session: Session,
        trainer: Trainer,
        theme: Theme,
        curves: tuple[CurvesView, CurvesView] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        ground(self)
        self._session, self._trainer = session, trainer
        self._reader = Background(self)
        self.run: TrainingRun | None = None
        self.status = StatusColumn()
        self.recent = RecentRuns(theme)
        self.loss, self.accuracy = curves or (loss_curves(theme), accuracy_curves(theme))
        self.train = QPushButton("Train")
        self.sentence = label("", "body", "muted")
        self.needs = label("", "secondary", "faint")
        self._forecast: Forecast | None = None
        self._expected: int | None = None
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setInterval(FRAME // 2)
        self._frame.timeout.connect(self._on_frame)
        self._is_half_drawn = self._has_grown = False
        self._pages = QStackedLayout(self)
        self._pages.addWidget(empty_page(self.train, self.sentence, self.needs))
        self._pages.addWidget(scrolling(self._run_page()))
        self.train.clicked.connect(self._on_train)
        self.status.train_pressed.connect(trainer.start)
        self.status.stop_pressed.connect(trainer.stop)
        self.status.resume_pressed.connect(self._on_resume)
        trainer.began.connect(self._on_began)
        trainer.refused.connect(self._on_refused)
        trainer.moved.connect(self._on_moved)
        session.changed.connect(self._on_design_changed)
        session.opened.connect(self._on_opened)
        self._on_design_changed()

    def refresh(self) -> None:
        """Draw the run as it is now."""
        if self.run is not None and self.isVisible():
            self.status.show_run(self.run, self._expected)
            self._draw_loss(self.run)
            self._draw_accuracy(self.run)

    def follow(self, forecast: Forecast) -> None:
        """Show what a step needs, before a run and beside what it takes."""
        self._forecast = forecast
        forecast.changed.connect(self._show_needs)
        self._show_needs()

    def _show_needs(self) -> None:
        if self._forecast is not None:
            self.needs.setText(needs.sentence(self._forecast))
            set_ink(self.needs, "error" if needs.is_too_much(self._forecast) else "faint")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._list_runs()
        if self.run is not None:
            self.status.show_run(self.run, self._expected)
            self._on_grew()  # the figures follow when they have found their places

    def _run_page(self) -> QWidget:
        page = QWidget()
        side = QWidget()
        left = column(side, spacing=8)
        left.addWidget(self.status)
        left.addWidget(self.recent, 1)
        layout = row(page, 16, 20)
        inset(layout, 16, 12, 16, 8)
        layout.addWidget(side)
        layout.addWidget(self.loss, 1)
        layout.addWidget(self.accuracy, 1)
        Turning(page, layout, NARROW, {side: COLUMN_WIDTH})
        return page

    def _list_runs(self) -> None:
        base = self._trainer.base
        self._reader.ask(lambda: list_runs(base)[:MOST_RECENT], self.recent.show_runs, SOON)

    def _on_began(self, run: TrainingRun) -> None:
        self.run = run
        self._expected = self._forecast.peak if self._forecast else None
        run.grew.connect(self._on_grew)
        run.changed.connect(self._on_grew)
        run.ended.connect(self._on_ended)
        self.status.show_run(run, self._expected)
        self._pages.setCurrentIndex(1)
        self._list_runs()
        self._on_grew()  # the figures are drawn when they have found their places

    def _on_grew(self) -> None:
        self._has_grown = True
        if not self._frame.isActive():
            self._frame.start()

    def _on_frame(self) -> None:
        """Draw one of the two figures: a hand on the canvas waits for one of them at most."""
        if self.run is None or not self.isVisible():
            return
        self._is_half_drawn = not self._is_half_drawn
        if self._is_half_drawn:
            self._has_grown = False
            self.status.show_run(self.run, self._expected)
            self._draw_loss(self.run)
        else:
            self._draw_accuracy(self.run)
        if self._is_half_drawn or self._has_grown:
            self._frame.start()

    def _draw_loss(self, run: TrainingRun) -> None:
        validation = [epoch.val_loss for epoch in run.epochs]
        self.loss.show_series(run.losses.values, *_extent(run), validation)

    def _draw_accuracy(self, run: TrainingRun) -> None:
        validation = [epoch.val_accuracy for epoch in run.epochs]
        self.accuracy.show_series(run.accuracies.values, *_extent(run), validation)

    def _on_ended(self) -> None:
        self._list_runs()
        self.refresh()

    def _on_moved(self) -> None:
        self._list_runs()
        self.refresh()

    def _on_resume(self) -> None:
        if self.run is not None:
            self._trainer.resume(self.run.folder)

    def _on_train(self) -> None:
        if self._session.design.nodes:
            self._trainer.start()
        else:
            self.template_wanted.emit()

    def _on_refused(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        set_ink(self.sentence, "error")

    def _on_design_changed(self) -> None:
        if self.run is None:
            design = self._session.design
            said = f"Train the net on {design.data.source} and watch its loss fall here."
            self.sentence.setText(said if design.nodes else "There is no net to train yet.")
            set_ink(self.sentence, "muted")
            self.train.setText("Train" if design.nodes else BUTTON)

    def _on_opened(self) -> None:
        """Another project: its runs, and nothing of the one before unless it still trains."""
        if self.run is not None and not self.run.is_active:
            self.run = None
            self._pages.setCurrentIndex(0)
        self._on_design_changed()
        self._list_runs()


def _extent(run: TrainingRun) -> tuple[int, int]:
    """The steps of an epoch, and the epochs; until they are told, all steps are one."""
    if run.started is None:
        return max(1, run.steps), 1
    return run.started.steps_per_epoch, run.started.epochs


def loss_curves(theme: Theme) -> CurvesView:
    """The figure of the loss; a figure takes 20 ms to make, so a window makes one at a time."""
    return CurvesView("Loss", "loss", theme)


def accuracy_curves(theme: Theme) -> CurvesView:
    """The figure of the accuracy."""
    return CurvesView("Accuracy", "share", theme)
