"""What training needs of memory, in words."""

from __future__ import annotations

from designer.app.forecast import Forecast
from designer.ui.figures import count, in_bytes


def peak(forecast: Forecast) -> str:
    """The bytes of a step; empty where they are not known."""
    return "" if forecast.peak is None else in_bytes(forecast.peak)


def is_too_much(forecast: Forecast) -> bool:
    """Whether a step needs more than there is."""
    return forecast.peak is not None and 0 < forecast.room < forecast.peak


def sentence(forecast: Forecast) -> str:
    """What a step needs and how much would fit; empty where it is not known."""
    if forecast.peak is None:
        return ""
    said = f"A step of {count(forecast.batch, 'image')} needs {peak(forecast)}"
    most = forecast.largest_batch
    if most is None:
        return f"{said}."
    room = f"the {in_bytes(forecast.room)} {where(forecast)}"
    if not most:
        return f"{said}; not even one image fits into {room}."
    return f"{said}; up to {batch(most)} fit into {room}."


def batch(most: int) -> str:
    """The largest batch, rounded down to two figures: what is free changes from hour to hour."""
    unit = 10 ** max(len(str(most)) - 2, 0)
    return f"{most // unit * unit:,}"


def where(forecast: Forecast) -> str:
    """Whose memory it is."""
    return "that are free" if forecast.device.name == "cpu" else f"of {forecast.device.name}"


def parts(forecast: Forecast) -> tuple[tuple[str, str], ...]:
    """What it is made of: names with their bytes; nothing where it is not known."""
    memory = forecast.memory
    if memory is None:
        return ()
    return (
        ("weights", in_bytes(memory.weights)),
        ("their gradients", in_bytes(memory.gradients)),
        ("the optimiser's own", in_bytes(memory.state)),
        ("kept of each image for the way back", in_bytes(memory.kept)),
    )
