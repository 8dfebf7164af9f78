"""Pages about problems: what a code means, and where a design has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from designer.core.design import Design
from designer.core.diagnostic import Diagnostic
from designer.help.addresses import FAULT, PROBLEMS
from designer.help.page import Block, Heading, Page, Points, Table, Words
from designer.rules.catalogue import codes

SEVERITIES = (
    "An error must be mended before the net has a text and can be trained or exported.",
    "A warning leaves the net valid, but is hardly meant; some keep a run from starting.",
    "A hint says what could be better.",
)


def problems(filled: Callable[[str], str] = str) -> Page:
    """Every code with what it means; `filled` puts the keys into a text that names actions."""
    rows = tuple((f"[{code}]({FAULT}{code})", told) for code, told in codes().items())
    return Page(
        PROBLEMS,
        "Problems",
        "Notion",
        "What can be wrong with a net. Each is said once, where its cause is; what depends on it "
        "shows `?`, and everything else keeps its shape and its cost.",
        (
            Points(SEVERITIES),
            Words(
                filled("{canvas.mend} takes the first fix of the selected node; ")
                + "every fix is one step that undo takes back."
            ),
            Heading("All of them"),
            Table(("code", "meaning"), rows),
        ),
    )


def fault_page(code: str, design: Design, found: Sequence[Diagnostic]) -> Page | None:
    """What a code means, and the diagnostics of a design that have it; None: no such code."""
    meanings: Mapping[str, str] = codes()
    if code not in meanings:
        return None
    here = [diagnostic for diagnostic in found if diagnostic.code == code]
    blocks: list[Block] = []
    if here:
        blocks += [Heading("In your net"), Points(tuple(d.message for d in here))]
    fixes = dict.fromkeys(fix.label for diagnostic in here for fix in diagnostic.fixes)
    if fixes:
        blocks += [Heading("What mends it"), Points(tuple(fixes))]
    nodes = (design.nodes.get(diagnostic.node or "") for diagnostic in here)
    kinds = dict.fromkeys(node.layer.kind() for node in nodes if node)
    layers = "".join(f"`{kind}`, " for kind in kinds)
    blocks += [Heading("See also"), Words(f"{layers}[all problems]({PROBLEMS})")]
    return Page(f"{FAULT}{code}", code, "Problem", meanings[code], tuple(blocks))
