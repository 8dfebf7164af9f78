"""Curves: what is marked is what the run that is shown now has."""

import numpy as np
from pytestqt.qtbot import QtBot

from designer.ui.theme.theme import Theme
from designer.ui.training.curves import CurvesView


def test_another_run_with_as_many_epochs_has_its_own_marks(qtbot: QtBot, theme: Theme) -> None:
    view = CurvesView("Loss", "loss", theme)
    qtbot.addWidget(view)
    steps = np.linspace(2.0, 1.0, 20)
    for validation in ([1.5, 1.2], [0.9, 0.8], []):
        view.show_series(steps, 10, 2, validation)
        marks = view._marks.getData()[1]
        assert ([] if marks is None else marks.tolist()) == validation
