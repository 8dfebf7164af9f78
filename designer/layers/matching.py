"""What makes the inputs of a merge match: a border, a cut, a pooling, a 1 × 1 convolution."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from designer.core.layer import Insert, Layer, Remedy, Together
from designer.core.shape import Shape
from designer.layers.conv2d import Conv1x1
from designer.layers.flatten import Flatten
from designer.layers.linear import Linear
from designer.layers.pooling import MaxPool2d
from designer.layers.zero_pad import ZeroPad2d


def odd_one(inputs: Sequence[Shape], wanted: object, part: slice) -> int:
    """The first port whose shape differs from what is wanted in this part of it."""
    return next(port for port, x in enumerate(inputs) if x[part] != wanted)


def most_common(inputs: Sequence[Shape], part: slice) -> tuple[int, ...]:
    """What most inputs have in this part of their shape; the first input's where none leads."""
    counted = Counter(x[part] for x in inputs)
    return max(counted, key=lambda sizes: counted[sizes])


def depths(inputs: Sequence[Shape]) -> tuple[Remedy, ...]:
    """Give every input the depth that most have."""
    (wanted,) = most_common(inputs, slice(0, 1))
    changed = [port for port, x in enumerate(inputs) if x.channels != wanted]
    if len(inputs[0]) == 3:
        layer: Layer = Conv1x1(out_channels=wanted)
        what, unit = "1 × 1 convolution", "channels"
    else:
        layer, what, unit = Linear(out_features=wanted), "Linear", "values"
    steps = tuple(Insert("", layer, port=port) for port in changed)
    many = f"{len(changed)} {what}s" if len(changed) > 1 else f"a {what}"
    return (Together(f"Insert {many} to {wanted:,} {unit}", steps),)


def sizes(inputs: Sequence[Shape], *, depth: bool) -> tuple[Remedy, ...]:
    """Give every stack of maps the same height and width; with `depth`, the same depth too."""
    if any(len(x) != 3 for x in inputs):
        return _in_rows(inputs, depth=depth)
    heights, widths = [x.height for x in inputs], [x.width for x in inputs]
    small, large = (min(heights), min(widths)), (max(heights), max(widths))
    steps = _depth_steps(inputs) if depth else {}
    found = []
    factors = [_factor(x, small) for x in inputs]
    if None not in factors:
        pools = {
            port: MaxPool2d(kernel_size=factor)
            for port, factor in enumerate(factors)
            if factor is not None and factor > 1
        }
        found.append(_together(f"Pool to {small[0]} × {small[1]}", pools, steps))
    for verb, size in (("Crop", small), ("Pad", large)):
        borders = {port: _border(x, size) for port, x in enumerate(inputs) if x[1:] != size}
        found.append(_together(f"{verb} to {size[0]} × {size[1]}", borders, steps))
    return tuple(found)


def to_the_largest(inputs: Sequence[Shape], largest: Shape) -> tuple[Remedy, ...]:
    """Bring maps to the largest ones, or to as many numbers as those have channels."""
    if any(len(x) != 3 for x in inputs):
        return _in_rows(inputs, depth=True)
    sized = {p: x for p, x in enumerate(inputs) if x[1:] not in (largest[1:], (1, 1))}
    borders: dict[int, Layer] = {p: _border(x, largest[1:]) for p, x in sized.items()}
    mixing: dict[int, Layer] = {
        p: Conv1x1(out_channels=largest[0]) for p, x in enumerate(inputs) if x[0] != largest[0]
    }
    if borders:
        return (_together(f"Pad to {largest.height} × {largest.width}", borders, mixing),)
    return (_together(f"Insert a 1 × 1 convolution to {largest[0]:,} channels", mixing, {}),)


def _in_rows(inputs: Sequence[Shape], *, depth: bool) -> tuple[Remedy, ...]:
    """Maps beside vectors: lay the maps out as vectors too."""
    if depth and len({x.numel for x in inputs}) > 1:
        return ()
    flats = {port: Flatten() for port, x in enumerate(inputs) if len(x) != 1}
    if not flats:
        return ()
    return (_together(f"Insert {'a ' * (len(flats) == 1)}Flatten", flats, {}),)


def _depth_steps(inputs: Sequence[Shape]) -> dict[int, Layer]:
    (wanted,) = most_common(inputs, slice(0, 1))
    return {port: Conv1x1(out_channels=wanted) for port, x in enumerate(inputs) if x[0] != wanted}


def _together(label: str, first: Mapping[int, Layer], then: Mapping[int, Layer]) -> Together:
    """Insertions at several ports; where a depth changes too, that stands nearest to the merge."""
    steps = [Insert("", layer, port=port) for port, layer in (*first.items(), *then.items())]
    if then:
        label += " and match the depths"
    return Together(label, tuple(steps))


def _factor(x: Shape, size: tuple[int, int]) -> int | None:
    """By how much a pooling makes maps exactly as small; None where none does."""
    factor = x.height // size[0]
    return factor if (x.height, x.width) == (size[0] * factor, size[1] * factor) else None


def _border(x: Shape, size: tuple[int, ...]) -> ZeroPad2d:
    """What brings maps to a size: cells added or, where negative, cut off on all sides alike."""
    high, wide = size[0] - x.height, size[1] - x.width
    top, left = int(high / 2), int(wide / 2)
    return ZeroPad2d(padding=(left, wide - left, top, high - top))
