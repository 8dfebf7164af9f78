"""The start page: recent files and templates are found, pictured and opened; by keys alone, too."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from designer.app.session import Session
from designer.app.settings import SettingsFile
from designer.core.design import Design
from designer.core.edits import SetName
from designer.storage import TEMPLATES, save
from designer.ui import start
from designer.ui.banner import Banner
from designer.ui.files import Files
from designer.ui.home.card import Card
from designer.ui.home.page import RECENT, HomePage
from designer.ui.home.thumbnail import SIZE
from designer.ui.main_window import MainWindow
from designer.ui.theme.theme import Theme
from tests.ui.conftest import Answers, lesson

LEFT = Qt.MouseButton.LeftButton
Show = Callable[..., HomePage]


@pytest.fixture
def show(
    qtbot: QtBot, theme: Theme, session: Session, settings: SettingsFile, answers: Answers
) -> Iterator[Show]:
    """Shows the page by itself, with these recent files."""
    banner = Banner(theme)
    files = Files(session, settings, banner, answers, _none, _none)
    made: list[HomePage] = []

    def shown(*recent: Path) -> HomePage:
        settings.change(recent=tuple(map(str, recent)))
        page = HomePage(files, settings, theme)
        qtbot.addWidget(page)
        page.resize(1600, 1000)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        made.append(page)
        return page

    yield shown
    files.deleteLater()
    banner.deleteLater()


def _none(design: Design, path: Path, cancel: Callable[[], bool]) -> None:
    raise AssertionError("nothing is exported")


def over(window: MainWindow) -> HomePage:
    """Show the page over the window."""
    window.home.show()
    assert window.home.page is not None
    return window.home.page


def titles(page: HomePage) -> list[str]:
    return [card.offer.title for card in page.cards()]


def card(page: HomePage, title: str) -> Card:
    return next(card for card in page.cards() if card.offer.title == title)


def painted(qtbot: QtBot, page: HomePage) -> None:
    qtbot.waitUntil(lambda: not page.is_painting)


def focus(qtbot: QtBot, widget: QWidget) -> None:
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


def test_without_a_file_the_program_begins_with_the_page(window: MainWindow) -> None:
    assert not window.home.is_shown
    start._open_first(window, None, None)
    page = window.home.page
    assert page is not None
    assert page.isVisible()
    assert not window.desk.isVisible()
    assert not window.status_bar.isVisible()
    assert not window.title_bar.train.isVisible()
    assert window.title_bar.name.text() == "Convnet Designer"
    assert titles(page) == [template.title for template in TEMPLATES]
    window.view.show_code()
    assert not window.home.is_shown
    assert window.dock.current == "Code"
    start._open_first(window, None, "assignment-4")
    assert not window.home.is_shown
    assert window.title_bar.train.isVisible()


def test_templates_bear_their_sizes_and_pictures(qtbot: QtBot, show: Show) -> None:
    page = show()
    painted(qtbot, page)
    resnet = card(page, "ResNet-18")
    assert "11.7 M weights · 1.8 G MACs" in resnet.accessibleDescription()
    assert list(page.shelves) == [RECENT, *dict.fromkeys(t.group for t in TEMPLATES)]
    assert not page.shelves[RECENT].isVisible()
    assert all(one._picture is not None for one in page.cards())


def test_a_click_opens_a_template(qtbot: QtBot, window: MainWindow) -> None:
    page = over(window)
    focus(qtbot, page.cards()[3])
    window.view.next_panel()
    qtbot.waitUntil(page.search.hasFocus)
    qtbot.mouseClick(card(page, "LeNet-5"), LEFT)
    assert window.session.design.name == "LeNet-5"
    assert not window.home.is_shown
    assert window.desk.isVisible()
    assert window.canvas.hasFocus()
    assert window.title_bar.name.text() == "LeNet-5"


def test_typing_searches_and_enter_opens(qtbot: QtBot, session: Session, show: Show) -> None:
    page = show()
    qtbot.keyClicks(page.search, "resnet18")
    assert titles(page)[0] == "ResNet-18"
    assert not page.nothing.isVisible()
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert session.design.name == "ResNet-18"


def test_what_is_not_there_is_not_found(qtbot: QtBot, session: Session, show: Show) -> None:
    page, before = show(), session.design
    qtbot.keyClicks(page.search, "zzzz")
    assert titles(page) == []
    assert page.nothing.isVisible()
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert session.design is before
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert len(titles(page)) == len(TEMPLATES)


def test_the_arrow_keys_walk_the_cards(qtbot: QtBot, session: Session, show: Show) -> None:
    page = show()
    focus(qtbot, page.search)
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    first, second = page.cards()[:2]
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    qtbot.waitUntil(second.hasFocus)
    qtbot.keyClick(second, Qt.Key.Key_Down)
    below = next(one for one in page.cards() if one.hasFocus())
    assert below.mapTo(page, below.rect().topLeft()).y() > second.mapTo(page, second.pos()).y() - 1
    assert below.offer.title == "All-CNN-C"
    qtbot.keyClick(below, Qt.Key.Key_Up)
    qtbot.waitUntil(second.hasFocus)
    qtbot.keyClick(second, Qt.Key.Key_Up)
    qtbot.waitUntil(page.search.hasFocus)
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert session.design.name == first.offer.title


def test_what_is_typed_on_a_card_is_searched(qtbot: QtBot, show: Show) -> None:
    page = show()
    first = page.cards()[0]
    focus(qtbot, first)
    qtbot.keyClick(first, "v")
    qtbot.waitUntil(page.search.hasFocus)
    assert page.search.text() == "v"


def test_escape_goes_back_to_the_canvas(qtbot: QtBot, window: MainWindow) -> None:
    page = over(window)
    before = window.session.design
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert not window.home.is_shown
    assert window.session.design is before
    window.home.toggle()
    assert window.home.is_shown
    window.home.toggle()
    assert not window.home.is_shown


def test_the_panels_are_as_high_as_before(window: MainWindow) -> None:
    def settled() -> tuple[int, int]:
        for _ in range(5):
            QApplication.processEvents()
        return window.desk.below, window.canvas.height()

    window.home.leave()
    before = settled()
    for way in (window.home.toggle, window.view.canvas_alone):
        for _ in range(2):
            way()
            settled()
            way()
            assert settled() == before


def test_recent_files_are_told_and_opened(
    qtbot: QtBot, session: Session, show: Show, home: Path
) -> None:
    path = home / "nets" / "mine.convnet"
    path.parent.mkdir()
    save(lesson(), path)
    page = show(path)
    painted(qtbot, page)
    mine = card(page, "mine")
    assert mine.offer.detail == str(Path("~") / "nets")
    assert "written today" in mine.accessibleDescription()
    assert not mine.is_missing
    qtbot.mouseClick(mine, LEFT)
    qtbot.waitUntil(lambda: session.path == path)


def test_a_file_that_is_gone_is_told_and_taken_off(
    qtbot: QtBot, show: Show, settings: SettingsFile, tmp_path: Path
) -> None:
    there, gone = tmp_path / "there.convnet", tmp_path / "gone.convnet"
    save(lesson(), there)
    page = show(gone, there)
    painted(qtbot, page)
    lost = card(page, "gone")
    assert lost.is_missing
    assert "not there any more" in lost.accessibleDescription()
    focus(qtbot, lost)
    assert lost.remove_button.isVisible()
    qtbot.mouseClick(lost.remove_button, LEFT)
    assert settings.value.recent == (str(there),)
    left = card(page, "there")
    focus(qtbot, left)
    qtbot.keyClick(left, Qt.Key.Key_Delete)
    assert settings.value.recent == ()
    assert there.exists(), "the file itself stays"
    assert not page.shelves[RECENT].isVisible()
    qtbot.waitUntil(page.search.hasFocus)


def test_a_file_that_cannot_be_used_is_told_on_the_page(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.convnet"
    broken.write_text("{")
    window.settings.change(recent=(str(broken),))
    page = over(window)
    qtbot.mouseClick(card(page, "broken"), LEFT)
    qtbot.waitUntil(window.column.banner.isVisible)
    assert window.home.is_shown
    assert "broken.convnet" in window.column.banner.words.text()
    window.home.leave()
    assert window.column.banner.isVisible(), "and above the canvas when one goes there"
    assert window.column.isAncestorOf(window.column.banner)


def test_unsaved_work_is_asked_about(
    qtbot: QtBot, session: Session, show: Show, answers: Answers
) -> None:
    session.execute(SetName("Mine"))
    page = show()
    answers.unsaved = "cancel"
    qtbot.mouseClick(card(page, "VGG-16"), LEFT)
    assert session.design.name == "Mine"
    answers.unsaved = "discard"
    qtbot.mouseClick(card(page, "VGG-16"), LEFT)
    assert session.design.name == "VGG-16"


def test_the_buttons_begin_and_open(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    page = over(window)
    qtbot.mouseClick(page.new_button, LEFT)
    assert not window.home.is_shown
    assert not window.session.design.nodes
    window.home.show()
    answers.path = tmp_path / "net.convnet"
    save(lesson(), answers.path)
    qtbot.mouseClick(page.open_button, LEFT)
    qtbot.waitUntil(lambda: window.session.path == answers.path)
    assert not window.home.is_shown


def test_the_other_theme_has_other_pictures(qtbot: QtBot, theme: Theme, show: Show) -> None:
    page = show()
    painted(qtbot, page)
    first = page.cards()[0]
    assert first._picture is not None
    dark = first._picture.toImage()
    theme.set_mode("light")
    painted(qtbot, page)
    assert first._picture.toImage() != dark


def test_a_narrow_window_has_fewer_columns(qtbot: QtBot, show: Show) -> None:
    page = show()

    def columns() -> int:
        return len({one.x() for one in page.cards()})

    page.resize(1600, 1000)
    qtbot.waitUntil(lambda: columns() == 4)
    page.resize(900, 700)
    qtbot.waitUntil(lambda: columns() == 3)
    right = max(one.mapTo(page, one.rect().topRight()).x() for one in page.cards())
    assert right <= page.width()


def test_another_scale_takes_more_room(qtbot: QtBot, theme: Theme, show: Show) -> None:
    page = show()
    before = page.cards()[0].height()
    theme.set_percent(200)
    try:
        qtbot.waitUntil(lambda: page.cards()[0].height() == 2 * before)
        assert len({one.x() for one in page.cards()}) < 4
        painted(qtbot, page)
        picture = page.cards()[0]._picture
        assert picture is not None
        assert picture.width() == 2 * SIZE.width()
    finally:
        theme.set_percent(100)


def test_a_screen_reader_hears_the_cards(show: Show) -> None:
    page = show()
    first = page.cards()[0]
    spoken = QAccessible.queryAccessibleInterface(first)
    assert spoken.role() == QAccessible.Role.Button
    assert spoken.text(QAccessible.Text.Name) == "Assignment 4"
    assert "57,722 weights" in spoken.text(QAccessible.Text.Description)
