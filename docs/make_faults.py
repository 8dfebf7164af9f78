"""Writes the manual's page of faults: every code with an example that the program judges now."""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the examples are those of the tests

import designer  # noqa: E402
from designer.core.diagnostic import Diagnostic  # noqa: E402
from designer.rules.catalogue import codes  # noqa: E402
from tests.rules.broken import BROKEN  # noqa: E402

PAGE = ROOT / "docs" / "manual" / "faults.md"

HEAD = """\
# Faults

Written by `python docs/make_faults.py`; do not edit. Every fault that the program finds in
a design, by its code, which stays the same from version to version. Each is said once, at the
node where its cause is; what depends on a broken node shows `?`, and everything else keeps
its shape and its cost.

An **error** must be mended before the net has a text and can be trained or exported. A
**warning** leaves the design valid, but is hardly meant, and some keep a run from starting. A
**hint** says what could be better.

A fix is one step that undo takes back. Point at it in the list of problems, in the inspector
or below the node, or come to it by Tab, and the canvas shows what it would do before it is
done: new nodes are dashed, changed ones say old → new, removed ones are struck out. In the
canvas F8 and Shift+F8 go from problem to problem and Enter applies the first fix.
`convnet-designer check FILE` lists the fixes and `check --fix` applies those that are marked
*safe*: they keep what the file means, whatever it is.
"""

TITLES = {"error": "Errors", "warning": "Warnings", "hint": "Hints"}


def page() -> str:
    """The text of the page."""
    found = {
        broken.code: designer.analyze(broken.design, broken.data).diagnostics[0]
        for broken in BROKEN
    }
    parts = [HEAD]
    for severity, title in TITLES.items():
        parts.append(f"## {title}\n")
        for fault in found.values():
            if fault.severity == severity:
                parts += _entry(fault)
    return "\n".join(parts)


def _entry(fault: Diagnostic) -> Iterator[str]:
    yield f"### {fault.code}\n"
    yield f"{codes()[fault.code]}\n"
    yield f"> {fault.message}\n"
    if fault.fixes:
        yield (
            "\n".join(f"- {fix.label}{' *(safe)*' if fix.safe else ''}" for fix in fault.fixes)
            + "\n"
        )


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
