"""Weights and checkpoints: files that are whole, and run no code when read."""

import json
import os
import pickle
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import torch

from settings import Unusable, shown

SAFETENSORS_TYPES = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "I64": torch.int64,
    "I32": torch.int32,
    "U8": torch.uint8,
    "BOOL": torch.bool,
}
UNREADABLE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,
    struct.error,
)
TYPE_NAMES = {dtype: name for name, dtype in SAFETENSORS_TYPES.items()}


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file so that at any instant the old or the new one is there, whole."""
    temporary = path.with_name(path.name + ".part")
    try:
        with temporary.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def save_weights(
    state: dict[str, torch.Tensor], classes: tuple[str, ...], path: Path
) -> None:
    """Write named tensors as .safetensors: a header in JSON, then plain bytes."""
    header: dict[str, Any] = {"__metadata__": {"classes": json.dumps(classes)}}
    blocks, end = [], 0
    for name, tensor in state.items():
        block = as_bytes(tensor)
        span = [end, end + len(block)]
        header[name] = {
            "dtype": TYPE_NAMES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": span,
        }
        blocks.append(block)
        end = span[1]
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    parts = [struct.pack("<Q", len(text)), text, *blocks]
    write_whole(path, lambda file: file.writelines(parts))


def as_bytes(tensor: torch.Tensor) -> bytes:
    """Give the values of a tensor in their natural order as bytes."""
    flat = tensor.detach().cpu().contiguous().flatten()
    return flat.view(torch.uint8).numpy().tobytes()


def as_tensor(block: bytes, dtype: torch.dtype, shape: list[int]) -> torch.Tensor:
    """Make a tensor of the bytes that it is to hold, all of them."""
    tensor = torch.empty(shape, dtype=dtype)
    if len(block) != tensor.nbytes:
        raise ValueError(f"{len(block)} bytes in the place of {tensor.nbytes}")
    if block:
        flat = tensor.view(-1).view(torch.uint8)
        flat.numpy()[:] = np.frombuffer(block, np.uint8)
    return tensor


def read_weights(path: Path) -> tuple[dict[str, torch.Tensor], tuple[str, ...]]:
    """Read a .safetensors file: the tensors by name, and the classes if it has them."""
    try:
        raw = path.read_bytes()
        start = 8 + struct.unpack("<Q", raw[:8])[0]
        header = json.loads(raw[8:start])
        metadata = header.pop("__metadata__", {})
        state = {}
        for name, entry in header.items():
            first, end = (start + offset for offset in entry["data_offsets"])
            dtype = SAFETENSORS_TYPES[entry["dtype"]]
            state[name] = as_tensor(raw[first:end], dtype, entry["shape"])
        classes = tuple(map(str, json.loads(metadata.get("classes", "[]"))))
    except UNREADABLE as error:
        why = error.strerror if isinstance(error, OSError) else None
        raise Unusable(
            f"{shown(path)} is not a file of weights: {why or 'it is not whole'}"
        ) from None
    return state, classes


def load_into(model: torch.nn.Module, state: dict[str, torch.Tensor]) -> None:
    """Give a net its weights; they must fit it exactly."""
    try:
        model.load_state_dict(state)
    except RuntimeError as error:
        reason = str(error).splitlines()[-1].strip()
        raise Unusable(f"The weights do not fit this net: {shown(reason)}") from None


def save_checkpoint(state: dict[str, Any], folder: Path) -> None:
    """Write a checkpoint beside the one before, which is kept as well."""
    path = folder / "checkpoint.pt"
    new = folder / "checkpoint-new.pt"
    write_whole(new, lambda file: torch.save(state, file))
    if path.exists():
        path.replace(folder / "checkpoint-before.pt")
    new.replace(path)
    sync_folder(folder)


def read_checkpoint(folder: Path) -> dict[str, Any]:
    """Read the newest whole checkpoint of a folder; none of them can hold code."""
    for name in ("checkpoint.pt", "checkpoint-new.pt", "checkpoint-before.pt"):
        path = folder / name
        try:
            return dict(torch.load(path, map_location="cpu", weights_only=True))
        except (OSError, EOFError, RuntimeError, pickle.UnpicklingError):
            continue  # absent or torn: the one before is whole
    raise Unusable(
        f"There is no whole checkpoint in {shown(folder)}", "Train without --resume."
    )
