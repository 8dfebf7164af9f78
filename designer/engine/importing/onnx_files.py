"""Files *.onnx: read as data within their folder, and run once more for the proof."""

from __future__ import annotations

import importlib.util
import math
import stat
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from designer.core.shape import Shape
from designer.engine.importing.drawing import design_of
from designer.engine.importing.foreign import Foreign
from designer.engine.importing.nets import Imported, Say, prove
from designer.engine.importing.onnx_elsewhere import refuse_hidden
from designer.engine.importing.proof import Original
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.sources import SIDE
from designer.storage.error import shown

MOST_BYTES = 2 << 30
"""Of a file, and of one beside it that holds its tensors."""

INSTALL = f'"{sys.executable}" -m pip install "onnx>=1.21"'

Array = NDArray[Any]


def import_file(path: Path, image: Sequence[int], say: Say) -> Imported:
    """Make a design of a model in ONNX; raises ImportRefused. Nothing in it is executed."""
    if importlib.util.find_spec("onnx") is None:
        raise ImportRefused(f"{path.name} cannot be read without onnx; install it with: {INSTALL}")
    from designer.engine.importing.onnx_graph import OnnxGraph

    say(f"reading {path.name}")
    model = _parsed(path)
    refuse_hidden(model)
    arrays = {t.name: _array(t, path) for t in model.graph.initializer}
    entrance, sizes = _entrance(model.graph, arrays)
    shape = _image(sizes, image)
    batch = sizes[0]
    graph = OnnxGraph(model, arrays, shape, entrance, batch or 2)
    results = graph.follow()
    design, steps = design_of(graph.sketch, results, path.stem[:80] or "Imported")
    say("preparing the original")
    return prove(design, steps, _original(model, arrays, entrance, batch), say)


def _parsed(path: Path) -> Any:
    """The model of a file, its tensors as they stand there."""
    import onnx
    from google.protobuf.message import DecodeError

    content = _content(path)
    model = onnx.ModelProto()
    try:
        model.ParseFromString(content)
    except (DecodeError, RecursionError):
        raise ImportRefused(f"{shown(path)} is not a whole ONNX file") from None
    if not model.graph.node:
        raise ImportRefused(f"{shown(path)} holds no net: its graph has no nodes")
    return model


def _content(
    path: Path, folder: Path | None = None, start: int = 0, length: int | None = None
) -> bytes:
    """Bytes of a regular file, below a folder where one is given, wherever links lead.

    Raises ImportRefused for any other.
    """
    try:
        place = path.resolve(strict=True)
        if folder is not None and not place.is_relative_to(folder.resolve()):
            raise ImportRefused(
                f"{shown(path)} lies outside of the folder of the model, which alone is read"
            )
        status = place.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ImportRefused(f"{shown(path)} is no regular file")
        if status.st_size > MOST_BYTES:
            raise ImportRefused(f"{shown(path)} has {status.st_size:,} bytes; 2 GB are read")
        with place.open("rb") as file:
            file.seek(start)
            return file.read(-1 if length is None else length)
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ImportRefused(f"{shown(path)} cannot be read: {reason}") from None


def _array(tensor: Any, path: Path) -> Array:
    """A tensor of the file, its bytes counted before there is room for it."""
    from onnx import TensorProto, helper, numpy_helper

    try:
        dtype = np.dtype(helper.tensor_dtype_to_np_dtype(tensor.data_type))
    except (KeyError, ValueError, TypeError):
        raise ImportRefused(f"{tensor.name[:80]!r} has a type that is no number's") from None
    count = math.prod(tensor.dims)
    if any(size < 0 for size in tensor.dims) or count * dtype.itemsize > MOST_BYTES:
        sizes = " × ".join(map(str, tensor.dims[:6]))
        raise ImportRefused(f"{tensor.name[:80]!r} claims to have {sizes} values")
    if tensor.data_location == TensorProto.EXTERNAL:
        raw = _external(tensor, path, count * dtype.itemsize)
        return np.frombuffer(raw, dtype).reshape(tensor.dims)
    try:
        return np.asarray(numpy_helper.to_array(tensor))
    except (ValueError, TypeError, OverflowError) as error:
        raise ImportRefused(f"{tensor.name[:80]!r} is not whole: {error}") from None


def _external(tensor: Any, path: Path, wanted: int) -> bytes:
    """The bytes of a tensor that stand in a file of their own, in the folder of the model."""
    entries = {entry.key: entry.value for entry in tensor.external_data}
    location = entries.get("location", "")
    try:
        start = int(entries.get("offset", "0"))
    except ValueError:
        start = -1
    if not location or start < 0 or Path(location).is_absolute() or ".." in Path(location).parts:
        raise ImportRefused(
            f"{tensor.name[:80]!r} is said to lie in {shown(location)}; what lies outside of the "
            "model's folder is not read"
        )
    raw = _content(path.parent / location, path.parent, start, wanted)
    if len(raw) != wanted:
        raise ImportRefused(f"{shown(location)} ends before {tensor.name[:80]!r} does")
    return raw


def _entrance(graph: Any, arrays: Mapping[str, Array]) -> tuple[str, list[int]]:
    """The one input of the net and its sizes with the batch, 0 where they are open."""
    inputs = [value for value in graph.input if value.name not in arrays]
    if len(inputs) != 1:
        names = ", ".join(value.name[:30] for value in inputs[:6]) or "none"
        raise ImportRefused(f"the net takes {len(inputs)} inputs ({names}); a design takes 1 image")
    kind = inputs[0].type.tensor_type
    sizes = [max(0, dim.dim_value) for dim in kind.shape.dim]
    if len(sizes) != 4 or kind.elem_type != 1:
        raise ImportRefused(
            f"the net takes {inputs[0].name[:60]!r} of {len(sizes)} dimensions; it must be images, "
            "batch × channels × height × width in float32"
        )
    return inputs[0].name, sizes


def _image(sizes: Sequence[int], wanted: Sequence[int]) -> Shape:
    """The image that the net takes: what the file says, then the user, then the usual."""
    said = wanted or (3, SIDE, SIDE)
    shape = Shape(size or say for size, say in zip(sizes[1:], said, strict=True))
    if wanted and tuple(shape) != tuple(wanted):
        raise ImportRefused(f"the net takes images of {shape}, not of {Shape(wanted)}")
    if math.prod(shape) * 8 > MOST_BYTES:
        raise ImportRefused(f"the net takes images of {shape}: too large to compute with here")
    return shape


def _original(model: Any, arrays: Mapping[str, Array], entrance: str, batch: int) -> Original:
    """The file's own net: run by ONNX Runtime where it is installed, else by onnx itself."""
    from onnx import numpy_helper

    for tensor in model.graph.initializer:
        if tensor.external_data:
            tensor.CopyFrom(numpy_helper.from_array(arrays[tensor.name], tensor.name))
    with Foreign("running the original"):
        if importlib.util.find_spec("onnxruntime") is not None:
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.log_severity_level = 4
            session = onnxruntime.InferenceSession(
                model.SerializeToString(), options, providers=["CPUExecutionProvider"]
            )
        else:
            from onnx.reference import ReferenceEvaluator

            session = ReferenceEvaluator(model)

    def run(images: torch.Tensor) -> list[torch.Tensor]:
        with Foreign("running the original"):
            if not batch:
                return _tensors(session.run(None, {entrance: images.numpy()}))
            # it takes so many images and no other number: each one as often as that
            rows = [
                _tensors(session.run(None, {entrance: image.expand(batch, -1, -1, -1).numpy()}))
                for image in images
            ]
        return [torch.stack([row[i][0] for row in rows]) for i in range(len(rows[0]))]

    return run


def _tensors(arrays: Sequence[Array]) -> list[torch.Tensor]:
    return [torch.from_numpy(np.array(array)) for array in arrays]
