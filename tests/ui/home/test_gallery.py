"""Thumbnails: painted by the canvas's own function, kept on the disk, and never waited for."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from designer.core.edits import RemoveNodes
from designer.core.graph import Node
from designer.storage import save, to_text
from designer.ui.home import gallery
from designer.ui.home.gallery import Found, Gallery, Wish, find
from designer.ui.home.thumbnail import SIZE, thumbnail
from designer.ui.theme.theme import Theme
from designer.ui.theme.tokens import DARK, LIGHT
from tests.ui.conftest import chain, lesson, make


def colours(image: QImage) -> set[str]:
    """The colours of every second pixel."""
    return {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }


def wish(place: Path, tokens=DARK, ratio: float = 1.0) -> Wish:  # type: ignore[no-untyped-def]
    return Wish(place, tokens, SIZE, ratio, lambda found: None)


def test_a_net_is_seen_in_the_colours_of_its_families(theme: Theme) -> None:
    image = thumbnail(lesson(), DARK)
    assert image.size() == SIZE
    seen = colours(image)
    assert DARK.canvas in seen
    for family in ("convolution", "activation", "head"):
        assert DARK.family(family) in seen, family
    assert thumbnail(lesson(), LIGHT).pixelColor(1, 1) == QColor(LIGHT.canvas)


def test_an_empty_net_is_an_empty_canvas(theme: Theme) -> None:
    assert colours(thumbnail(chain(), DARK)) == {DARK.canvas}


def test_a_fine_screen_gets_a_fine_thumbnail(theme: Theme) -> None:
    image = thumbnail(lesson(), DARK, QSize(100, 60), 2.0)
    assert image.size() == QSize(200, 120)
    assert image.deviceIndependentSize().toSize() == QSize(100, 60)


def test_a_thumbnail_is_painted_once(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, folder = tmp_path / "net.convnet", tmp_path / "kept"
    save(lesson(), project)
    first = find(wish(project), folder)
    assert first.image is not None
    painted = []
    real = thumbnail
    monkeypatch.setattr(gallery, "thumbnail", lambda *a: painted.append(a) or real(*a))
    again = find(wish(project), folder)
    assert again.image is not None
    assert again.image.convertToFormat(first.image.format()) == first.image
    assert not painted
    find(wish(project, LIGHT), folder)
    assert len(painted) == 1, "the other theme"
    find(wish(project, ratio=2.0), folder)
    assert len(painted) == 2, "a finer screen"
    save(RemoveNodes(frozenset({"fc2"})).apply(lesson()), project)
    find(wish(project), folder)
    assert len(painted) == 3, "other content"


def test_a_broken_thumbnail_on_the_disk_is_painted_anew(theme: Theme, tmp_path: Path) -> None:
    project, folder = tmp_path / "net.convnet", tmp_path / "kept"
    save(lesson(), project)
    find(wish(project), folder)
    (kept,) = folder.iterdir()
    kept.write_bytes(b"no picture")
    found = find(wish(project), folder)
    assert found.image is not None
    assert found.image.size() == SIZE


def test_without_a_place_to_keep_it_a_thumbnail_is_shown(theme: Theme, tmp_path: Path) -> None:
    project, blocked = tmp_path / "net.convnet", tmp_path / "file"
    save(lesson(), project)
    blocked.write_text("")
    assert find(wish(project), blocked / "kept").image is not None


def test_what_cannot_be_shown_is_told(theme: Theme, tmp_path: Path) -> None:
    assert find(wish(tmp_path / "gone.convnet"), tmp_path) == Found(None, None, is_there=False)
    broken = tmp_path / "broken.convnet"
    for content in (b"{", b"\xff\xfe", b""):
        broken.write_bytes(content)
        found = find(wish(broken), tmp_path)
        assert (found.image, found.is_there) == (None, True)
        assert found.written == broken.stat().st_mtime
    cycle = to_text(chain(Node("a", make("ReLU")), Node("b", make("ReLU"))))
    broken.write_text(cycle)
    assert find(wish(broken), tmp_path).image is not None, "a wrong net is a net"


def test_the_oldest_thumbnails_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.setattr(gallery, "MOST_KEPT", 2)
    for age, name in enumerate("abcd"):
        (tmp_path / f"{name}.png").touch()
        os.utime(tmp_path / f"{name}.png", (age, age))
    gallery._tidy(tmp_path)
    assert sorted(path.stem for path in tmp_path.iterdir()) == ["c", "d"]


def test_wishes_are_granted_in_their_order(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    made = Gallery(tmp_path / "kept")
    told: list[str] = []
    for name in ("a", "b", "c"):
        save(lesson(), tmp_path / f"{name}.convnet")
        made.want(tmp_path / f"{name}.convnet", DARK, lambda found, name=name: told.append(name))
    assert made.is_busy
    qtbot.waitUntil(lambda: not made.is_busy)
    assert told == ["a", "b", "c"]
    made.want(tmp_path / "a.convnet", DARK, lambda found: told.append("late"))
    made.forget()
    assert not made.is_busy
    made.want(tmp_path / "b.convnet", DARK, lambda found: told.append("again"))
    qtbot.waitUntil(lambda: not made.is_busy)
    assert told == ["a", "b", "c", "again"]
    made.deleteLater()
