"""The data panel shows the images that the design names, and changes which those are."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from designer.core.edits import SetData
from designer.protocol.reports import (
    DataDownloaded,
    DataPreviewed,
    DataRefused,
    DownloadProgress,
)
from designer.ui.training.data_panel import DataPanel


@pytest.fixture
def panel(qtbot, session, host, theme):
    made = DataPanel(session, host, theme)
    qtbot.addWidget(made)
    made.resize(1400, 324)
    with qtbot.waitExposed(made):
        made.show()
    return made


def answer(host, tmp_path, ticket, name="letters", channels=1, images=200):
    folder = tmp_path / f"preview{ticket}"
    folder.mkdir()
    np.save(folder / "preview.npy", np.full((2, 3, 8, 8, channels), images, np.uint8))
    report = DataPreviewed(
        ticket,
        name,
        (channels, 8, 8),
        ("cat", "dog"),
        (70, 80),
        (150, 10, 20),
        str(folder / "preview.npy"),
    )
    host.previewed.emit(report)
    return folder


@pytest.mark.parametrize("channels", [1, 3])
def test_it_shows_numbers_and_images(qtbot, panel, host, tmp_path, channels):
    assert host.asked == [("letters", "", 0.1)]
    folder = answer(host, tmp_path, 1, channels=channels)
    assert panel.about.text().startswith(f"{channels} × 8 × 8, 2 classes")
    assert "150 for training, 10 for validation, 20 for the test" in panel.about.text()
    strip = panel.samples._strips[0]
    assert strip.pixelColor(4, 4).getRgb() == (200, 200, 200, 255)
    assert strip.width() == 3 * (8 + 2)
    assert "cat: 70 images" in panel.samples.accessibleDescription()
    assert not folder.exists()


def test_choosing_another_set_is_an_edit(qtbot, panel, host, session):
    items = [panel.sources.item(row).text() for row in range(panel.sources.count())]
    assert items[:2] == ["letters", "mnist-5k"]
    place = panel.sources.visualItemRect(panel.sources.item(1)).center()
    qtbot.mouseClick(panel.sources.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.design.data.source == "mnist-5k"
    assert host.asked[-1] == ("mnist-5k", "", 0.1)
    session.undo()
    assert session.design.data.source == "letters"
    assert panel.sources.currentItem().text() == "letters"


def test_an_answer_that_comes_too_late_is_left_out(panel, host, session, tmp_path):
    session.execute(SetData("source", "mnist-5k"))
    answer(host, tmp_path, 1)
    assert panel.about.text() == "reading …"


def test_data_that_cannot_be_used_is_a_sentence(panel, host, session):
    session.execute(SetData("source", "nowhere"))
    host.previewed.emit(DataRefused(2, "“nowhere” is nothing that exists."))
    assert panel.fault.isVisible()
    assert panel.fault.text() == "“nowhere” is nothing that exists."
    assert not panel.download.isVisible()


def test_a_set_that_is_not_here_can_be_downloaded(qtbot, panel, host, session, tmp_path):
    session.execute(SetData("source", "mnist"))
    answer(host, tmp_path, 2, name="mnist", images=0)
    assert panel.samples._strips == []
    assert panel.download.text().startswith("Download")
    qtbot.mouseClick(panel.download, Qt.MouseButton.LeftButton)
    assert host.asked[-1] == ("mnist",)
    host.previewed.emit(DownloadProgress(3, 0.5))
    assert panel.bar.isVisible()
    host.previewed.emit(DataDownloaded(3, "mnist"))
    assert not panel.bar.isVisible()
    assert host.asked[-1] == ("mnist", "", 0.1)


def test_a_download_that_fails_can_be_tried_again(qtbot, panel, host, session, tmp_path):
    session.execute(SetData("source", "mnist"))
    answer(host, tmp_path, 2, name="mnist", images=0)
    qtbot.mouseClick(panel.download, Qt.MouseButton.LeftButton)
    host.previewed.emit(DataRefused(3, "No mirror answers."))
    assert panel.download.isVisible()
    assert panel.fault.text() == "No mirror answers."
