"""Modules that are layers here as they stand: torch's own, and those of exported scripts."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache

from torch import nn

from designer.core.call import Definition
from designer.core.layer import Layer, OutOfRange, Refused
from designer.core.shape import Shape
from designer.engine.importing.borders import read
from designer.engine.importing.by_name import layer_of, shortest, uniform
from designer.engine.importing.learned import is_frozen
from designer.engine.importing.sketch import Found, Sketch, Value, shape_of
from designer.layers import CATALOGUE
from designer.layers.scale import Scale

SAMPLE = Shape((12, 16, 16))
"""Maps that every layer with a module of its own takes."""

FOREIGN = {"torchvision.ops.stochastic_depth": "StochasticDepth"}
"""Modules that are no torch.nn, but the very layer of their name here."""


def kind_of(module: nn.Module) -> type[Layer] | None:
    """The layer that a module is, or None where it has to be looked into.

    It has to be of torch's class itself (one that inherits may compute anything), with nothing
    hooked on, or of a class whose whole text is that of a layer here.
    """
    cls = type(module)
    kind = CATALOGUE.get(cls.__name__)
    if kind is not None and cls is getattr(nn, cls.__name__, None):
        return kind
    if kind is not None and FOREIGN.get(cls.__module__) == cls.__name__:
        return kind
    known = _defined().get(cls.__name__)
    if known is None:
        return None
    try:
        text = inspect.getsource(cls)
    except (OSError, TypeError):
        return None
    kind, definition = known
    return kind if text.strip() == definition.source.strip() else None


@cache
def _defined() -> Mapping[str, tuple[type[Layer], Definition]]:
    """The layers whose class stands in the exported text, by the names of these classes."""
    found = {}
    for kind in CATALOGUE.values():
        for said in ({}, {"padding": "same"}):
            if not said.keys() <= {*kind.names}:
                continue
            try:
                call = kind(**said).module(SAMPLE)
            except (Refused, OutOfRange):
                continue
            if call is not None and call.definition is not None:
                found[call.definition.name] = (kind, call.definition)
    return found


def layer_for(kind: type[Layer], module: nn.Module, shape: Shape, path: str) -> Layer:
    """The layer with the module's parameters; raises ImportRefused."""
    said = {name: getattr(module, name) for name in kind.names if hasattr(module, name)}
    if "num_dims" in kind.names:
        said["num_dims"] = len(getattr(module, "normalized_shape", ()))
    if type(module).__name__ in _defined() and "padding" in kind.names:
        said["padding"] = "same"
    for name in ("mean", "std"):
        if name in said:
            values = shortest(said[name])
            said[name] = values[0] if len(values) == 1 else values
    if kind is Scale and (init := uniform(module.get_parameter("weight"))) is not None:
        said["init"] = init
    return layer_of(kind, said, shape, path)


def is_plain(module: nn.Module) -> bool:
    """Whether a module computes what its class says, and nothing hooked on changes that."""
    hooks = (module._forward_hooks, module._forward_pre_hooks)
    return not any(hooks) and not hasattr(module, "parametrizations")


def add_module(
    sketch: Sketch, kind: type[Layer], module: nn.Module, path: tuple[str, ...], found: Found
) -> Value:
    """Add the node that a module is, which reads what was found; raises ImportRefused."""
    name = ".".join(path)
    layer, x = read(layer_for(kind, module, shape_of(found), name), found, name)
    frozen = is_frozen(module.parameters(), name)
    state = module.state_dict(keep_vars=True)
    return sketch.add(path, layer, x, state=state, frozen=frozen)[0]
