"""A form that is turned to again stands for another node, with nothing of the one before."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from designer.app.selection import Selection
from designer.app.session import Session
from designer.core.edits import RemoveNodes, SetParam
from designer.layers import CATALOGUE
from designer.ui.card import Card
from designer.ui.fields.forms import KEPT, Forms
from designer.ui.theme.theme import Theme
from tests.ui.test_inspector import line, show, type_over  # noqa: F401 - a fixture

Show = Callable[..., object]


def test_nodes_of_a_kind_share_their_fields(
    qtbot: QtBot, show: Show, session: Session, selection: Selection  # noqa: F811
) -> None:  # fmt: skip
    session.execute(SetParam("conv2", "out_channels", 7))
    panel = show("conv1")
    field = line(panel, "out_channels")
    type_over(qtbot, field, "12")
    type_over(qtbot, field, "12x")
    assert panel.nodes.form.fields["out_channels"].fault.text()
    selection.set({"conv2"})
    assert line(panel, "out_channels") is field
    assert field.text() == "7"
    assert not panel.nodes.form.fields["out_channels"].fault.text()
    assert not field.isUndoAvailable()
    selection.set({"fc1"})
    selection.set({"conv1"})
    assert line(panel, "out_channels") is field
    assert field.text() == "12"


def test_typing_for_another_node_is_another_step(
    qtbot: QtBot, show: Show, session: Session, selection: Selection  # noqa: F811
) -> None:  # fmt: skip
    panel = show("conv1")
    before = session.design
    type_over(qtbot, line(panel, "out_channels"), "12")
    middle = session.design
    selection.set({"conv2"})
    type_over(qtbot, line(panel, "out_channels"), "34")
    layers = [session.design.nodes[n].layer for n in ("conv1", "conv2")]
    assert [layer.out_channels for layer in layers] == [12, 34]
    session.undo()
    assert session.design is middle
    session.undo()
    assert session.design is before


def test_several_nodes_and_one_turn_to_and_fro(
    show: Show, selection: Selection  # noqa: F811
) -> None:  # fmt: skip
    panel = show("conv1")
    alone = list(panel.nodes.traits.fields)
    selection.set({"conv1", "relu1"})
    assert not panel.nodes.form.fields
    assert set(panel.nodes.traits.fields) < set(alone)
    selection.set({"conv1"})
    assert list(panel.nodes.traits.fields) == alone
    shown = [form for form in panel.nodes._forms._kept.values() if not form.isHidden()]
    assert shown == [panel.nodes.form]


def test_a_selection_that_goes_with_its_node_is_shown_once(
    qtbot: QtBot,
    show: Show,  # noqa: F811
    session: Session,
    selection: Selection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panel, told = show("conv1"), []
    filled = panel.project.refresh
    monkeypatch.setattr(panel.project, "refresh", lambda: (told.append(1), filled()))
    session.execute(RemoveNodes(frozenset({"conv1"})))
    assert not selection.nodes
    assert not told, "the canvas comes first"
    qtbot.waitUntil(lambda: len(told) == 1)
    session.undo()
    qtbot.waitUntil(lambda: len(told) == 2)
    selection.set({"conv1"})
    assert line(panel, "kernel_size").text() == "5"


def test_the_latest_forms_are_kept_and_one_is_shown(qtbot: QtBot, theme: Theme) -> None:
    forms, told = Forms(), []
    qtbot.addWidget(forms)
    forms.edited.connect(lambda name, value, _: told.append((name, value)))
    kinds = [k for k in sorted(CATALOGUE) if CATALOGUE[k].parameters()][: KEPT + 4]
    made = [forms.turn_to(CATALOGUE[kind].parameters()) for kind in kinds]
    assert len(forms._kept) == KEPT
    assert forms.shown is made[-1]
    assert [form for form in made[4:] if not form.isHidden()] == [made[-1]]
    again = forms.turn_to(CATALOGUE[kinds[-2]].parameters())
    assert again is made[-2]
    again.edited.emit("name", 3, object())
    assert told == [("name", 3)]


def test_what_will_be_clicked_on_has_its_form_already(
    qtbot: QtBot, show: Show, session: Session  # noqa: F811
) -> None:  # fmt: skip
    panel = show("conv1")
    page = panel.nodes
    kinds = {type(node.layer) for node in session.design.nodes.values()}
    keys = {tuple(map(id, kind.parameters())) for kind in kinds}
    qtbot.waitUntil(lambda: keys <= page._forms._kept.keys(), timeout=10_000)
    qtbot.waitUntil(lambda: not page._ahead.isActive(), timeout=10_000)
    assert not page._forms.shown.isHidden()
    assert page._forms.shown is page.form
    assert sum(not form.isHidden() for form in page._forms._kept.values()) == 1


def test_no_form_that_was_shown_gives_way_to_one_that_was_not(qtbot: QtBot, theme: Theme) -> None:
    forms = Forms()
    qtbot.addWidget(forms)
    kinds = [k for k in sorted(CATALOGUE) if CATALOGUE[k].parameters()]
    ready = [forms.prepare(CATALOGUE[kind].parameters()) for kind in kinds]
    assert sum(ready) == KEPT - 1
    assert not any(forms.prepare(CATALOGUE[kind].parameters()) for kind in kinds)
    first = forms.turn_to(CATALOGUE[kinds[0]].parameters())
    assert forms.turn_to(CATALOGUE[kinds[0]].parameters()) is first
    made = [forms.turn_to(CATALOGUE[kind].parameters()) for kind in kinds[-3:]]
    assert forms.turn_to(CATALOGUE[kinds[0]].parameters()) is first
    assert forms.turn_to(CATALOGUE[kinds[-1]].parameters()) is made[-1]


@pytest.mark.parametrize(
    "lines", [["a = 1"], ["a → 2, b", "c"], [], ["d"], ["e = 4, f"], ["", "g = 5"]]
)
def test_a_card_shows_its_lines_whatever_it_showed_before(
    qtbot: QtBot, theme: Theme, lines: list[str]
) -> None:
    fresh = Card("A")
    qtbot.addWidget(fresh)
    fresh.show_lines(lines)
    for before in (["a = 1", "b"], ["x → 3, y"], [], ["z"]):
        card = Card("A")
        qtbot.addWidget(card)
        card.show_lines(before)
        card.show_lines(lines)
        assert _said(card) == _said(fresh)
        assert len(_said(card)) == len(list(filter(None, lines)))
        assert card.isHidden() == (not lines)


def _said(card: Card) -> list[list[str]]:
    """What is seen in a card, line by line, without its heading."""
    lines = [line for line in card._lines if not line.isHidden()]
    return [[w.text() for w in line.findChildren(QLabel) if not w.isHidden()] for line in lines]


def test_a_card_shows_its_figures_whatever_it_showed_before(qtbot: QtBot, theme: Theme) -> None:
    card = Card("A")
    qtbot.addWidget(card)
    for figures in ([("a", "1"), ("b", "2")], [("c", "3")], [], [(n, n) for n in "defg"]):
        card.show_figures(figures)
        rows = [row for row in card._figures if not row.isHidden()]
        assert [(row.name.text(), row.figure.text()) for row in rows] == figures
        assert card.isHidden() == (not figures)
