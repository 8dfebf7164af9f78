"""Which variable of `forward` holds which value, and when it can be let go."""

from __future__ import annotations

import keyword
from collections import Counter
from collections.abc import Mapping
from itertools import takewhile

from designer.codegen.flow import Flow, Step, Value
from designer.codegen.namespace import TEXT_NAMES
from designer.core.lean import lean_dataclass

TRUNK = "x"
"""The variable of the main line, rebound from step to step."""

MINOR = frozenset({"Activation", "Normalisation", "Regularisation"})
"""Families after which no branch is named: `branch3x3`, not `branch3x3_relu`."""

UNREAD = "_"

BEFORE = -1
"""The step before the first, in which the images come in."""

ALIKE = frozenset({"l"})
"""Names that look like a digit, which ruff refuses (E741)."""


@lean_dataclass(frozen=True, slots=True)
class Plan:
    """The variable of every value, and the variables that are deleted after each step.

    A value whose variable is rebound by the step that reads it last, or by the one after it, needs
    no `del`; neither do images, which the caller holds anyway, nor anything after the last step.
    """

    names: Mapping[Value, str]
    deleted: tuple[tuple[str, ...], ...]


def plan(
    flow: Flow, attributes: Mapping[str, str], functions: frozenset[str] = frozenset()
) -> Plan:
    """Give every value a variable.

    Steps follow each other on one variable as long as each is the only reader of the one before
    it. Such a run uses `x`, unless `x` holds something that is read later or the run is one of
    the branches of a merge; then its variable is named by the words with which all its nodes
    begin, or after its last node that is more than an activation. The words with which its reader
    begins too are left out: a branch that ends with `layer1_0_conv2` and is read by `layer1_0_add`
    is `conv2`. A name is free again when its value is dead. No variable has the name of one of the
    `functions` that `forward` calls.
    """
    return _Planner(flow, attributes, functions).plan()


class _Planner:
    def __init__(
        self, flow: Flow, attributes: Mapping[str, str], functions: frozenset[str]
    ) -> None:
        self._flow = flow
        self._reserved = TEXT_NAMES | ALIKE | functions | {UNREAD}
        self._busy_until: dict[str, int] = {}
        self._attributes = attributes
        self._returned = {value: node.id for node, value in reversed(flow.results)}
        self._reads: Counter[Value] = Counter()
        self._last: dict[Value, int] = {}
        self._reader: dict[Value, Step] = {}
        for i, step in enumerate(flow.steps):
            for value in step.operands:
                self._reads[value] += 1
                self._last[value] = i
                self._reader[value] = step
        for value in self._returned:
            self._last[value] = len(flow.steps)
        self._names: dict[Value, str] = {}
        self._trunk_until = -1
        self._name_images()

    def plan(self) -> Plan:
        """Name all values in order, then find where each dies."""
        for i, step in enumerate(self._flow.steps):
            for value in step.values:
                if value not in self._names:
                    self._name_run(i, step, value)
        return Plan(self._names, self._deletions())

    def _name_images(self) -> None:
        images = self._flow.images
        for node in images:
            value = (node.id, 0)
            whole = (self._stem(node.id), value)
            self._names[value] = TRUNK if len(images) == 1 else self._own(BEFORE, *whole)
        if len(images) == 1:
            self._trunk_until = self._last.get((images[0].id, 0), -1)

    def _own(self, i: int, stem: str, *values: Value) -> str:
        """The stem, or with as few `_` behind it as make it free from step i on, until all die."""
        name = stem
        while (
            name in self._reserved
            or keyword.iskeyword(name)
            or self._busy_until.get(name, BEFORE) > i
        ):
            name += "_"
        self._busy_until[name] = max(self._last.get(value, i) for value in values)
        return name

    def _stem(self, node_id: str, reader: Step | None = None) -> str:
        """A node's attribute, without the words that its reader's begins with too."""
        words = self._words(node_id)
        others = self._words(reader.node.id) if reader else []
        shared = len(_begin_alike(words, others))
        for first in range(min(shared, len(words) - 1), 0, -1):
            if words[first].isidentifier():
                return "_".join(words[first:])
        return "_".join(words)

    def _branch(self, run: list[Step], reader: Step) -> str:
        """The words that all nodes of a run begin with, and its reader does not; often none."""
        common = self._words(run[0].node.id)
        for step in run[1:]:
            common = _begin_alike(common, self._words(step.node.id))
        own = common[len(_begin_alike(common, self._words(reader.node.id))) :]
        return "_".join(own) if own and own[0].isidentifier() else ""

    def _words(self, node_id: str) -> list[str]:
        return self._attributes[node_id].lower().split("_")

    def _name_run(self, i: int, step: Step, value: Value) -> None:
        """Name a value, and with it the run of single readers that it begins."""
        if len(step.values) > 1:
            name = UNREAD if value not in self._last else self._split_name(i, step, value)
            self._names[value] = name
            return
        run = [step]
        while follower := self._follower(run[-1]):
            run.append(follower)
        end = run[-1].values[0]
        if self._is_trunk(end) and self._trunk_until <= i:
            name = TRUNK
            self._trunk_until = self._last.get(end, i)
        else:
            name = self._run_name(i, run, end)
        for member in run:
            self._names[member.values[0]] = name

    def _split_name(self, i: int, step: Step, value: Value) -> str:
        stem = self._stem(step.node.id, self._reader.get(value))
        return self._own(i, f"{stem}_{value[1]}", value)

    def _follower(self, step: Step) -> Step | None:
        """The step that goes on with the value of this one and is alone in reading it."""
        value = step.values[0]
        if self._reads[value] != 1 or value in self._returned:
            return None
        reader = self._reader[value]
        return reader if len(reader.operands) == 1 and len(reader.values) == 1 else None

    def _is_trunk(self, end: Value) -> bool:
        """Whether a run that ends so is no branch: nothing goes beside it."""
        if end in self._returned:
            return len(self._flow.results) == 1 and not self._reads[end]
        return self._reads[end] > 1 or len(self._reader[end].operands) == 1

    def _run_name(self, i: int, run: list[Step], end: Value) -> str:
        values = [step.values[0] for step in run]
        if end in self._returned and len(self._flow.results) > 1:
            return self._own(i, self._stem(self._returned[end]), *values)
        telling = [step for step in run if step.node.layer.family not in MINOR]
        reader = self._reader.get(end)
        stem = reader and self._branch(run, reader)
        return self._own(i, stem or self._stem((telling or run)[-1].node.id, reader), *values)

    def _deletions(self) -> tuple[tuple[str, ...], ...]:
        steps = self._flow.steps
        images = {(node.id, 0) for node in self._flow.images}
        targets = [{self._names[value] for value in step.values} for step in steps]
        deleted = []
        for i, step in enumerate(steps[:-1]):
            rebound = targets[i] | targets[i + 1]
            dead = (v for v in step.operands if self._last[v] == i and v not in images)
            names = (self._names[value] for value in dead)
            deleted.append(tuple(dict.fromkeys(n for n in names if n not in rebound)))
        return (*deleted, ())


def _begin_alike(words: list[str], others: list[str]) -> list[str]:
    """The words with which both begin."""
    pairs = zip(words, others, strict=False)
    return [word for word, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]
