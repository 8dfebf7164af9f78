"""The text of a model: idiomatic, whole, and of nothing that the user did not design."""

from __future__ import annotations

import gc
import unicodedata
import weakref
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import designer
from designer.codegen import InvalidDesign, attributes, render
from designer.core.design import Design
from designer.core.edits import SetNode
from designer.core.graph import id_fault
from tests.codegen.lines import constructor_of, forward_of
from tests.codegen.nets import chain, graph, node
from tests.codegen.ruff import assert_ruff_is_pleased

RESIDUAL = graph(
    [
        node("image", "Input", channels=3, height=8, width=8),
        node("stem", "Conv2d", out_channels=4, padding=1),
        node("conv1", "Conv2d", out_channels=4, padding=1),
        node("bn1", "BatchNorm2d"),
        node("add", "Add"),
        node("relu", "ReLU"),
        node("mean", "GlobalAvgPool2d"),
        node("fc", "Linear"),
    ],
    ("image", "stem"),
    ("stem", "conv1"),
    ("conv1", "bn1"),
    ("bn1", "add", 0),
    ("stem", "add", 1),
    ("add", "relu"),
    ("relu", "mean"),
    ("mean", "fc"),
)


def test_a_branch_has_a_variable_of_its_own_and_a_chain_has_x() -> None:
    assert forward_of(RESIDUAL) == [
        "x = self.stem(x)",
        "conv1 = self.conv1(x)",
        "conv1 = self.bn1(conv1)",
        "x = conv1 + x",
        "del conv1",
        "x = self.relu(x)",
        "x = torch.mean(x, dim=(2, 3))",
        "return self.fc(x)",
    ]


def test_a_long_call_has_its_arguments_in_one_line() -> None:
    image = node("image", "Input", channels=4, height=8, width=8)
    conv = node("a_name_of_some_length_for_a_convolution", "Conv2d", padding=1, bias=False)
    assert constructor_of(chain(image, conv))[:3] == [
        "self.a_name_of_some_length_for_a_convolution = nn.Conv2d(",
        "4, 16, kernel_size=3, padding=1, bias=False",
        ")",
    ]
    assert ")  # 16 × 8 × 8" in designer.to_source(chain(image, conv))


def test_every_line_belongs_to_its_node() -> None:
    source = render(RESIDUAL)
    texts = source.text.splitlines()
    told = {n: [texts[first - 1].strip() for first, _ in r] for n, r in source.lines.items()}
    assert told["conv1"][0].startswith("self.conv1 = nn.Conv2d(")
    assert told["conv1"][1] == "conv1 = self.conv1(x)"
    assert told["add"] == ["x = conv1 + x  # 4 × 8 × 8"]
    assert told["image"] == ["def forward(self, x: torch.Tensor) -> torch.Tensor:"]
    assert told.keys() == RESIDUAL.nodes.keys()


def test_values_are_let_go_as_soon_as_they_are_dead() -> None:
    """At every step only what is still read is alive, besides the image that the caller holds."""
    net = designer.build(RESIDUAL).eval()
    alive: list[weakref.ref[torch.Tensor]] = []
    counts: dict[str, int] = {}

    def note(name: str) -> object:
        def hook(module: torch.nn.Module, inputs: object, output: torch.Tensor) -> None:
            gc.collect()
            counts[name] = sum(ref() is not None for ref in alive)
            alive.append(weakref.ref(output))

        return hook

    for name, module in net.named_children():
        module.register_forward_hook(note(name))  # type: ignore[arg-type]
    with torch.no_grad():
        net(torch.rand(1, 3, 8, 8))
    assert counts == {"stem": 0, "conv1": 1, "bn1": 2, "relu": 0, "fc": 0}


def test_names_that_a_module_or_the_text_has_get_an_underscore() -> None:
    design = chain(
        node("image", "Input"),
        node("train", "Conv2d"),
        node("train_", "ReLU"),
        node("x", "ReLU"),
        node("nn", "ReLU"),
        node("forward", "Flatten"),
        node("l", "Linear"),
    )
    assert attributes(design.graph) == {
        "image": "image",
        "train": "train__",
        "train_": "train_",
        "x": "x_",
        "nn": "nn_",
        "forward": "forward_",
        "l": "l",
    }
    assert designer.build(design)(torch.rand(2, 1, 28, 28)).shape == (2, 10)


def test_a_variable_does_not_hide_a_function_of_the_text() -> None:
    design = graph(
        [
            node("image", "Input", channels=3),
            node("luma", "Greyscale", method="luma"),
            node("mean", "Greyscale"),
            node("cat", "Concat"),
        ],
        ("image", "luma"),
        ("image", "mean"),
        ("luma", "cat", 0),
        ("mean", "cat", 1),
    )
    assert forward_of(design)[0] == "luma_ = luma(x)"
    assert designer.build(design)(torch.rand(1, 3, 28, 28)).shape == (1, 2, 28, 28)


def test_composites_share_a_class_where_only_numbers_differ() -> None:
    design = chain(
        node("image", "Input", channels=3),
        node("first", "Inception"),
        node("second", "Inception", out_1x1=8, reduce_3x3=7),
        node("third", "Inception", reduce_3x3=0),
        node("fourth", "Inception", batch_norm=True),
    )
    text = designer.to_source(design)
    assert [line for line in text.splitlines() if line.startswith("class Inception")] == [
        "class Inception(nn.Module):",
        "class Inception2(nn.Module):",
        "class Inception3(nn.Module):",
    ]
    lines = [line.split("  #")[0] for line in constructor_of(design)]
    assert lines[:3] == [
        "self.first = Inception(3, 64, 96, 128, 16, 32, 32)",
        "self.second = Inception(256, 8, 7, 128, 16, 32, 32)",
        "self.third = Inception2(200, 64, 128, 16, 32, 32)",
    ]
    net = designer.build(design)
    count = sum(p.numel() for p in net.parameters())
    assert count == designer.analyze(design).totals.parameters


def test_shared_weights_are_one_attribute_called_twice() -> None:
    design = chain(
        node("image", "Input", channels=4),
        node("conv1", "Conv2d", out_channels=4, padding=1),
        node("relu", "ReLU"),
        replace(node("conv2", "Conv2d", out_channels=4, padding=1), weights_of="conv1"),
    )
    assert [line for line in forward_of(design) if "conv" in line] == [
        "x = self.conv1(x)",
        "return self.conv1(x)",
    ]
    net = designer.build(design)
    assert sum(p.numel() for p in net.parameters()) == 4 * 4 * 9 + 4
    assert sum(p.numel() for p in net.parameters()) == designer.analyze(design).totals.parameters


def test_weights_of_a_bypassed_node_can_still_be_used() -> None:
    design = chain(
        node("image", "Input", channels=4),
        replace(node("conv1", "Conv2d", out_channels=4, padding=1), bypassed=True),
        replace(node("conv2", "Conv2d", out_channels=4, padding=1), weights_of="conv1"),
    )
    assert forward_of(design) == ["return self.conv1(x)"]
    assert designer.build(design)(torch.rand(1, 4, 28, 28)).shape == (1, 4, 28, 28)


def test_a_bypassed_node_leaves_no_trace() -> None:
    design = SetNode("bn1", "bypassed", True).apply(RESIDUAL)
    text = designer.to_source(design)
    assert "bn1" not in text
    assert "x = conv1 + x" in text


def test_frozen_nodes_are_not_trained_and_frozen_normalisation_keeps_still() -> None:
    design = SetNode("bn1", "frozen", True).apply(SetNode("stem", "frozen", True).apply(RESIDUAL))
    net = designer.build(design)
    assert not net.bn1.training
    net.train()
    assert not net.bn1.training
    assert net.training and net.stem.training
    trained = {name for name, p in net.named_parameters() if p.requires_grad}
    assert trained == {"conv1.weight", "conv1.bias", "fc.weight", "fc.bias"}
    before = net.bn1.running_mean.clone()
    net(torch.rand(4, 3, 8, 8) + 5)
    assert torch.equal(before, net.bn1.running_mean)


def test_several_inputs_and_outputs_come_in_file_order() -> None:
    design = graph(
        [
            node("left", "Input"),
            node("right", "Input"),
            node("sum", "Add"),
            node("flat", "Flatten"),
            node("second", "Output"),
            node("first", "Output"),
        ],
        ("right", "sum", 0),
        ("left", "sum", 1),
        ("sum", "second"),
        ("sum", "flat"),
        ("flat", "first"),
    )
    text = designer.to_source(design)
    assert "def forward(" in text
    assert "left: torch.Tensor, right: torch.Tensor" in text.replace(",\n        ", ", ")
    left, right = torch.rand(2, 1, 28, 28), torch.rand(2, 1, 28, 28)
    second, first = designer.build(design)(left, right)
    assert torch.equal(second, right + left)
    assert torch.equal(first, torch.flatten(right + left, 1))


def test_what_no_output_depends_on_is_left_out() -> None:
    design = graph(
        [node("image", "Input"), node("a", "ReLU"), node("b", "Conv2d"), node("out", "Output")],
        ("image", "a"),
        ("image", "b"),
        ("a", "out"),
    )
    assert forward_of(design) == ["return self.a(x)"]
    assert "self.b" not in designer.to_source(design)


def test_ports_and_not_wires_decide_the_order() -> None:
    design = graph(
        [node("image", "Input"), node("a", "ReLU"), node("b", "Tanh"), node("cat", "Concat")],
        ("image", "a"),
        ("image", "b"),
        ("a", "cat", 1),
        ("b", "cat", 0),
    )
    assert forward_of(design)[-1] == "return torch.cat((b, a), dim=1)"


def test_a_net_of_one_wire() -> None:
    design = chain(node("image", "Input"), node("out", "Output"))
    assert forward_of(design) == ["return x"]
    x = torch.rand(1, 1, 28, 28)
    assert designer.build(design)(x) is x


def test_an_invalid_design_has_no_text() -> None:
    with pytest.raises(InvalidDesign, match="Flatten between") as caught:
        designer.to_source(chain(node("image", "Input"), node("fc", "Linear")))
    assert caught.value.diagnostics[0].node == "fc"
    with pytest.raises(ValueError, match="empty"):
        designer.to_source(Design())


@given(st.text(), st.text())
def test_free_text_does_no_harm(name: str, note: str) -> None:
    for hostile in ("", '"""\nimport os\n', "\\", "\n# fmt: off\n", "\u202e\u0000", "# noqa"):
        design = replace(
            chain(node("image", "Input"), replace(node("relu", "ReLU"), note=note + hostile)),
            name=hostile + name,
        )
        text = designer.to_source(design)
        quiet = designer.to_source(chain(node("image", "Input"), node("relu", "ReLU"))).splitlines()
        lines = [line for line in text.splitlines() if "# Note: " not in line]
        assert lines[1:] == quiet[1:]
        assert lines[0].startswith('"""') and lines[0].count('"""') == 2
        assert text.isprintable() or all(c.isprintable() or c == "\n" for c in text)
        compile(text, "<text>", "exec")


IDS = (
    st.from_regex(r"[^\W\d_]\w{0,40}", fullmatch=True)
    .map(lambda text: unicodedata.normalize("NFKC", text))
    .filter(lambda text: id_fault(text) is None)
)


@given(st.lists(IDS, min_size=6, max_size=6, unique=True))
def test_any_ids_make_a_net(ids: list[str]) -> None:
    kinds = ("Input", "Conv2d", "ReLU", "MaxPool2d", "Flatten", "Linear")
    design = chain(*(node(i, k) for i, k in zip(ids, kinds, strict=True)))
    assert designer.build(design)(torch.rand(2, 1, 28, 28)).shape == (2, 10)


def named_with(length: int) -> Design:
    """A net with every kind of statement, in which each id has so many characters."""
    long = [letter * length for letter in "abcdefgh"]
    return graph(
        [
            node(long[0], "Input", channels=3),
            node(long[1], "Conv2d", out_channels=3, padding="same", stride=2),
            node(
                long[2], "Conv2d", out_channels=3, padding="same", stride=2, padding_mode="reflect"
            ),
            replace(node(long[3], "ReLU"), frozen=True),
            node(long[4], "Add"),
            node(long[5], "Concat"),
            node(long[6], "Output"),
            node(long[7], "Output"),
        ],
        (long[0], long[1]),
        (long[0], long[2]),
        (long[2], long[3]),
        (long[1], long[4], 0),
        (long[3], long[4], 1),
        (long[4], long[5], 0),
        (long[1], long[5], 1),
        (long[2], long[5], 2),
        (long[5], long[6]),
        (long[4], long[7]),
    )


def test_names_of_any_length_are_formatted(tmp_path: Path) -> None:
    short, long = tmp_path / "short", tmp_path / "long"
    for folder, lengths in ((short, range(1, 60)), (long, range(60, 81))):
        folder.mkdir()
        for length in lengths:
            text = designer.to_source(named_with(length))
            (folder / f"net_{length}.py").write_text(text, "utf-8")
    assert_ruff_is_pleased(short)
    assert_ruff_is_pleased(long, "F,I,W,N,UP,B")
