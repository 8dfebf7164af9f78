"""The scale of the interface, in per cent: what is written in pixels at 100 % becomes pixels."""

from __future__ import annotations

SCALES = (80, 90, 100, 110, 125, 150, 175, 200)
"""The scales that are offered; another one in the settings becomes the nearest of them."""


class _Scale:
    """One for the whole program, as its font and its style sheet are."""

    percent = 100


_now = _Scale()


def percent() -> int:
    """The scale that holds."""
    return _now.percent


def set_percent(wanted: int) -> None:
    """Let the nearest scale that is offered hold; what was given a size before keeps it."""
    _now.percent = nearest(wanted)


def nearest(wanted: int) -> int:
    """The scale that is nearest to a number of per cent."""
    return min(SCALES, key=lambda one: abs(one - wanted))


def px(pixels: float) -> int:
    """So many pixels at 100 %, in whole ones; what is seen at 100 % is seen at every scale."""
    scaled = round(pixels * _now.percent / 100)
    return scaled or (pixels > 0) - (pixels < 0)


def fine(pixels: float) -> float:
    """The same for what is painted with antialiasing, where a part of a pixel counts."""
    return pixels * _now.percent / 100
