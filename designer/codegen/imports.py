"""Import lines of several texts, merged and sorted as `ruff check --select I` wants them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable

from designer.codegen.literal import WIDTH

Alias = tuple[str, str | None]


class Imports:
    """A set of imports, from which each name is imported once."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._plain: set[Alias] = set()
        self._members: dict[str, set[Alias]] = {}
        for line in lines:
            self.add(line)

    def add(self, text: str) -> None:
        """Add the absolute imports of a text that has nothing else in it."""
        for statement in ast.parse(text).body:
            if isinstance(statement, ast.Import):
                self._plain.update((a.name, a.asname) for a in statement.names)
            elif isinstance(statement, ast.ImportFrom) and statement.module:
                members = self._members.setdefault(statement.module, set())
                members.update((a.name, a.asname) for a in statement.names)
            else:
                raise ValueError(f"not an absolute import: {ast.unparse(statement)}")

    def lines(self) -> list[str]:
        """The imports: `__future__`, the standard library, the rest, an empty line between them."""
        sections: dict[int, list[str]] = {}
        for name, alias in sorted(self._plain, key=lambda a: (_natural(a[0]), a[1] or "")):
            sections.setdefault(_section(name), []).append(_aliased("import ", (name, alias)))
        for module in sorted(self._members, key=_natural):
            lines = _from_lines(module, self._members[module])
            sections.setdefault(_section(module), []).extend(lines)
        result: list[str] = []
        for section in sorted(sections):
            result += [*([""] if result else []), *sections[section]]
        return result


def _section(module: str) -> int:
    top = module.partition(".")[0]
    if top == "__future__":
        return 0
    return 1 if top in sys.stdlib_module_names else 2


def _natural(name: str) -> tuple[str, str]:
    return (name.lower(), name)


def _aliased(front: str, alias: Alias) -> str:
    return f"{front}{alias[0]}" + (f" as {alias[1]}" if alias[1] else "")


def _from_lines(module: str, members: set[Alias]) -> list[str]:
    """Members without another name share a line; the others have one each, as ruff writes them."""
    ordered = sorted(
        members, key=lambda alias: (_rank(alias[0]), _natural(alias[0]), alias[1] or "")
    )
    shared = [name for name, alias in ordered if not alias]
    lines: list[tuple[str, list[str]]] = []
    for name, alias in ordered:
        if alias:
            lines.append((name, [_aliased(f"from {module} import ", (name, alias))]))
    if shared:
        lines.append((shared[0], _wrapped(f"from {module} import ", shared)))
    lines.sort(key=lambda item: (_rank(item[0]), _natural(item[0])))
    return [line for _, block in lines for line in block]


def _wrapped(front: str, names: list[str]) -> list[str]:
    line = front + ", ".join(names)
    if len(line) <= WIDTH:
        return [line]
    return [f"{front}(", *(f"    {name}," for name in names), ")"]


def _rank(name: str) -> int:
    """Constants before classes before the rest."""
    if len(name) > 1 and name.isupper():
        return 0
    return 1 if name[:1].isupper() else 2
