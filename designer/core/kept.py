"""What training keeps of a layer's work until the gradient has come back through it."""

from __future__ import annotations

from typing import NamedTuple


class Kept(NamedTuple):
    """What autograd keeps for one sample; what says nothing else is taken to keep its inputs.

    A tensor that two layers keep is there once. `values` counts further numbers in the precision
    of the run (a padded copy, a mask), `others` further bytes in any (indices). `working` counts
    numbers that are there only while the layer computes. `is_view`: the outputs lie in the
    input's own memory. `hands_on`: the gradient goes on to the inputs as it is, uncopied.
    """

    inputs: bool = True
    outputs: bool = False
    values: int = 0
    others: int = 0
    working: int = 0
    is_view: bool = False
    hands_on: bool = False


INPUTS = Kept()
OUTPUTS = Kept(inputs=False, outputs=True)
NOTHING = Kept(inputs=False)
VIEW = Kept(inputs=False, is_view=True, hands_on=True)

BYTES_AN_INDEX = 8
"""PyTorch writes an index as int64."""
