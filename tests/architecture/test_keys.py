"""Keys are in one table: nowhere else is a key given a meaning, or named."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from designer.app.fixed_keys import FIXED

DESIGNER = Path(__file__).parents[2] / "designer"
UI = DESIGNER / "ui"

ALLOWED: dict[str, set[str]] = {
    "commands/bindings.py": {
        "QAction",
        "setShortcuts",
        "setShortcutContext",
        "QKeySequence",
        "addAction",
    },
    # menus of actions that bindings.py made; and of values: files, data sets, sides of the window
    "commands/menus.py": {"addAction"},
    "title_bar.py": {"addAction"},
    "desk/desk.py": {"addAction"},
    "fields/controls.py": {"addAction", "QKeySequence"},
    # undo and redo of the system are the window's where a field has none of its own
    "inspector/note.py": {"QKeySequence"},
    # what the action that mends is called, and which one Space does
    "canvas/gestures/keyboard.py": {
        "QAction",
        "QKeySequence",
        "Key_Space",
        "Key_Return",
        "Key_Enter",
    },
}
"""What gives keys a meaning, and the files that may use it."""

PLACES: dict[str, set[str]] = {
    "canvas/edit/quick_add.py": {"Lists"},
    "canvas/edit/writing.py": {"Canvas words"},
    "commands/palette.py": {"Lists"},
    "fields/controls.py": {"Fields"},
    "help/contents.py": {"Lists"},
    "help/page_view.py": {"Pages"},
    "help/slide.py": {"Pictures"},
    "help/window.py": {"Pages"},
    "home/page.py": {"Cards"},
    "home/card.py": {"Cards"},
    "keyboard/capture.py": {"Lists"},
    "keyboard/window.py": {"Lists", "Pages"},
    "palette.py": {"Lists"},
    "problems.py": {"Lists"},
    "summary/view.py": {"Lists"},
}
"""The files that know keys which are the same everywhere, and the place of each in FIXED."""

MEANING = {
    "QAction", "QShortcut", "setShortcut", "setShortcuts", "setShortcutContext", "QKeySequence",
    "addAction", "grabShortcut", "QKeySequenceEdit",
}  # fmt: skip
NAMED = re.compile(r"\b(?:Ctrl|Alt|Shift|Meta)\+\w|\bF\d{1,2}\b|\b(?:press|with|and) Space\b")
QT_NAMES = {"PgUp": "PageUp", "PgDown": "PageDown", "Del": "Delete", "Esc": "Escape"}


def files() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(UI.rglob("*.py")):
        yield path.relative_to(UI).as_posix(), ast.parse(path.read_text("utf-8"))


def used(tree: ast.Module) -> Iterator[str]:
    """Everything that is called or looked up by a name that has to do with keys."""
    for node in ast.walk(tree):
        name = ""
        if isinstance(node, ast.Attribute):
            name = node.attr
        elif isinstance(node, ast.Name):
            name = node.id
        if name in MEANING or name.startswith("Key_"):
            yield name


def fixed(places: set[str]) -> set[str]:
    keys = {key for each in FIXED if each.place in places for key in each.keys}
    return {f"Key_{QT_NAMES.get(key, key)}" for key in keys}


def strange(name: str, tree: ast.Module) -> set[str]:
    allowed = ALLOWED.get(name, set()) | fixed(PLACES.get(name, set()))
    return {use for use in used(tree) if use not in allowed}


def test_no_key_has_a_meaning_outside_of_the_table() -> None:
    found = {name: names for name, tree in files() if (names := strange(name, tree))}
    assert found == {}, "put it into designer/app/actions.py, or fixed_keys.py if it is everywhere"


@pytest.mark.parametrize(
    "planted",
    [
        "QShortcut(QKeySequence('Ctrl+J'), self, do)",
        "made = QAction('Do', self)",
        "if event.key() == Qt.Key.Key_J: self.do()",
        "keys = {Qt.Key.Key_F5: view.zoom_fit}",
        "menu.addAction('Do').setShortcut('Ctrl+J')",
        "if event.matches(QKeySequence.StandardKey.Copy): self.do()",
    ],
)
def test_one_that_is_planted_is_found(planted: str) -> None:
    assert strange("pyramid/view.py", ast.parse(planted))


def test_what_is_allowed_is_used() -> None:
    trees = dict(files())
    assert PLACES.keys() <= trees.keys() and ALLOWED.keys() <= trees.keys()
    for name, places in PLACES.items():
        assert fixed(places) & set(used(trees[name])), name


def words(tree: ast.Module) -> Iterator[str]:
    """Every text of a module but those that explain it."""
    explained = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in explained:
            yield node.value


def test_no_text_names_a_key_by_itself() -> None:
    found: dict[str, list[str]] = {}
    for folder in ("ui", "help", "app", "rules", "core", "layers"):
        for path in sorted((DESIGNER / folder).rglob("*.py")):
            if path.name in ("actions.py", "fixed_keys.py"):
                continue
            said = [
                text for text in words(ast.parse(path.read_text("utf-8"))) if NAMED.search(text)
            ]
            if said:
                found[path.relative_to(DESIGNER).as_posix()] = said
    assert found == {}, "write {files.save}, and let the key map fill it in"
