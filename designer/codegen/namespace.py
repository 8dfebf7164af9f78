"""Names in generated text, of which no two are the same."""

from __future__ import annotations

import keyword
from collections.abc import Iterable

_MODULE = """
    add_module apply bfloat16 buffers call_super_init children compile cpu cuda double
    dump_patches eval extra_repr float forward get_buffer get_extra_state get_parameter
    get_submodule half ipu load_state_dict modules mtia named_buffers named_children
    named_modules named_parameters parameters register_backward_hook register_buffer
    register_forward_hook register_forward_pre_hook register_full_backward_hook
    register_full_backward_pre_hook register_load_state_dict_post_hook
    register_load_state_dict_pre_hook register_module register_parameter
    register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state
    set_submodule share_memory state_dict T_destination to to_empty train training type xpu
    zero_grad
"""

MODULE_ATTRIBUTES = frozenset(_MODULE.split())
"""What `nn.Module` has already; a test compares it with the installed torch."""

TEXT_NAMES = frozenset({"F", "nn", "self", "super", "torch", "x"})
"""What generated text uses itself."""


class Namespace:
    """Gives out names; it holds that

    - each is a Python identifier and no keyword, if what was asked for is an identifier;
    - no name is given out twice, and none that was reserved at the start;
    - a name that is free is given out as it was asked for, else with as few `_` (or, for
      `numbered`, with as small a number from 2 on) behind it as make it free.
    """

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken = set(reserved)

    def name(self, wanted: str) -> str:
        """Give out `wanted`, or the free name `wanted_`, `wanted__` …"""
        while wanted in self._taken or keyword.iskeyword(wanted):
            wanted += "_"
        self._taken.add(wanted)
        return wanted

    def numbered(self, wanted: str) -> str:
        """Give out `wanted`, or the free name `wanted2`, `wanted3` …"""
        found, number = wanted, 1
        while found in self._taken or keyword.iskeyword(found):
            number += 1
            found = f"{wanted}{number}"
        self._taken.add(found)
        return found


def attribute_names(ids: Iterable[str]) -> dict[str, str]:
    """The attribute of the model for every node id: the id, with `_` behind it where it is taken.

    An id that can stand as it is keeps its name whatever other ids there are.
    """
    reserved = MODULE_ATTRIBUTES | TEXT_NAMES
    every = tuple(ids)
    space = Namespace(reserved)
    free = {node_id: space.name(node_id) for node_id in every if node_id not in reserved}
    return {node_id: free.get(node_id) or space.name(node_id) for node_id in every}
