"""How the window starts: Qt and the canvas first, everything heavy after the first paint."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QStyle

from designer.app.selection import Selection
from designer.app.session import Session
from designer.app.settings import APP, SettingsFile
from designer.app.sweeping import Sweep
from designer.core.data import DataDescription, DataSettings
from designer.core.design import Design
from designer.layers import families
from designer.resources import resource
from designer.storage import template
from designer.ui.canvas.view import CanvasView
from designer.ui.doors import Doors
from designer.ui.faults import FaultHook
from designer.ui.files import ONNX, Dialogs
from designer.ui.main_window import MainWindow
from designer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from designer.app.engine_host import EngineHost
    from designer.codegen import Source
    from designer.core.analysis import Analysis
    from designer.core.rule import Rule
    from designer.ui.completion import MakeHost


def describe(settings: DataSettings, folder: Path | None) -> DataDescription | None:
    """What is known of a data set; None where it is not here or cannot be used."""
    from designer import data

    try:
        return data.describe(settings.source, settings.validation, folder)
    except data.DataError:
        return None


def _has_a_name(settings: DataSettings) -> bool:
    """Whether the description of the data lies ready: a path's must be read off the disk."""
    from designer import data

    return any(offer.name == settings.source for offer in data.offers())


def run(path: Path | None = None, template_name: str | None = None) -> int:
    """Open the window on a file, a template or the start page; the process's exit code."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName(APP)
    application.setApplicationDisplayName("Convnet Designer")
    application.setDesktopFileName(APP)
    settings = SettingsFile()
    theme = Theme(settings.value.theme, settings.value.scale)
    theme.prepare()
    window = make_window(settings, theme)
    window.painted.connect(lambda: application.setWindowIcon(_app_icon()))
    FaultHook(window.journal.write, window).install()
    # a full collection would look at all that the program is made of: 50 ms in the window's thread
    window.completed.connect(Sweep(window.session, window.selection, window).begin)
    _open_first(window, path, template_name)
    # 0 where the system wants no motion
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    window.canvas.motion = min(140, application.style().styleHint(hint))
    theme.dress()
    window.show()
    with _interruptible(application):
        return application.exec()


def make_window(
    settings: SettingsFile,
    theme: Theme,
    dialogs: Dialogs | None = None,
    *,
    engine: bool = True,
    make_host: MakeHost | None = None,
) -> MainWindow:
    """Assemble a window, which completes itself after its first paint.

    Without `engine` no process is started, and nothing can be trained.
    """
    session = Session(rules=_rules(), describe=describe, is_quick=_has_a_name)
    selection = Selection()
    canvas = CanvasView(session, selection, theme)
    devices = ["auto", "cpu"]
    doors = Doors(
        render=_render,
        export_script=partial(_export_script, session),
        families=families(),
        suggest=partial(_suggest, devices),
        data_names=_data_names,
        device_names=lambda: devices,
        dialogs=dialogs,
    )
    window = MainWindow(session, selection, theme, settings, canvas, doors)
    for owned in (session, selection):
        owned.setParent(window)
    host = (make_host or _host) if engine else None
    window.painted.connect(lambda: _complete(window, devices, host))
    return window


def _complete(window: MainWindow, devices: list[str], make_host: MakeHost | None) -> None:
    from designer.app.turns import Turns
    from designer.ui.completion import steps

    turns = Turns(window)
    window.closed.connect(turns.stop)
    turns.take(steps(window, devices, make_host))


def _rules() -> Iterator[Rule]:
    """Every rule, imported when the first of them is asked for."""
    from designer.rules import RULES

    yield from RULES


def _host(window: QObject) -> EngineHost:
    from designer.app.engine_host import EngineHost

    return EngineHost(window)


def _open_first(window: MainWindow, path: Path | None, template_name: str | None) -> None:
    if path is not None and path.suffix.lower() == ONNX:
        window.home.show()  # the net that is imported takes its place
        window.completed.connect(lambda: window.files.open_path(path))
    elif path is not None:
        if window.session.open(path.absolute(), now=False):
            window.painted.connect(lambda: _remember(window.settings, path.absolute()))
    elif template_name is not None:
        window.session.new(template(template_name).design(), now=False)
    else:
        window.home.show()


def _remember(settings: SettingsFile, path: Path) -> None:
    settings.put(settings.value.with_recent(path))


def _render(design: Design, analysis: Analysis) -> Source:
    from designer import codegen

    return codegen.render(design, analysis)


def _export_script(
    session: Session, design: Design, path: Path, cancel: Callable[[], bool]
) -> None:
    from designer.app.exporting import export_script
    from designer.storage import runs

    base = session.path.parent if session.path else None
    trained = runs.as_trained(design, runs.runs_folder(session.path, session.draft))
    export_script(trained, path, base, cancel)


def _data_names() -> Sequence[str]:
    from designer import data

    return [offer.name for offer in data.offers() if offer.present]


def _suggest(devices: Sequence[str], name: str) -> Sequence[str]:
    if name == "source":
        return _data_names()
    return devices if name == "device" else ()


def _app_icon() -> QIcon:
    pixmap = QPixmap()
    pixmap.loadFromData(resource("icons", "app.svg").read_bytes(), "SVG")
    return QIcon(pixmap)


@contextlib.contextmanager
def _interruptible(application: QApplication) -> Iterator[None]:
    """Let Ctrl+C in the terminal close the window as its button does."""
    before = signal.signal(signal.SIGINT, lambda *_: application.closeAllWindows())
    beat = QTimer()
    beat.timeout.connect(lambda: None)  # Python sees signals only when it runs
    beat.start(250)
    try:
        yield
    finally:
        beat.stop()
        signal.signal(signal.SIGINT, before)
