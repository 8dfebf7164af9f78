"""Shares, times and outcomes in words."""

import pytest

from designer.ui.training import words


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "–"), (0.4, "0 s"), (18, "18 s"), (250, "4 min 10 s"), (3900, "1 h 5 min")],
)
def test_durations(seconds, text):
    assert words.duration(seconds) == text


def test_shares_and_losses():
    assert words.percent(0.9184) == "91.8 %"
    assert words.percent(None) == words.loss(None) == "–"
    assert [words.loss(x) for x in (0.31234, 2.314, 148.2)] == ["0.312", "2.31", "148"]


def test_states():
    assert words.state("finished", 5, 5) == "finished"
    assert words.state("stopped", 2, 12) == "stopped at epoch 3 of 12"
    assert words.state("failed", 0, 0) == "failed"
