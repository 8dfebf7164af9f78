"""The one window formula: how a kernel slides along an axis, for convolution and pooling alike."""

from __future__ import annotations

from collections.abc import Sequence

from designer.core.field import Reach
from designer.core.kept import Kept
from designer.core.layer import Change, Refused, Remedy
from designer.core.lean import lean_dataclass
from designer.core.parameter import Padding, Size
from designer.core.shape import Shape

FAULTS = {
    "needs-image": "A layer that works on maps gets a vector.",
    "window-too-large": "A kernel is larger than the padded maps that it slides over.",
}
"""What the codes of this file mean; the manual's page is made of it."""


def pair(size: Size) -> tuple[int, int]:
    """(height, width) of a size parameter."""
    return size if isinstance(size, tuple) else (size, size)


@lean_dataclass(frozen=True, slots=True)
class Window:
    """A kernel sliding along one axis of n cells; sizes in cells.

    `same` is TensorFlow's SAME: the output is ⌈n / stride⌉ and the odd cell of the padding goes
    to the end. Otherwise `padding` cells stand on either side, as in PyTorch.
    """

    n: int
    kernel: int
    stride: int
    padding: int = 0
    dilation: int = 1
    same: bool = False
    ceil: bool = False

    @property
    def extent(self) -> int:
        """How many cells the dilated kernel spans."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def out(self) -> int:
        """How many places the kernel stops at; not positive where it does not fit."""
        if self.same:
            return -(-self.n // self.stride)
        room = self.n + 2 * self.padding - self.extent
        if not self.ceil:
            return room // self.stride + 1
        stops = -(-room // self.stride) + 1
        # PyTorch drops the last window where it would begin in the right-hand padding
        return stops - ((stops - 1) * self.stride >= self.n + self.padding)

    @property
    def before(self) -> int:
        """The padded cells in front of the first one."""
        return self._same_total // 2 if self.same else self.padding

    @property
    def after(self) -> int:
        """The padded cells behind the last one."""
        return self._same_total - self._same_total // 2 if self.same else self.padding

    @property
    def _same_total(self) -> int:
        return max(0, (self.out - 1) * self.stride + self.extent - self.n)

    @property
    def reach(self) -> Reach:
        """What one output cell reads."""
        return Reach(-self.before, self.extent - 1 - self.before, self.stride)

    def reads(self, stop: int) -> range:
        """The cells that the kernel reads at a stop; below 0 and from n on they are padded ones."""
        first = stop * self.stride - self.before
        return range(first, first + self.extent, self.dilation)

    @property
    def unread(self) -> int:
        """How many of the last cells no stop reaches, because the stride does not divide."""
        return max(0, self.n - 1 - self.reads(self.out - 1)[-1])

    def misses_all(self) -> bool:
        """Whether some window reads only padded cells, as a dilated one can."""
        if self.dilation <= self.n:  # of cells so near to each other one is real
            return False
        # Each window meets one real cell at most, at its own place modulo the dilation. All
        # windows begin within n cells, so the places come round to 0 once at most.
        place = -self.before % self.dilation
        if place >= self.n:
            return True
        beyond = -(-(self.n - place) // self.stride)
        return beyond < self.out and place + beyond * self.stride < self.dilation

    def sentence(self) -> str:
        """The arithmetic that gives `out`, with the numbers of this window."""
        if self.same:
            text = f"⌈{self.n} / {self.stride}⌉ = {self.out}"
            total = self._same_total
            if not total:
                return text
            return f"{text}, padded by {total}: {self.before} before, {self.after} after"
        padded = f"{self.n} + 2·{self.padding}" if self.padding else f"{self.n}"
        kernel = f"{self.kernel}"
        if self.dilation != 1:
            kernel = f"({self.dilation}·({self.kernel} − 1) + 1)"
        room = f"({padded} − {kernel})"
        if self.stride == 1:
            return f"{room} / 1 + 1 = {self.out}".replace("= -", "= −")
        if (self.n + 2 * self.padding - self.extent) % self.stride == 0:
            return f"{room} / {self.stride} + 1 = {self.out}"
        left, right = ("⌈", "⌉") if self.ceil else ("⌊", "⌋")
        return f"{left}{room} / {self.stride}{right} + 1 = {self.out}"


def windows(
    x: Shape,
    kernel: Size,
    stride: Size,
    padding: Padding,
    dilation: Size = 1,
    ceil: bool = False,
) -> tuple[Window, Window]:
    """The windows along height and width of an image of this shape."""
    same = padding == "same"
    cells = (0, 0) if isinstance(padding, str) else pair(padding)
    kernels, strides, dilations = pair(kernel), pair(stride), pair(dilation)
    return (
        Window(x[1], kernels[0], strides[0], cells[0], dilations[0], same, ceil),
        Window(x[2], kernels[1], strides[1], cells[1], dilations[1], same, ceil),
    )


def padded_copy(x: Shape, both: Sequence[Window]) -> Kept:
    """What is kept where the input is padded first; its gradient has the padding too."""
    height, width = (axis.before + axis.n + axis.after for axis in both)
    numel = x[0] * height * width
    return Kept(inputs=False, values=numel, working=numel - x.numel)


def require_image(x: Shape, what: str) -> None:
    """Refuse an input that is not channels × height × width."""
    if len(x) != 3:
        raise Refused(
            "needs-image",
            f"{{node}} is {{a_layer}} and needs {what} (channels × height × width), "
            f"but {{input}} gives {x}: move it before what made a vector",
        )


def require_fit(both: Sequence[Window], x: Shape) -> None:
    """Refuse a window that does not fit into the padded input."""
    height, width = both
    if height.out >= 1 and width.out >= 1:
        return
    bad = height if height.out < 1 else width
    axis = "height" if bad is height else "width"
    padded = bad.n + 2 * bad.padding
    raise Refused(
        "window-too-large",
        f"{{node}} slides a window of {bad.extent} over a {axis} of {padded}"
        f"{' (padding included)' if bad.padding else ''}, but {{input}} gives {x}, and "
        f"{bad.sentence()}: make the kernel smaller or pad more",
        param="kernel_size",
        remedies=(Change("Set padding to same", "padding", "same"), *_smaller(both)),
    )


def _smaller(both: Sequence[Window]) -> tuple[Remedy, ...]:
    """The largest kernel that fits; a dilated one has no such simple way out."""
    if any(axis.dilation != 1 for axis in both):
        return ()
    height, width = (min(axis.kernel, axis.n + 2 * axis.padding) for axis in both)
    size: Size = height if height == width else (height, width)
    return (Change(f"Set kernel_size to {shortest(size)}", "kernel_size", size),)


def explain(both: Sequence[Window]) -> tuple[str, ...]:
    """The arithmetic of both axes, in one line where they are alike."""
    height, width = both
    if height == width:
        return (f"height and width {height.sentence()}",)
    return (f"height {height.sentence()}", f"width {width.sentence()}")


def short(size: Size) -> str:
    """A size for the corner of a node: 3×3."""
    height, width = pair(size)
    return f"{height}×{width}"


def shortest(size: Size) -> str:
    """A size beside a word: 3, or 3×2 where the axes differ."""
    height, width = pair(size)
    return f"{height}" if height == width else f"{height}×{width}"


def with_stride(text: str, stride: Size) -> str:
    """Add the stride to a node's corner where it is not 1: 5×5 /2."""
    height, width = pair(stride)
    if height == width == 1:
        return text
    return f"{text} /{height}" if height == width else f"{text} /{height},{width}"
