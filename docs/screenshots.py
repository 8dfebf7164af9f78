"""Takes the pictures of README and manual: the running app after a real run, and a figure."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from designer.ui.main_window import MainWindow

IMAGES = Path(__file__).parent / "images"
SIZE = (1600, 1000)
PATIENCE = 300.0
"""Seconds that a run may take."""


def main() -> int:
    """Write docs/images/dark.png, light.png, start.png, help.png and lenet-5.svg."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "USERPROFILE"):
            os.environ[name] = home
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = home
        take()
    return 0


def take() -> None:
    """Train assignment 4 on the letters in a window, and picture it in both themes."""
    from PySide6.QtWidgets import QApplication

    from designer.app.settings import SettingsFile
    from designer.storage import template
    from designer.ui.start import make_window
    from designer.ui.theme.theme import Theme
    from designer.ui.training.panel import TrainingPanel

    application = QApplication(sys.argv[:1])
    settings = SettingsFile()
    theme = Theme("dark")
    theme.apply()
    window = make_window(settings, theme)
    window.resize(*SIZE)
    window.session.new(template("assignment-4").design(), now=False)
    window.show()
    _wait(application, lambda: window.findChild(TrainingPanel) is not None)
    window.canvas.zoom_fit()
    window.train()
    panel = window.findChild(TrainingPanel)
    _wait(application, lambda: panel.run is not None and not panel.run.is_active)
    window.selection.set({"conv1"})
    IMAGES.mkdir(exist_ok=True)
    modes: tuple[Literal["dark", "light"], ...] = ("dark", "light")
    for mode in modes:
        theme.set_mode(mode)
        _settle(application)
        window.grab().save(str(IMAGES / f"{mode}.png"))
    take_start(application, window)
    take_help(application, window)
    draw_figure()
    window.session.document.mark_saved()
    window.close()
    _settle(application)


def take_start(application: "QApplication", window: "MainWindow") -> None:
    """Picture the start page, with every thumbnail on it, and go back to the canvas."""
    from designer.storage import save, template

    recent = []
    for name, source in (("letters", "inception-small"), ("ablation", "resnet-18")):
        recent.append(Path.home() / "nets" / f"{name}.convnet")
        recent[-1].parent.mkdir(exist_ok=True)
        save(template(source).design(), recent[-1])
    window.settings.change(recent=tuple(map(str, recent)))
    window.home.show()
    page = window.home.page
    assert page is not None
    _wait(application, lambda: not page.is_painting)
    _settle(application)
    window.grab().save(str(IMAGES / "start.png"))
    window.home.leave()


def take_help(application: "QApplication", window: "MainWindow") -> None:
    """Picture the page of a node, with its own numbers."""
    from designer.ui.help.window import HelpWindow

    window.help.explain_node("conv1")
    shown = window.findChild(HelpWindow)
    _settle(application)
    shown.grab().save(str(IMAGES / "help.png"))
    shown.close()


def draw_figure() -> None:
    """Draw LeNet-5 as it would stand in a paper."""
    from designer.cli.pictures import Ways, picture
    from designer.storage import template

    ways = Ways(drawn="blocks", width=17.0)
    (IMAGES / "lenet-5.svg").write_bytes(picture(template("lenet-5").design(), ".svg", ways))


def _wait(application: object, is_done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_done():
        if time.monotonic() > end:
            raise TimeoutError("the window did not come to an end")
        application.processEvents()  # type: ignore[attr-defined]
        time.sleep(0.005)


def _settle(application: object) -> None:
    """Let everything that the last change caused be drawn."""
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        application.processEvents()  # type: ignore[attr-defined]
        time.sleep(0.005)


if __name__ == "__main__":
    sys.exit(main())
