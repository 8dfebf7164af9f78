"""The window as a whole, with real mouse and key events."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from designer.app.actions import ACTIONS
from designer.app.settings import SettingsFile
from designer.core.design import Design
from designer.core.edits import RemoveNodes, SetName
from designer.storage import TEMPLATES, template
from designer.ui.commands.window import commands
from designer.ui.main_window import MainWindow
from designer.ui.start import make_window
from designer.ui.theme.theme import Theme
from tests.ui.conftest import Answers


def test_after_the_first_paint_shapes_are_known(window: MainWindow) -> None:
    assert window.session.is_analysed
    assert window.status_bar.parameters.text() == "57,722"
    assert window.status_bar.macs.text() == "442,816"
    assert window.status_bar.known.text() == "9 of 9 nodes known"
    assert window.status_bar.problems.text() == "no problems"


def test_every_action_has_somebody_who_does_it(window: MainWindow) -> None:
    for action in ACTIONS:
        receiver = window.targets[action.receiver]
        assert callable(getattr(receiver, action.method)), action.id
        for attribute in filter(None, (action.state, action.needs)):
            assert isinstance(getattr(receiver, attribute), bool), action.id


def test_keys_undo_and_redo(qtbot: QtBot, window: MainWindow) -> None:
    window.session.execute(SetName("Other"))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.design.name == "Assignment 4"
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Z, both)
    assert window.session.design.name == "Other"


def test_undo_in_a_field_is_the_fields_own(qtbot: QtBot, window: MainWindow) -> None:
    window.selection.set({"conv1"})
    control = window.inspector.nodes.form.fields["out_channels"].control
    control.setFocus()
    qtbot.keyClick(control, Qt.Key.Key_End)
    qtbot.keyClicks(control, "0")
    assert window.session.design.nodes["conv1"].layer.out_channels == 160  # type: ignore[attr-defined]
    qtbot.keyClick(control, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert control.text() == "16"  # type: ignore[attr-defined]
    assert window.session.design.nodes["conv1"].layer.out_channels == 16  # type: ignore[attr-defined]


def test_undo_in_a_field_with_nothing_typed_is_the_windows(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.session.execute(SetName("Other"))
    window.selection.set({"conv1"})
    control = window.inspector.nodes.form.fields["padding"].control
    control.setFocus()
    control_key = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(control, Qt.Key.Key_Z, control_key)
    assert window.session.design.name == "Assignment 4"
    qtbot.keyClick(control, Qt.Key.Key_Z, control_key | Qt.KeyboardModifier.ShiftModifier)
    assert window.session.design.name == "Other"


def test_a_project_that_is_opened_has_its_own_name_and_the_keys_on_the_canvas(
    window: MainWindow,
) -> None:
    window.selection.set({"conv1"})
    window.inspector.nodes.form.fields["padding"].control.setFocus()
    window.session.new(Design("Another"))
    assert window.inspector.project.name.text() == "Another"
    assert window.canvas.hasFocus()


def test_cut_and_paste_through_the_clipboard(qtbot: QtBot, window: MainWindow) -> None:
    window.selection.set({"relu1"})
    qtbot.keyClick(window.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert '"convnet-fragment"' in QGuiApplication.clipboard().text()
    qtbot.keyClick(window.canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "relu4" in window.session.design.nodes
    window.selection.set({"relu4"})
    qtbot.keyClick(window.canvas, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert "relu4" not in window.session.design.nodes


def test_a_layer_of_the_palette_is_added_after_the_selection(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.selection.set({"conv1"})
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.palette_panel.search, "batch")
    assert window.palette_panel.names()[0] == "BatchNorm2d"
    qtbot.keyClick(window.palette_panel.search, Qt.Key.Key_Return)
    assert window.session.design.graph.incoming["relu1"][0].source == "batchnorm1"
    assert window.selection.node == "batchnorm1"
    assert window.session.analysis.is_valid


def test_a_double_click_in_the_palette_adds(qtbot: QtBot, window: MainWindow) -> None:
    item = window.palette_panel.item("ReLU")
    assert item is not None
    view = window.palette_panel.list
    view.scrollToItem(item)
    at = view.visualItemRect(item).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert "relu4" in window.session.design.nodes


def test_the_command_palette_finds_and_does(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.command_palette
    assert palette.isVisible()
    qtbot.keyClicks(palette.search, "conv2")
    assert "Go to conv2" in palette.titles()
    palette.search.clear()
    qtbot.keyClicks(palette.search, "go to conv2")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.selection.nodes == {"conv2"}


def test_the_command_palette_lists_every_action_with_its_key_and_what_it_needs(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.keys.add("canvas.bypass", "Ctrl+J")
    palette = window.command_palette
    palette.open()
    rows = {command.title: command for command in commands(window)}
    for action in ACTIONS:
        assert palette.titles().count(action.title) >= 1, action.title
        assert rows[action.title].group, action.title
    assert rows["Bypass"].hint == " or ".join(window.keys.native("canvas.bypass"))
    assert rows["Bypass"].why_not == "select a node first"
    palette.search.setText("bypass")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible(), "the row says why not"
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)
    window.selection.set({"relu1"})
    palette.open("bypass")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert window.session.design.nodes["relu1"].bypassed
    palette.open("set kernel")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible() and palette.titles() == [], "a ReLU has none"
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)
    window.selection.set({"conv1"})
    palette.open("set kernel")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert window.inspector.nodes.form.fields["kernel_size"].control.hasFocus()
    palette.open("set epochs")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert window.inspector.project.training.fields["epochs"].control.hasFocus()


def test_problems_are_counted_listed_and_mended(qtbot: QtBot, window: MainWindow) -> None:
    window.session.execute(RemoveNodes(frozenset({"flatten"})))
    assert window.status_bar.problems.text() == "1 problem"
    qtbot.mouseClick(window.status_bar.problems, Qt.MouseButton.LeftButton)
    assert window.dock.current == "Problems"
    buttons = [b for b in window.problems.findChildren(QPushButton) if "Flatten" in b.text()]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert window.session.analysis.is_valid
    assert window.canvas.hasFocus(), "the button is gone"
    assert window.status_bar.problems.text() == "no problems"


def test_a_problem_leads_to_its_node(qtbot: QtBot, window: MainWindow) -> None:
    from designer.ui.problems import ProblemRow

    window.session.execute(RemoveNodes(frozenset({"flatten"})))
    window.view.show_problems()
    (row,) = window.problems.findChildren(ProblemRow)
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    assert window.selection.nodes == {"fc1"}


def test_the_code_follows_the_selection_and_leads_back(qtbot: QtBot, window: MainWindow) -> None:
    window.view.show_code()
    window.selection.set({"conv2"})
    view = window.code.view
    qtbot.waitUntil(lambda: bool(view.extraSelections()))
    marked = {
        mark.cursor.block().text().strip()  # type: ignore[attr-defined]
        for mark in view.extraSelections()
    }
    assert "x = self.conv2(x)" in marked
    block = view.document().firstBlock()
    while "self.fc1 = " not in block.text():
        block = block.next()
    view.verticalScrollBar().setValue(block.blockNumber())
    place = view.blockBoundingGeometry(block).translated(view.contentOffset()).center()
    at = QPoint(80, round(place.y()))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.selection.nodes == {"fc1"}


def test_an_invalid_design_keeps_the_last_text_and_says_why(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.view.show_code()
    qtbot.waitUntil(lambda: window.code.view.toPlainText() != "")
    text = window.code.view.toPlainText()
    window.session.execute(RemoveNodes(frozenset({"flatten"})))
    qtbot.waitUntil(lambda: not window.code.view.isEnabled())
    assert window.code.view.toPlainText() == text
    assert "fc1" in window.code.notice.text()


def test_the_summary_sorts_and_copies(window: MainWindow) -> None:
    window.view.show_summary()
    table = window.summary.table
    table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    assert table.model().index(0, 0).data() == "fc1"
    assert "| fc1 | Linear | 784 | 64 | 50,240 |" in window.summary.as_markdown()
    assert "conv1,Conv2d,1 × 28 × 28,16 × 14 × 14,416,78400" in window.summary.as_csv()
    window.selection.set({"conv2"})
    rows = table.selectionModel().selectedRows()
    assert [index.data() for index in rows] == ["conv2"]


def test_the_theme_is_switched_and_kept(window: MainWindow, settings: SettingsFile) -> None:
    window.view.light()
    assert window.theme.tokens.name == "light"
    assert window.canvas.tokens.name == "light"
    assert SettingsFile(settings.path).value.theme == "light"


def test_an_empty_canvas_offers_the_templates(qtbot: QtBot, window: MainWindow) -> None:
    window.session.new()
    assert window.column.empty.isVisible()
    qtbot.mouseClick(window.column.empty.button, Qt.MouseButton.LeftButton)
    page = window.home.page
    assert page is not None
    qtbot.waitUntil(page.search.hasFocus)
    qtbot.keyClicks(page.search, "imagenet")
    found = [card.offer.title for card in page.cards()]
    assert "ResNet-18" in found
    assert "Assignment 4" not in found
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert window.session.design.name == found[0]
    assert window.canvas.isVisible()
    assert not window.column.empty.isVisible()


def test_a_node_is_found_by_its_label_too(qtbot: QtBot, window: MainWindow) -> None:
    window.session.new(template("alexnet").design())
    window.command_palette.open("fc8")
    assert window.command_palette.titles()[0] == "Go to classifier_6"
    qtbot.keyClick(window.command_palette.search, Qt.Key.Key_Return)
    assert window.selection.nodes == {"classifier_6"}


def test_the_menu_lists_the_templates_in_groups(window: MainWindow) -> None:
    actions = window.menus.menus["File"].actions()
    menu = next(a.menu() for a in actions if a.text() == "New from template")
    menu.aboutToShow.emit()
    titles = [action.text() for action in menu.actions() if not action.isSeparator()]
    headings = [a.text() for a in menu.actions() if a.text() and not a.isEnabled()]
    assert headings == list(dict.fromkeys(template.group for template in TEMPLATES))
    assert "ResNet-18\t11.7 M" in titles
    assert len(titles) == len(TEMPLATES) + len(headings)
    next(a for a in menu.actions() if a.text().startswith("ResNet-18")).trigger()
    assert len(window.session.design.nodes) == 70


def test_an_empty_net_is_told_as_empty(window: MainWindow) -> None:
    window.session.new()
    assert window.status_bar.problems.text() == "empty: add an Input"


def test_a_refusal_begins_with_the_name_as_it_is(window: MainWindow) -> None:
    window.session.refused.emit("fc1 gets nothing")
    assert window.column.banner.words.text() == "fc1 gets nothing."


def test_a_refusal_goes_when_the_design_is_another_and_other_words_stay(
    window: MainWindow,
) -> None:
    banner = window.column.banner
    window.session.refused.emit("there is no net to train yet")
    assert banner.isVisible()
    window.session.execute(SetName("Other"))
    assert not banner.isVisible()
    banner.say("Exported to net.py", is_fault=False)
    window.session.execute(SetName("Another"))
    assert banner.isVisible()


def test_the_zoom_is_told_before_it_changes(
    qtbot: QtBot, theme: Theme, settings: SettingsFile, answers: Answers
) -> None:
    made = make_window(settings, theme, answers, engine=False)
    qtbot.addWidget(made)
    assert made.status_bar.zoom.text() == "100 %"


def test_f2_renames_the_selected_node(qtbot: QtBot, window: MainWindow) -> None:
    window.selection.set({"conv1"})
    window.inspector.hide()
    qtbot.keyClick(window.canvas, Qt.Key.Key_F2)
    name = window.inspector.nodes.name
    assert name.hasFocus()
    qtbot.keyClicks(name, "first")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert "first" in window.session.design.nodes


def test_what_a_problem_mends_is_brought_into_view(qtbot: QtBot, window: MainWindow) -> None:
    window.session.execute(RemoveNodes(frozenset({"flatten"})))
    canvas = window.canvas
    canvas.set_viewport(canvas.viewport.centred((-5000.0, 0.0), 1.0))
    window.view.show_problems()
    fix = next(b for b in window.problems.findChildren(QPushButton) if "Flatten" in b.text())
    qtbot.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert window.session.analysis.is_valid
    assert canvas.rect().contains(canvas.screen_rect(canvas.picture.index["fc1"]).toRect())
