"""A graph as the text of one class: its constructor, and `forward`."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from designer.codegen.flow import Flow, Step, flow
from designer.codegen.literal import WIDTH, Named, comment, literal
from designer.codegen.namespace import attribute_names
from designer.codegen.pieces import Group, Joined, Piece, fits, statement, tuple_of
from designer.codegen.source import Lines
from designer.codegen.variables import Plan, plan
from designer.core.call import Argument, Call, Chain, Expression, Operand, Operands
from designer.core.facts import Facts
from designer.core.graph import Graph, Node
from designer.core.shape import Shape

BODY = " " * 8
METHOD = " " * 4

CompositeCall = Callable[[Node, Shape], Call]
"""Gives the constructor's call for a node whose layer is a composite, and keeps its class."""


@dataclass
class ClassText:
    """The parts of a class: two methods, and the parameters that its constructor takes."""

    constructor: Lines = field(default_factory=Lines)
    forward: Lines = field(default_factory=Lines)
    parameters: dict[str, None] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    def lines(self, name: str, sentence: str, parameters: tuple[str, ...] = ()) -> Lines:
        """The whole class under a name, with a docstring of one sentence."""
        whole = Lines()
        whole.add(f"class {name}(nn.Module):", *_docstring(sentence))
        if self.constructor.texts:
            arguments = ("self", *(f"{parameter}: int" for parameter in parameters))
            whole.add("", *signature("__init__", arguments, "None"), f"{BODY}super().__init__()")
            whole.append(self.constructor)
        whole.add("")
        whole.append(self.forward)
        return whole


def _docstring(sentence: str) -> list[str]:
    """A sentence as a class's docstring, in several lines where it is long."""
    line = f'{METHOD}"""{comment(sentence, len(sentence))}"""'
    if fits(line):
        return [line]
    return [*textwrap.wrap(line[:-3], WIDTH - 3, subsequent_indent=METHOD), f'{METHOD}"""']


def signature(name: str, arguments: tuple[str, ...], result: str) -> list[str]:
    """The line that begins a method, or one argument a line where it would be too long."""
    line = f"{METHOD}def {name}({', '.join(arguments)}) -> {result}:"
    if fits(line):
        return [line]
    inner = [f"{BODY}{argument}," for argument in arguments]
    return [f"{METHOD}def {name}(", *inner, f"{METHOD}) -> {result}:"]


class ClassWriter:
    """Writes one class. With `remarks`, every node's shape and note stand in it as comments."""

    def __init__(
        self,
        graph: Graph,
        facts: Mapping[str, Facts],
        composite: CompositeCall,
        remarks: bool,
    ) -> None:
        self._graph = graph
        self._facts = facts
        self._remarks = remarks
        self._modules: dict[str, Call] = {}
        forms: dict[str, Expression] = {}
        for node in graph.nodes.values():
            self._take_form(node, forms, composite)
        self._forms = forms
        self._attributes = attribute_names(graph.nodes)
        self._flow: Flow = flow(graph, forms)
        calls = (form for form in forms.values() if isinstance(form, Call))
        functions = frozenset(call.function.partition(".")[0] for call in calls)
        self._plan: Plan = plan(self._flow, self._attributes, functions)
        self._built: dict[str, tuple[str, ...]] = {}
        self._told: set[str] = set()
        self._text = ClassText()

    def write(self) -> ClassText:
        """Write the class down."""
        users: dict[str, list[str]] = {}
        for step in self._flow.steps:
            if step.node.id in self._modules:
                users.setdefault(self._owner(step.node).id, []).append(step.node.id)
        for owner_id, using in users.items():
            self._construct(self._graph.nodes[owner_id], tuple(using))
        self._keep_frozen(tuple(users))
        self._write_forward()
        return self._text

    def _take_form(
        self, node: Node, forms: dict[str, Expression], composite: CompositeCall
    ) -> None:
        """Ask a layer once for what it is: a module, or an expression."""
        layer = node.layer
        shapes = tuple(shape for shape in self._facts[node.id].inputs if shape is not None)
        if layer.role == "image":
            return
        if node.bypassed:
            forms[node.id] = Operand(0)
        elif layer.is_composite:
            self._modules[node.id] = composite(node, shapes[0])
        elif (module := layer.module(*shapes)) is not None:
            self._modules[node.id] = module
        elif (expression := layer.expression(*shapes)) is not None:
            alone = isinstance(expression, Chain) and len(shapes) == 1
            forms[node.id] = Operand(0) if alone else expression
        else:
            raise TypeError(f"{layer.kind()} is neither a module nor an expression")

    def _owner(self, node: Node) -> Node:
        """The node whose attribute a node calls: itself, or the one whose weights it shares."""
        owner = self._graph.nodes.get(node.weights_of or node.id, node)
        return owner if owner.layer == node.layer else node

    def _construct(self, owner: Node, users: tuple[str, ...]) -> None:
        lines = self._text.constructor
        attribute = self._attributes[owner.id]
        call = self._modules.get(owner.id) or self._modules[users[0]]
        remark = self._remark(users[0]) if len(users) == 1 else ""
        texts = statement(BODY, f"self.{attribute} = ", self._piece(call, ()), remark)
        if remark and texts[-1].endswith(remark):
            self._told.add(users[0])
        texts = [*self._note(owner), *texts]
        if owner.frozen:
            tail = ").eval()" if self._is_frozen_normalisation(owner.id) else ")"
            freeze = Group(f"self.{attribute}.requires_grad_(", (("", "False"),), tail)
            texts += statement(BODY, "", freeze)
        lines.add(*texts, of=tuple(dict.fromkeys((owner.id, *users))))

    def _keep_frozen(self, owners: tuple[str, ...]) -> None:
        """Frozen normalisation stays in eval mode, whatever mode the net is put in."""
        frozen = [owner for owner in owners if self._is_frozen_normalisation(owner)]
        if not frozen:
            return
        lines = self._text.forward
        lines.add(
            f"{METHOD}def train(self, mode: bool = True) -> nn.Module:",
            f"{BODY}super().train(mode)",
            *(f"{BODY}self.{self._attributes[node_id]}.eval()" for node_id in frozen),
            f"{BODY}return self",
            "",
        )

    def _is_frozen_normalisation(self, node_id: str) -> bool:
        node = self._graph.nodes[node_id]
        if not node.frozen:
            return False
        inside = self._facts[node_id].inside or {}
        layers = [node.layer, *(facts.layer for facts in inside.values())]
        return any(layer.family == "Normalisation" for layer in layers)

    def _write_forward(self) -> None:
        lines, steps, results = self._text.forward, self._flow.steps, self._flow.results
        images = [(node, self._plan.names[node.id, 0]) for node in self._flow.images]
        arguments = ("self", *(f"{name}: torch.Tensor" for _, name in images))
        lines.add(
            *signature("forward", arguments, _result_type(len(results))),
            of=tuple(node.id for node, _ in images),
        )
        returns = len(results) == 1 and steps and steps[-1].values == (results[0][1],)
        for step, deleted in zip(
            steps[: -1 if returns else None], self._plan.deleted, strict=False
        ):
            names = ", ".join(self._plan.names[value] for value in step.values)
            self._write_step(step, f"{names} = ")
            lines.add(*_deletions(deleted))
        marks = [node.id for node, _ in results]
        if returns:
            self._write_step(steps[-1], "return ", *marks)
            return
        returned = tuple(self._plan.names[value] for _, value in results)
        piece: Piece = returned[0] if len(returned) == 1 else _bare_tuple(returned)
        lines.add(*statement(BODY, "return ", piece), of=tuple(marks))

    def _write_step(self, step: Step, front: str, *marks: str) -> None:
        node = step.node
        operands = tuple(self._plan.names[value] for value in step.operands)
        piece: Piece
        if node.id in self._modules:
            attribute = self._attributes[self._owner(node).id]
            piece = Group(f"self.{attribute}(", tuple(("", name) for name in operands))
        else:
            piece = self._piece(self._forms[node.id], operands)
        remark = "" if node.id in self._told else self._remark(node.id)
        note = () if node.id in self._modules else self._note(node)
        texts = (*note, *statement(BODY, front, piece, remark))
        self._text.forward.add(*texts, of=tuple(dict.fromkeys((node.id, *marks))))

    def _piece(self, form: Expression, operands: tuple[str, ...]) -> Piece:
        """An expression over the variables that hold its operands; what it needs is kept."""
        if isinstance(form, Call):
            self._text.calls.append(form)
            for value in (*form.arguments, *(value for _, value in form.keywords)):
                self._text.parameters.update(dict.fromkeys(_names_in(value)))
        return piece_of(form, operands)

    def _remark(self, node_id: str) -> str:
        shapes = self._facts[node_id].outputs if self._remarks else None
        return ", ".join(map(str, shapes or ()))

    def _note(self, node: Node) -> tuple[str, ...]:
        if not (self._remarks and node.note.strip()):
            return ()
        return (f"{BODY}# Note: {comment(node.note, 72)}",)


def piece_of(form: Expression, operands: tuple[str, ...]) -> Piece:
    """An expression over the variables that hold its operands."""
    if isinstance(form, Operand):
        return operands[form.index]
    if isinstance(form, Chain):
        return Joined(form.operator, operands)
    arguments = [("", _argument(value, operands)) for value in form.arguments]
    keywords = [(f"{name}=", _argument(value, operands)) for name, value in form.keywords]
    return Group(f"{form.function}(", (*arguments, *keywords))


def _argument(value: Argument, operands: tuple[str, ...]) -> Piece:
    if isinstance(value, Operand):
        return operands[value.index]
    if isinstance(value, Operands):
        return tuple_of(operands)
    if isinstance(value, tuple):
        return tuple_of(tuple(map(literal, value)))
    return literal(value)


def _names_in(value: Argument) -> Iterator[str]:
    if isinstance(value, Named):
        yield value.name
    elif isinstance(value, tuple):
        for member in value:
            yield from _names_in(member)


def _bare_tuple(names: tuple[str, ...]) -> Piece:
    """Names as a tuple that needs brackets only where it is broken."""
    return _Bare("(", tuple(("", name) for name in names))


class _Bare(Group):
    """A tuple without brackets as long as it fits into its line."""

    __slots__ = ()

    def flat(self) -> str:
        return ", ".join(str(item) for _, item in self.items)


def _result_type(count: int) -> str:
    if count == 1:
        return "torch.Tensor"
    return f"tuple[{', '.join(['torch.Tensor'] * count) if count < 4 else 'torch.Tensor, ...'}]"


def _deletions(names: tuple[str, ...]) -> Iterator[str]:
    """`del` statements, none of them too long."""
    line = ""
    for name in names:
        longer = f"{line}, {name}" if line else f"{BODY}del {name}"
        if line and not fits(longer):
            yield line
            longer = f"{BODY}del {name}"
        line = longer
    if line:
        yield line
