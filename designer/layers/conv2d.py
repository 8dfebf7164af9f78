"""Convolution, and its special case with a kernel of one cell."""

from __future__ import annotations

import math
from typing import Literal

from designer.core.call import Call, Definition, call, changed_from
from designer.core.example import Numbers, example
from designer.core.field import Reach
from designer.core.kept import INPUTS, Kept
from designer.core.layer import Change, Cost, Layer, Refused, layer
from designer.core.parameter import Padding, Size, param
from designer.core.shape import Shape
from designer.layers import window
from designer.layers.window import Window, pair

FAULTS = {
    "groups-do-not-divide": "A number of groups does not divide the channels that it splits.",
    "padding-too-large": "More cells are padded than the window or the padding's mode allows.",
}
"""What the codes of this file mean; the manual's page is made of it."""

PaddingMode = Literal["zeros", "reflect", "replicate", "circular"]

SAME_CONV2D = Definition(
    "SameConv2d",
    '''\
class SameConv2d(nn.Conv2d):
    """A convolution with TensorFlow's SAME padding, at any stride.

    The output has ceil(size / stride) cells; where the padding is odd, the
    additional cell goes to the bottom and to the right.
    """

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        pads = []
        for axis in (1, 0):
            size, stride = x.shape[2 + axis], self.stride[axis]
            reach = self.dilation[axis] * (self.kernel_size[axis] - 1) + 1
            total = max(0, (-(-size // stride) - 1) * stride + reach - size)
            pads += [total // 2, total - total // 2]
        mode = "constant" if self.padding_mode == "zeros" else self.padding_mode
        x = nn.functional.pad(x, pads, mode=mode)
        return nn.functional.conv2d(
            x, self.weight, self.bias, self.stride, 0, self.dilation, self.groups
        )
''',
)


class Convolution(Layer):
    """What convolutions share, whatever their kernel; not a layer by itself."""

    out_channels: int
    kernel_size: Size
    stride: Size
    padding: Padding
    dilation: Size
    groups: int
    bias: bool
    padding_mode: PaddingMode

    def windows(self, x: Shape) -> tuple[Window, Window]:
        """How the kernel slides along height and width."""
        return window.windows(x, self.kernel_size, self.stride, self.padding, self.dilation)

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        if len(x) != 3:
            window.require_image(x, "an image")
        if self.groups != 1:
            check_groups(self.groups, x, self.out_channels)
        both = height, width = self.windows(x)
        out = Shape((self.out_channels, height.out, width.out))
        if out[1] < 1 or out[2] < 1:
            window.require_fit(both, x)
        if self.padding_mode != "zeros":
            self._check_mode(both, x)
        return (out,)

    def _check_mode(self, both: tuple[Window, Window], x: Shape) -> None:
        """Reflection needs a cell beyond the padding, wrapping around at least as many cells."""
        for axis in both:
            most = {"reflect": axis.n - 1, "circular": axis.n}.get(self.padding_mode)
            if most is not None and max(axis.before, axis.after) > most:
                raise Refused(
                    "padding-too-large",
                    f"{{node}} pads {max(axis.before, axis.after)} cells by {self.padding_mode}, "
                    f"which can take at most {most} from {x}: pad less, or with zeros",
                    param="padding",
                    remedies=(Change("Pad with zeros", "padding_mode", "zeros"),),
                )

    def cost(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Cost:
        kernel = pair(self.kernel_size)
        out = outputs[0]
        filters = inputs[0][0] // self.groups * kernel[0] * kernel[1] * out[0]
        return Cost(filters + (out[0] if self.bias else 0), filters * out[1] * out[2])

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach]:
        height, width = self.windows(inputs[0])
        return height.reach, width.reach

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        if self.padding_mode == "zeros" and (self.padding != "same" or self._same_is_torchs()):
            return INPUTS
        (x,) = inputs
        is_read_again = self.padding_mode in ("reflect", "replicate")  # by its gradient
        return window.padded_copy(x, self.windows(x))._replace(inputs=is_read_again)

    def module(self, *inputs: Shape) -> Call:
        sizes = (inputs[0].channels, self.out_channels)
        ours = self.padding == "same" and not self._same_is_torchs()
        padding: Padding = 0 if ours or self.padding == "valid" else self.padding
        options = changed_from(
            {"stride": 1, "padding": 0, "dilation": 1, "groups": 1, "bias": True,
             "padding_mode": "zeros"},
            stride=self.stride,
            padding=padding,
            dilation=self.dilation,
            groups=self.groups,
            bias=self.bias,
            padding_mode=self.padding_mode,
        )  # fmt: skip
        if ours:
            return call(
                "SameConv2d", *sizes, definition=SAME_CONV2D,
                kernel_size=self.kernel_size, **options,
            )  # fmt: skip
        return call("nn.Conv2d", *sizes, kernel_size=self.kernel_size, **options)

    def _same_is_torchs(self) -> bool:
        """Whether PyTorch's own "same" does it: it refuses a stride, and warns of odd paddings."""
        kernels, dilations = pair(self.kernel_size), pair(self.dilation)
        totals = [(k - 1) * d for k, d in zip(kernels, dilations, strict=True)]
        return pair(self.stride) == (1, 1) and all(total % 2 == 0 for total in totals)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return (*window.explain(self.windows(inputs[0])), f"depth = {self.out_channels} filters")

    def explain_cost(
        self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]
    ) -> tuple[str, ...]:
        (height, width), out = pair(self.kernel_size), outputs[0]
        depth = inputs[0].channels // self.groups
        filters = height * width * depth * out.channels
        bias = f" + {out.channels:,}" if self.bias else ""
        total = filters + (out.channels if self.bias else 0)
        return (
            f"parameters {height} · {width} · {depth:,} · {out.channels:,}{bias} = {total:,}",
            f"MACs {filters:,} · {out.height} · {out.width} = {filters * out.height * out.width:,}",
        )

    @property
    def telling(self) -> str:
        return window.with_stride(window.short(self.kernel_size), self.stride)

    @classmethod
    def stem(cls) -> str:
        return "conv"


@layer("Convolution", search="filter kernel convolve depthwise grouped", rank=0)
class Conv2d(Convolution):
    """Slides learned filters over the feature maps, the same weights at every position.

    Each filter is a small patch of weights, as deep as its input. At every place where it stops
    it multiplies what lies under it, adds everything up, and writes one number: one filter, one
    map. Because the weights are the same at all places, they are few, and what is learned at one
    place is known at all others.
    """

    formula = (
        "out = ⌊(n + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1",
        "same:  out = ⌈n / stride⌉        valid:  padding = 0",
        "parameters = kernel² · in_channels / groups · out_channels + out_channels",
    )
    examples = (
        example((3, 28, 28), title="Padding same, stride 1", out_channels=8, padding="same"),
        example((3, 28, 28), title="Padding valid, stride 1", out_channels=8, padding="valid"),
        example(
            (3, 28, 28),
            title="Padding valid, stride 2",
            out_channels=8,
            padding="valid",
            stride=2,
        ),
    )
    pitfalls = (
        "A whole number of steps: where the stride does not divide, ⌊ ⌋ drops the last cells. "
        "The diagram hatches the rows and columns that no filter reads.",
        'An even kernel has no middle. With "same" it pads one cell more at the bottom and on the '
        "right, so the maps shift by half a cell; odd kernels do not.",
        '"same" here is TensorFlow\'s, at every stride. PyTorch refuses padding="same" with a '
        "stride, and `padding=1` around a 3 × 3 kernel with stride 2 pads on the other side: the "
        "same size, other numbers.",
        "A bias before `BatchNorm2d` is useless: the normalisation subtracts it again. Set `bias` "
        "to false and save the weights.",
        "`groups` must divide both `in_channels` and `out_channels`. With groups equal to both it "
        "is a depthwise convolution, which mixes no channels: let a `Conv1x1` follow.",
        "Two convolutions without an activation between them are one convolution, with a larger "
        "kernel: put a `ReLU` between them.",
    )

    out_channels: int = param(16, min=1, help="Number of filters: the depth of the output")
    kernel_size: Size = param(3, min=1, help="Height and width of a filter, in cells")
    stride: Size = param(1, min=1, help="How many cells a filter moves at a time")
    padding: Padding = param(
        0, min=0, help='Cells added on every side; "same" keeps ⌈n / stride⌉, "valid" adds none'
    )
    dilation: Size = param(1, min=1, help="Distance between the cells that a filter reads")
    groups: int = param(1, min=1, help="Groups of channels that do not see each other")
    bias: bool = param(True, help="A learned number added to each map")
    padding_mode: PaddingMode = param("zeros", help="What the padded cells hold")


@layer("Convolution", search="pointwise 1x1 network in network bottleneck projection", rank=1)
class Conv1x1(Convolution):
    """Mixes the channels at each position by itself: a small dense layer for every pixel.

    It is a matrix multiplication over channels: the weights are a matrix of out_channels ×
    in_channels, and the channels of each pixel are a vector that it multiplies.
    """

    formula = (
        "y[o] at a pixel = Σ over c of w[o, c] · x[c] + b[o]",
        "parameters = in_channels / groups · out_channels + out_channels",
    )
    examples = (
        example((192, 28, 28), title="Before a 5 × 5: 192 maps become 16", out_channels=16),
    )
    pitfalls = (
        "It sees one pixel: it widens no receptive field. Only larger kernels, strides and "
        "pooling do.",
        "With a stride it reads only every second pixel in each direction and drops three "
        "quarters of its input; pool first where that matters.",
        "Before `BatchNorm2d` its bias is useless, as that of `Conv2d` is.",
    )

    kernel_size = 1
    padding = 0
    dilation = 1
    padding_mode = "zeros"

    out_channels: int = param(16, min=1, help="Number of filters: the depth of the output")
    stride: Size = param(1, min=1, help="How many cells the filters move at a time")
    groups: int = param(1, min=1, help="Groups of channels that do not see each other")
    bias: bool = param(True, help="A learned number added to each map")

    def numbers(self) -> Numbers:
        pixel, weights = (3.0, -1.0, 2.0), ((1.0, 2.0, 0.0), (0.0, -1.0, 0.5))
        gives = tuple(sum(w * x for w, x in zip(row, pixel, strict=True)) for row in weights)
        lines = tuple(
            " + ".join(f"{w:g} · {x:g}" for w, x in zip(row, pixel, strict=True)) + f" = {y:g}"
            for row, y in zip(weights, gives, strict=True)
        )
        return Numbers((_pixel(pixel),), (_pixel(gives),), lines, weights)


def _pixel(channels: tuple[float, ...]) -> tuple[tuple[tuple[float]], ...]:
    """An image of one pixel: channels × 1 × 1."""
    return tuple(((value,),) for value in channels)


def check_groups(groups: int, x: Shape, out_channels: int) -> None:
    """Refuse a number of groups that does not divide the channels of input and output."""
    arriving, made = f"{{input}} gives {x}", f"it makes {out_channels} of them"
    for count, whose in ((x.channels, arriving), (out_channels, made)):
        if count % groups:
            fits = nearest_divisor(groups, x.channels, out_channels)
            raise Refused(
                "groups-do-not-divide",
                f"{{node}} splits its channels into {groups} groups, but {whose}, and {count} / "
                f"{groups} leaves a rest of {count % groups}: {fits} "
                f"group{'s' * (fits > 1)} would do",
                param="groups",
                remedies=(Change(f"Set groups to {fits}", "groups", fits),),
            )


def nearest_divisor(wanted: int, *counts: int) -> int:
    """The common divisor of the counts that lies nearest to the wanted number."""
    common_part = math.gcd(*counts)
    small = [d for d in range(1, math.isqrt(common_part) + 1) if common_part % d == 0]
    common = [*small, *(common_part // d for d in small)]
    return min(common, key=lambda divisor: (abs(divisor - wanted), divisor))
