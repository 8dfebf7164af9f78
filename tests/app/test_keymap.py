"""Keys that the user changed: what is given, taken over, given back, and read from a file."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from designer.app.actions import ACTIONS, BY_ID
from designer.app.key_rules import clashes, normal, overlap, pressed, resolved
from designer.app.keymap import KeyMap
from designer.app.settings import SettingsFile

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
KEYS = ["Ctrl+K", "Ctrl+Z", "B", "F1", "F6", "Ctrl+J", "Right", "0", "Space", "Alt+Left", "Ctrl+C"]
IDS = [action.id for action in ACTIONS]


def shared(keys: KeyMap) -> list[tuple[str, str, str]]:
    """Every key that two actions have where both would hear it."""
    return [
        (key, one.id, other.id)
        for i, one in enumerate(ACTIONS)
        for other in ACTIONS[i + 1 :]
        if overlap(one.where, other.where)
        for key in set(keys.keys(one.id)) & set(keys.keys(other.id))
    ]


def file(folder: Path, keys: object) -> SettingsFile:
    path = folder / "settings.json"
    path.write_text(json.dumps({"theme": "dark", "later": [1], "keys": keys}), "utf-8")
    return SettingsFile(path)


def test_a_key_is_given_taken_over_and_kept(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    kept = SettingsFile(path)
    keys = KeyMap(kept)
    assert [other.id for other in keys.holders("files.new", "Ctrl+K")] == ["view.search_commands"]
    with qtbot.waitSignal(keys.changed):
        keys.add("files.new", "Ctrl+K")
    assert keys.keys("files.new") == ("Ctrl+N", "Ctrl+K")
    assert keys.keys("view.search_commands") == ()
    assert keys.named("view.search_commands") == "View › Search commands"
    assert keys.is_changed("view.search_commands")
    kept.finish()
    kept = SettingsFile(path)
    again = KeyMap(kept)
    assert again.keys("files.new") == ("Ctrl+N", "Ctrl+K")
    assert again.keys("view.search_commands") == ()
    again.remove("files.new", "Ctrl+K")
    assert again.keys("view.search_commands") == ("Ctrl+K",), "which nobody else wants now"
    assert not again.has_changed
    kept.finish()
    assert "keys" not in json.loads(path.read_text("utf-8"))


def test_what_is_reset_gets_its_keys_back_from_whoever_has_them() -> None:
    keys = KeyMap()
    keys.add("files.new", "Ctrl+K")
    keys.add("view.search_commands", "Ctrl+P")
    keys.reset("view.search_commands")
    assert keys.keys("view.search_commands") == ("Ctrl+K",)
    assert keys.keys("files.new") == ("Ctrl+N",)
    keys.remove("canvas.bypass", "B")
    keys.reset_all()
    assert not keys.has_changed


@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["add", "remove", "reset"]),
            st.sampled_from([*IDS[:12], *IDS[-30:]]),
            st.sampled_from(KEYS),
        ),
        max_size=12,
    )
)
def test_no_two_actions_ever_share_a_key_whatever_the_user_does(
    steps: list[tuple[str, str, str]],
) -> None:
    keys = KeyMap()
    for step, name, key in steps:
        if step == "reset":
            keys.reset(name)
            assert keys.keys(name) == keys.default(name)
        elif step == "remove":
            keys.remove(name, key)
            assert key not in keys.keys(name)
        else:
            keys.add(name, key)
            assert (key in keys.keys(name)) is not bool(keys.refusal(name, key))
        assert shared(keys) == []
        assert keys.notes == ()


@pytest.mark.parametrize(
    ("held", "note"),
    [
        ({"files.new": ["Ctrl+Foo"]}, "'Ctrl+Foo' is no key; “New” goes without it."),
        ({"files.new": [7]}, "7 is no key; “New” goes without it."),
        ({"files.new": "Ctrl+J"}, "The keys of “New” must be a list; received 'Ctrl+J'."),
        ({"files.fly": ["Ctrl+J"]}, "There is no action “files.fly” in this version"),
        ({"files.new": ["N"]}, "N alone is needed for typing"),
        ({"files.new": ["Ctrl+J"], "files.open": ["Ctrl+J"]}, "Ctrl+J is given to “New” and to"),
        (["Ctrl+J"], "no list of actions"),
    ],
)
def test_what_is_of_no_use_in_the_settings_is_told_and_costs_nothing_else(
    tmp_path: Path, held: object, note: str
) -> None:
    settings = file(tmp_path, held | {"canvas.bypass": ["Q"]} if isinstance(held, dict) else held)
    keys = KeyMap(settings)
    assert len(keys.notes) == 1 and note in keys.notes[0]
    assert shared(keys) == []
    assert keys.keys("canvas.bypass") == (("Q",) if isinstance(held, dict) else ("B",))
    keys.add("files.save", "Ctrl+M")
    settings.finish()
    written = json.loads(settings.path.read_text("utf-8"))
    assert (written["theme"], written["later"]) == ("dark", [1])
    assert written["keys"]["files.save"] == ["Ctrl+S", "Ctrl+M"]
    if isinstance(held, dict):
        assert written["keys"].items() >= held.items(), "nothing is lost"


def test_two_windows_do_not_take_keys_from_each_other(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    files = SettingsFile(path), SettingsFile(path)
    one, other = map(KeyMap, files)
    one.add("files.new", "Ctrl+J")
    files[0].finish()
    other.add("canvas.bypass", "Q")
    files[1].finish()
    third = KeyMap(SettingsFile(path))
    assert third.keys("files.new") == ("Ctrl+N", "Ctrl+J")
    assert third.keys("canvas.bypass") == ("B", "Q")


def test_a_plain_key_is_for_the_canvas_only_and_tab_for_nobody() -> None:
    keys = KeyMap()
    assert "function key" in keys.refusal("files.new", "N")
    assert keys.refusal("files.new", "Shift+N") and keys.refusal("view.copy_summary", "Space")
    assert not keys.refusal("files.new", "F5")
    assert not keys.refusal("files.new", "Alt+N")
    assert not keys.refusal("canvas.bypass", "Q")
    assert "next" in keys.refusal("canvas.bypass", "Tab")
    keys.add("files.new", "N")
    assert keys.keys("files.new") == ("Ctrl+N",)


def test_texts_name_the_keys_of_now() -> None:
    keys = KeyMap()
    assert keys.filled("Search (Ctrl+K), rename {view.rename}") == "Search (Ctrl+K), rename F2"
    keys.add("view.rename", "Ctrl+R")
    keys.remove("view.rename", "F2")
    assert keys.filled("{view.rename}") == keys.native("view.rename")[0]


@pytest.mark.parametrize(
    ("key", "held", "text", "written"),
    [
        (Qt.Key.Key_K, CTRL, "\x0b", "Ctrl+K"),
        (Qt.Key.Key_A, SHIFT, "A", "Shift+A"),
        (Qt.Key.Key_Question, SHIFT, "?", "?"),
        (Qt.Key.Key_Plus, SHIFT | CTRL, "+", "Ctrl++"),
        (Qt.Key.Key_Left, SHIFT, "", "Shift+Left"),
        (Qt.Key.Key_Space, SHIFT, " ", "Shift+Space"),
        (Qt.Key.Key_Backtab, SHIFT, "", "Shift+Tab"),
        (Qt.Key.Key_F5, NONE, "", "F5"),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, "\r", "Enter"),
        (Qt.Key.Key_Shift, SHIFT, "", ""),
        (Qt.Key.Key_Control, CTRL, "", ""),
    ],
)
def test_what_is_pressed_is_written_as_it_is_kept(
    key: Qt.Key, held: Qt.KeyboardModifier, text: str, written: str
) -> None:
    assert pressed(key, held, text) == written
    assert normal(written) == written


def test_a_table_that_clashes_still_gives_each_key_once() -> None:
    found, _ = resolved(ACTIONS, {"files.new": ["Ctrl+S", "Ctrl+S", "ctrl+o"]})
    assert found["files.new"] == ("Ctrl+S", "Ctrl+O")
    assert found["files.save"] == found["files.open"] == ()
    assert clashes(ACTIONS) == [] and BY_ID["files.save"].keys == ("Ctrl+S",)
