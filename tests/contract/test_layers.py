"""The contract that every layer of the catalogue keeps with torch, by existing."""

from __future__ import annotations

import json
import math

import pytest
import torch
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from torch.utils.flop_counter import FlopCounterMode

from designer.codegen import render
from designer.core.analysis import analyze
from designer.core.decode import decode
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer, Refused
from designer.core.shape import Shape
from designer.layers import CATALOGUE
from designer.storage.values import plain
from tests.contract.house import HOUSE_RULES
from tests.contract.layers import BATCH, execute, inputs_of, layers

EVERY = sorted(CATALOGUE)

quick = settings(suppress_health_check=list(HealthCheck))
"""100 cases a layer, some 5,000 over the catalogue; 20 times as many each night."""

printed = settings(quick, max_examples=quick.max_examples * 6 // 10)
"""Fewer where each case is printed and compiled: some 3,000."""

REFUSALS = (RuntimeError, ValueError, IndexError, TypeError)
"""How torch refuses."""


@st.composite
def cases(draw: st.DrawFn, kind: str) -> tuple[Layer, tuple[Shape, ...]]:
    """A layer, and shapes for its inputs."""
    layer = draw(layers(CATALOGUE[kind]))
    return layer, draw(inputs_of(CATALOGUE[kind], layer))


@pytest.mark.parametrize("kind", EVERY)
def test_it_accepts_what_torch_accepts_and_gives_torchs_shape(kind: str) -> None:
    @quick
    @given(cases(kind))
    def check(case: tuple[Layer, tuple[Shape, ...]]) -> None:
        layer, inputs = case
        if layer.inputs == 0:
            return
        torch.manual_seed(0)
        try:
            given_shapes = layer.infer(*inputs)
        except Refused as refusal:
            if refusal.code not in HOUSE_RULES:
                assert not layer.is_composite, "what it is made of says why"
                with pytest.raises(REFUSALS):
                    execute(layer, inputs)
            return
        if not layer.is_composite:
            assert [tuple(s) for s in given_shapes] == [tuple(s) for s in execute(layer, inputs)]

    check()


@pytest.mark.parametrize("code", HOUSE_RULES)
def test_every_house_rule_refuses_what_torch_accepts(code: str) -> None:
    rule = HOUSE_RULES[code]
    with pytest.raises(Refused) as refusal:
        rule.layer.infer(*rule.inputs)
    assert refusal.value.code == code
    rule.ask_torch()
    assert rule.reason


@pytest.mark.parametrize("kind", EVERY)
def test_its_text_runs_and_has_the_weights_and_costs_that_it_says(kind: str) -> None:
    @printed
    @given(cases(kind))
    def check(case: tuple[Layer, tuple[Shape, ...]]) -> None:
        layer, inputs = case
        design = around(layer, inputs)
        analysis = analyze(design)
        assume(analysis.is_valid)
        facts = analysis.facts["tried"]
        net = built(render(design, analysis).text)
        images = [torch.rand(BATCH, *image_of(shape)) for shape in inputs or [facts.outputs[0]]]
        for training in (True, False):
            net.train(training)
            with FlopCounterMode(display=False) as counter:
                result = net(*images)
            results = result if isinstance(result, tuple) else (result,)
            assert [tuple(r.shape) for r in results] == [(BATCH, *s) for s in facts.outputs]
            assert counter.get_total_flops() == 2 * BATCH * facts.macs
        assert sum(p.numel() for p in net.parameters()) == facts.parameters
        assert facts.activation_bytes is not None
        if not layer.is_composite:
            assert facts.activation_bytes == 4 * sum(r.numel() for r in results) // BATCH

    check()


@pytest.mark.parametrize("kind", EVERY)
def test_it_goes_through_a_file_unchanged(kind: str) -> None:
    @given(layers(CATALOGUE[kind]))
    def check(layer: Layer) -> None:
        text = json.dumps(plain(layer))
        read = decode(CATALOGUE[kind], json.loads(text))
        assert read == layer
        assert repr(read) == repr(layer), "1 and 1.0 are equal, but not in generated text"

    check()


@pytest.mark.parametrize("kind", EVERY)
def test_it_says_what_it_is(kind: str) -> None:
    layer = CATALOGUE[kind]
    sentence = (layer.__doc__ or "").strip().splitlines()[0]
    assert sentence.endswith("."), "the palette shows the first sentence"
    assert layer.family
    assert all(p.help for p in layer.parameters()), "every parameter has a help"
    assert not layer().limit_faults, "defaults lie inside the limits"


def around(layer: Layer, inputs: tuple[Shape, ...]) -> Design:
    """A design in which the layer gets inputs of these shapes, and which returns what it gives."""
    if layer.inputs == 0:
        return Design(graph=Graph.of([Node("tried", layer)]))
    nodes, edges = [], []
    for port, shape in enumerate(inputs):
        channels, height, width = image_of(shape)
        image = CATALOGUE["Input"](channels=channels, height=height, width=width)
        nodes.append(Node(f"image{port}", image))
        source = f"image{port}"
        if shape.axes != (0, 1, 2)[: len(shape)]:
            source = f"permute{port}"
            dims = (0, *(axis + 1 for axis in shape.axes))
            nodes.append(Node(source, CATALOGUE["Permute"](dims=dims)))
            edges.append(Edge(f"image{port}", source))
        elif len(shape) < 3:
            source = f"flatten{port}"
            nodes.append(Node(source, CATALOGUE["Flatten"](start_dim=len(shape))))
            edges.append(Edge(f"image{port}", source))
        edges.append(Edge(source, "tried", port))
    nodes.append(Node("tried", layer))
    if layer.output_count > 1:
        for output in range(layer.output_count):
            nodes.append(Node(f"out{output}", CATALOGUE["Output"]()))
            edges.append(Edge("tried", f"out{output}", output=output))
    return Design(graph=Graph.of(nodes, edges))


def image_of(shape: Shape) -> tuple[int, int, int]:
    """The image that a Flatten or a Permute turns into this shape."""
    if len(shape) == 3:
        channels, height, width = (shape[shape.axes.index(axis)] for axis in range(3))
        return channels, height, width
    channels, *rest = shape
    return (channels, rest[0] if rest else 1, math.prod(rest[1:]))


def built(text: str) -> torch.nn.Module:
    """The net of a model's text."""
    names: dict[str, object] = {}
    exec(compile(text, "<model>", "exec"), names)
    net = names["Net"]()  # type: ignore[operator]
    assert isinstance(net, torch.nn.Module)
    return net
