"""The code view replaces only the lines that differ, and always ends with the whole text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from designer.ui.code.panel import _CodeView

TEXTS = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=6).map("\n".join)


@pytest.fixture(scope="module")
def view(qapp: object) -> _CodeView:
    return _CodeView()


@given(before=TEXTS, after=TEXTS)
def test_any_text_follows_any_other(view: _CodeView, before: str, after: str) -> None:
    view.setPlainText(before)
    for _ in view.replacing(after):
        pass
    assert view.toPlainText() == after


def test_lines_that_stay_keep_their_place(qtbot: QtBot, view: _CodeView) -> None:
    lines = [f"line {i}" for i in range(300)]
    view.resize(400, 200)
    view.setPlainText("\n".join(lines))
    view.verticalScrollBar().setValue(200)
    lines[220] = "another"
    for _ in view.replacing("\n".join(lines)):
        pass
    assert view.verticalScrollBar().value() == 200
