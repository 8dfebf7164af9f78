"""Recording: a net is run once, and what it does to the image is written down as it happens.

Shapes are numbers while it runs, so that whatever a `forward` decides by them is decided; modules
that are layers here are one step each, functions in between another.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode, get_testing_overrides, resolve_name
from torch.utils.weak import WeakTensorKeyDictionary

from designer.engine.importing import functions, modules
from designer.engine.importing.learned import LIKE_ANOTHER, Learned
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.sketch import Found, Sketch

BATCH = 2
"""Images that the net is run on: enough to tell the batch from other sizes of 1."""


class Recorder(TorchFunctionMode):
    """Knows of every tensor what it stands for; a step that has no layer is told when it counts."""

    def __init__(self, model: nn.Module, sketch: Sketch) -> None:
        super().__init__()
        self._sketch = sketch
        self._names = {module: name for name, module in model.named_modules()}
        self._weights = {id(t): name for name, t in _named_tensors(model)}
        self._scope: list[str] = []
        self._kinds: list[str] = []
        self._leaf: nn.Module | None = None
        self._known = WeakTensorKeyDictionary()
        self._learned = Learned()

    def know(self, tensor: torch.Tensor, found: Found | ImportRefused) -> None:
        """Note what a tensor is."""
        self._known[tensor] = found

    def found(self, tensor: object) -> Found | ImportRefused | None:
        """What a tensor is; None where nothing of the image is in it."""
        known: Any = self._known
        return known.get(tensor) if isinstance(tensor, torch.Tensor) else None

    @contextmanager
    def listening(self, model: nn.Module) -> Iterator[None]:
        """Hear of every module that is entered and left."""
        handles: list[Any] = []
        for module in model.modules():
            is_leaf = modules.kind_of(module) is not None and modules.is_plain(module)
            handles.append(module.register_forward_pre_hook(self._enter(is_leaf)))
            handles.append(module.register_forward_hook(self._left))
        try:
            with self:
                yield
        finally:
            for handle in handles:
                handle.remove()

    def _enter(self, is_leaf: bool) -> Callable[[nn.Module, Any], None]:
        def entered(module: nn.Module, inputs: Any) -> None:
            self._scope.append(self._names.get(module, ""))
            self._kinds.append(type(module).__name__)
            if is_leaf and self._leaf is None:
                self._leaf = module

        return entered

    def _left(self, module: nn.Module, inputs: tuple[Any, ...], output: Any) -> Any:
        path = tuple(filter(None, self._scope[-1].split(".")))
        if self._leaf is module:
            self._leaf = None
            is_inplace = getattr(module, "inplace", False)
            with torch._C.DisableTorchFunction():
                output = self._record(
                    inputs, output, is_inplace, lambda: self._module(module, path, inputs)
                )
        self._scope.pop()
        self._kinds.pop()
        return output

    def _module(self, module: nn.Module, path: tuple[str, ...], inputs: tuple[Any, ...]) -> Found:
        kind = modules.kind_of(module)
        found = [self.found(tensor) for tensor in inputs]
        x = found[0] if len(found) == 1 else None
        if kind is None or x is None or isinstance(x, ImportRefused):
            raise ImportRefused(f"{'.'.join(path)} reads several things; a layer reads one")
        return modules.add_module(self._sketch, kind, module, path, x)

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        kwargs = kwargs or {}
        result = func(*args, **kwargs)
        name = functions.plain_name(func)
        given = [*_flat(args), *_flat(kwargs.values())]
        given = given[:1] if name in LIKE_ANOTHER else given
        self._learned.follow(name, given, _tensors(result))
        if self._leaf is not None or next(_tensors(result), None) is None:
            return result
        is_inplace = name.endswith("_") or name.startswith("__i") or kwargs.get("inplace", False)
        return self._record(
            given, result, is_inplace, lambda: self._function(func, name, args, kwargs, result)
        )

    def _record(self, given: Any, result: Any, is_inplace: bool, step: Callable[[], Any]) -> Any:
        """Note what a step gives; tensors that it only hands on become objects of their own."""
        before = [self.found(tensor) for tensor in given]
        if not any(found is not None for found in before):
            return result
        told = next((found for found in before if isinstance(found, ImportRefused)), None)
        try:
            outcome = told or step()
        except ImportRefused as refusal:
            outcome = refusal
        if not is_inplace:
            result = _apart(result, given)
        tensors = [*_tensors(result)]
        outcomes = outcome if isinstance(outcome, tuple) else (outcome,) * len(tensors)
        for tensor, found in zip(tensors, outcomes, strict=True):
            self.know(tensor, found)
        return result

    def _function(
        self, func: Any, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], result: Any
    ) -> Any:
        scope = tuple(filter(None, self._scope[-1].split("."))) if self._scope else ()
        where = ".".join(scope)
        call = functions.Call(
            name.strip("_"),
            scope,
            tuple(self._seen(value) for value in args),
            {key: self._seen(value) for key, value in kwargs.items()},
            _bound(func, args, kwargs),
            tuple(tensor.shape for tensor in _tensors(result)),
            self._sketch,
            self._weights,
            self._learned,
        )
        if next(_tensors(result)).dtype != torch.float32:
            raise ImportRefused(f"{where or 'forward'} computes in another type than float32")
        found = functions.found_by(call)
        if found is None:
            kind = f" ({self._kinds[-1]})" if self._kinds else ""
            raise ImportRefused(
                f"{where or 'forward'}{kind} computes {resolve_name(func) or name}, and no layer "
                "here does that: replace it by layers of the palette, or import the part of the "
                "net that does without it"
            )
        return found

    def _seen(self, value: Any) -> Any:
        """An argument with what is known in the place of its tensors."""
        if isinstance(value, (tuple, list)) and not isinstance(value, torch.Size):
            return type(value)(map(self._seen, value)) if type(value) in (tuple, list) else value
        found = self.found(value)
        return value if found is None else found


def _bound(func: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Mapping[str, Any]:
    """The arguments by their names, with the defaults; empty where torch does not tell them."""
    dummy = _dummies().get(func)
    try:
        signature = inspect.signature(dummy if dummy is not None else func)
        bound = signature.bind(*args, **kwargs)
    except (TypeError, ValueError):
        return dict(kwargs)
    bound.apply_defaults()
    return bound.arguments


@cache
def _dummies() -> Mapping[Any, Any]:
    """For every function of torch's one of Python's with the same arguments."""
    return dict(get_testing_overrides())


def _named_tensors(model: nn.Module) -> Iterator[tuple[str, torch.Tensor]]:
    yield from model.named_parameters()
    yield from model.named_buffers()


def _flat(values: Any) -> Iterator[Any]:
    for value in values:
        if isinstance(value, (tuple, list)):
            yield from _flat(value)
        else:
            yield value


def _tensors(result: Any) -> Iterator[torch.Tensor]:
    """The tensors of a result, in order."""
    if isinstance(result, torch.Tensor):
        yield result
    elif isinstance(result, (tuple, list)):
        for member in result:
            yield from _tensors(member)


def _apart(result: Any, given: Any) -> Any:
    """What was handed on as it is (a Dropout that is switched off) as another object."""
    if isinstance(result, torch.Tensor) and any(result is tensor for tensor in given):
        return result.view_as(result)
    return result
