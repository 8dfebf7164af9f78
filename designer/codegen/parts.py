"""The parts of the training script, as they lie in `resources/script`."""

from __future__ import annotations

import ast
from functools import cache

from designer.core.lean import lean_dataclass
from designer.resources import resource

NAMES = ("settings", "data", "weights", "evaluation", "progress", "training", "main")
"""The parts in the order in which they stand in a script."""

_FETCHED = "TORCHVISION_SETS"

SIBLINGS = frozenset({*NAMES, "model"})


@lean_dataclass(frozen=True, slots=True)
class Part:
    """One file of the script: its imports from outside, its names, and what follows the imports."""

    imports: tuple[str, ...]
    names: frozenset[str]
    body: str


@cache
def part(name: str) -> Part:
    """Read a part, once in the life of the process."""
    text = resource("script", f"{name}.py").read_text(encoding="utf-8")
    statements = ast.parse(text).body
    imports = [s for s in statements if isinstance(s, (ast.Import, ast.ImportFrom))]
    last = max((s.end_lineno or 0) for s in (statements[0], *imports))
    outside = (s for s in imports if getattr(s, "module", None) not in SIBLINGS)
    return Part(
        tuple(ast.unparse(statement) for statement in outside),
        frozenset(_names(statements)),
        "\n".join(text.split("\n")[last:]).strip("\n"),
    )


@cache
def fetched_sets() -> frozenset[str]:
    """The names of the data sets that the script fetches; all others lie beside it as `.npz`."""
    text = resource("script", "data.py").read_text(encoding="utf-8")
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == _FETCHED:
            return frozenset(ast.literal_eval(statement.value))
    raise LookupError(f"resources/script/data.py defines no {_FETCHED}")


def _names(statements: list[ast.stmt]) -> set[str]:
    """What a part defines or imports at its top level."""
    names: set[str] = set()
    for statement in statements:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            names.update(a.asname or a.name.partition(".")[0] for a in statement.names)
        elif isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            names.add(statement.name)
        else:
            names.update(n.id for n in ast.walk(statement) if isinstance(n, ast.Name))
    return names
