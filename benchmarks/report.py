"""The table of all figures, for the terminal and for docs/benchmarks.md."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.measure import Row

HEADER = ("", "here", "floor or peer", "", "ratio", "target")


def table(rows: list[Row]) -> list[tuple[str, ...]]:
    """The cells of the table, its header first."""
    return [HEADER, *(_cells(row) for row in rows)]


def _cells(row: Row) -> tuple[str, ...]:
    target = "; ".join(sign + ("" if holds else ", missed") for sign, holds in row.targets)
    return (
        row.subject,
        _figure(row.value, row.unit),
        row.floor,
        _figure(row.floor_value, row.unit),
        f"{row.ratio:.3g}",
        target,
    )


def _figure(value: float, unit: str) -> str:
    digits = f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
    return f"{digits} {unit}"


def as_text(rows: list[Row]) -> str:
    """The table in columns, for a terminal."""
    cells = table(rows)
    widths = [max(len(line[i]) for line in cells) for i in range(len(HEADER))]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def as_markdown(results: Mapping[str, Any]) -> str:
    """The page docs/benchmarks.md: every benchmark's table under its title."""
    parts = [
        "# Benchmarks",
        "Written by `python -m benchmarks` (`make bench`); do not edit. Each figure is a "
        "median, measured in the same run as its floor or peer, by turns. Ratios carry "
        "over to other machines, absolute figures do not.",
    ]
    for result in results.values():
        parts += [f"## {result['title']}", result["about"]]
        rows = [Row(**row) for row in result["rows"]]
        header, *lines = table(rows)
        parts.append(
            "\n".join(
                "| " + " | ".join(cells) + " |"
                for cells in (header, ("---",) * len(header), *lines)
            )
        )
        parts.append(_machine(result["machine"]))
    return "\n\n".join(parts) + "\n"


def _machine(machine: Mapping[str, str]) -> str:
    return (
        f"On {machine['cores']} × {machine['processor']}, {machine['system']}; "
        f"Python {machine['python']}, {machine['packages']}. "
        f"The load average at the end was {machine['load']}."
    )


def load(path: Path) -> dict[str, Any]:
    """Results of earlier runs, by name; none where there is no file yet."""
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def save(results: Mapping[str, Any], json_path: Path, page: Path) -> None:
    """Write the figures as JSON and as the page."""
    text = json.dumps(results, indent=2, ensure_ascii=False)
    json_path.write_text(text + "\n", "utf-8")
    page.write_text(as_markdown(results), "utf-8")


def entry(title: str, about: str, machine: Mapping[str, str], rows: list[Row]) -> dict[str, Any]:
    """One benchmark's result as JSON values."""
    return {
        "title": title,
        "about": " ".join(about.split()),
        "machine": machine,
        "rows": [asdict(row) for row in rows],
    }
