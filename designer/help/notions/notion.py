"""The frame of a page about a notion."""

from __future__ import annotations

from designer.help.addresses import TOPIC
from designer.help.page import Block, Page

NOTION = "Notion"
"""The kind of these pages."""


def notion(name: str, title: str, lead: str, *blocks: Block) -> Page:
    """A page that is found under `topic/` and its name."""
    return Page(f"{TOPIC}{name}", title, NOTION, lead, blocks)
