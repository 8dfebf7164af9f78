"""Transposed convolution: each cell stamps a learned filter onto a larger map."""

from __future__ import annotations

from typing import Literal

from designer.core.call import Call, call, changed_from
from designer.core.example import example
from designer.core.field import Reach
from designer.core.layer import Change, Cost, Layer, Refused, layer
from designer.core.parameter import Size, param
from designer.core.shape import Shape
from designer.layers import window
from designer.layers.conv2d import check_groups
from designer.layers.window import pair

FAULTS = {
    "output-padding-too-large": "More cells are added to the output than a stride leaves open.",
    "nothing-left": "A layer would give maps without a cell.",
}
"""What the codes of this file mean; the manual's page is made of it."""


@layer("Convolution", search="deconvolution upconvolution fractionally strided decoder", rank=2)
class ConvTranspose2d(Layer):
    """Stamps learned filters, weighed by each input cell, onto a larger map where they add up."""

    formula = (
        "out = (n − 1)·stride − 2·padding + dilation·(kernel − 1) + output_padding + 1",
        "parameters = kernel² · in_channels · out_channels / groups + out_channels",
    )
    examples = (
        example(
            (64, 14, 14), title="Twice as high and wide", out_channels=32, kernel_size=2, stride=2
        ),
        example(
            (64, 14, 14),
            title="The same with windows that overlap",
            out_channels=32,
            stride=2,
            padding=1,
            output_padding=1,
        ),
    )
    pitfalls = (
        "Where the stride does not divide the kernel, some cells get more stamps than others: a "
        "checkerboard. Take a kernel of twice the stride, or an `Upsample` and a `Conv2d`.",
        "It is not the inverse of a convolution: it gives back the size, not the values.",
        "Several input sizes of a strided convolution give one output size, so the way back is "
        "open: `output_padding` chooses among them. It adds cells, not zeros.",
        "`padding` makes the output smaller here.",
    )

    out_channels: int = param(16, min=1, help="Number of filters: the depth of the output")
    kernel_size: Size = param(3, min=1, help="Height and width of a filter, in cells")
    stride: Size = param(1, min=1, help="How far apart neighbouring cells stamp, in cells")
    padding: Size = param(0, min=0, help="Cells cut off the output on every side")
    output_padding: Size = param(
        0, min=0, help="Cells added to the output at the bottom and the right"
    )
    groups: int = param(1, min=1, help="Groups of channels that do not see each other")
    bias: bool = param(True, help="A learned number added to each map")
    dilation: Size = param(1, min=1, help="Distance between the cells that a filter stamps")
    padding_mode: Literal["zeros"] = param("zeros", help="PyTorch knows no other here")

    def _axis(self, axis: int) -> tuple[int, int, int, int, int]:
        """Kernel, stride, padding, output padding and dilation along height (0) or width (1)."""
        sizes = (self.kernel_size, self.stride, self.padding, self.output_padding, self.dilation)
        kernel, stride, padding, more, dilation = (pair(size)[axis] for size in sizes)
        return kernel, stride, padding, more, dilation

    def _size(self, n: int, axis: int) -> int:
        kernel, stride, padding, more, dilation = self._axis(axis)
        return (n - 1) * stride - 2 * padding + dilation * (kernel - 1) + more + 1

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        window.require_image(x, "maps")
        check_groups(self.groups, x, self.out_channels)
        for axis in (0, 1):
            _, stride, _, more, dilation = self._axis(axis)
            if more >= max(stride, dilation):
                most = max(stride, dilation) - 1
                raise Refused(
                    "output-padding-too-large",
                    f"{{node}} adds {more} cells to its output, and PyTorch takes fewer than its "
                    f"stride ({stride}) or its dilation ({dilation}): at most {most}",
                    param="output_padding",
                    remedies=(Change("Set output_padding to 0", "output_padding", 0),),
                )
        sizes = (self._size(x.height, 0), self._size(x.width, 1))
        if min(sizes) < 1:
            raise Refused(
                "nothing-left",
                f"{{node}} would give {sizes[0]} × {sizes[1]} cells, as {{input}} "
                f"gives {x} and its padding cuts everything off: lower it",
                param="padding",
                remedies=(Change("Set padding to 0", "padding", 0),),
            )
        return (Shape((self.out_channels, *sizes)),)

    def cost(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Cost:
        x, kernel = inputs[0], pair(self.kernel_size)
        filters = x.channels * (self.out_channels // self.groups) * kernel[0] * kernel[1]
        macs = filters * x.height * x.width
        return Cost(filters + (self.out_channels if self.bias else 0), macs)

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach]:
        height, width = (self._reach(axis) for axis in (0, 1))
        return height, width

    def _reach(self, axis: int) -> Reach:
        """Cell o is stamped by the input cells i with o = i × stride − padding + dilation × k."""
        kernel, stride, padding, _, dilation = self._axis(axis)
        first = padding - dilation * (kernel - 1) + stride - 1
        return Reach(first, padding, 1, stride)

    def module(self, *inputs: Shape) -> Call:
        options = changed_from(
            {"stride": 1, "padding": 0, "output_padding": 0, "groups": 1, "bias": True,
             "dilation": 1},
            stride=self.stride,
            padding=self.padding,
            output_padding=self.output_padding,
            groups=self.groups,
            bias=self.bias,
            dilation=self.dilation,
        )  # fmt: skip
        sizes = (inputs[0].channels, self.out_channels)
        return call("nn.ConvTranspose2d", *sizes, kernel_size=self.kernel_size, **options)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        (x,) = inputs
        lines = [
            f"{name} {self._sentence(n, axis)}"
            for axis, (name, n) in enumerate((("height", x.height), ("width", x.width)))
        ]
        return (*lines, f"depth = {self.out_channels} filters")

    def _sentence(self, n: int, axis: int) -> str:
        kernel, stride, padding, more, dilation = self._axis(axis)
        cut = f" − 2·{padding}" if padding else ""
        extent = f"{kernel}" if dilation == 1 else f"({dilation}·({kernel} − 1) + 1)"
        added = f" + {more}" if more else ""
        return f"({n} − 1)·{stride}{cut} + {extent}{added} = {self._size(n, axis)}"

    def explain_cost(
        self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]
    ) -> tuple[str, ...]:
        x, (height, width) = inputs[0], pair(self.kernel_size)
        deep = self.out_channels // self.groups
        filters = height * width * x.channels * deep
        bias, more = (f" + {self.out_channels:,}", self.out_channels) if self.bias else ("", 0)
        return (
            f"parameters {height} · {width} · {x.channels:,} · {deep:,}{bias} = {filters + more:,}",
            f"MACs {filters:,} · {x.height} · {x.width} = {filters * x.height * x.width:,}",
        )

    @property
    def telling(self) -> str:
        stride = pair(self.stride)
        text = window.short(self.kernel_size)
        if stride == (1, 1):
            return text
        return f"{text} ·{window.shortest(self.stride)}"

    @classmethod
    def stem(cls) -> str:
        return "deconv"
