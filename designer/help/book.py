"""The book of all pages: what an address leads to, and what can be looked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from designer.core.facts import Facts
from designer.help import topics
from designer.help.layers import layer_page
from designer.help.page import CONTENTS, LAYER, TOPIC, Page
from designer.layers import CATALOGUE, families

Own = Callable[[str], tuple[str, Facts] | None]
"""Gives a node of the user's net, and what is known of it, for the address of a layer."""


class Book:
    """Makes pages by their address; `more` are pages that others bring, by address."""

    def __init__(self, more: Mapping[str, Callable[[], Page]] | None = None) -> None:
        self._more = dict(more or {})

    def page(self, address: str, node: str = "", facts: Facts | None = None) -> Page | None:
        """The page of an address, with a node of that layer worked out; None: there is none."""
        if address == CONTENTS:
            return topics.contents()
        if make := self._more.get(address):
            return make()
        name = address.partition("/")[2]
        if address.startswith(LAYER) and name in CATALOGUE:
            return layer_page(CATALOGUE[name], node, facts)
        if address.startswith(TOPIC) and name in topics.PAGES:
            return topics.PAGES[name]()
        return None

    def entries(self) -> tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]:
        """Groups of (address, title, words to find it by), in the order of the contents."""
        notions = [(CONTENTS, "Help", "start contents begin")]
        notions += [(page.address, page.title, page.lead) for page in topics.topics()]
        notions += [(a, p.title, p.lead) for a, make in self._more.items() if (p := make())]
        groups = [("Notions", tuple(notions))]
        for family, kinds in families().items():
            rows = [(f"{LAYER}{k.kind()}", k.kind(), f"{k.search} {family}") for k in kinds]
            groups.append((family, tuple(rows)))
        return tuple(groups)
