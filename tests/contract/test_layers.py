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
from tests.contract.layers import BATCH, execute, inputs_of, layers

EVERY = sorted(CATALOGUE)

HOUSE_RULES = {
    "needs-image": "layers for maps need C × H × W; torch takes a missing batch for one",
    "needs-vector": "a Linear needs a vector; torch would apply it along the last size",
    "channels-differ": "Add needs equal shapes, and no broadcast stretches channels",
    "sizes-differ": "merges need equal sizes; torch would broadcast a size of 1",
    "no-such-dim": "no layer touches the batch, which torch would flatten or sum like any other",
    "needs-colour": "a Greyscale needs R, G and B; a mean of any channels is another thing",
    "padding-too-large": "a window that sees only padded cells has nothing to say",
    "batch-moved": "no layer touches the batch, which torch would move like any other dimension",
    "no-such-channels": "torch's slices silently end where the channels do, and may hold none",
    "one-value": "of one value, nothing remains without its mean; torch refuses a single image",
    "cut-to-nothing": "a map without cells, or of added zeros alone, has nothing to say",
    "only-padding": "nor has one that, dilated, steps over every real cell",
}
"""Why the house refuses what torch would accept, by the diagnostic's code."""

quick = settings(suppress_health_check=list(HealthCheck))


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
            if refusal.code not in HOUSE_RULES and not layer.is_composite:
                with pytest.raises((RuntimeError, ValueError, IndexError, TypeError)):
                    execute(layer, inputs)
            return
        if not layer.is_composite:
            assert [tuple(s) for s in given_shapes] == [tuple(s) for s in execute(layer, inputs)]

    check()


@pytest.mark.parametrize("kind", EVERY)
def test_its_text_runs_and_has_the_weights_and_costs_that_it_says(kind: str) -> None:
    @quick
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
        if len(shape) < 3:
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
    """The image that a Flatten turns into this shape."""
    channels, *rest = shape
    return (channels, rest[0] if rest else 1, math.prod(rest[1:]))


def built(text: str) -> torch.nn.Module:
    """The net of a model's text."""
    names: dict[str, object] = {}
    exec(compile(text, "<model>", "exec"), names)
    net = names["Net"]()  # type: ignore[operator]
    assert isinstance(net, torch.nn.Module)
    return net
