"""The data panel: which images the net is trained on, and what they look like."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QScrollArea, QWidget

from designer import data
from designer.app.engine_host import EngineHost
from designer.app.session import Session
from designer.core.data import DataSettings
from designer.core.edits import SetData
from designer.core.parameter import parameters_of
from designer.core.shape import Shape
from designer.protocol.reports import (
    DataDownloaded,
    DataPreviewed,
    DataRefused,
    DownloadProgress,
)
from designer.ui.fields.form import Form
from designer.ui.parts import column, ground, hairline, label, row, scrolling
from designer.ui.theme.fonts import SECONDARY
from designer.ui.theme.sizes import inset, set_words
from designer.ui.theme.theme import Theme
from designer.ui.training.samples import SamplesView
from designer.ui.training.sources import SourceList
from designer.ui.training.status import ProgressBar
from designer.ui.turning import Turning

LIST_WIDTH, FACTS_WIDTH = 300, 320
NARROW = 720
"""Pixels below which the sets, what is known of one, and its images stand one below another."""


class DataPanel(QWidget):
    """Follows the session's data settings while it can be seen; the helper reads the images."""

    def __init__(
        self, session: Session, host: EngineHost, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        ground(self)
        self._session, self._host = session, host
        self._shown: DataSettings | None = None
        self._ticket = self._download_ticket = 0
        self.sources = SourceList(theme)
        self.file, self.folder = QPushButton("File …"), QPushButton("Folder …")
        self.name = label("", "title")
        self.about = label("", "body", "muted", wrap=True)
        self.fault = label("", "body", "error", wrap=True)
        self.form = Form(parameters_of(DataSettings), titles=lambda name: name)
        self.download = QPushButton("Download")
        self.bar = ProgressBar()
        self.samples = SamplesView(theme)
        self._lay_out()
        self.sources.chosen.connect(self._choose)
        self.file.clicked.connect(self._on_file)
        self.folder.clicked.connect(self._on_folder)
        self.download.clicked.connect(self._on_download)
        self.form.edited.connect(self._on_edited)
        host.previewed.connect(self._on_answer)
        session.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show the data that the design names, if the panel can be seen."""
        settings = self._session.design.data
        if not self.isVisible() or settings == self._shown:
            return
        self._shown = settings
        self.sources.show_offers(data.offers(), settings.source)
        self.form.set_values(
            {p.name: getattr(settings, p.name) for p in parameters_of(DataSettings)}
        )
        self.name.setText(Path(settings.source).name or settings.source)
        self.about.setText("reading …")
        self._say_fault("")
        path = self._session.path
        base = str(path.parent) if path else ""
        self._ticket = self._host.preview(settings.source, base, settings.validation)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _lay_out(self) -> None:
        layout = row(self)
        side, line, facts = self._list(), hairline(vertical=True), self._facts()
        for part in (side, line, facts):
            layout.addWidget(part)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.samples)
        area.setAccessibleName("Images of each class")
        framed = column(margin=16)
        framed.addWidget(area)
        layout.addLayout(framed, 1)
        Turning(self, layout, NARROW, {side: LIST_WIDTH, facts: FACTS_WIDTH}, [line])

    def _list(self) -> QWidget:
        side = QWidget()
        layout = column(side)
        inset(layout, 0, 8, 0, 0)
        layout.addWidget(self.sources, 1)
        foot = row(spacing=8)
        inset(foot, 12, 8, 12, 8)
        foot.addWidget(label("Your own images", "secondary", "muted"), 1)
        for button in (self.file, self.folder):
            set_words(button, SECONDARY)
            foot.addWidget(button)
        layout.addWidget(hairline())
        layout.addLayout(foot)
        return side

    def _facts(self) -> QWidget:
        side = QWidget()
        layout = column(side, 16, 8)
        for widget in (self.name, self.about, self.fault, self.form, self.download, self.bar):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.fault.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for widget in (self.fault, self.download, self.bar):
            widget.hide()
        return scrolling(side)

    def _choose(self, source: str) -> None:
        self._session.execute(SetData("source", source))

    def _on_edited(self, name: str, value: Any, gesture: object) -> None:
        self._session.execute(SetData(name, value), gesture)

    def _on_file(self) -> None:
        kinds = "Images as arrays or a table (*.npz *.csv)"
        path, _ = QFileDialog.getOpenFileName(self, "Choose a file of images", "", kinds)
        if path:
            self._choose(path)

    def _on_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(
            self, "Choose a folder with a folder for each class"
        )
        if path:
            self._choose(path)

    def _on_download(self) -> None:
        self.download.hide()
        self.bar.set_share(0)
        self.bar.show()
        self._download_ticket = self._host.download(self._session.design.data.source)

    def _on_answer(self, report: object) -> None:
        if isinstance(report, DataPreviewed):
            if report.ticket == self._ticket:
                self._show(report)
            shutil.rmtree(Path(report.images).parent, ignore_errors=True)
        elif isinstance(report, DownloadProgress):
            self.bar.set_share(report.share)
        elif isinstance(report, DataRefused):
            self._on_refused(report)
        elif isinstance(report, DataDownloaded):
            self.bar.hide()
            self._shown = None
            self.refresh()
            self._session.analyse()

    def _show(self, report: DataPreviewed) -> None:
        train, validation, test = report.splits
        self.about.setText(
            f"{Shape(report.shape)}, {len(report.classes)} classes\n"
            f"{train:,} for training, {validation:,} for validation, {test:,} for the test"
        )
        self.samples.show_samples(report.classes, report.counts, np.load(report.images))
        offers = {offer.name: offer for offer in data.offers()}
        offer = offers.get(report.name)
        is_absent = offer is not None and not offer.present
        self.download.setVisible(is_absent)
        if offer is not None and is_absent:
            self.download.setText(f"Download {offer.size / 1e6:,.0f} MB")

    def _on_refused(self, report: DataRefused) -> None:
        if report.ticket == self._download_ticket:
            self.bar.hide()
            self.download.show()
        elif report.ticket != self._ticket:
            return
        else:
            self.about.clear()
            self.download.hide()
            self.samples.show_samples((), (), np.zeros((0, 1, 1, 1, 1), np.uint8))
        self._say_fault(report.sentence)

    def _say_fault(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))
