"""The help never lies: every layer's page is worked out, and torch agrees with each line of it."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings

from designer.codegen import snippet
from designer.core.layer import OutOfRange, Refused
from designer.core.shape import Shape
from designer.core.walk import ask
from designer.help.layers import examples
from designer.layers import CATALOGUE
from tests.codegen.ruff import assert_ruff_is_pleased
from tests.contract.layers import evaluated
from tests.contract.test_layers import EVERY, cases

BATCH = 8


@pytest.mark.parametrize("kind", EVERY)
def test_the_documented_text_runs_and_gives_the_documented_shape(kind: str) -> None:
    for _, layer, inputs in examples(CATALOGUE[kind]):
        outputs = layer.infer(*inputs)
        text = snippet(layer, inputs)
        names: dict[str, object] = {}
        torch.manual_seed(0)
        exec(compile(text, f"<{kind}>", "exec"), names)
        made = sorted(name for name in names if re.fullmatch(r"y\d*", name)) or ["x"]
        found = [names[name] for name in made]
        assert [tuple(y.shape) for y in found] == [(BATCH, *shape) for shape in outputs]  # type: ignore[attr-defined]
        told = ", ".join(f"{BATCH} × {shape}" for shape in outputs)
        assert layer.role == "image" or told in text.replace("\n", " ")


@pytest.mark.parametrize("kind", EVERY)
def test_the_arithmetic_of_the_cost_comes_out_as_the_cost(kind: str) -> None:
    @settings(max_examples=40)
    @given(cases(kind))
    def check(case) -> None:  # type: ignore[no-untyped-def]
        layer, inputs = case
        try:
            known = ask(layer, inputs)
        except (Refused, OutOfRange):
            return
        for line in layer.explain_cost(inputs, known.outputs):
            name, _, arithmetic = line.partition(" ")
            said = _number(arithmetic.rpartition(" = ")[2])
            assert said == {"parameters": known.weights, "MACs": known.macs}[name]
            assert said == _worked_out(arithmetic.rpartition(" = ")[0])

    check()


def _worked_out(expression: str) -> int:
    plain = expression.replace("·", "*").replace(",", "").replace("−", "-").replace("²", "**2")
    assert re.fullmatch(r"[\d\s+*()/-]+", plain), plain
    return int(eval(plain))


def _number(text: str) -> int:
    return int(text.replace(",", ""))


@pytest.mark.parametrize("kind", EVERY)
def test_its_curve_is_torchs(kind: str) -> None:
    layer = examples(CATALOGUE[kind])[0][1]
    if layer.curve(0.0) is None:
        return
    xs = [i / 4 for i in range(-32, 33)]
    module = layer.module(examples(CATALOGUE[kind])[0][2][0])
    ys = evaluated(module, []).double()(torch.tensor(xs, dtype=torch.float64).view(1, 1, 1, -1))
    for x, wanted in zip(xs, ys.flatten().tolist(), strict=True):
        assert layer.curve(x) == pytest.approx(wanted, abs=1e-6), x


def test_there_are_examples_in_numbers() -> None:
    """Or the tests below would look at nothing."""
    given = [k for k in EVERY if any(e[1].numbers() for e in examples(CATALOGUE[k]))]
    assert {"Add", "AvgPool2d", "Linear", "MaxPool2d"} <= {*given}
    assert len(given) >= 8


@pytest.mark.parametrize("kind", EVERY)
def test_its_numbers_are_torchs(kind: str) -> None:
    for _, layer, _ in examples(CATALOGUE[kind]):
        numbers = layer.numbers()
        if numbers is None:
            continue
        samples = [torch.tensor(values, dtype=torch.float64)[None] for values in numbers.given]
        shapes = tuple(Shape(sample.shape[1:]) for sample in samples)
        weights = torch.tensor(numbers.weights, dtype=torch.float64)
        if weights.numel():
            depth = "out_features" if kind == "Linear" else "out_channels"
            layer = replace(layer, **{depth: len(weights)})  # type: ignore[type-var]
        if (call := layer.module(*shapes)) is not None:
            result = _with_weights(evaluated(call, []).double().eval(), weights)(*samples)
        else:
            result = evaluated(layer.expression(*shapes), samples)
        parts = result if isinstance(result, (tuple, list)) else [result]
        for part, values in zip(parts, numbers.gives, strict=True):
            torch.testing.assert_close(part[0], torch.tensor(values, dtype=torch.float64))


def _with_weights(module: torch.nn.Module, weights: torch.Tensor) -> torch.nn.Module:
    if weights.numel():
        module.weight.data = weights.view(module.weight.shape)
        module.bias.data.zero_()
    return module


@pytest.mark.parametrize("kind", EVERY)
def test_the_lines_of_its_numbers_come_out(kind: str) -> None:
    for _, layer, _ in examples(CATALOGUE[kind]):
        for line in (layer.numbers() or (0, 0, ()))[2]:
            left, right = re.sub(r"^[^=:]*:", "", line).rsplit(" = ", 1)
            plain = left.replace("·", "*").replace("−", "-").replace("e^", "e**")
            value = eval(plain, {"max": max, "exp": math.exp, "log": math.log, "sqrt": math.sqrt})
            assert value == pytest.approx(float(right.replace("−", "-")), abs=6e-4), line


def test_the_texts_are_formatted_as_ruff_would(tmp_path: Path) -> None:
    texts = [snippet(*example[1:]) for kind in CATALOGUE.values() for example in examples(kind)]
    for number, text in enumerate(dict.fromkeys(texts)):
        (tmp_path / f"example{number}.py").write_text(text, "utf-8")
    assert_ruff_is_pleased(tmp_path)
