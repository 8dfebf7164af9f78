"""The inspector derives its rows, edits live, and says what is wrong on the field."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from designer.app.selection import Selection
from designer.app.session import Session
from designer.core.edits import Rename, SetTraining
from designer.core.training import WITH_MOMENTUM
from designer.help.arithmetic import why
from designer.layers import CATALOGUE
from designer.ui.fields.controls import ChoiceField, SwitchField
from designer.ui.fields.field import Field
from designer.ui.inspector.cost import cost
from designer.ui.inspector.panel import InspectorPanel
from designer.ui.theme.theme import Theme

Show = Callable[..., InspectorPanel]


@pytest.fixture
def show(qtbot: QtBot, theme: Theme, session: Session, selection: Selection) -> Show:
    def shown(*nodes: str) -> InspectorPanel:
        panel = InspectorPanel(session, selection)
        list(panel.build())
        qtbot.addWidget(panel)
        panel.resize(340, 800)
        selection.set(nodes)
        with qtbot.waitActive(panel):
            panel.show()
            panel.activateWindow()
        return panel

    return shown


def line(panel: InspectorPanel, name: str) -> QLineEdit:
    control = panel.nodes.form.fields[name].control
    assert isinstance(control, QLineEdit)
    return control


def type_over(qtbot: QtBot, control: QLineEdit, text: str) -> None:
    control.setFocus()
    control.selectAll()
    qtbot.keyClicks(control, text)


def test_it_has_a_row_for_every_parameter(show: Show) -> None:
    panel = show("conv1")
    names = [parameter.name for parameter in CATALOGUE["Conv2d"].parameters()]
    assert list(panel.nodes.form.fields) == names
    assert line(panel, "kernel_size").text() == "5"
    assert line(panel, "padding").text() == "same"


def test_a_long_id_is_read_from_its_beginning(show: Show, session: Session) -> None:
    long = "features_denseblock1_denselayer1_of_a_large_net_conv1"
    session.execute(Rename("conv1", long))
    panel = show(long)
    assert panel.nodes.name.text() == long
    assert panel.nodes.name.cursorPosition() == 0


def test_typing_is_seen_at_once_and_is_one_undo_step(
    qtbot: QtBot, show: Show, session: Session
) -> None:
    panel = show("conv1")
    type_over(qtbot, line(panel, "out_channels"), "128")
    assert session.design.nodes["conv1"].layer.out_channels == 128  # type: ignore[attr-defined]
    assert session.analysis.facts["conv1"].output == (128, 14, 14)
    session.undo()
    assert session.design.nodes["conv1"].layer.out_channels == 16  # type: ignore[attr-defined]
    assert not session.can_undo


def test_a_field_that_is_left_and_entered_again_begins_another_step(
    qtbot: QtBot, show: Show, session: Session
) -> None:
    panel = show("conv1")
    type_over(qtbot, line(panel, "out_channels"), "32")
    type_over(qtbot, line(panel, "stride"), "1")
    type_over(qtbot, line(panel, "out_channels"), "48")
    session.undo()
    assert session.design.nodes["conv1"].layer.out_channels == 32  # type: ignore[attr-defined]


def test_a_value_outside_its_limits_is_said_on_its_field(
    qtbot: QtBot, show: Show, session: Session
) -> None:
    panel = show("conv1")
    type_over(qtbot, line(panel, "stride"), "0")
    field = panel.nodes.form.fields["stride"]
    assert "at least 1" in field.fault.text()
    assert field.fault.isVisible()
    assert not session.analysis.is_valid
    type_over(qtbot, line(panel, "stride"), "2")
    qtbot.waitUntil(lambda: not field.fault.isVisible())


def test_a_field_is_as_red_as_its_fault_is_bad_and_says_it_once(
    qtbot: QtBot, show: Show, session: Session
) -> None:
    from PySide6.QtWidgets import QLabel, QPushButton

    panel = show("conv1")
    field, faults = panel.nodes.form.fields["kernel_size"], panel.nodes.faults

    def buttons() -> list[str]:
        return [w.text() for w in faults.findChildren(QPushButton) if not w.isHidden()]

    for text, severity, ink in (("0", "error", "error"), ("99", "hint", "muted")):
        type_over(qtbot, line(panel, "kernel_size"), text)
        (found,) = session.analysis.by_node["conv1"]
        assert (found.severity, found.param) == (severity, "kernel_size")
        assert panel.nodes.form.fields["kernel_size"] is field
        assert field.control.property("fault") == severity
        assert field.fault.property("ink") == ink
        shown = [w for w in faults.findChildren(QLabel) if not w.isHidden()]
        assert not shown, "its sentence stands below its field"
        qtbot.waitUntil(lambda: buttons() == [fix.label for fix in found.fixes])  # noqa: B023
    type_over(qtbot, line(panel, "kernel_size"), "5")
    qtbot.waitUntil(lambda: field.control.property("fault") == "")
    assert faults.isHidden()


def test_a_text_that_is_no_value_changes_nothing_and_says_what_is_expected(
    qtbot: QtBot, show: Show, session: Session
) -> None:
    panel = show("conv1")
    before = session.design
    control = line(panel, "groups")
    type_over(qtbot, control, "two")
    assert session.design is before
    assert "whole number" in panel.nodes.form.fields["groups"].fault.text()
    line(panel, "stride").setFocus()
    assert control.text() == "1"


def test_arrow_keys_step_inside_the_limits(qtbot: QtBot, show: Show, session: Session) -> None:
    panel = show("conv1")
    control = line(panel, "groups")
    control.setFocus()
    qtbot.keyClick(control, Qt.Key.Key_Down)
    assert control.text() == "1"
    qtbot.keyClick(control, Qt.Key.Key_Up)
    assert control.text() == "2"
    assert session.design.nodes["conv1"].layer.groups == 2  # type: ignore[attr-defined]


def test_switch_and_choice_edit(qtbot: QtBot, show: Show, session: Session) -> None:
    panel = show("conv1")
    bias = panel.nodes.form.fields["bias"].control
    assert isinstance(bias, SwitchField)
    qtbot.mouseClick(bias, Qt.MouseButton.LeftButton)
    mode = panel.nodes.form.fields["padding_mode"].control
    assert isinstance(mode, ChoiceField)
    mode.setFocus()
    qtbot.keyClick(mode, Qt.Key.Key_Down)
    layer = session.design.nodes["conv1"].layer
    assert (layer.bias, layer.padding_mode) == (False, "reflect")  # type: ignore[attr-defined]


def test_a_switch_that_may_be_left_open_is_a_choice_of_three(qtbot: QtBot) -> None:
    (corners,) = (p for p in CATALOGUE["Upsample"].parameters() if p.name == "align_corners")
    field = Field(corners)
    qtbot.addWidget(field)
    field.set_value(None)
    edited: list[object] = []
    field.edited.connect(lambda value, _: edited.append(value))
    assert isinstance(field.control, ChoiceField)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(field.control, key)
    assert edited == [True, False, True, None]
    field.set_value(False)
    assert field.control.currentText() == "off"


def test_several_nodes_are_edited_together_in_one_step(
    qtbot: QtBot, show: Show, session: Session
) -> None:
    panel = show("conv1", "fc1")
    assert list(panel.nodes.form.fields) == ["bias"]
    panel = show("conv1", "conv2")
    type_over(qtbot, line(panel, "out_channels"), "8")
    assert {session.design.nodes[n].layer.out_channels for n in ("conv1", "conv2")} == {8}  # type: ignore[attr-defined]
    session.undo()
    assert not session.is_dirty


def test_a_field_says_where_nodes_differ(show: Show, session: Session) -> None:
    panel = show("fc1", "fc2")
    assert line(panel, "out_features").text() == ""
    assert line(panel, "out_features").placeholderText() == "several values"


def test_renaming_keeps_the_selection(
    qtbot: QtBot, show: Show, session: Session, selection: Selection
) -> None:
    panel = show("conv1")
    type_over(qtbot, panel.nodes.name, "first")
    qtbot.keyClick(panel.nodes.name, Qt.Key.Key_Return)
    assert "first" in session.design.nodes
    assert selection.nodes == {"first"}


def test_a_name_that_cannot_be_is_refused_in_words(
    qtbot: QtBot, show: Show, session: Session
) -> None:
    panel = show("conv1")
    type_over(qtbot, panel.nodes.name, "class")
    assert "keyword" in panel.nodes.name_fault.text()
    qtbot.keyClick(panel.nodes.name, Qt.Key.Key_Return)
    assert "conv1" in session.design.nodes
    assert panel.nodes.name.text() == "conv1"


def test_why_and_cost_of_the_lessons_convolution(session: Session) -> None:
    facts = session.analysis.facts["conv1"]
    assert any("⌈28 / 2⌉" in text for text in why(facts))
    figures = dict(cost(facts))
    assert figures["parameters"] == "416"
    assert figures["MACs"] == "78,400"
    assert figures["a dense layer would need"] == "2,461,760"
    assert figures["receptive field"] == "5 × 5"


def test_a_fault_offers_its_fix(qtbot: QtBot, show: Show, session: Session) -> None:
    from PySide6.QtWidgets import QPushButton

    from designer.core.edits import RemoveNodes

    session.execute(RemoveNodes(frozenset({"flatten"})))
    panel = show("fc1")
    button, *_ = panel.nodes.faults.findChildren(QPushButton)
    assert "Flatten" in button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert session.analysis.is_valid


def test_with_nothing_selected_it_shows_and_sets_the_project(
    qtbot: QtBot, show: Show, session: Session
) -> None:
    panel = show()
    epochs = panel.project.training.fields["epochs"].control
    assert isinstance(epochs, QLineEdit)
    type_over(qtbot, epochs, "12")
    assert session.design.training.epochs == 12
    type_over(qtbot, panel.project.name, "Mine")
    assert session.design.name == "Mine"
    session.undo()
    assert session.design.name == "Assignment 4"


def test_a_momentum_that_has_no_effect_is_not_to_be_set(
    qtbot: QtBot, show: Show, session: Session
) -> None:
    panel = show()
    momentum = panel.project.training.fields["momentum"].control
    for optimizer in ("Adam", "AdamW", "SGD", "RMSprop"):
        session.execute(SetTraining("optimizer", optimizer))
        said = "Share of" if optimizer in WITH_MOMENTUM else f"No effect with {optimizer}:"
        qtbot.waitUntil(lambda said=said: momentum.toolTip().startswith(said))
        assert momentum.isEnabled() is (optimizer in WITH_MOMENTUM)
    session.execute(SetTraining("optimizer", "Adam"))
    session.execute(SetTraining("momentum", 2.0))
    qtbot.waitUntil(momentum.isEnabled)  # what is at fault can be mended


def test_a_path_is_typed_to_its_end_before_it_holds(
    qtbot: QtBot, show: Show, session: Session
) -> None:
    panel = show()
    source = panel.project.data.fields["source"].control
    assert isinstance(source, QLineEdit)
    type_over(qtbot, source, "/data/images")
    assert session.design.data.source == "letters"
    qtbot.keyClick(source, Qt.Key.Key_Return)
    assert session.design.data.source == "/data/images"
    type_over(qtbot, source, "mnist-5k")
    panel.project.name.setFocus()
    assert session.design.data.source == "mnist-5k"


def test_what_was_wrong_stays_said_until_the_field_is_entered_again(
    qtbot: QtBot, show: Show, session: Session
) -> None:
    panel = show("conv1")
    control, field = line(panel, "stride"), panel.nodes.form.fields["stride"]
    type_over(qtbot, control, "abc")
    qtbot.keyClick(control, Qt.Key.Key_Tab)
    assert control.text() == "2"
    assert "received “abc”" in field.fault.text()
    assert field.fault.isVisible()
    control.setFocus()
    assert not field.fault.isVisible()


def test_a_refused_name_stays_said_until_the_next_edit(
    qtbot: QtBot, show: Show, session: Session
) -> None:
    panel = show("conv1")
    name, fault = panel.nodes.name, panel.nodes.name_fault
    type_over(qtbot, name, "first conv")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert name.text() == "conv1"
    assert "identifier" in fault.text()
    assert "received “first conv”" in fault.text()
    line(panel, "stride").setFocus()
    assert fault.isVisible()
    name.setFocus()
    assert not fault.isVisible()
    type_over(qtbot, name, "first_conv")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert "first_conv" in session.design.nodes


def test_what_is_typed_belongs_to_the_node_that_is_shown(
    qtbot: QtBot, show: Show, session: Session, selection: Selection
) -> None:
    """The page follows a choice a moment later, and keys may come before that."""
    panel = show("conv1")
    field = line(panel, "out_channels")
    field.setFocus()
    field.selectAll()
    selection.set({"conv2"})
    qtbot.keyClicks(field, "7")
    assert session.design.nodes["conv1"].layer.out_channels == 7  # type: ignore[attr-defined]
    assert session.design.nodes["conv2"].layer.out_channels == 16  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: field.text() == "16")
    assert panel.nodes.name.text() == "conv2"


def test_it_does_nothing_while_it_cannot_be_seen(
    qtbot: QtBot, show: Show, selection: Selection
) -> None:
    panel = show("conv1")
    page = panel.nodes
    panel.hide()
    selection.set({"conv2"})
    assert not panel._later.isActive()
    assert page.name.text() == "conv1"
    panel.show()
    assert page.name.text() == "conv2"
