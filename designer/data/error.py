"""The one error of this package: data that cannot be used, in one sentence."""

from __future__ import annotations

LONGEST_PLACE = 160


class DataError(Exception):
    """Data cannot be used; the text says what, the rule, what was received and what to do."""


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The user stopped a download or a scan; nothing was changed."""


def shown(place: object) -> str:
    """Return a file name or a value as plain text on one line, shortened in its middle."""
    text = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(place))
    if len(text) <= LONGEST_PLACE:
        return text
    half = LONGEST_PLACE // 2
    return f"{text[:half]} … {text[-half:]}"
