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


def contents(filled: Callable[[str], str] = str) -> Page:
    """The page that leads to all others; `filled` puts keys where `{view.rename}` stands."""
    layers = [
        Words(f"{family}: " + ", ".join(f"`{kind.kind()}`" for kind in kinds))
        for family, kinds in families().items()
    ]
    notions = tuple(f"[{page.title}]({page.address}): {page.lead}" for page in topics())
    return Page(
        CONTENTS,
        "Help",
        "Convnet Designer",
        filled(
            "{help.explain_this} explains what is selected or has the focus: a node, a layer of "
            "the palette, a problem, a setting. So does every question mark."
        ),
        (
            Heading("A net in five steps"),
            Points(
                (
                    filled(
                        "Drag an `Input` onto the canvas, or add it there with "
                        "{canvas.quick_add} and its name."
                    ),
                    "Add layers behind it: what is added goes behind the selected node. Drag from "
                    "port to port to connect.",
                    "Read the [shape](topic/shape) on every node; the inspector says why it is so.",
                    filled(
                        "Mend what is red: each problem says what it needs, and {canvas.mend} "
                        "takes the fix."
                    ),
                    filled(
                        "Train with {window.train} or the button, and watch the "
                        "[curves](topic/training)."
                    ),
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
