"""The book of all pages: what an address leads to, and what can be looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from designer.core.design import Design
from designer.core.diagnostic import Diagnostic
from designer.core.facts import Facts
from designer.help import topics
from designer.help.addresses import CONTENTS, FAULT, LAYER, PROBLEMS, TOPIC
from designer.help.faults import fault_page, problems
from designer.help.layers import layer_page
from designer.help.page import Page
from designer.layers import CATALOGUE, families

NOTIONS = "Notions"


class Entry(NamedTuple):
    """A page in the list: where it is, what it is called, further words to find it by."""

    address: str
    title: str
    search: str

    @property
    def words(self) -> tuple[str, str]:
        """The name first, as a search wants it."""
        return self.title, self.search


class Book:
    """Makes pages by their address; `more` are pages that others bring, by address.

    `filled` puts the keys into a text that names actions.
    """

    def __init__(
        self,
        more: Mapping[str, Callable[[], Page]] | None = None,
        filled: Callable[[str], str] = str,
    ) -> None:
        self._more = {PROBLEMS: lambda: problems(filled), **(more or {})}
        self._filled = filled

    def page(self, address: str, node: str = "", facts: Facts | None = None) -> Page | None:
        """The page of an address, with a node of that layer worked out; None: there is none."""
        if make := self._more.get(address):
            return make()
        if address == CONTENTS:
            return topics.contents(self._filled)
        name = address.partition("/")[2]
        if address.startswith(LAYER) and name in CATALOGUE:
            return layer_page(CATALOGUE[name], node, facts)
        if address.startswith(TOPIC) and name in topics.PAGES:
            return topics.PAGES[name]()
        return None

    def fault(self, address: str, design: Design, found: Sequence[Diagnostic]) -> Page | None:
        """The page of a problem, with those of a design that are of its kind; None: no such."""
        if not address.startswith(FAULT):
            return None
        return fault_page(address.removeprefix(FAULT), design, found)

    def entries(self) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """Entries by group, in the order of the contents."""
        first = Entry(CONTENTS, "Start", "contents help begin overview")
        notions = [first, *_notions(topics.topics())]
        notions += _notions(make() for make in self._more.values())
        groups = [(NOTIONS, tuple(notions))]
        for family, kinds in families().items():
            rows = (
                Entry(
                    f"{LAYER}{kind.kind()}",
                    kind.kind(),
                    " ".join((kind.search, family, *kind.names)),
                )
                for kind in kinds
            )
            groups.append((family, tuple(rows)))
        return tuple(groups)


def _notions(pages: Iterable[Page]) -> list[Entry]:
    return [Entry(page.address, page.title, page.lead) for page in pages]
