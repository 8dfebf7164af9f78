"""Tab goes through a page as it is read, whatever was made anew."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.core.edits import SetTraining
from designer.ui.fix_button import FixButton
from designer.ui.main_window import MainWindow


def way(window: MainWindow, steps: int) -> list[str]:
    """What Tab comes to, by its spoken name; fixes by their class."""
    found = []
    for _ in range(steps):
        widget = QApplication.focusWidget()
        assert widget is not None
        is_fix = isinstance(widget, FixButton)
        found.append("fix" if is_fix else widget.accessibleName())
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        QApplication.processEvents()
    return found


def test_tab_goes_from_the_name_through_fields_and_fixes_to_the_traits(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.selection.set({"fc1"})
    window.selection.set({"conv1"})  # the forms are made anew
    page = window.inspector.nodes
    field = page.form.fields["groups"].control
    QApplication.processEvents()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "7")  # which one channel cannot be divided by
    qtbot.waitUntil(page.faults.isVisible)
    QApplication.processEvents()
    page.name.setFocus()
    fields = list(page.form.fields)
    assert way(window, 3 + len(fields)) == [
        "Name of the node", "What this layer does", *fields, "fix",
    ]  # fmt: skip
    while "fix" in way(window, 1):
        pass
    assert way(window, 3) == ["label", "frozen", "bypassed"]


def test_tab_goes_through_the_page_of_the_project(qtbot: QtBot, window: MainWindow) -> None:
    window.selection.clear()
    page = window.inspector.project
    window.session.execute(SetTraining("optimizer", "SGD"))  # with others momentum is passed over
    qtbot.waitUntil(page.training.fields["momentum"].control.isEnabled)
    QApplication.processEvents()
    page.name.setFocus()
    found = way(window, 3 + len(page.data.fields) + len(page.training.fields))
    fields = [name for name in found if name in {**page.data.fields, **page.training.fields}]
    assert fields == [*page.data.fields, *page.training.fields]
