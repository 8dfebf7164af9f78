"""What one output cell reads, as each resizing layer says it and as the gradient shows it."""

from __future__ import annotations

from itertools import product

import pytest
import torch

from designer.core.field import Reach
from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.layers import CATALOGUE
from tests.contract.layers import evaluated

SIZES = ((9, 7), (6, 11))


def upsamples() -> list[Layer]:
    """Every mode by factors and to sizes, up and down.

    The factors are exact in binary: by 1.1, torch's own rounding picks another cell now and then.
    """
    hows: list[dict[str, object]] = [
        {"scale_factor": factor} for factor in (1.0, 2.0, 3.0, 1.5, 0.5, (2.5, 0.75), 1.25)
    ]
    hows += [{"size": 13}, {"size": (5, 21)}, {"scale_factor": 1.3, "recompute_scale_factor": True}]
    smooth = [
        {"mode": mode, "align_corners": corners}
        for mode, corners in product(("bilinear", "bicubic"), (None, False, True))
    ]
    modes: list[dict[str, object]] = [{"mode": "nearest"}, {"mode": "nearest-exact"}, *smooth]
    return [CATALOGUE["Upsample"](**how, **mode) for how, mode in product(hows, modes)]


def transposed() -> list[Layer]:
    kind = CATALOGUE["ConvTranspose2d"]
    plain = [kind(1, kernel, stride) for kernel, stride in product((1, 2, 3, 4), (1, 2, 3))]
    padded = [kind(1, 3, 2, 1, output_padding=1), kind(1, (2, 5), (3, 1), (0, 2))]
    return [*plain, *padded, kind(1, 3, dilation=2)]


OTHERS = [
    CATALOGUE["ZeroPad2d"](2),
    CATALOGUE["ZeroPad2d"]((1, -2, -1, 3)),
    CATALOGUE["PixelShuffle"](2),
    *(CATALOGUE["AdaptiveAvgPool2d"](size) for size in (2, 5, (3, 1), (13, 6))),
]


@pytest.mark.parametrize("layer", [*upsamples(), *transposed(), *OTHERS], ids=repr)
def test_a_cell_reads_what_the_layer_says(layer: Layer) -> None:
    channels = 4 if layer.kind() == "PixelShuffle" else 1
    for size in SIZES:
        x = Shape((channels, *size))
        reach = layer.reach(x)
        assert reach is not None
        for axis, (way, read) in enumerate(zip(reach, rows_read(layer, x), strict=True)):
            for cell, found in enumerate(read):
                said = told(way, cell, size[axis])
                if getattr(layer, "mode", "") == "bicubic":
                    # where a cell falls onto another one, three of its four weights are 0
                    assert found <= said
                elif getattr(layer, "dilation", 1) != 1:
                    # between the cells that it reads lie others: the ends are what is said
                    is_cut = told(way, cell, 10**6, -(10**6)) != said
                    assert is_cut or (min(found), max(found)) == (min(said), max(said))
                else:
                    assert found == said, (size, axis, cell)


def told(reach: Reach, cell: int, n: int, begins: int = 0) -> set[int]:
    """The cells below n that the reach names for an output cell."""
    first, last, stride, per = reach
    begin, end = ((cell * stride + offset) // per for offset in (first, last))
    return set(range(max(begin, begins), min(end, n - 1) + 1))


def rows_read(layer: Layer, x: Shape) -> list[list[set[int]]]:
    """For every row of the output the rows of the input that it depends on; then the columns."""
    module = evaluated(layer.module(x), []).double()
    for weight in module.parameters():
        weight.data.fill_(1.0)
    images = torch.rand(1, *x, dtype=torch.float64, requires_grad=True)
    result = module(images)
    every = []
    for axis in (2, 3):
        cells = []
        for cell in range(result.shape[axis]):
            (gradient,) = torch.autograd.grad(
                result.select(axis, cell).sum(), images, retain_graph=True
            )
            read = (gradient[0].abs() > 1e-9).any(0).any(3 - axis)
            cells.append(set(read.nonzero().flatten().tolist()))
        every.append(cells)
    return every


def test_bicubic_reads_four_cells_where_it_falls_between_two() -> None:
    (rows, _) = CATALOGUE["Upsample"](mode="bicubic").reach(Shape((1, 9, 9)))
    assert told(rows, 8, 9) == {2, 3, 4, 5}
