"""Shares, times and outcomes as the training panels write them."""

from __future__ import annotations


def percent(share: float | None) -> str:
    """A share as `91.8 %`; a dash where it is not known."""
    return "–" if share is None else f"{100 * share:.1f} %"


def duration(seconds: float | None) -> str:
    """A time as `18 s`, `4 min 10 s` or `1 h 5 min`."""
    if seconds is None:
        return "–"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60:,} h {minutes % 60} min"


def loss(value: float | None) -> str:
    """A loss with three figures that tell: `0.312`, `2.31`, `148`."""
    return "–" if value is None else f"{value:.3g}"


def state(name: str, epochs_done: int, epochs: int) -> str:
    """How a run stands: `finished`, `stopped at epoch 3 of 12`."""
    if name == "finished" or not epochs:
        return name
    return f"{name} at epoch {min(epochs_done + 1, epochs)} of {epochs:,}"
