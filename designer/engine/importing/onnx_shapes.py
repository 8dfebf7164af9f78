"""Operators of ONNX that put the same values elsewhere: shapes, parts, borders."""

from __future__ import annotations

import math

import numpy as np

from designer.engine.importing.onnx_graph import Op
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.sketch import Found, Grouped, Value


def reshape(op: Op) -> tuple[Found]:
    """Other sizes for the same values."""
    found = op.found()
    wanted = op.integers(1, "shape") or []
    before = [op.graph.batch, *_sizes(found)]
    sizes = [before[i] if n == 0 and i < len(before) else n for i, n in enumerate(wanted)]
    total = math.prod(before)
    if -1 in sizes:
        rest = math.prod(n for n in sizes if n != -1)
        if rest and total % rest == 0:
            sizes[sizes.index(-1)] = total // rest
    if not sizes or sizes[0] != op.graph.batch or math.prod(sizes) != total:
        raise ImportRefused(f"{op.where} reshapes {before} to {wanted}: the batch must stay first")
    return (op.shaper.reshaped(found, sizes[1:]),)


def _sizes(found: Found) -> tuple[int, ...]:
    if isinstance(found, Value):
        return tuple(found.shape)
    if not isinstance(found, Grouped):
        raise ImportRefused("maps with a border are reshaped")
    channels, *rest = found.of.shape
    pair = (found.groups, channels // found.groups)
    return (*(pair[::-1] if found.is_swapped else pair), *rest)


def flatten(op: Op) -> tuple[Found]:
    """All values in one row."""
    if op.attribute("axis", 1) != 1:
        raise ImportRefused(f"{op.where} flattens from dimension {op.attribute('axis', 1)}")
    x = op.value()
    return (op.shaper.reshaped(x, (x.shape.numel,)),)


def squeeze(op: Op) -> tuple[Found]:
    """Sizes of 1 left out."""
    found = op.found()
    sizes = [op.graph.batch, *_sizes(found)]
    axes = op.integers(1, "axes")
    if axes is None:
        axes = [i for i, size in enumerate(sizes) if size == 1]
    dropped = {axis % len(sizes) for axis in axes}
    if 0 in dropped:
        raise ImportRefused(f"{op.where} drops the batch")
    return (op.shaper.reshaped(found, [n for i, n in enumerate(sizes) if i and i not in dropped]),)


def unsqueeze(op: Op) -> tuple[Found]:
    """Sizes of 1 put in."""
    found = op.found()
    sizes = [op.graph.batch, *_sizes(found)]
    axes = op.integers(1, "axes") or []
    count = len(sizes) + len(axes)
    for axis in sorted(axis % count for axis in axes):
        sizes.insert(axis, 1)
    return (op.shaper.reshaped(found, sizes[1:]),)


def transpose(op: Op) -> tuple[Found]:
    """Dimensions in another order."""
    dims = op.attribute("perm", None)
    if dims is None:
        raise ImportRefused(f"{op.where} turns all dimensions round, the batch too")
    return (op.shaper.permuted(op.found(), dims),)


def concat(op: Op) -> tuple[Found]:
    """Channels of several maps."""
    parts = [op.value(i) for i in range(len(op.node.input))]
    axis = op.attribute("axis", 1) % (len(parts[0].shape) + 1)
    return (op.shaper.concatenated(parts, axis),)


def add_up(op: Op) -> tuple[Found]:
    """A sum of any number of values."""
    total = op.value(0)
    for place in range(1, len(op.node.input)):
        total = op.shaper.added(total, op.value(place))
    return (total,)


def split(op: Op) -> tuple[Found, ...]:
    """Channels in parts."""
    x = op.value()
    sizes = op.integers(1, "split")
    count = len(op.node.output)
    if sizes is None:
        share = -(-x.shape.channels // count)
        sizes = [min(share, x.shape.channels - i * share) for i in range(count)]
    return op.shaper.split(x, sizes, op.attribute("axis", 0))


def cut(op: Op) -> tuple[Found]:
    """Some of the channels."""
    x = op.value()
    starts, ends = op.integers(1, "starts") or [], op.integers(2, "ends") or []
    axes = op.integers(3, "axes") or [*range(len(starts))]
    steps = op.integers(4, "steps") or [1] * len(starts)
    sizes = [op.graph.batch, *x.shape]
    cut = (0, x.shape.channels)
    for start, end, axis, step in zip(starts, ends, axes, steps, strict=True):
        axis %= len(sizes)
        first, last, _ = slice(start, end, step).indices(sizes[axis])
        if step == 1 and (first, last) == (0, sizes[axis]):
            continue
        if axis != 1 or step != 1:
            raise ImportRefused(f"{op.where} cuts dimension {axis}; Slice cuts channels (1)")
        cut = (first, last)
    return (op.shaper.sliced(x, *cut),)


def pad(op: Op) -> tuple[Found]:
    """A border."""
    x = op.value()
    pads = op.integers(1, "pads") or []
    count = len(x.shape) + 1
    axes = [axis % count for axis in op.integers(3, "axes") or range(count)]
    begin, end = [0] * count, [0] * count
    for i, axis in enumerate(axes):
        begin[axis], end[axis] = pads[i], pads[i + len(axes)]
    sides = [side for axis in reversed(range(count)) for side in (begin[axis], end[axis])]
    filled = op.constant(2) if op.input(2) else None
    fill = op.attribute("value", 0.0) if filled is None else float(np.asarray(filled).item())
    mode = {"edge": "replicate", "wrap": "circular"}.get(m := op.attribute("mode", "constant"), m)
    if any(sides[4:]):
        raise ImportRefused(f"{op.where} pads channels or the batch; ZeroPad2d pads maps")
    return (op.shaper.padded(x, sides[:4], mode, fill),)


def expand(op: Op) -> tuple[Found]:
    """A gate stretched over maps."""
    x, sizes = op.value(), op.integers(1, "shape") or []
    is_gate = tuple(x.shape[1:]) == (1, 1)
    if is_gate or [*x.shape] == sizes[1:]:
        return (x,)
    raise ImportRefused(f"{op.where} stretches maps of {x.shape}; only C × 1 × 1 is stretched here")
