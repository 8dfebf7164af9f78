"""A graph of ONNX followed node by node, from the image to its outputs."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from designer.core.shape import Shape
from designer.engine.importing.foreign import Foreign
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.shaping import Shaper
from designer.engine.importing.sketch import NUMBERED, Found, Sketch, Value, shape_of

Array = NDArray[Any]

_FOLDED = """
    Abs Add And Cast CastLike Ceil Concat Constant ConstantOfShape Div Equal Expand Floor Gather
    Greater Identity Less Max Min Mod Mul Neg Not Or Pow ReduceMax ReduceMin ReduceProd ReduceSum
    Reshape Round Shape Size Slice Sqrt Squeeze Sub Transpose Unsqueeze Where
"""
FOLDED = frozenset(_FOLDED.split())
"""What is computed at once where no image is in it: shapes and constants."""
RESHAPING = frozenset(("Identity", "Reshape", "Squeeze", "Unsqueeze"))
"""What leaves the numbers of a constant as they are."""
MOST_FOLDED = 1 << 24
"""Values of a tensor that goes into such a computation."""
MOST_KEPT = 1 << 26
"""Values of all that such computations give."""
SCOPES, CLASSES = "pkg.torch.onnx.name_scopes", "pkg.torch.onnx.class_hierarchy"
"""What PyTorch's exporter notes on a node: the modules around it, and their classes."""


@dataclass(frozen=True)
class Op:
    """One node of the graph, with what is known of its inputs."""

    node: Any
    graph: OnnxGraph
    attributes: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """The operator."""
        return str(self.node.op_type)

    def input(self, place: int) -> str:
        """The name of an input; empty where it is left out."""
        return self.node.input[place] if len(self.node.input) > place else ""

    def found(self, place: int = 0) -> Found:
        """What the image has become at an input; raises ImportRefused."""
        found = self.graph.values.get(self.input(place))
        if isinstance(found, ImportRefused):
            raise found
        if found is None:
            what = "a constant" if self.input(place) in self.graph.constants else "nothing known"
            raise ImportRefused(f"{self.where} ({self.kind}) reads {what} where maps should be")
        return found

    def value(self, place: int = 0) -> Value:
        """The same, where it must be the output of a node."""
        found = self.found(place)
        if not isinstance(found, Value):
            raise ImportRefused(f"{self.where} ({self.kind}) reads what no node gives")
        return found

    def has_image(self, place: int) -> bool:
        """Whether something of the image is in an input."""
        return self.input(place) in self.graph.values

    def constant(self, place: int) -> Array | None:
        """A constant at an input; None where nothing is given. Raises ImportRefused."""
        name = self.input(place)
        if not name:
            return None
        if name not in self.graph.constants:
            raise ImportRefused(
                f"{self.where} ({self.kind}) computes its input {place}; it must be a constant"
            )
        return self.graph.constants[name]

    def integers(self, place: int, attribute: str) -> list[int] | None:
        """Integers of an input, or of the attribute that it was in older versions."""
        array = self.constant(place) if self.input(place) else None
        if array is None:
            given = self.attributes.get(attribute)
            return None if given is None else [int(n) for n in given]
        return [int(number) for number in array.flatten().tolist()]

    def weight(self, place: int, *, is_turned: bool = False) -> torch.Tensor | None:
        """A constant as a learned tensor; None where it is left out.

        It is the same tensor wherever the same matrix is used. Vectors alone prove no sharing:
        exporters keep one of all that happen to be equal.
        """
        array = self.constant(place)
        if array is None:
            return None
        main = self.graph.constants.get(self.input(1))
        is_matrix = main is not None and main.ndim > 1
        owner = self.input(1) if is_matrix else str(self.node.output[0])
        return self.graph.tensor((self.input(place), owner, is_turned), array)

    def attribute(self, name: str, default: Any) -> Any:
        """An attribute, or what it is where it is left out."""
        value = self.attributes.get(name, default)
        return value.decode(errors="replace") if isinstance(value, bytes) else value

    @property
    def scope(self) -> tuple[tuple[str, ...], bool]:
        """The modules around the node, and whether the innermost is this node alone."""
        notes = {entry.key: entry.value for entry in self.node.metadata_props}
        scopes, classes = (_listed(notes.get(key, "")) for key in (SCOPES, CLASSES))
        if len(scopes) > 1:
            is_alone = len(classes) == len(scopes) and classes[-2].startswith("torch.nn.modules.")
            is_alone = is_alone and ".container." not in classes[-2]
            return _words(scopes[-2]), is_alone
        words = _modules(self.node)
        return words, bool(words) and self.graph.modules[words] == 1

    def path(self, stem: str, weight: int | None = None) -> tuple[str, ...]:
        """The path of the node that this becomes: of its weights, of its module, or numbered."""
        name = self.input(weight) if weight is not None else ""
        if name.count(".") and not name.startswith("onnx::"):
            return _words(name.rpartition(".")[0])
        scope, is_alone = self.scope
        if is_alone:
            return scope
        return (*scope, stem) if scope else (NUMBERED,)

    @property
    def where(self) -> str:
        """The node in a sentence."""
        scope = ".".join(self.scope[0])
        return scope or str(self.node.name)[:80] or f"a node {self.kind}"

    @property
    def shaper(self) -> Shaper:
        """What adds nodes in the place of this one."""
        scope, is_alone = self.scope
        return Shaper(self.graph.sketch, scope, is_alone)


class OnnxGraph:
    """What every name of a graph stands for, as far as it is followed.

    `batch` is the number of images that shapes are computed with.
    """

    def __init__(
        self, model: Any, arrays: Mapping[str, Array], image: Shape, entrance: str, batch: int
    ) -> None:
        self._graph = model.graph
        self.sketch = Sketch(image)
        self.batch = batch
        self.constants: dict[str, Array] = dict(arrays)
        self.learned: dict[str, str | None] = {
            name: name for name, array in arrays.items() if array.dtype.kind == "f"
        }
        """The names of weights, each with the one that it is; None where it is computed from some.

        A file does not say what was learned; what it stores of numbers of some size may have been.
        """
        self.values: dict[str, Found | ImportRefused] = {entrance: self.sketch.image}
        self.reads = Counter(name for node in self._graph.node for name in node.input)
        self.reads.update(value.name for value in self._graph.output)
        self.modules = Counter(
            words[:end]
            for node in self._graph.node
            for words in (_modules(node),)
            for end in range(1, len(words) + 1)
        )
        """How many nodes each module of an older exporter holds."""
        self._kept = 0
        self._tensors: dict[tuple[str, str, bool], torch.Tensor] = {}
        self.version = max((o.version for o in model.opset_import if not o.domain), default=1)

    def follow(self) -> list[tuple[str, Value]]:
        """What the outputs are; raises ImportRefused for the first that cannot be said."""
        for node in self._graph.node:
            outcome = self._outcome(node)
            for name, found in zip(node.output, outcome, strict=False):
                if isinstance(found, np.ndarray):
                    self.constants[name] = found
                    if any(map(self.is_learned, node.input)):
                        is_same = node.op_type in RESHAPING
                        self.learned[name] = self.learned.get(node.input[0]) if is_same else None
                elif name:
                    self.values[name] = found
        results = []
        for output in self._graph.output:
            found = self.values.get(output.name)
            if isinstance(found, ImportRefused):
                raise found
            if not isinstance(found, Value):
                raise ImportRefused(
                    f"the output {output.name[:60]!r} is given by no node before it that reads the "
                    "image: the graph has a cycle, or a gap"
                )
            results.append((output.name, found))
        if not results:
            raise ImportRefused("the net gives nothing: its graph has no output")
        return results

    def is_learned(self, name: str) -> bool:
        """Whether a constant may have been learned: several numbers, stored or made of such.

        One number alone is a constant: exporters store those that stand in the code, too.
        """
        return name in self.learned and self.constants[name].size > 1

    def tensor(self, key: tuple[str, str, bool], array: Array) -> torch.Tensor:
        """A constant as a tensor of float32, the same for the same key.

        A key is a name, whose it is, and whether rows and columns are exchanged.
        """
        name, _, is_turned = key
        if key not in self._tensors:
            if not np.issubdtype(array.dtype, np.floating):
                raise ImportRefused(f"the weight {name[:80]!r} holds {array.dtype}, not floats")
            made = torch.from_numpy(np.array(array, np.float32))
            self._tensors[key] = made.t().contiguous() if is_turned else made
        return self._tensors[key]

    def _outcome(self, node: Any) -> tuple[Any, ...]:
        from onnx import helper

        from designer.engine.importing.onnx_operators import operator

        told = [self.values[n] for n in node.input if n in self.values]
        count = max(1, len(node.output))
        refusal = next((found for found in told if isinstance(found, ImportRefused)), None)
        try:
            if refusal is not None:
                raise refusal
            attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
            op = Op(node, self, attributes)
            if node.op_type == "Shape" and told:
                return (self._shape(op),)
            if node.op_type == "CastLike" and not op.has_image(0):
                return (np.asarray(op.constant(0), np.float32),)  # the image is float32
            if not told:
                return self._folded(op)
            return operator(op)
        except ImportRefused as found:
            return (found,) * count
        except (ValueError, TypeError, IndexError, OverflowError, ZeroDivisionError) as error:
            kind = str(node.op_type)[:40]
            fault = ImportRefused(f"{str(node.name)[:80] or 'a node'} ({kind}) is broken: {error}")
            return (fault,) * count

    def _shape(self, op: Op) -> Array:
        sizes = (self.batch, *shape_of(op.found()))
        start, end = op.attribute("start", 0), op.attribute("end", None)
        return np.array(sizes[start:end], np.int64)

    def _folded(self, op: Op) -> tuple[Any, ...]:
        """A node that no image goes into, computed."""
        from onnx.reference import ReferenceEvaluator

        names = [name for name in op.node.input if name]
        missing = [name for name in names if name not in self.constants]
        if missing:
            raise ImportRefused(
                f"{op.where} ({op.kind}) reads {missing[0][:60]!r}, which no node before it gives: "
                "the graph has a cycle, or a gap"
            )
        feeds = {name: self.constants[name] for name in names}
        if op.kind not in FOLDED or op.node.domain not in ("", "ai.onnx"):
            raise ImportRefused(f"{op.where} computes {op.kind} of constants; save its result")
        if any(array.size > MOST_FOLDED for array in feeds.values()):
            raise ImportRefused(f"{op.where} computes {op.kind} of a large constant")
        is_grown = op.kind in ("ConstantOfShape", "Expand")
        size = _product(feeds, names) if is_grown else 0.0
        if size > MOST_FOLDED or self._kept + size > MOST_KEPT:
            raise ImportRefused(f"{op.where} would make a constant that is too large")
        with Foreign(f"{op.where} ({op.kind})"):
            made = tuple(ReferenceEvaluator(op.node).run(None, feeds))
        self._kept += sum(np.size(array) for array in made)
        return made


def _modules(node: Any) -> tuple[str, ...]:
    """The modules that an older exporter tells: `/layer1/layer1.0/conv1/Conv` is in layer1.0.conv1.

    Constants and what is made of them are no part of a module.
    """
    if node.op_type in FOLDED - {"Add", "Mul", "Sub", "Div", "Reshape", "Slice", "Transpose"}:
        return ()
    words: list[str] = []
    for part in str(node.name).strip("/").split("/")[:-1][:20]:
        words += part.removeprefix(f"{'.'.join(words)}.").split(".")
    return tuple(filter(None, words))


def _product(feeds: Mapping[str, Array], names: list[str]) -> float:
    sizes = np.asarray(feeds[names[-1]], np.float64)
    return float(np.prod(sizes)) if sizes.size else 0.0


def _listed(text: str) -> list[str]:
    """A list of texts as Python writes it; empty where it is none."""
    if len(text) > 10_000:
        return []
    try:
        found = ast.literal_eval(text) if text else []
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return []
    return [str(item) for item in found] if isinstance(found, list) else []


def _words(path: str) -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"[./]", path)))
