"""The page of contents, and the notions that it leads to."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from designer.help.addresses import CONTENTS
from designer.help.notions.costs import costs
from designer.help.notions.geometry import padding, receptive_field, shape
from designer.help.notions.training import data, training
from designer.help.page import Heading, Page, Points, Words
from designer.layers import families


def contents() -> Page:
    """The page that leads to all others."""
    layers = [
        Words(f"{family}: " + ", ".join(f"`{kind.kind()}`" for kind in kinds))
        for family, kinds in families().items()
    ]
    notions = tuple(f"[{page.title}]({page.address}): {page.lead}" for page in topics())
    return Page(
        CONTENTS,
        "Help",
        "Convnet Designer",
        "F1 explains what is selected or has the focus: a node, a layer of the palette, a "
        "problem, a setting. So does every question mark.",
        (
            Heading("A net in five steps"),
            Points(
                (
                    "Drag an `Input` onto the canvas, or press Space there and type.",
                    "Add layers behind it: what is added goes behind the selected node. Drag from "
                    "port to port to connect.",
                    "Read the [shape](topic/shape) on every node; the inspector says why it is so.",
                    "Mend what is red: each problem says what it needs, and Enter takes the fix.",
                    "Press Train, or Ctrl+Return, and watch the [curves](topic/training).",
                )
            ),
            Heading("Notions"),
            Points(
                (
                    *notions,
                    "[Problems](topic/problems): all that can be wrong with a net.",
                    "[Keys](topic/keys): everything that the keyboard does.",
                )
            ),
            Heading("Layers"),
            *layers,
        ),
    )


PAGES: dict[str, Callable[[], Page]] = {
    "shape": shape,
    "padding": padding,
    "receptive-field": receptive_field,
    "costs": costs,
    "training": training,
    "data": data,
}
"""The notions by the end of their address, in the order in which one reads them."""


@cache
def topics() -> tuple[Page, ...]:
    """Every page about a notion."""
    return tuple(make() for make in PAGES.values())
