"""Pooling over a window: the strongest or the mean answer of a neighbourhood."""

from __future__ import annotations

from designer.core.call import Call, Definition, call, changed_from
from designer.core.example import Numbers, example
from designer.core.field import Reach
from designer.core.kept import BYTES_AN_INDEX, INPUTS, Kept
from designer.core.layer import Change, Layer, Refused, layer
from designer.core.parameter import Padding, Size, param
from designer.core.shape import Shape
from designer.layers import window
from designer.layers.window import Window, pair

FAULTS = {"only-padding": "A window of a dilated pooling meets nothing but padded cells."}
"""What the codes of this file mean; the manual's page is made of it."""

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
        means = super().forward(nn.functional.pad(x, pads))
        if self.divisor_override or not any(pads):
            return means
        ones = nn.functional.pad(x.new_ones(1, 1, *x.shape[2:]), pads)
        return means / super().forward(ones)
''',
)


GRID = ((1.0, 3.0, 2.0, 0.0), (5.0, 8.0, 1.0, 4.0), (0.0, 1.0, 7.0, 2.0), (6.0, 2.0, 3.0, 5.0))
"""The map that the help's numbers are worked out on."""


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
                    remedies=(
                        Change(f"Set padding to {axis.kernel // 2}", "padding", axis.kernel // 2),
                        Change("Set padding to same", "padding", "same"),
                    ),
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

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        """The input, or in its place the copy that our own text of SAME pads."""
        if self._even_padding() is not None:
            return INPUTS
        (x,) = inputs
        return window.padded_copy(x, self.windows(x))

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return (*window.explain(self.windows(inputs[0])), "depth stays")

    def numbers(self) -> Numbers | None:
        """A map of 4 × 4 cells, where that is large enough and no padded zeros count."""
        x = Shape((1, 4, 4))
        try:
            (out,) = self.infer(x)
        except Refused:
            return None
        rows, columns = self.windows(x)
        under = [
            [_under(rows.reads(i), columns.reads(j)) for j in range(out.width)]
            for i in range(out.height)
        ]
        gives = tuple(tuple(self._pooled(cells)[0] for cells in line) for line in under)
        return Numbers(((GRID,),), ((gives,),), (self._pooled(under[0][0])[1],))

    def _pooled(self, cells: list[float]) -> tuple[float, str]:
        """What a window gives that holds these cells, and the arithmetic."""
        raise NotImplementedError(type(self).__name__)

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

    formula = (
        "y = the largest of the cells under the window, map by map",
        "out = ⌊(n + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1",
        "same:  out = ⌈n / stride⌉        ceil_mode:  ⌈ ⌉ in place of ⌊ ⌋",
    )
    examples = (
        example((16, 28, 28), title="Half the size"),
        example(
            (64, 112, 112),
            title="3 × 3 in steps of 2, as in ResNet",
            kernel_size=3,
            stride=2,
            padding=1,
        ),
    )
    pitfalls = (
        "The stride is the kernel's size unless you say otherwise: windows of 3 move by 3, not by "
        "1 as those of `Conv2d` do.",
        "Where the stride does not divide, the last rows and columns are dropped: 7 cells become "
        "3 under windows of 2. Set `ceil_mode`, or the padding to same.",
        "The padded cells hold −∞ here and never win; a zero would, where all else is negative.",
        "A `ReLU` gives the same before it and behind it. Behind it, it has a quarter of the work.",
        "The gradient goes to the largest cell of each window only.",
    )

    kernel_size: Size = param(2, min=1, help="Height and width of the window, in cells")
    stride: Size | None = param(None, min=1, help="Cells between windows; empty: the kernel's size")
    padding: Padding = param(
        0, min=0, help='Cells added on every side; "same" keeps ⌈n / stride⌉, "valid" adds none'
    )
    dilation: Size = param(1, min=1, help="Distance between the cells that a window reads")
    ceil_mode: bool = param(False, help="Round the output's size up instead of down")

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        indices = BYTES_AN_INDEX * outputs[0].numel
        return super().kept(inputs, outputs)._replace(others=indices)

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

    def _pooled(self, cells: list[float]) -> tuple[float, str]:
        value = max(cells)
        return value, f"max({', '.join(f'{cell:g}' for cell in cells)}) = {value:g}"

    @property
    def telling(self) -> str:
        return window.with_stride(f"max {window.shortest(self.kernel_size)}", self.steps)


@layer("Pooling", search="mean downsample", rank=1)
class AvgPool2d(Pooling):
    """Takes the mean of each window, and so makes the maps smaller and smoother."""

    formula = (
        "y = the mean of the cells under the window, map by map",
        "out = ⌊(n + 2 · padding − kernel) / stride⌋ + 1",
        "same:  out = ⌈n / stride⌉        ceil_mode:  ⌈ ⌉ in place of ⌊ ⌋",
    )
    examples = (
        example((16, 28, 28), title="Half the size"),
        example(
            (192, 35, 35),
            title="3 × 3 in steps of 1, as inside an Inception",
            kernel_size=3,
            stride=1,
            padding="same",
        ),
    )
    pitfalls = (
        "With a padding, zeros count in the mean at the border (`count_include_pad`), and the "
        "border becomes darker. TensorFlow does not count them: set it to false for its numbers. "
        'With "same" they never count, as in TensorFlow.',
        "The stride is the kernel's size unless you say otherwise.",
        "For one number a map, whatever the image's size, take `GlobalAvgPool2d`.",
    )

    kernel_size: Size = param(2, min=1, help="Height and width of the window, in cells")
    stride: Size | None = param(None, min=1, help="Cells between windows; empty: the kernel's size")
    padding: Padding = param(
        0, min=0, help='Cells added on every side; "same" keeps ⌈n / stride⌉, "valid" adds none'
    )
    ceil_mode: bool = param(False, help="Round the output's size up instead of down")
    count_include_pad: bool = param(True, help="Let padded zeros count in the mean")
    divisor_override: int | None = param(
        None, min=1, help="What the sum is divided by; empty: the cells of the window"
    )

    def module(self, *inputs: Shape) -> Call:
        padding = self._even_padding()
        same = self.padding == "same"
        options = changed_from(
            {"stride": None, "padding": 0, "ceil_mode": False, "count_include_pad": True,
             "divisor_override": None},
            stride=self.stride,
            padding=padding or 0,
            ceil_mode=self.ceil_mode and not same,
            count_include_pad=not padding if same else self.count_include_pad,
            divisor_override=self.divisor_override,
        )  # fmt: skip
        if padding is None:
            return call("SameAvgPool2d", self.kernel_size, definition=SAME_AVG_POOL, **options)
        return call("nn.AvgPool2d", self.kernel_size, **options)

    def numbers(self) -> Numbers | None:
        padded = self.padding not in (0, (0, 0), "same", "valid")
        special = padded or self.ceil_mode or self.divisor_override
        return None if special else super().numbers()

    def _pooled(self, cells: list[float]) -> tuple[float, str]:
        value = sum(cells) / len(cells)
        told = " + ".join(f"{cell:g}" for cell in cells)
        return value, f"({told}) / {len(cells)} = {round(value, 3):g}"

    @property
    def telling(self) -> str:
        return window.with_stride(f"mean {window.shortest(self.kernel_size)}", self.steps)


def _under(rows: range, columns: range) -> list[float]:
    """The cells of the example's map that lie under a window, padded ones left out."""
    return [GRID[r][c] for r in rows if 0 <= r < 4 for c in columns if 0 <= c < 4]
