"""When a file was written, as people say it."""

from datetime import datetime

import pytest

from designer.ui.home.when import when

NOW = datetime(2026, 3, 2, 9, 0)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (datetime(2026, 3, 2, 8, 5), "today, 08:05"),
        (datetime(2026, 3, 1, 23, 59), "yesterday, 23:59"),
        (datetime(2026, 2, 28, 12, 0), "28 February"),
        (datetime(2025, 12, 31, 12, 0), "31 December 2025"),
        (datetime(2026, 3, 3, 0, 1), "3 March"),
    ],
)
def test_what_is_said(written: datetime, said: str) -> None:
    assert when(written, NOW) == said
