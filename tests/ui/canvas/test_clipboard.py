"""Copy, cut, paste and duplicate."""

from PySide6.QtGui import QGuiApplication

from designer.core.graph import Edge
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.nets import chain, small


def test_what_is_copied_is_pasted_with_its_wires_under_free_names(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    canvas.choose({"conv1", "relu1"})
    canvas.copy()
    canvas.paste()
    design = canvas.session.design
    new = canvas.selection.nodes
    assert new == {"conv3", "relu2"}
    assert Edge("conv3", "relu2") in design.edges
    assert design.nodes["conv3"].layer == design.nodes["conv1"].layer
    assert len([e for e in design.edges if e.source in new or e.target in new]) == 1
    assert canvas.session.document.undo_label == "paste 2 nodes"


def test_paste_goes_to_another_canvas(make_canvas: MakeCanvas) -> None:
    first, second = make_canvas(small()), make_canvas(chain())
    first.select_all()
    first.copy()
    second.paste()
    assert second.session.design.nodes.keys() == first.session.design.nodes.keys()
    assert second.session.design.edges == first.session.design.edges


def test_cut_takes_away_and_paste_brings_back(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    canvas.choose({"relu1"})
    canvas.cut()
    assert "relu1" not in canvas.session.design.nodes
    canvas.paste()
    assert "relu1" in canvas.session.design.nodes


def test_a_duplicate_stands_below_what_it_was_made_of(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    canvas.choose({"conv1", "relu1"})
    canvas.duplicate()
    nodes = canvas.session.design.nodes
    assert nodes["conv3"].position == (192.0, 80.0)
    assert nodes["relu2"].position == (384.0, 80.0)
    assert canvas.session.document.undo_label == "duplicate 2 nodes"


def test_foreign_text_gives_a_sentence_and_changes_nothing(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    begin, said = canvas.session.design, []
    canvas.refused.connect(said.append)
    for text in ("hello", "{", '{"nodes": 3}', "[]"):
        assert not canvas.paste_text(text)
    assert canvas.session.design is begin
    assert len(said) == 4
    assert all(said)


def test_copying_nothing_keeps_the_clipboard(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    QGuiApplication.clipboard().setText("precious")
    canvas.copy()
    assert QGuiApplication.clipboard().text() == "precious"
