"""Modules of users: functions, sharing, freezing, borders, and what is refused in words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import nn

import designer
from designer.core.design import Design
from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.engine.importing.nets import Imported, import_module
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.sources import import_source
from designer.layers import CATALOGUE
from tests.engine.importing.models import NET

IMAGE = Shape((4, 12, 12))
Forward = Callable[[torch.Tensor], Any]


class Calling(nn.Module):
    """A module whose forward is a function."""

    def __init__(self, forward: Callable[..., Any], **parts: Any) -> None:
        super().__init__()
        self._does = forward
        for name, part in parts.items():
            setattr(self, name, part)

    def forward(self, x: torch.Tensor) -> Any:
        return self._does(self, x) if self._modules or self._parameters else self._does(x)


def bring(model: nn.Module, image: Shape = IMAGE) -> Imported:
    torch.manual_seed(0)
    found = import_module(model, image, "brought")
    assert found.difference < 1e-6
    return found


def layers(design: Design) -> list[Layer]:
    return [node.layer for node in list(design.nodes.values())[1:]]


def make(kind: str, *values: object, **named: object) -> Layer:
    return CATALOGUE[kind](*values, **named)


@pytest.mark.parametrize(
    ("forward", "expected"),
    [
        (lambda x: x.relu_(), [make("ReLU")]),
        (lambda x: x.clamp(0, 6), [make("ReLU6")]),
        (lambda x: F.hardtanh(x, 0.0, 6.0), [make("ReLU6")]),
        (lambda x: F.leaky_relu(x, 0.2, inplace=True), [make("LeakyReLU", 0.2)]),
        (lambda x: x.sigmoid() * x, [make("SiLU")]),
        (lambda x: x * F.hardsigmoid(x), [make("Hardswish")]),
        (lambda x: F.gelu(x, approximate="tanh"), [make("GELU", "tanh")]),
        (lambda x: (x - 0.5) / 0.25, [make("Normalize", 0.5, 0.25)]),
        (lambda x: x / 255 + 0, [make("Normalize", 0.0, 255.0)]),
        (lambda x: 2 * x, [make("Normalize", 0.0, 0.5)]),
        (lambda x: x + x.tanh(), [make("Tanh"), make("Add")]),
        (lambda x: torch.cat([x, x, x], 1), [make("Concat")]),
        (lambda x: x.mean((-1, -2)), [make("GlobalAvgPool2d")]),
        (lambda x: x.mean([2, 3], keepdim=True), [make("GlobalAvgPool2d", True)]),
        (lambda x: x.amax((2, 3)), [make("AdaptiveMaxPool2d"), make("Flatten")]),
        (lambda x: x.view(x.size(0), -1), [make("Flatten")]),
        (lambda x: x.reshape(len(x), 4, -1), [make("Flatten", 2)]),
        (lambda x: x.flatten(1, 2), [make("Flatten", 1, 2)]),
        (lambda x: x.transpose(1, 3), [make("Permute", (0, 3, 2, 1))]),
        (lambda x: x.permute(0, 2, 3, 1).contiguous(), [make("Permute", (0, 2, 3, 1))]),
        (lambda x: x[:, 1:3], [make("Slice", 1, 3)]),
        (lambda x: x[:, -2:], [make("Slice", 2)]),
        (lambda x: x.narrow(1, 1, 2), [make("Slice", 1, 3)]),
        (lambda x: F.pad(x, (1, 2)), [make("ZeroPad2d", (1, 2, 0, 0))]),
        (lambda x: F.pad(x, (1, 1, 1, 1)), [make("ZeroPad2d", 1)]),
        (lambda x: F.max_pool2d(x, 3, 2, 1), [make("MaxPool2d", 3, 2, 1)]),
        (lambda x: F.avg_pool2d(x, 2), [make("AvgPool2d", 2)]),
        (lambda x: F.adaptive_avg_pool2d(x, (None, 3)), [make("AdaptiveAvgPool2d", (12, 3))]),
        (lambda x: F.interpolate(x, scale_factor=2.0), [make("Upsample", None, 2.0)]),
        (lambda x: F.interpolate(x, (5, 6), mode="bilinear"),
         [make("Upsample", (5, 6), None, "bilinear")]),
        (lambda x: F.pixel_shuffle(x, 2), [make("PixelShuffle", 2)]),
        (F.softmax, [make("Softmax", 1)]),
        (lambda x: F.log_softmax(x, dim=-1), [make("LogSoftmax", -1)]),
        (lambda x: F.dropout(x, 0.3, training=False), [make("Dropout", 0.3)]),
        (lambda x: F.local_response_norm(x, 3), [make("LocalResponseNorm", 3)]),
        (lambda x: x.view(len(x), 2, 2, 12, 12).transpose(1, 2).reshape(x.shape),
         [make("ChannelShuffle", 2)]),
        (lambda x: x.relu() if x.shape[-1] % 2 == 0 else x.tanh(), [make("ReLU")]),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Implicit dimension choice")
def test_a_function_is_a_layer(forward: Forward, expected: list[Layer]) -> None:
    assert layers(bring(Calling(forward)).design) == expected


def test_a_border_of_same_belongs_to_its_window() -> None:
    odd = Shape((4, 11, 11))
    conv = nn.Conv2d(4, 5, 4, stride=2)
    padded = Calling(lambda self, x: self.conv(F.pad(x, (1, 2, 1, 2))), conv=conv)
    (layer,) = layers(bring(padded, odd).design)
    assert layer == make("Conv2d", 5, 4, 2, "same")
    pooled = Calling(lambda x: F.max_pool2d(F.pad(x, (0, 1, 0, 1), value=-torch.inf), 2, 2))
    (layer,) = layers(bring(pooled, odd).design)
    assert layer == make("MaxPool2d", 2, None, "same")


def test_a_mean_and_a_deviation_a_channel_are_one_normalisation() -> None:
    def forward(self: Any, x: torch.Tensor) -> torch.Tensor:
        return self.conv((x - self.mean) / self.std)

    model = Calling(forward, conv=nn.Conv2d(3, 4, 3))
    for name, values in (("mean", [0.485, 0.456, 0.406]), ("std", [0.229, 0.224, 0.225])):
        model.register_buffer(name, torch.tensor(values).view(1, 3, 1, 1))
    design = bring(model, Shape((3, 12, 12))).design
    assert list(design.nodes) == ["image", "normalize1", "conv"]
    expected = make("Normalize", (0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
    assert design.nodes["normalize1"].layer == expected


def test_what_splits_has_outputs_and_its_parts_go_on() -> None:
    def forward(x: torch.Tensor) -> torch.Tensor:
        left, right = x.chunk(2, dim=1)
        return torch.cat((right, left.relu()), 1)

    design = bring(Calling(forward)).design
    assert layers(design) == [make("Split", (2, 2)), make("ReLU"), make("Concat")]
    ports = [(e.source, e.target, e.port, e.output) for e in design.edges]
    assert ("split1", "concat1", 0, 1) in ports


def test_a_module_that_is_called_twice_is_one_with_a_node_that_uses_its_weights() -> None:
    conv = nn.Conv2d(4, 4, 3, padding=1)
    design = bring(Calling(lambda self, x: self.conv(self.conv(x).relu()), conv=conv)).design
    assert design.nodes["conv_2"].weights_of == "conv"
    assert designer.analyze(design).totals.parameters == sum(w.numel() for w in conv.parameters())


def test_weights_that_two_modules_share_are_shared_here_or_refused() -> None:
    first, second = nn.Conv2d(4, 4, 1), nn.Conv2d(4, 4, 1)
    second.weight, second.bias = first.weight, first.bias
    design = bring(nn.Sequential(first, nn.ReLU(), second)).design
    assert [node.weights_of for node in design.nodes.values()] == [None, None, None, "conv1"]
    second.bias = nn.Parameter(torch.zeros(4))
    with pytest.raises(ImportRefused, match="share some of their weights"):
        bring(nn.Sequential(first, nn.ReLU(), second))


def test_functions_with_weights_of_the_net_are_layers_too() -> None:
    def forward(self: Any, x: torch.Tensor) -> torch.Tensor:
        x = F.conv2d(x, self.kernel, stride=2)
        x = F.batch_norm(x, self.mean, self.var, eps=1e-3)
        return F.linear(x.flatten(1), self.dense.weight, self.dense.bias)

    parts = {"kernel": nn.Parameter(torch.randn(6, 4, 3, 3)), "dense": nn.Linear(6 * 25, 3)}
    model = Calling(forward, **parts)
    model.register_buffer("mean", torch.rand(6))
    model.register_buffer("var", torch.rand(6) + 0.5)
    design = bring(model).design
    assert layers(design) == [
        make("Conv2d", 6, 3, 2, bias=False),
        make("BatchNorm2d", eps=1e-3, affine=False),
        make("Flatten"),
        make("Linear", 3),
    ]
    assert "dense" in design.nodes


def test_what_does_not_learn_is_frozen_and_what_is_switched_off_stays() -> None:
    conv = nn.Conv2d(4, 4, 3).requires_grad_(False)

    def forward(self: Any, x: torch.Tensor) -> torch.Tensor:
        x = self.conv(x)
        return x + self.drop(x)

    design = bring(Calling(forward, conv=conv, drop=nn.Dropout(0.2))).design
    assert design.nodes["conv"].frozen
    add = next(n for n, node in design.nodes.items() if node.layer == make("Add"))
    assert [edge.source for edge in design.graph.incoming[add]] == ["conv", "drop"]


def test_several_outputs_are_marked_by_their_names() -> None:
    design = bring(Calling(lambda x: {"low": x.relu(), "high": x.tanh()})).design
    marked = [name for name, node in design.nodes.items() if node.layer == make("Output")]
    assert marked == ["low", "high"]
    assert designer.analyze(design).is_valid


def test_the_exported_class_of_a_net_with_same_padding_comes_back() -> None:
    from designer.storage import template

    design = template("assignment-4").design()
    found = import_module(designer.build(design), Shape((1, 28, 28)), "back").design
    assert designer.to_source(found).splitlines()[1:] == designer.to_source(design).splitlines()[1:]


def test_code_that_fails_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "failing.py").write_text("import torch\n\n1 / 0\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    words = r"importing failing raised ZeroDivisionError: division by zero \(failing.py, line 3\)"
    with pytest.raises(ImportRefused, match=words):
        import_source("failing:Net", (), lambda what: None)
    (tmp_path / "large.py").write_text("import torch\n\n\ndef net():\n    torch.zeros(1 << 50)\n")
    words = r"without arguments, takes more memory than is free here \(large.py, line 5\)"
    with pytest.raises(ImportRefused, match=words):
        import_source("large:net", (), lambda what: None)
    with pytest.raises(ImportRefused, match=r"torch\.nn has no Relu; is ReLU meant"):
        import_source("torch.nn:Relu", (), lambda what: None)
    with pytest.raises(ImportRefused, match=r"must be an nn\.Module, or a callable"):
        import_source("platform:system", (), lambda what: None)


def test_an_image_is_found_where_nobody_says_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "guessed.py").write_text(NET.replace("12 * 12", "28 * 28"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    found, has_weights = import_source("guessed:Net", (), lambda what: None)
    assert has_weights
    assert found.design.nodes["image"].layer == make("Input", 1, 28, 28)
    (tmp_path / "odd.py").write_text(NET.replace("12 * 12", "7 * 13"))
    with pytest.raises(ImportRefused, match="say with --image C,H,W which it takes"):
        import_source("odd:Net", (), lambda what: None)


@pytest.mark.parametrize("way", ["view", "unsqueeze", "pooled"])
def test_a_gate_of_dense_layers_is_one_of_convolutions(way: str) -> None:
    """Squeezing and exciting as it is mostly written."""

    def forward(self: Any, x: torch.Tensor) -> torch.Tensor:
        means = x.mean((2, 3)) if way == "pooled" else self.pool(x).flatten(1)
        gate = torch.sigmoid(self.fc2(torch.relu(self.fc1(means))))
        if way == "unsqueeze":
            return x * gate.unsqueeze(2).unsqueeze(3).expand_as(x)
        return x * gate.view(x.shape[0], -1, 1, 1)

    parts = {"pool": nn.AdaptiveAvgPool2d(1), "fc1": nn.Linear(4, 2), "fc2": nn.Linear(2, 4)}
    design = bring(Calling(forward, **parts)).design
    assert design.nodes["fc1"].layer == make("Conv1x1", 2)
    assert [node.layer.kind() for node in design.nodes.values()][-2:] == ["Sigmoid", "Multiply"]
    assert "Flatten" not in {node.layer.kind() for node in design.nodes.values()}


def test_a_vector_that_is_read_elsewhere_stays_one() -> None:
    def forward(self: Any, x: torch.Tensor) -> torch.Tensor:
        means = self.fc(x.mean((2, 3)))
        return self.last(means) + (x * means.view(-1, 4, 1, 1)).mean((2, 3))

    model = Calling(forward, fc=nn.Linear(4, 4), last=nn.Linear(4, 4))
    with pytest.raises(ImportRefused, match="makes 4 × 1 × 1 of 4"):
        bring(model)


class Attention(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x @ x


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (nn.Sequential(nn.Conv2d(4, 4, 1), Attention()),
         r"1 \(Attention\) computes torch.Tensor.matmul, and no layer here does that"),
        (Calling(lambda x: x.exp()), "computes torch.Tensor.exp"),
        (Calling(lambda x: x.mean()), "the batch included"),
        (Calling(lambda x: x.mean(1)), r"takes the mean of 4 × 12 × 12 over dimensions \[1\]"),
        (Calling(lambda x: x[:, ::2]), "every 2th channel"),
        (Calling(lambda x: x[:, 0]), r"picks values by \[:, 0\]"),
        (Calling(lambda x: x.reshape(2, 12, 4, 12)), "makes 12 × 4 × 12 of 4 × 12 × 12"),
        (Calling(lambda x: x.flatten()), "0 is the batch, which no layer touches"),
        (Calling(lambda x: torch.cat((x, x), 2)), "joins along dimension 2"),
        (Calling(lambda x: x.clamp(-1, 1)), "clamps between -1.0 and 1.0"),
        (Calling(lambda x: x.double().relu()), "another type than float32"),
        (Calling(lambda x: x), "gives the image back"),
        (Calling(lambda x: "no tensor"), "returns other things than tensors"),
        (Calling(lambda x: 7), "returns a int, not tensors"),
        (Calling(lambda x: torch.zeros(2, 3)), "does not come from the image"),
        (Calling(lambda x: x.relu() if x.sum() > 0 else x.tanh()), "the import is not equal"),
        (Calling(lambda x: x.relu() + torch.rand(1)), "the import is not equal"),
        (Calling(lambda x: x / 0), "more than 0"),
        (Calling(lambda x: F.max_pool2d(x, 2, return_indices=True)[0]), "max_pool2d"),
        (nn.LayerNorm(12, bias=False), "has bias, but the original has none"),
        (Calling(lambda x: F.max_pool2d(F.pad(x, (0, 1, 0, 1), value=-torch.inf), 2)),
         "with a border of 0, 1, 0, 1 cells"),
        (Calling(lambda x: F.relu(F.pad(x, (1, 1, 1, 1), value=3.0))),
         "a border of 3, which a ReLU"),
        (Calling(lambda x: 1 / 0), r"forward raised ZeroDivisionError: division by zero \(test_"),
        (nn.Conv2d(4, 4, 99), "forward raised RuntimeError"),
        (nn.Sequential(nn.Flatten(), nn.Unflatten(1, (576, 1, 1))), "makes 576 × 1 × 1 of 576"),
    ],
)  # fmt: skip
def test_what_no_layer_does_is_refused_in_a_sentence(model: nn.Module, words: str) -> None:
    with pytest.raises(ImportRefused, match=words) as refusal:
        import_module(model, IMAGE, "refused")
    assert len(str(refusal.value)) <= 480
    assert "\n" not in str(refusal.value)


def test_outputs_that_hardly_depend_on_the_image_are_a_weak_proof() -> None:
    dead = nn.Sequential(nn.Conv2d(4, 3, 1), nn.ReLU(), nn.Flatten(), nn.Linear(432, 2))
    assert not bring(dead).is_weak
    with torch.no_grad():
        dead[0].weight.zero_()
    assert bring(dead).is_weak


@pytest.mark.parametrize("offset", [0, 1e3, 1e4])
def test_an_error_of_a_twentieth_is_seen_behind_any_offset(offset: float) -> None:
    seen: list[torch.Tensor] = []

    def forward(self: Any, x: torch.Tensor) -> torch.Tensor:
        seen.append(x)
        y = self.conv(x)
        return y if len(seen) == 1 else y + 0.05 * (y - offset)

    torch.manual_seed(0)
    model = Calling(forward, conv=nn.Conv2d(4, 2, 3))
    nn.init.constant_(model.conv.bias, offset)
    if offset < 1e4:
        with pytest.raises(ImportRefused, match="the import is not equal"):
            import_module(model, IMAGE, "wrong")
    else:
        assert import_module(model, IMAGE, "wrong").is_weak
