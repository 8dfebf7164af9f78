"""The forecast beside what a run takes, and before it."""

from __future__ import annotations

import pytest

from designer.app.forecast import Forecast
from designer.protocol.reports import MemoryUsed
from designer.ui.training.panel import TrainingPanel


@pytest.fixture
def panel(qtbot, session, trainer, theme):
    made = TrainingPanel(session, trainer, theme)
    forecast = Forecast(session, lambda: 10**9)
    forecast.setParent(made)
    made.follow(forecast)
    with qtbot.waitSignal(forecast.changed):
        forecast.refresh()
    qtbot.addWidget(made)
    made.resize(1200, 400)
    made.show()
    return made


def test_before_a_run(panel):
    assert panel.needs.text().startswith("A step of 64 images needs 4.7 MB; up to ")
    assert panel.needs.text().endswith(" fit into the 1 GB that are free.")


def test_beside_a_run(qtbot, panel, trainer, host):
    trainer.start()
    host.process.heard.emit(MemoryUsed(700_000_000, 8 * 10**9))
    panel.refresh()
    figures = panel.status._figures
    assert figures["memory"].text() == "700 MB of 8 GB"
    assert figures["forecast of a step"].text() == "4.7 MB"
    assert figures["forecast of a step"].isVisibleTo(panel)
