"""The forecast of a session: it follows the design, the settings and the device."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from designer.app.forecast import Forecast
from designer.app.session import Session
from designer.core.edits import SetParam, SetTraining
from designer.protocol.reports import Device
from designer.rules import RULES
from designer.ui.commands import needs
from tests.ui.conftest import lesson

GB = 10**9


def a_session() -> Session:
    session = Session(lesson(), rules=RULES)
    session.analyse()
    return session


def refreshed(qtbot: QtBot, forecast: Forecast) -> None:
    with qtbot.waitSignal(forecast.changed):
        forecast.refresh()


def test_it_follows_edits_and_settings(qtbot: QtBot) -> None:
    session = a_session()
    forecast = Forecast(session, lambda: GB)
    refreshed(qtbot, forecast)
    first, most = forecast.peak, forecast.largest_batch
    assert first is not None
    assert most is not None
    memory = forecast.memory
    assert memory is not None
    assert memory.peak(most) <= GB < memory.peak(most + 1)
    with qtbot.waitSignal(forecast.changed):
        session.execute(SetTraining("batch_size", 128))
    assert first < forecast.peak < 2 * first
    with qtbot.waitSignal(forecast.changed):
        session.execute(SetParam("fc1", "out_features", 640))
    assert forecast.memory.weights > 8 * memory.weights
    assert needs.sentence(forecast).startswith("A step of 128 images needs ")
    with qtbot.waitSignal(forecast.changed):
        session.execute(SetParam("conv2", "stride", 0))
    assert (forecast.peak, forecast.largest_batch, needs.sentence(forecast)) == (None, None, "")


def test_it_is_for_the_device_of_the_settings(qtbot: QtBot) -> None:
    session = a_session()
    forecast = Forecast(session, lambda: GB)
    refreshed(qtbot, forecast)
    assert forecast.room == GB
    with qtbot.waitSignal(forecast.changed):
        forecast.set_devices((Device("cpu", "a CPU", 4 * GB), Device("cuda:0", "a GPU", 80 * GB)))
    assert (forecast.device.name, forecast.room) == ("cuda:0", 80 * GB)
    assert needs.sentence(forecast).endswith("fit into the 80 GB of cuda:0.")
    with qtbot.waitSignal(forecast.changed):
        session.execute(SetTraining("device", "cpu"))
    assert forecast.room == GB
    assert needs.sentence(forecast).endswith("fit into the 1 GB that are free.")


def test_what_does_not_fit_is_said(qtbot: QtBot) -> None:
    session = a_session()
    forecast = Forecast(session, lambda: 1_000_000)
    refreshed(qtbot, forecast)
    assert needs.is_too_much(forecast)
    session.execute(SetParam("fc1", "out_features", 2_000))
    refreshed(qtbot, forecast)
    assert "not even one image fits into the 1 MB that are free" in needs.sentence(forecast)
