"""Keys are changed in the window for it, by keys alone, and hold at once wherever they are told."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from designer.app.keymap import KeyMap
from designer.app.settings import SettingsFile
from designer.help.addresses import KEYBOARD, KEYS
from designer.ui.keyboard.sheet import as_html
from designer.ui.keyboard.window import KeyboardWindow
from designer.ui.main_window import MainWindow
from designer.ui.start import make_window
from designer.ui.theme.theme import Theme
from tests.ui.conftest import Answers

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def keys(settings: SettingsFile) -> KeyMap:
    return KeyMap(settings)


@pytest.fixture
def shown(qtbot: QtBot, keys: KeyMap, theme: Theme) -> KeyboardWindow:
    made = KeyboardWindow(keys, theme)
    qtbot.addWidget(made)
    return opened(qtbot, made)


def opened(qtbot: QtBot, made: KeyboardWindow | None) -> KeyboardWindow:
    assert made is not None
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.isActiveWindow() and made.search.hasFocus())
    return made


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    qtbot.keyClick(focused(), key, held)


def on_canvas(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    window.canvas.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.canvas)


def test_a_free_key_is_given_and_holds_at_once(qtbot: QtBot, window: MainWindow) -> None:
    window.keyboard.change()
    shown = opened(qtbot, window.keyboard.shown)
    qtbot.keyClicks(shown.search, "bypass")
    assert shown.list.listed()[0] == "canvas.bypass"
    press(qtbot, Qt.Key.Key_Return)
    assert shown.editor.capture.is_waiting
    press(qtbot, Qt.Key.Key_J)
    assert window.keys.keys("canvas.bypass") == ("B", "J")
    assert shown.list.hasFocus()
    assert [cap.text() for cap in shown.editor.caps()] == ["B  ×", "J  ×"]
    window.keys.remove("canvas.bypass", "B")
    on_canvas(qtbot, window)
    window.selection.set({"relu1"})
    press(qtbot, Qt.Key.Key_J)
    assert window.session.design.nodes["relu1"].bypassed
    press(qtbot, Qt.Key.Key_B)
    assert window.session.design.nodes["relu1"].bypassed, "which B no longer changes"
    menu: QMenu = window.menus.context()
    written = {a.objectName(): a.shortcut() for a in menu.actions() if not a.isSeparator()}
    assert written["canvas.bypass"] == QKeySequence("J")
    menu.deleteLater()


def test_a_key_that_is_taken_is_told_and_taken_over(
    qtbot: QtBot, keys: KeyMap, shown: KeyboardWindow, settings: SettingsFile
) -> None:
    qtbot.keyClicks(shown.search, "export script")
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_K, CTRL)
    assert shown.editor.said.text() == "Ctrl+K does “Search commands” already."
    assert keys.keys("files.export_script") == ("Ctrl+E",), "not before it is asked for"
    assert focused() is shown.editor.take
    press(qtbot, Qt.Key.Key_Space)
    assert keys.keys("files.export_script") == ("Ctrl+E", "Ctrl+K")
    assert keys.keys("view.search_commands") == ()
    assert "no longer" in shown.editor.said.text()
    settings.finish()
    again = KeyMap(SettingsFile(settings.path))
    assert again.keys("files.export_script") == ("Ctrl+E", "Ctrl+K")
    qtbot.mouseClick(shown.reset_all, Qt.MouseButton.LeftButton)
    assert keys.keys("view.search_commands") == ("Ctrl+K",)
    assert not shown.reset_all.isEnabled()


def test_a_key_is_taken_away_and_the_first_ones_are_given_back(
    qtbot: QtBot, keys: KeyMap, shown: KeyboardWindow
) -> None:
    shown.list.choose("session.redo")
    cap = shown.editor.caps()[0]
    qtbot.waitUntil(cap.isVisible)
    cap.setFocus()
    assert focused().accessibleName() == "Take Ctrl+Shift+Z away"
    press(qtbot, Qt.Key.Key_Space)
    assert keys.keys("session.redo") == ("Ctrl+Y",)
    assert shown.list.hasFocus()
    assert shown.editor.reset.isEnabled()
    qtbot.mouseClick(shown.editor.reset, Qt.MouseButton.LeftButton)
    assert keys.keys("session.redo") == ("Ctrl+Shift+Z", "Ctrl+Y")
    assert not shown.editor.reset.isEnabled()


def test_letters_are_refused_where_one_types_and_tab_everywhere(
    qtbot: QtBot, keys: KeyMap, shown: KeyboardWindow
) -> None:
    for name, key in (("files.save", Qt.Key.Key_S), ("canvas.bypass", Qt.Key.Key_Tab)):
        shown.list.choose(name)
        shown.editor.begin()
        press(qtbot, key)
        assert not keys.is_changed(name)
        assert shown.editor.said.text()
        assert not shown.editor.take.isVisible()


def test_esc_leaves_off_then_clears_then_closes(
    qtbot: QtBot, keys: KeyMap, shown: KeyboardWindow
) -> None:
    qtbot.keyClicks(shown.search, "save")
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Escape)
    assert not shown.editor.capture.is_waiting
    assert not keys.has_changed
    press(qtbot, Qt.Key.Key_Escape)
    assert (shown.isVisible(), shown.search.text()) == (True, "")
    press(qtbot, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_an_action_is_found_by_its_key(qtbot: QtBot, keys: KeyMap, shown: KeyboardWindow) -> None:
    every = shown.list.listed()
    assert set(every) == {action.id for action in keys.actions}
    shown.by_key.wait()
    press(qtbot, Qt.Key.Key_C, CTRL)
    assert shown.list.listed() == ["canvas.copy", "view.copy_summary"]
    shown.by_key.wait()
    press(qtbot, Qt.Key.Key_F9)
    assert shown.list.listed() == []
    assert shown.nothing.text() == "F9 is free: no action has it."
    qtbot.keyClicks(shown.search, "ctrl+k")
    assert shown.list.listed()[0] == "view.search_commands"


def test_what_is_of_no_use_in_the_settings_is_told(
    qtbot: QtBot, theme: Theme, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "keys.json"
    path.write_text('{"keys": {"files.new": ["x y"]}}', "utf-8")
    keys = KeyMap(SettingsFile(path))
    made = KeyboardWindow(keys, theme)
    qtbot.addWidget(made)
    assert made.notes.text() == "'x y' is no key; “New” goes without it."
    window = make_window(SettingsFile(path), theme, answers, engine=False)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.completed):
        window.show()
    assert window.column.banner.words.text() == made.notes.text()
    window.close()


def test_the_help_leads_there_and_the_list_is_written_as_pages_and_as_text(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    window.help.keys()
    window.help._help_window().go(KEYBOARD)
    made = window.keyboard.shown
    assert made is not None and made.isVisible()
    assert window.help._help_window().visit.address == KEYS, "the page stays"
    window.keys.add("files.new", "Ctrl+J")
    assert "Ctrl+J" in str(window.help._help_window().view.page), "and is drawn anew"
    answers.path = tmp_path / "keys.pdf"
    qtbot.mouseClick(made.save, Qt.MouseButton.LeftButton)
    assert answers.path.read_bytes().startswith(b"%PDF-")
    answers.path = tmp_path / "keys.md"
    window.keyboard.save_list()
    text = answers.path.read_text("utf-8")
    assert "| Ctrl+N or Ctrl+J | New | everywhere |" in text
    assert "<b>Ctrl+N or Ctrl+J</b>" in as_html(window.keys)
    answers.path = tmp_path / "no such folder" / "keys.md"
    window.keyboard.save_list()
    assert "was not written" in window.column.banner.words.text()
