"""Pooling over a window: the strongest or the mean answer of a neighbourhood."""

from __future__ import annotations

from designer.core.call import Call, Definition, call, changed_from
from designer.core.field import Reach
from designer.core.layer import Change, Layer, Refused, layer
from designer.core.parameter import Padding, Size, param
from designer.core.shape import Shape
from designer.layers import window
from designer.layers.window import Window, pair

SAME_MAX_POOL = Definition(
    "SameMaxPool2d",
    '''\
class SameMaxPool2d(nn.MaxPool2d):
    """Max pooling with TensorFlow's SAME padding: the padded cells never win."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        pads = []
        for axis in (1, 0):
            kernel, stride, dilation = (
                value[axis] if isinstance(value, tuple) else value
                for value in (self.kernel_size, self.stride, self.dilation)
            )
            size, reach = x.shape[2 + axis], dilation * (kernel - 1) + 1
            total = max(0, (-(-size // stride) - 1) * stride + reach - size)
            pads += [total // 2, total - total // 2]
        return super().forward(nn.functional.pad(x, pads, value=-torch.inf))
''',
)

SAME_AVG_POOL = Definition(
    "SameAvgPool2d",
    '''\
class SameAvgPool2d(nn.AvgPool2d):
    """Average pooling with TensorFlow's SAME padding: padded cells do not count."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        pads = []
        for axis in (1, 0):
            kernel, stride = (
                value[axis] if isinstance(value, tuple) else value
                for value in (self.kernel_size, self.stride)
            )
            size = x.shape[2 + axis]
            total = max(0, (-(-size // stride) - 1) * stride + kernel - size)
            pads += [total // 2, total - total // 2]
        if not any(pads):
            return nn.functional.avg_pool2d(x, self.kernel_size, self.stride)
        ones = x.new_ones(1, 1, *x.shape[2:])
        sums, shares = (
            nn.functional.avg_pool2d(
                nn.functional.pad(value, pads), self.kernel_size, self.stride
            )
            for value in (x, ones)
        )
        return sums / shares
''',
)


class Pooling(Layer):
    """What windows that pool share; not a layer by itself."""

    kernel_size: Size
    stride: Size | None
    padding: Padding
    ceil_mode: bool
    dilation: Size = 1

    @property
    def steps(self) -> Size:
        """The stride; the kernel's size where none is given."""
        return self.kernel_size if self.stride is None else self.stride

    def windows(self, x: Shape) -> tuple[Window, Window]:
        """How the window slides along height and width."""
        return window.windows(
            x, self.kernel_size, self.steps, self.padding, self.dilation, self.ceil_mode
        )

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        window.require_image(x, "maps")
        both = self.windows(x)
        window.require_fit(both, x)
        for axis in both:
            if not axis.same and axis.padding > axis.kernel // 2:
                raise Refused(
                    "padding-too-large",
                    f"{{node}} pads {axis.padding} cells around a window of {axis.kernel}, so a "
                    f"window could see only padded cells: pad at most {axis.kernel // 2}",
                    param="padding",
                    remedies=(Change("Set padding to same", "padding", "same"),),
                )
            if axis.misses_all():
                raise Refused(
                    "only-padding",
                    f"{{node}} has dilation {axis.dilation}, and one of its windows over "
                    f"{axis.n} cells meets only padded ones: lower the dilation or the padding",
                    param="dilation",
                    remedies=(Change("Set dilation to 1", "dilation", 1),),
                )
        return (Shape((x.channels, both[0].out, both[1].out)),)

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach]:
        height, width = self.windows(inputs[0])
        return height.reach, width.reach

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return (*window.explain(self.windows(inputs[0])), "depth stays")

    def _even_padding(self) -> Size | None:
        """What PyTorch's own pooling pads, where that is the same on either side; else None.

        SAME at stride 1 with windows of an odd extent pads evenly, and so does a window of 1.
        """
        if not isinstance(self.padding, str):
            return self.padding
        height, width = (
            dilation * (kernel - 1)
            for kernel, dilation in zip(pair(self.kernel_size), pair(self.dilation), strict=True)
        )
        if self.padding == "valid" or height == width == 0:
            return 0
        is_even = pair(self.steps) == (1, 1) and height % 2 == width % 2 == 0
        if not is_even or pair(self.dilation) != (1, 1):  # PyTorch pads at most half a kernel
            return None
        return height // 2 if height == width else (height // 2, width // 2)


@layer("Pooling", search="maximum downsample", rank=0)
class MaxPool2d(Pooling):
    """Keeps the strongest answer in each window, and so makes the maps smaller."""

    kernel_size: Size = param(2, min=1, help="Height and width of the window, in cells")
    stride: Size | None = param(None, min=1, help="Cells between windows; empty: the kernel's size")
    padding: Padding = param(
        0, min=0, help='Cells added on every side; "same" keeps ⌈n / stride⌉, "valid" adds none'
    )
    dilation: Size = param(1, min=1, help="Distance between the cells that a window reads")
    ceil_mode: bool = param(False, help="Round the output's size up instead of down")

    def module(self, *inputs: Shape) -> Call:
        padding = self._even_padding()
        options = changed_from(
            {"stride": None, "padding": 0, "dilation": 1, "ceil_mode": False},
            stride=self.stride,
            padding=padding or 0,
            dilation=self.dilation,
            ceil_mode=self.ceil_mode and self.padding != "same",
        )
        if padding is None:
            return call("SameMaxPool2d", self.kernel_size, definition=SAME_MAX_POOL, **options)
        return call("nn.MaxPool2d", self.kernel_size, **options)

    @property
    def telling(self) -> str:
        return window.with_stride(f"max {window.shortest(self.kernel_size)}", self.steps)


@layer("Pooling", search="mean downsample", rank=1)
class AvgPool2d(Pooling):
    """Takes the mean of each window, and so makes the maps smaller and smoother."""

    kernel_size: Size = param(2, min=1, help="Height and width of the window, in cells")
    stride: Size | None = param(None, min=1, help="Cells between windows; empty: the kernel's size")
    padding: Padding = param(
        0, min=0, help='Cells added on every side; "same" keeps ⌈n / stride⌉, "valid" adds none'
    )
    ceil_mode: bool = param(False, help="Round the output's size up instead of down")
    count_include_pad: bool = param(True, help="Let padded zeros count in the mean")

    def module(self, *inputs: Shape) -> Call:
        padding = self._even_padding()
        same = self.padding == "same"
        options = changed_from(
            {"stride": None, "padding": 0, "ceil_mode": False, "count_include_pad": True},
            stride=self.stride,
            padding=padding or 0,
            ceil_mode=self.ceil_mode and not same,
            count_include_pad=not padding if same else self.count_include_pad,
        )
        if padding is None:
            return call("SameAvgPool2d", self.kernel_size, definition=SAME_AVG_POOL, **options)
        return call("nn.AvgPool2d", self.kernel_size, **options)

    @property
    def telling(self) -> str:
        return window.with_stride(f"mean {window.shortest(self.kernel_size)}", self.steps)
