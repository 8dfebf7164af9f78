"""What training needs is told where one looks: the status bar, the project's page, the run."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from designer.app.forecast import Forecast
from designer.app.session import Session
from designer.core.edits import RemoveNodes, SetTraining
from designer.ui.card import Card
from designer.ui.commands import needs
from designer.ui.main_window import MainWindow
from designer.ui.status_bar import StatusBar


def test_the_window_says_what_training_needs(qtbot: QtBot, window: MainWindow) -> None:
    said = window.status_bar.training
    qtbot.waitUntil(lambda: said.text() == "training needs 4.7 MB")
    assert "weights: 231 kB" in said.toolTip()
    assert "training needs, batch 64" in texts(window.inspector.project.totals)
    assert "largest batch that fits" in texts(window.inspector.project.totals)
    window.session.execute(SetTraining("batch_size", 256))
    qtbot.waitUntil(lambda: "training needs, batch 256" in texts(window.inspector.project.totals))
    window.session.execute(RemoveNodes(frozenset({"flatten"})))
    qtbot.waitUntil(lambda: not said.text())
    assert not any("batch" in text for text in texts(window.inspector.project.totals))


def test_what_does_not_fit_is_marked(qtbot: QtBot, session: Session) -> None:
    forecast = Forecast(session, lambda: 10**6)
    bar = StatusBar(session)
    qtbot.addWidget(bar)
    bar.follow(forecast)
    with qtbot.waitSignal(forecast.changed):
        forecast.refresh()
    assert bar.training.property("ink") == "error"
    assert "up to 1 fit into the 1 MB that are free" in bar.training.toolTip()


def texts(card: Card) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(card)]


def test_the_largest_batch_promises_no_more_than_is_known() -> None:
    told = {0: "0", 7: "7", 99: "99", 169: "160", 456: "450", 1_053: "1,000", 313_510: "310,000"}
    assert {most: needs.batch(most) for most in told} == told
