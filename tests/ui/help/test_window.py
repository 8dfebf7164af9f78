"""The help by F1, question marks, links, search and keys."""

import time

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QToolTip
from pytestqt.qtbot import QtBot

from designer.core.edits import SetParam
from designer.help.addresses import CONTENTS, KEYBOARD, KEYS
from designer.layers import CATALOGUE
from designer.ui.grouped_list import question_mark
from designer.ui.help.blocks import CodeCard
from designer.ui.help.slide import SlideView
from designer.ui.help.window import HelpWindow
from designer.ui.inspector.question_mark import QuestionMark
from designer.ui.main_window import MainWindow
from designer.ui.problems import ProblemRow
from tests.ui.help.conftest import Ask

LEFT = Qt.MouseButton.LeftButton


def said(shown: HelpWindow) -> str:
    """All words of the page that is open."""
    body = shown.view.widget()
    labels = [label.text() for label in body.findChildren(QLabel)]
    code = [view.toPlainText() for view in body.findChildren(QPlainTextEdit)]
    return "\n".join(labels + code).replace("\u00a0", " ")


def test_f1_explains_the_selected_node_with_its_own_numbers(
    window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    window.selection.set({"conv2"})
    shown = ask()
    assert shown.visit.address == "layer/Conv2d"
    assert "16 × 14 × 14 in" in said(shown)
    assert "5 · 5 · 16 · 16 + 16 = 6,416" in said(shown)
    dense = 16 * 14 * 14 * 16 * 7 * 7 + 16 * 7 * 7
    assert f"{dense:,} weights and biases" in said(shown), "what a dense layer would need"
    for shape in ("8 × 28 × 28", "8 × 26 × 26", "8 × 13 × 13"):
        assert f"<b>{shape}</b>" in said(shown), "the lesson's quiz"
    card = shown.view.widget().findChild(CodeCard)
    qtbot.keyClick(card.copy, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == card.text + "\n"
    assert "nn.Conv2d(" in card.text


def test_f1_explains_what_has_the_focus(window: MainWindow, qtbot: QtBot, ask: Ask) -> None:
    panel, canvas = window.palette_panel, window.canvas

    def nothing() -> None:
        window.selection.clear()

    def a_setting() -> None:
        window.inspector.project.training.fields["schedule"].control.setFocus()

    def a_row_of_the_palette() -> None:
        panel.search.setFocus()
        qtbot.keyClicks(panel.search, "batchn")

    def a_row_of_quick_add() -> None:
        canvas.setFocus()
        qtbot.keyClick(canvas, Qt.Key.Key_Space)
        qtbot.keyClicks(canvas.quick_add.field, "dropout2")

    def a_tab() -> None:
        canvas.quick_add.close_quietly()
        window.view.show_summary()
        window.dock.tabs.setFocus()

    def a_problem() -> None:
        window.session.execute(SetParam("conv1", "stride", 0))
        window.view.show_problems()
        window.problems.findChildren(ProblemRow)[0].setFocus()

    def a_tooltip() -> None:
        panel.search.clear()
        item = panel.item("Greyscale")
        assert item is not None
        at, viewport = panel.list.visualItemRect(item).center(), panel.list.viewport()
        place = viewport.mapToGlobal(at)
        QCursor.setPos(place)
        qtbot.mouseMove(viewport, at)
        QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, at, place))
        assert "F1" in QToolTip.text()
        canvas.setFocus()

    wanted = {
        a_tooltip: "layer/Greyscale",
        nothing: CONTENTS,
        a_setting: "topic/training#schedule",
        a_row_of_the_palette: "layer/BatchNorm2d",
        a_row_of_quick_add: "layer/Dropout2d",
        a_tab: "topic/costs",
        a_problem: "fault/out-of-range",
    }
    for prepare, address in wanted.items():
        prepare()
        shown = ask()
        assert shown.visit.address == address, prepare.__name__
        if prepare is a_problem:
            assert "stride must be at least 1; received 0" in said(shown)
        shown.hide()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)


def test_f1_in_a_field_points_at_that_parameter(window: MainWindow, qtbot: QtBot, ask: Ask) -> None:
    window.selection.set({"conv1"})
    window.inspector.nodes.form.fields["stride"].control.setFocus()
    shown = ask()
    assert shown.visit.address == "layer/Conv2d#stride"

    def chosen() -> list[QLabel]:
        labels = shown.view.widget().findChildren(QLabel)
        return [label for label in labels if label.property("anchor") == "chosen"]

    qtbot.waitUntil(lambda: len(chosen()) == 1)
    assert "stride" in chosen()[0].text()
    place = chosen()[0].mapTo(shown.view.viewport(), QPoint(0, 0))
    assert shown.view.viewport().rect().contains(place), "and it is in view"


def test_question_marks_of_palette_and_inspector_open_their_pages(
    qtbot: QtBot, window: MainWindow
) -> None:
    panel = window.palette_panel
    item = panel.item("ReLU")
    assert item is not None
    panel.list.scrollToItem(item)
    mark = question_mark(panel.list.visualItemRect(item)).center()
    qtbot.mouseMove(panel.list.viewport(), mark)
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=mark)
    (shown,) = window.findChildren(HelpWindow)
    assert shown.visit.address == "layer/ReLU"
    assert "relu4" not in window.session.design.nodes, "nothing was added"
    window.selection.set({"fc1"})
    qtbot.mouseClick(window.inspector.nodes.question, LEFT)
    assert (shown.visit.address, shown.visit.node) == ("layer/Linear", "fc1")


def test_question_marks_stand_at_data_and_training(qtbot: QtBot, window: MainWindow) -> None:
    window.selection.clear()
    for mark in window.inspector.project.findChildren(QuestionMark):
        assert mark.focusPolicy() & Qt.FocusPolicy.TabFocus, "the keyboard comes to it"
        window.activateWindow()
        mark.setFocus()
        qtbot.waitUntil(mark.hasFocus)
        qtbot.keyClick(mark, Qt.Key.Key_Space)
    (shown,) = window.findChildren(HelpWindow)
    qtbot.waitUntil(shown.isActiveWindow)
    assert shown.visit.address == "topic/training"
    qtbot.keyClick(shown, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown.visit.address == "topic/data"


def test_links_back_and_forward(window: MainWindow, qtbot: QtBot, ask: Ask) -> None:
    window.selection.set({"conv1"})
    shown = ask()
    shown.view.verticalScrollBar().setValue(300)
    link = next(
        label
        for label in shown.view.widget().findChildren(QLabel)
        if 'href="layer/BatchNorm2d"' in label.text()
    )
    shown.view.ensureWidgetVisible(link)
    scrolled = shown.view.verticalScrollBar().value()
    link.setFocus(Qt.FocusReason.TabFocusReason)
    while link.selectedText() != "BatchNorm2d":
        qtbot.keyClick(link, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is link, "the keyboard comes to every link"
    qtbot.keyClick(link, Qt.Key.Key_Return)
    assert shown.visit.address == "layer/BatchNorm2d"
    assert not shown.forward.isEnabled()
    qtbot.mouseClick(shown.back, LEFT)
    assert (shown.visit.address, shown.visit.node) == ("layer/Conv2d", "conv1")
    assert shown.view.verticalScrollBar().value() == scrolled, "and one is where one was"
    qtbot.keyClick(shown, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert shown.visit.address == "layer/BatchNorm2d"


def test_search_finds_names_words_and_parameters(
    window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    window.selection.clear()
    shown = ask()
    qtbot.keyClick(shown, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    search = shown.contents.search
    assert search.hasFocus()
    for typed, wanted in (
        ("maxpool", "layer/MaxPool2d"),
        ("dense", "layer/Linear"),
        ("count_include_pad", "layer/AvgPool2d"),
        ("receptive", "topic/receptive-field"),
    ):
        search.selectAll()
        qtbot.keyClicks(search, typed)
        assert shown.contents.addresses()[0] == wanted, typed
        qtbot.keyClick(search, Qt.Key.Key_Return)
        assert shown.visit.address == wanted
    search.selectAll()
    qtbot.keyClicks(search, "xyzzy")
    assert shown.contents.nothing.isVisible()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert shown.isVisible()


def test_arrows_pass_through_the_list_and_leave_one_step_back(
    window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    window.selection.set({"conv1"})
    shown = ask()
    shown.contents.list.setFocus()
    for _ in range(3):
        qtbot.keyClick(shown.contents.list, Qt.Key.Key_Down)
    assert shown.visit.address not in ("layer/Conv2d", CONTENTS)
    qtbot.keyClick(shown, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown.visit.address == "layer/Conv2d"


def test_the_page_follows_the_node_while_it_is_edited(
    window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    window.selection.set({"conv1"})
    shown = ask()
    window.session.execute(SetParam("conv1", "kernel_size", 3))
    qtbot.waitUntil(lambda: "3 · 3 · 1 · 16 + 16 = 160" in said(shown))
    window.session.undo()
    qtbot.waitUntil(lambda: "5 · 5 · 1 · 16 + 16 = 416" in said(shown))


def test_the_window_slides_with_the_arrow_keys_and_the_pointer(
    window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    window.selection.set({"conv1"})
    shown = ask()
    slide = shown.view.widget().findChildren(SlideView)[0]
    assert slide.caption() == "Output 0, 0 reads rows −1 … 3 and columns −1 … 3."
    assert slide.padded() == "Padded cells are grey: 1 above, 2 below, 1 left, 2 right."
    slide.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(slide, Qt.Key.Key_Right)
    qtbot.keyClick(slide, Qt.Key.Key_Down)
    qtbot.keyClick(slide, Qt.Key.Key_Up)
    assert slide.caption() == "Output 0, 1 reads rows −1 … 3 and columns 1 … 5."
    for _ in range(20):
        qtbot.keyClick(slide, Qt.Key.Key_Down)
    assert slide.stop == (13, 1), "it stops at the last place"
    shown.view.ensureWidgetVisible(slide)
    shown.move(window.geometry().right() + 20, 0)  # offscreen, no window is raised

    def pointed() -> bool:
        for cell in ((3, 3), (5, 7)):  # the first move only enters the widget
            qtbot.mouseMove(slide, slide.cell_of_output(*cell).center().toPoint())
        return slide.stop == (5, 7)

    qtbot.waitUntil(pointed)


def test_escape_closes_and_the_same_window_opens_again(
    window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    window.selection.set({"conv1"})
    shown = ask()
    qtbot.keyClick(shown, Qt.Key.Key_F1)
    assert shown.visit.address == CONTENTS, "F1 in the help opens its contents"
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert ask() is shown


def test_every_page_opens_and_every_link_leads_to_one(
    window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    shown = ask()
    tried: set[str] = set()
    for address in shown.contents.addresses():
        shown.go(address)
        shown.view.finish()
        assert shown.visit.address == address
        for part in said(shown).split('href="')[1:]:
            target = part.partition('"')[0]
            if target not in tried | {KEYBOARD}:  # which is no page
                tried.add(target)
                shown.go(target)
                assert shown.visit.address == target, (address, target)
    assert set(shown.contents.addresses()) >= {f"layer/{kind}" for kind in CATALOGUE}
    assert KEYS in shown.contents.addresses()


def test_a_page_is_seen_at_once(window: MainWindow, qtbot: QtBot, ask: Ask) -> None:
    window.selection.set({"conv1"})
    shown = ask()
    times = []  # of this thread: others may have the processor meanwhile
    for _ in range(5):
        begin = time.thread_time()
        shown.go("layer/Conv2d", "conv1")
        shown.view.viewport().repaint()
        times.append(time.thread_time() - begin)
    assert min(times) < 0.05


def test_a_window_over_a_large_map_is_drawn_by_its_ends(
    window: MainWindow, qtbot: QtBot, ask: Ask
) -> None:
    window.session.execute(SetParam("image", "width", 640))
    window.session.execute(SetParam("image", "height", 480))
    window.selection.set({"conv1"})
    slide = ask().view.widget().findChildren(SlideView)[0]
    assert slide.height() < 320
    for _ in range(400):
        qtbot.keyClick(slide, Qt.Key.Key_Right)
    assert slide.caption() == "Output 0, 319 reads rows −1 … 3 and columns 637 … 641."


def test_the_search_of_commands_finds_a_page(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.command_palette
    qtbot.keyClicks(palette.search, "conv2d")
    assert palette.titles()[0] == "Add Conv2d", "what is done comes before what is read"
    palette.search.selectAll()
    qtbot.keyClicks(palette.search, "explain maxp")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    (shown,) = window.findChildren(HelpWindow)
    assert shown.visit.address == "layer/MaxPool2d"
