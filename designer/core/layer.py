"""A layer: frozen parameters with a shape rule, a cost, a reach and the text it stands for."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    TypeVar,
    cast,
    dataclass_transform,
)

from designer.core.call import Call, Expression
from designer.core.example import Example, Numbers
from designer.core.field import POINTWISE, Reach
from designer.core.kept import INPUTS, Kept
from designer.core.lean import lean_dataclass
from designer.core.parameter import Parameter, parameters_of
from designer.core.shape import Shape

if TYPE_CHECKING:
    from designer.core.graph import Graph

T = TypeVar("T")

Role = Literal["image", "output", "layer"]
"""What a node is for the net: an image that enters, a mark of a result, or a computing layer."""


class Cost(NamedTuple):
    """What a layer costs for one sample: learned weights, and multiply–accumulates without bias."""

    weights: int = 0
    macs: int = 0


FREE = Cost()


@lean_dataclass(frozen=True, slots=True)
class Insert:
    """A remedy: put this layer in front of the refused input, or of the input named by `port`."""

    label: str
    layer: Layer
    safe: bool = False
    port: int | None = None


@lean_dataclass(frozen=True, slots=True)
class Together:
    """A remedy of several insertions, in this order: at one port the last stands nearest."""

    label: str
    steps: tuple[Insert, ...]
    safe: bool = False


@lean_dataclass(frozen=True, slots=True)
class Remove:
    """A remedy: take the refusing layer out, and join what it stood between."""

    label: str
    safe: bool = False


@lean_dataclass(frozen=True, slots=True)
class Change:
    """A remedy: give one parameter of the refusing layer another value."""

    label: str
    parameter: str
    value: object
    safe: bool = False


Remedy = Insert | Together | Change | Remove


class Refused(Exception):  # noqa: N818 - not an error of the program: an answer of a layer
    """A layer's answer to inputs that it cannot take; the analysis makes a Diagnostic of it.

    The message may name `{node}`, `{a_layer}` (with its article) and `{input}` (who feeds the
    refused port), which a layer cannot know. It never travels further than the walk.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        param: str | None = None,
        port: int = 0,
        remedies: tuple[Remedy, ...] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.param = param
        self.port = port
        self.remedies = remedies


class Layer:
    """One kind of node. Subclasses are frozen dataclasses made by `@layer`; fields are parameters.

    A layer may hold illegal values (a stride of 0): limits are judged by the analysis. It never
    knows its node, its name or its position.
    """

    family: ClassVar[str] = ""
    search: ClassVar[str] = ""
    """Further words under which the palette finds the layer."""
    rank: ClassVar[int] = 50
    """The place in the palette within the family; the most used first."""
    role: ClassVar[Role] = "layer"
    """Whether the node is an input of the model, marks an output of it, or computes."""
    is_composite: ClassVar[bool] = False
    """Whether `inside` has a graph to show."""
    inputs: ClassVar[int | None] = 1
    """How many input ports; None: any number, at least one."""

    formula: ClassVar[tuple[str, ...]] = ()
    """For the help: what gives the output, in letters; a line each."""
    examples: ClassVar[tuple[Example, ...]] = ()
    """For the help: settings and inputs that it works out; none: the defaults over an image."""
    pitfalls: ClassVar[tuple[str, ...]] = ()
    """For the help: what goes wrong with it, and what to do. `Flatten` in backquotes is a link."""

    names: ClassVar[tuple[str, ...]] = ()
    """The names of the parameters, in the order of the fields."""

    # Equality, hash and text are written here once and not made by `dataclass` for every layer:
    # each of those is compiled at import, before the first paint.

    @property
    def values(self) -> tuple[Any, ...]:
        """The parameters' values, in the order of the fields: all that a layer consists of."""
        # a dataclass's __init__ sets its fields in their order, and a layer holds nothing else
        return tuple(self.__dict__.values()) if self.names else ()

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Layer) and type(self) is type(other) and self.values == other.values
        )

    def __hash__(self) -> int:
        return hash((type(self).__name__, self.values))

    def __repr__(self) -> str:
        pairs = zip(self.names, self.values, strict=True)
        return f"{self.kind()}({', '.join(f'{name}={value!r}' for name, value in pairs)})"

    @property
    def output_count(self) -> int:
        """How many output ports."""
        return 1

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        """Give the shape of every output, or raise Refused."""
        raise NotImplementedError(type(self).__name__)

    def cost(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Cost:
        """Count weights and multiply–accumulates for one sample of these shapes."""
        return FREE

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        """What training keeps of one sample of these shapes for the way back."""
        return INPUTS

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach] | None:
        """What an output cell reads along height and width; None: everything."""
        return POINTWISE

    def module(self, *inputs: Shape) -> Call | None:
        """The constructor of the `nn.Module` that this layer is, or None for an expression."""
        return None

    def expression(self, *inputs: Shape) -> Expression | None:
        """The expression over the inputs that this layer is, or None where it is a module."""
        return None

    def inside(self, *inputs: Shape) -> Graph | None:
        """The graph inside a composite layer, with one `Input` and one output; None: not one."""
        return None

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        """The arithmetic that gives the output's sizes, a line each."""
        return ()

    def explain_cost(
        self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]
    ) -> tuple[str, ...]:
        """The arithmetic of `cost`: `parameters 3 · 3 · 8 + 8 = 80`, `MACs 72 · 100 = 7,200`."""
        return ()

    def curve(self, x: float) -> float | None:
        """What a function of one number gives for it; None: the layer is no such function."""
        return None

    def numbers(self) -> Numbers | None:
        """A small sample worked out with these parameters; None: numbers would tell nothing."""
        return None

    @property
    def telling(self) -> str:
        """The parameter that tells most, short enough for the node's corner."""
        return ""

    @classmethod
    def parameters(cls) -> tuple[Parameter, ...]:
        """The parameters in the order of the fields."""
        reader: Any = parameters_of  # mypy takes a class with its own __hash__ for unhashable
        return cast("tuple[Parameter, ...]", reader(cls))

    @property
    def limit_faults(self) -> tuple[tuple[str, str], ...]:
        """(parameter, sentence) for every value outside its limits."""
        pairs = zip(self.parameters(), self.values, strict=True)
        found = [(p.name, p.fault(value)) for p, value in pairs if value is not p.default]
        return tuple((name, fault) for name, fault in found if fault)

    @classmethod
    def kind(cls) -> str:
        """The layer's name in files, palette and messages."""
        return cls.__name__

    @classmethod
    def stem(cls) -> str:
        """The beginning of the ids of new nodes: `conv` for Conv2d, `batchnorm` for BatchNorm2d."""
        return re.sub(r"2d$", "", cls.__name__).lower()


@dataclass_transform(frozen_default=True)
def layer(family: str, *, search: str = "", rank: int = 50) -> Any:
    """Make a class a layer of a family: a frozen dataclass whose fields are its parameters."""

    def decorate(cls: type[T]) -> type[T]:
        made: Any = lean_dataclass(frozen=True, eq=False, repr=False)(cls)
        made.names = tuple(field.name for field in fields(made))
        made.family = family
        made.search = search
        made.rank = rank
        return made  # type: ignore[no-any-return]

    return decorate


def with_article(kind: str) -> str:
    """A layer's name as a sentence says it: a ReLU, an Inception."""
    return f"{'an' if kind[0] in 'AEIOU' else 'a'} {kind}"


class OutOfRange(Exception):  # noqa: N818 - an answer, as Refused is
    """A layer holds values outside their limits; `limit_faults` says which."""
