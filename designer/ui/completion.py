"""What a window does after its first paint, in turns so short that nobody waits for one."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from designer.app.recovery import Recovered, unsaved
from designer.app.turns import Steps
from designer.layers import CATALOGUE
from designer.ui.main_window import MainWindow

if TYPE_CHECKING:
    from designer.app.engine_host import EngineHost
    from designer.app.forecast import Forecast
    from designer.ui.announcing import Announcer

MakeHost = Callable[[QObject], "EngineHost"]

# Importing runs in a thread: together it takes a second on a slow disk. What a thread imports it
# must not import halfway, so each list ends in the module that is used.
FOR_SHAPES = (
    "designer.data",
    "designer.core.analysis",
    "designer.rules",
    "designer.ui.inspector.node_page",
    "designer.ui.inspector.project_page",
)
FOR_PANELS = (
    "designer.ui.problems",
    "designer.ui.summary.panel",
    "designer.ui.code.panel",
    "designer.ui.outline.panel",
    "designer.ui.commands.needs",
    "designer.codegen",
)
FOR_ENGINE = ("designer.app.engine_host", "designer.app.trainer")
FOR_TRAINING = (
    "pyqtgraph",
    "designer.ui.training.panel",
    "designer.ui.training.runs_panel",
    "designer.ui.training.data_panel",
)
FOR_LATER = (
    "networkx",
    "designer.ui.commands.palette",
    "designer.ui.canvas.accessible",
    "designer.ui.announcing",
)
"""What the first edit or key would otherwise wait for."""
FOR_DOORS = (
    "designer.ui.pyramid.view",
    "designer.ui.home.page",
    "designer.ui.help.window",
    "designer.ui.pictures.dialog",
    "designer.ui.pictures.wanted",
    "designer.ui.keyboard.window",
)
"""What opens beside the canvas: the first look at it would wait for its modules."""


def steps(window: MainWindow, devices: list[str], make_host: MakeHost | None) -> Steps:
    """The steps from the first paint to a window with all its panels and its engine.

    Without `make_host` no process is started, and nothing can be trained.
    """
    # a thread that computes gives way to the window within half a millisecond, not within five
    sys.setswitchinterval(5e-4)
    gc.disable()  # importing makes no garbage, and looking for it takes 50 ms
    try:
        yield from _steps(window, devices, make_host)
        window.completed.emit()  # the start freezes what there is before it would be looked at
    finally:
        gc.enable()


def _steps(window: MainWindow, devices: list[str], make_host: MakeHost | None) -> Steps:
    yield _importing(*FOR_SHAPES)
    yield from window.inspector.build()
    yield None
    window.session.analyse()
    yield _importing(*FOR_PANELS)
    yield from window.panels()
    _forecast(window)
    yield None
    yield from _recovery(window)
    yield _importing(*FOR_LATER)
    yield _know_parameters
    from designer.ui.announcing import Announcer
    from designer.ui.canvas.accessible import give_voice

    give_voice(window.canvas)
    announcer = Announcer(window)
    if make_host is not None:
        yield from _training(window, devices, make_host, announcer)
    yield _importing(*FOR_DOORS)


def _forecast(window: MainWindow) -> Forecast:
    """What training needs, shown where one looks for it; the same object every time."""
    from designer.app.forecast import Forecast

    found = window.findChild(Forecast)
    if found is None:
        found = Forecast(window.session, parent=window)
        window.status_bar.follow(found)
        window.inspector.project.follow(found)
        found.refresh()
    return found


def _importing(*names: str) -> Callable[[], None]:
    def load() -> None:
        for name in names:
            import_module(name)

    return load


def _know_parameters() -> None:
    """Read the fields of every layer, which the first choice among them would wait for."""
    for kind in CATALOGUE.values():
        kind.parameters()


def _training(
    window: MainWindow, devices: list[str], make_host: MakeHost, announcer: Announcer
) -> Steps:
    yield _importing(*FOR_ENGINE)
    from designer.app.trainer import Trainer

    session, theme = window.session, window.theme
    host, forecast = make_host(window), _forecast(window)

    def note_devices() -> None:
        devices[:] = host.device_names
        forecast.set_devices(host.devices)

    host.ready.connect(note_devices)
    host.failed.connect(window.column.banner.say)
    trainer = Trainer(session, host, window)
    window.closed.connect(host.leave)
    window.closed.connect(trainer.bring)  # when nothing runs there any more
    host.start()
    window.attach(trainer)
    announcer.follow(trainer)
    yield _importing(*FOR_TRAINING)
    from designer.ui.training.data_panel import DataPanel
    from designer.ui.training.panel import TrainingPanel, accuracy_curves, loss_curves
    from designer.ui.training.runs_panel import RunsPanel

    loss = loss_curves(theme)
    yield None
    accuracy = accuracy_curves(theme)
    yield None
    training = TrainingPanel(session, trainer, theme, (loss, accuracy))
    training.follow(forecast)
    training.template_wanted.connect(window.home.show)
    window.dock.fill("Training", training)
    yield None
    runs = RunsPanel(session, trainer, theme)
    runs.train_wanted.connect(window.train)
    window.dock.fill("Runs", runs)
    yield None
    window.dock.fill("Data", DataPanel(session, host, theme))
    yield None


def _recovery(window: MainWindow) -> Steps:
    """Look for what a window that was killed had not saved."""
    found: list[Recovered] = []
    yield lambda: found.extend(_first(unsaved()))
    if found:
        _offer(window, found[0])


def _first(lost: Iterator[Recovered]) -> tuple[Recovered, ...]:
    for one in lost:
        return (one,)
    return ()


def _offer(window: MainWindow, found: Recovered) -> None:
    """Offer what was lost, until it is saved or discarded."""
    name = found.path.name if found.path else f"“{found.design.name}”"

    def recover() -> None:
        if window.files.may_leave():
            window.session.recover(found.design, found.path, found.draft)
            window.journal.write()  # before the old journal goes, so that one of them always exists
            found.journal.unlink(missing_ok=True)

    window.column.offer.say(
        f"{name} was not saved when Convnet Designer ended the last time.",
        [("Recover", recover), ("Discard", partial(found.journal.unlink, missing_ok=True))],
        is_fault=False,
    )
