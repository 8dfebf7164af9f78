"""When something was written, as people say it."""

from __future__ import annotations

from datetime import datetime


def when(written: datetime, now: datetime) -> str:
    """`today, 14:20`, `yesterday, 09:05`, `3 March`, `3 March 2019`."""
    days = (now.date() - written.date()).days
    if days in (0, 1):
        return f"{('today', 'yesterday')[days]}, {written:%H:%M}"
    day = f"{written.day} {written:%B}"
    return day if written.year == now.year else f"{day} {written.year}"
