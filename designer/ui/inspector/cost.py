"""What a node costs, in the words of the inspector."""

from __future__ import annotations

from designer.core.facts import Facts
from designer.help.arithmetic import dense
from designer.ui.figures import grouped, in_bytes, jump, sees, start


def cost(facts: Facts) -> list[tuple[str, str]]:
    """What a node costs, as far as it is known."""
    if facts.outputs is None:
        return []
    figures = [("parameters", grouped(facts.parameters or 0))]
    if rival := dense(facts):
        figures.append(("a dense layer would need", grouped(rival)))
    figures.append(("MACs", grouped(facts.macs or 0)))
    if facts.field is not None:
        figures.append(("receptive field", sees(facts.field)))
        figures.append(("its jump and start", f"{jump(facts.field)}, {start(facts.field)}"))
    figures.append(("output in memory", in_bytes(facts.activation_bytes or 0)))
    return figures
