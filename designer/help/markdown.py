"""A help page as Markdown, for the manual."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from designer.core.example import Values
from designer.help.page import (
    Block,
    Code,
    Curve,
    Formula,
    Heading,
    Page,
    Points,
    Sample,
    Span,
    Table,
    Words,
    Worked,
    spans,
)

Link = Callable[[str], str | None]
"""Gives the file of an address as seen from the page; None: there is none."""


def markdown(page: Page, link: Link) -> str:
    """Write a page; what leads to no file is not a link."""
    parts = [f"# {page.title}\n", f"*{page.kind}.* {_marked(page.lead, link)}\n"]
    for block in page.blocks:
        lines = [_marked(line, link) for line in _lines(block)]
        if lines:
            parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _marked(text: str, link: Link) -> str:
    """Marked text with its links; a line of code stays as it is."""
    if text.startswith("    "):
        return text
    return "".join(_span(span, link) for span in spans(text))


def _span(span: Span, link: Link) -> str:
    words = f"`{span.words}`" if span.is_code else span.words
    target = link(span.address) if span.address else None
    return f"[{words}]({target})" if target else words


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(words):
            yield f"## {words}"
        case Words(text):
            yield text
        case Points(items):
            yield from (f"- {item}" for item in items)
        case Table(head, rows):
            yield from _table(head, rows)
        case Formula(lines):
            yield from (f"    {line}" for line in lines)
        case Code(text):
            yield from (f"    {line}".rstrip() for line in text.rstrip().split("\n"))
        case _:
            yield from _figures(block)


def _figures(block: Block) -> Iterator[str]:
    """What is worked out."""
    if isinstance(block, Worked):
        if block.title:
            yield f"**{block.title}**\n"
        yield from (f"- {line}" for line in block.lines)
        yield from (f"- {name}: {figure}" for name, figure in block.costs)
    elif isinstance(block, Curve):
        chosen = block.points[:: max(1, len(block.points) // 6)]
        yield from _table(
            ("x", *(number(x) for x, _ in chosen)), [("y", *(number(y) for _, y in chosen))]
        )
    elif isinstance(block, Sample):
        numbers = block.numbers
        parts = [rows_of(values) for values in numbers.given]
        parts += [list(numbers.lines)] if numbers.lines else []
        parts += [[f"→ {line}" if line else "" for line in rows_of(v)] for v in numbers.gives]
        for i, lines in enumerate(parts):
            yield from ["    "] if i else []
            yield from (f"    {line}" for line in lines)


def _table(head: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    names = tuple(head)
    yield f"| {' | '.join(names)} |"
    yield "| " + " | ".join("---" for _ in names) + " |"
    for cells in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def number(value: float) -> str:
    """A number of a sample: as short as it can be, three decimals at most."""
    return f"{round(value, 3):g}".replace("-", "−")


def rows_of(values: Values) -> list[str]:
    """Numbers in rows, an empty row between two maps."""
    if not isinstance(values, tuple):
        return [number(values)]
    if not values or not isinstance(values[0], tuple):
        return ["  ".join(number(v) for v in values if not isinstance(v, tuple))]
    inner = [rows_of(v) for v in values]
    gap = [""] if isinstance(values[0][0], tuple) else []
    return [line for i, rows in enumerate(inner) for line in ([*gap] if i else []) + rows]
