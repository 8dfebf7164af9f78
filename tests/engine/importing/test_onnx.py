"""Models in ONNX: operators, names, our own nets exported and read back, and hostile files."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import numpy as np
import pytest
import torch

import designer
from designer.core.design import Design
from designer.core.layer import Layer
from designer.engine.importing import onnx_files, onnx_graph
from designer.engine.importing.nets import Imported
from designer.engine.importing.refusal import ImportRefused
from designer.layers import CATALOGUE
from designer.storage import template
from tests.engine.importing.models import onnx_bytes, weights, write_onnx

onnx = pytest.importorskip("onnx")
TensorProto, helper, numpy_helper = onnx.TensorProto, onnx.helper, onnx.numpy_helper

W = weights("net.conv.weight", 4, 3, 3, 3)


def make(kind: str, *values: object, **named: object) -> Layer:
    return CATALOGUE[kind](*values, **named)


def node(kind: str, *inputs: str, **attributes: object) -> onnx.NodeProto:
    return helper.make_node(kind, ["x", *inputs], ["y"], **attributes)


def ints(name: str, *values: int) -> TensorProto:
    return numpy_helper.from_array(np.array(values, np.int64), name)


def floats(name: str, *values: float) -> TensorProto:
    return numpy_helper.from_array(np.array(values, np.float32), name)


def number(name: str, value: float) -> TensorProto:
    return numpy_helper.from_array(np.array(value, np.float32), name)


def bring(path: Path, *steps: onnx.NodeProto, tensors: tuple[TensorProto, ...] = ()) -> Imported:
    file = path / "net.onnx"
    file.write_bytes(onnx_bytes(list(steps), list(tensors)))
    return onnx_files.import_file(file, (), lambda what: None)


def layers(design: Design) -> list[Layer]:
    return [node.layer for node in list(design.nodes.values())[1:]]


@pytest.mark.parametrize(
    ("step", "tensors", "expected"),
    [
        (node("Conv", "net.conv.weight", pads=[1, 1, 1, 1]), (W,),
         make("Conv2d", 4, 3, 1, 1, bias=False)),
        (node("Conv", "net.conv.weight", auto_pad="SAME_UPPER", strides=[2, 2]), (W,),
         make("Conv2d", 4, 3, 2, "same", bias=False)),
        (node("Conv", "net.conv.weight", auto_pad="VALID"), (W,), make("Conv2d", 4, bias=False)),
        (node("Conv", "net.conv.weight", pads=[0, 0, 1, 1], strides=[2, 2]), (W,),
         make("Conv2d", 4, 3, 2, "same", bias=False)),
        (node("ConvTranspose", "up.weight", strides=[2, 2]), (weights("up.weight", 3, 4, 2, 2),),
         make("ConvTranspose2d", 4, 2, 2, bias=False)),
        (node("MaxPool", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]), (),
         make("MaxPool2d", 3, 2, 1)),
        (node("MaxPool", kernel_shape=[3, 3], strides=[2, 2], auto_pad="SAME_UPPER"), (),
         make("MaxPool2d", 3, 2, "same")),
        (node("MaxPool", kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1]), (),
         make("MaxPool2d", 3, 2, "same")),
        (node("AveragePool", kernel_shape=[2, 2], strides=[2, 2]), (), make("AvgPool2d", 2)),
        (node("AveragePool", kernel_shape=[3, 3], strides=[1, 1], pads=[1, 1, 1, 1]), (),
         make("AvgPool2d", 3, 1, 1, count_include_pad=False)),
        (node("GlobalAveragePool"), (), make("GlobalAvgPool2d", True)),
        (node("GlobalMaxPool"), (), make("AdaptiveMaxPool2d")),
        (node("ReduceMean", "a", keepdims=0), (ints("a", 2, 3),), make("GlobalAvgPool2d")),
        (node("LeakyRelu", alpha=0.25), (), make("LeakyReLU", 0.25)),
        (node("Elu", alpha=0.5), (), make("ELU", 0.5)),
        (node("HardSwish"), (), make("Hardswish")),
        (node("HardSigmoid", alpha=1 / 6), (), make("Hardsigmoid")),
        (node("Mish"), (), make("Mish")),
        (node("Softmax", axis=1), (), make("Softmax", 1)),
        (node("Clip", "lo", "hi"), (number("lo", 0), number("hi", 6)), make("ReLU6")),
        (node("LRN", size=3, alpha=0.5, bias=2.0), (), make("LocalResponseNorm", 3, 0.5, k=2.0)),
        (node("Flatten"), (), make("Flatten")),
        (node("Reshape", "s"), (ints("s", 0, -1),), make("Flatten")),
        (node("Reshape", "s"), (ints("s", 1, 3, 64),), make("Flatten", 2)),
        (node("Transpose", perm=[0, 2, 3, 1]), (), make("Permute", (0, 2, 3, 1))),
        (node("Pad", "p"), (ints("p", 0, 0, 1, 2, 0, 0, 3, 4),), make("ZeroPad2d", (2, 4, 1, 3))),
        (node("Slice", "a", "b", "c"), (ints("a", 1), ints("b", 3), ints("c", 1)),
         make("Slice", 1)),
        (node("Div", "d"), (number("d", 255),), make("Normalize", 0.0, 255.0)),
        (node("Sub", "m"), (weights("m", 3, 1, 1),), None),
        (node("Resize", "", "s", mode="nearest", coordinate_transformation_mode="asymmetric",
              nearest_mode="floor"), (floats("s", 1, 1, 2, 2),), make("Upsample", None, 2.0)),
        (node("Resize", "", "", "z", mode="linear"), (ints("z", 1, 3, 5, 6),),
         make("Upsample", (5, 6), None, "bilinear", False)),
        (node("BatchNormalization", "n.weight", "n.bias", "n.mean", "n.var", epsilon=1e-3),
         (*(weights(f"n.{name}", 3) for name in ("weight", "bias", "mean")),
          floats("n.var", 1.0, 2.0, 0.5)), make("BatchNorm2d", 1e-3)),
        (node("InstanceNormalization", "n.weight", "n.bias"),
         (weights("n.weight", 3), weights("n.bias", 3)), make("InstanceNorm2d", affine=True)),
    ],
)  # fmt: skip
def test_an_operator_is_a_layer(
    tmp_path: Path, step: onnx.NodeProto, tensors: tuple[TensorProto, ...], expected: Layer | None
) -> None:
    found = bring(tmp_path, step, tensors=tensors)
    (layer,) = layers(found.design)
    assert layer == (expected or layer)
    assert found.difference < 1e-5


def test_a_matrix_and_numbers_added_are_one_dense_layer(tmp_path: Path) -> None:
    steps = [
        helper.make_node("Flatten", ["x"], ["f"]),
        helper.make_node("MatMul", ["f", "fc.weight"], ["m"]),
        helper.make_node("Add", ["m", "fc.bias"], ["y"]),
    ]
    tensors = (weights("fc.weight", 192, 5), weights("fc.bias", 5))
    found = bring(tmp_path, *steps, tensors=tensors)
    assert layers(found.design) == [make("Flatten"), make("Linear", 5)]
    assert "fc" in found.design.nodes


def test_a_gate_of_its_own_maps_is_one_activation(tmp_path: Path) -> None:
    sigmoid = helper.make_node("Sigmoid", ["x"], ["s"], name="/stem/act/Sigmoid")
    steps = (sigmoid, helper.make_node("Mul", ["x", "s"], ["y"], name="/stem/act/Mul"))
    assert layers(bring(tmp_path, *steps).design) == [make("SiLU")]


def test_names_are_those_of_the_weights_and_of_the_modules(tmp_path: Path) -> None:
    file = tmp_path / "named.onnx"
    write_onnx(file)
    found = onnx_files.import_file(file, (), lambda what: None)
    assert list(found.design.nodes) == ["image", "stem_conv", "relu1"]
    assert {*found.model.state_dict()} == {"stem_conv.weight", "stem_conv.bias"}


def test_names_are_those_that_pytorchs_exporter_notes(tmp_path: Path) -> None:
    relu, add = node("Relu"), helper.make_node("Add", ["y", "y"], ["z"])
    for step, names, classes in (
        (relu, ["", "head", "head.act", "relu"], ["Net", "Head", "torch.nn.modules.x.ReLU", "f"]),
        (add, ["", "head", "add"], ["Net", "Head", "f"]),
    ):
        for key, value in (("name_scopes", names), ("class_hierarchy", classes)):
            step.metadata_props.add(key=f"pkg.torch.onnx.{key}", value=repr(value))
    last = helper.make_node("Tanh", ["z"], ["y2"])
    last.output[0], relu.output[0], add.input[:] = "y", "r", ["r", "r"]
    add.output[0], last.input[0] = "z", "z"
    design = bring(tmp_path, relu, add, last).design
    assert list(design.nodes) == ["image", "head_act", "head_add", "tanh1"]
    assert [frame.title for frame in design.frames] == ["head"]


def test_the_same_matrix_is_shared_and_equal_vectors_are_not(tmp_path: Path) -> None:
    norm = ["one", "zero", "zero", "one"]
    steps = [
        helper.make_node("Conv", ["x", "w", "zero"], ["a"], pads=[1, 1, 1, 1]),
        helper.make_node("BatchNormalization", ["a", *norm], ["b"]),
        helper.make_node("Conv", ["b", "w", "zero"], ["c"], pads=[1, 1, 1, 1]),
        helper.make_node("BatchNormalization", ["c", *norm], ["y"]),
    ]
    tensors = (weights("w", 3, 3, 3, 3), floats("zero", 0, 0, 0), floats("one", 1, 1, 1))
    design = bring(tmp_path, *steps, tensors=tensors).design
    lent = {name: node.weights_of for name, node in design.nodes.items() if node.weights_of}
    assert lent == {"conv2": "conv1"}


def test_tensors_in_a_file_beside_the_model_are_read(tmp_path: Path) -> None:
    content = numpy_helper.to_array(W).tobytes()
    (tmp_path / "data.bin").write_bytes(b"\0" * 16 + content)
    outside = external("data.bin", offset="16")
    found = bring(tmp_path, node("Conv", "w"), tensors=(outside,))
    weight = found.model.state_dict()["conv1.weight"]
    assert np.array_equal(weight.numpy(), numpy_helper.to_array(W))


def test_without_onnx_runtime_onnx_itself_is_the_original(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = onnx_files.importlib.util.find_spec
    monkeypatch.setattr(
        onnx_files.importlib.util, "find_spec", lambda n: None if "runtime" in n else find(n)
    )
    assert bring(tmp_path, node("Relu")).difference == 0


def test_without_onnx_the_line_that_installs_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_files.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ImportRefused, match='pip install "onnx'):
        bring(tmp_path, node("Relu"))


def exported(name: str, path: Path) -> Design:
    """A template as PyTorch exports it, read back with equal outputs."""
    pytest.importorskip("onnxscript")
    design = template(name).design()
    image = design.nodes["image"].layer.infer()[0]
    torch.manual_seed(0)
    net = designer.build(design).eval()
    file = path / "net.onnx"
    options = {"dynamo": True, "external_data": False, "optimize": False, "verbose": False}
    torch.onnx.export(net, (torch.zeros(1, *image),), str(file), **options)
    back = onnx_files.import_file(file, (), lambda what: None).design
    totals = [designer.analyze(one).totals for one in (design, back)]
    assert totals[0].parameters == totals[1].parameters
    assert totals[0].macs == totals[1].macs
    return back


@pytest.mark.nightly
@pytest.mark.filterwarnings("ignore")
def test_a_net_of_ours_comes_back_from_pytorchs_export(tmp_path: Path) -> None:
    back = exported("assignment-4", tmp_path)
    assert layers(back) == layers(template("assignment-4").design())
    assert "conv2" in back.nodes


@pytest.mark.nightly
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["lenet-5", "resnet-18", "googlenet", "efficientnet-b0"])
def test_published_nets_come_back_from_pytorchs_export(name: str, tmp_path: Path) -> None:
    exported(name, tmp_path)


def external(
    location: str, offset: str = "0", sizes: tuple[int, ...] = (4, 3, 3, 3)
) -> TensorProto:
    tensor = TensorProto(name="w", data_type=1, dims=sizes, data_location=1)
    for key, value in (("location", location), ("offset", offset)):
        tensor.external_data.add(key=key, value=value)
    return tensor


def claimed(sizes: tuple[int, ...], raw: bytes = b"", kind: int = 1) -> TensorProto:
    return TensorProto(name="w", data_type=kind, dims=sizes, raw_data=raw)


def with_constant(**attribute: object) -> list[onnx.NodeProto]:
    """A constant with this attribute, subtracted from the image."""
    return [
        helper.make_node("Constant", [], ["c"], **attribute),
        helper.make_node("Sub", ["x", "c"], ["y"]),
    ]


HIDDEN = external("short", sizes=(1,))
SPARSE = helper.make_sparse_tensor(HIDDEN, ints("i", 0), [1])
INNER = helper.make_graph([helper.make_node("Constant", [], ["c"], value=HIDDEN)], "g", [], [])
CONV = node("Conv", "w")
GOOD = numpy_helper.from_array(numpy_helper.to_array(W), "w")
HOSTILE = {
    "a path out of the folder": ([CONV], [external("../secret")], "outside of the model's folder"),
    "an absolute path": ([CONV], [external("/etc/hostname")], "outside of the model's folder"),
    "a link out of the folder": ([CONV], [external("link")], "lies outside of the folder"),
    "a folder": ([CONV], [external("sub")], "no regular file"),
    "a pipe": ([CONV], [external("pipe")], "no regular file"),
    "a file that is not there": ([CONV], [external("none")], "No such file"),
    "an offset before the file": ([CONV], [external("short", "-1")], "outside of the model's"),
    "a file that is too short": ([CONV], [external("short")], "ends before 'w' does"),
    "a file of a constant": (with_constant(value=HIDDEN), [], "is no initializer of the graph"),
    "a file of a sparse one": (with_constant(sparse_value=SPARSE), [], "is no initializer"),
    "a file of a graph within": (
        [node("If", then_branch=INNER, else_branch=INNER)], [], "is no initializer"),
    "huge sizes": ([CONV], [claimed((1 << 40, 1 << 20, 3, 3))], "claims to have"),
    "negative sizes": ([CONV], [claimed((-4, 3, 3, 3))], "claims to have"),
    "sizes without bytes": ([CONV], [claimed((4, 3, 3, 3), b"abcd")], "is not whole"),
    "an unknown type": ([CONV], [claimed((4,), kind=77)], "no number's"),
    "a cycle": (
        [helper.make_node("Relu", ["b"], ["a"]), helper.make_node("Add", ["x", "a"], ["b"]),
         helper.make_node("Relu", ["b"], ["y"])], [], "a cycle, or a gap"),
    "an output of nobody": ([helper.make_node("Relu", ["x"], ["z"])], [], "a cycle, or a gap"),
    "a constant that fills the memory": (
        [helper.make_node("ConstantOfShape", ["s"], ["c"]),
         helper.make_node("Add", ["x", "c"], ["y"])], [ints("s", 1 << 40)], "too large"),
    "an operator of somebody's": ([node("Evil", domain="com.evil")], [], "only ONNX's own"),
    "a stride of 0": ([node("Conv", "w", strides=[0, 0])], [GOOD], "stride must be at least 1"),
    "half a padding": ([node("Conv", "w", pads=[1])], [GOOD], "is broken"),
    "a text for a number": ([node("Conv", "w", strides="evil")], [GOOD], "cannot have"),
    "two images": ([helper.make_node("Relu", ["w2"], ["y"])], [], "a cycle, or a gap"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_model_is_refused_in_a_sentence(case: str, tmp_path: Path) -> None:
    steps, tensors, words = HOSTILE[case]
    folder = tmp_path / "model"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret").write_bytes(bytes(432))
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "short").write_bytes(b"12")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe")
    elif case == "a pipe":
        pytest.skip("this system has none")
    with pytest.raises(ImportRefused, match=words) as refusal:
        bring(folder, *steps, tensors=tuple(tensors))
    assert len(str(refusal.value)) <= 480


def test_many_constants_that_fill_the_memory_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_graph, "MOST_KEPT", 250)
    made = [helper.make_node("ConstantOfShape", ["s"], [f"c{n}"]) for n in range(3)]
    steps = [*made[:2], helper.make_node("Relu", ["x"], ["y"])]
    assert layers(bring(tmp_path, *steps, tensors=(ints("s", 100),)).design) == [make("ReLU")]
    with pytest.raises(ImportRefused, match="too large"):
        add = helper.make_node("Add", ["x", "c2"], ["y"])
        bring(tmp_path, *made, add, tensors=(ints("s", 100),))


@pytest.mark.parametrize("content", [b"", b"hello", b"\x08\xff" * 40, b"\x0a" * 5000])
def test_what_is_no_model_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "net.onnx"
    file.write_bytes(content)
    with pytest.raises(ImportRefused, match=r"not a whole ONNX file|holds no net"):
        onnx_files.import_file(file, (), lambda what: None)


def test_a_model_that_was_cut_off_is_refused_wherever_it_ends(tmp_path: Path) -> None:
    write_onnx(tmp_path / "whole.onnx")
    whole = (tmp_path / "whole.onnx").read_bytes()
    for end in range(0, len(whole) - 1, 23):
        file = tmp_path / "cut.onnx"
        file.write_bytes(whole[:end])
        with pytest.raises(ImportRefused):
            onnx_files.import_file(file, (), lambda what: None)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(4))
def test_thousands_of_damaged_models_are_imported_or_refused(seed: int, tmp_path: Path) -> None:
    write_onnx(tmp_path / "whole.onnx")
    whole = (tmp_path / "whole.onnx").read_bytes()
    random = np.random.default_rng(seed)
    file = tmp_path / "damaged.onnx"
    for _ in range(1000):
        content = bytearray(whole)
        for _ in range(random.choice([1, 2, 4, 16])):
            place = random.integers(len(content))
            new = random.bytes(random.choice([0, 1, 1, 1, 5]))
            content[place : place + random.choice([0, 1, 1, 1, 5])] = new
        file.write_bytes(content)
        with contextlib.suppress(ImportRefused):
            onnx_files.import_file(file, (), lambda what: None)
