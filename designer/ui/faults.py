"""Our own faults: written to the log, shown in one report window, the project kept safe."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QWidget

from designer.app.settings import APP
from designer.ui.parts import column, label, row
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import set_code

_LOG = logging.getLogger("designer")


class Report(QDialog):
    """The one report window; a further fault is added to it."""

    def __init__(self, log: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("A fault in Convnet Designer")
        self.resize(px(720), px(420))
        layout = column(self, 16, 12)
        layout.addWidget(label("Something went wrong inside the program.", "title"))
        self.words = label(
            "Your project is kept in the recovery journal, and you can go on working. "
            f"The report below is also in {log}.",
            wrap=True,
        )
        layout.addWidget(self.words)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        set_code(self.text)
        layout.addWidget(self.text, 1)
        buttons = row(spacing=8)
        buttons.addStretch(1)
        copy = QPushButton("Copy the report")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        close = QPushButton("Go on")
        close.setProperty("primary", True)
        close.clicked.connect(self.close)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        layout.addLayout(buttons)


class FaultHook:
    """What Python calls for an exception that nobody caught."""

    def __init__(
        self, rescue: Callable[[], object], window: QWidget | None = None, log: Path | None = None
    ) -> None:
        self._rescue = rescue
        self._window = window
        self._log = log or Path(platformdirs.user_log_dir(APP)) / "faults.log"
        self.report: Report | None = None

    def install(self) -> None:
        """Take the place of the hook that prints and goes on."""
        sys.excepthook = self

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(text)
        for step in (self._rescue, partial(self._write, text), partial(self._show, text)):
            try:
                step()
            except Exception:  # noqa: BLE001 - one of the two places
                # a fault while a fault is reported keeps none of the other steps from being done
                sys.stderr.write(traceback.format_exc())

    def _write(self, text: str) -> None:
        _LOG.error(text)
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            with self._log.open("a", encoding="utf-8") as file:
                file.write(text + "\n")
        except OSError as error:
            sys.stderr.write(f"{self._log}: {error}\n")

    def _show(self, text: str) -> None:
        if self.report is None:
            self.report = Report(self._log, self._window)
            self.report.setWindowModality(Qt.WindowModality.NonModal)
        self.report.text.appendPlainText(text)
        self.report.show()
