"""The image that a net starts from."""

from __future__ import annotations

from typing import Literal

from designer.core.call import INPUT, Call, Definition, Expression, call
from designer.core.layer import Layer, Refused, layer
from designer.core.parameter import param
from designer.core.shape import Shape
from designer.layers.window import require_image

LUMA = Definition(
    "luma",
    '''\
def luma(x: torch.Tensor) -> torch.Tensor:
    """The Y of YUV: grey as the eye weighs red, green and blue."""
    weights = torch.tensor([0.299, 0.587, 0.114], dtype=x.dtype, device=x.device)
    return (x * weights.view(1, 3, 1, 1)).sum(dim=1, keepdim=True)
''',
)

NORMALIZE = Definition(
    "Normalize",
    '''\
class Normalize(nn.Module):
    """Subtracts a mean and divides by a standard deviation, channel by channel."""

    def __init__(
        self, mean: float | tuple[float, ...], std: float | tuple[float, ...]
    ) -> None:
        super().__init__()
        for name, value in (("mean", mean), ("std", std)):
            values = torch.tensor(value, dtype=torch.float32).view(-1, 1, 1)
            self.register_buffer(name, values, persistent=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return (x - self.mean) / self.std
''',
)


@layer("Image", search="image data start", rank=0)
class Input(Layer):
    """The image that enters the net, one of the batch: channels × height × width."""

    inputs = 0
    role = "image"

    channels: int = param(1, min=1, max=100_000, help="1 for grey, 3 for colour")
    height: int = param(28, min=1, max=100_000, help="Height of the image in pixels")
    width: int = param(28, min=1, max=100_000, help="Width of the image in pixels")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        return (Shape((self.channels, self.height, self.width)),)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        kind = {1: "grey", 3: "colour"}.get(self.channels, f"{self.channels} channels")
        return (f"{kind}, {self.height} × {self.width} pixels",)


@layer("Image", search="gray grayscale colour color luma yuv", rank=1)
class Greyscale(Layer):
    """Turns a colour image into a grey one: three channels become one."""

    method: Literal["average", "luma"] = param(
        "average", help="average: (R + G + B) / 3; luma: the Y of YUV, as the eye weighs colours"
    )

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        require_image(x, "an image")
        if x.channels != 3:
            raise Refused(
                "needs-colour",
                "{node} is a Greyscale and needs three channels (R, G, B), "
                f"but {{input}} gives {x}: give it a colour image, or remove it",
            )
        return (Shape((1, x.height, x.width)),)

    def expression(self, *inputs: Shape) -> Expression:
        if self.method == "average":
            return call("torch.mean", INPUT, dim=1, keepdim=True)
        return call("luma", INPUT, definition=LUMA)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        if self.method == "average":
            return ("grey = (R + G + B) / 3",)
        return ("grey = 0.299 R + 0.587 G + 0.114 B",)

    @property
    def telling(self) -> str:
        return self.method


@layer("Image", search="standardise mean std", rank=2)
class Normalize(Layer):
    """Subtracts a mean and divides by a standard deviation, the same everywhere in a channel."""

    mean: float | tuple[float, ...] = param(0.5, help="Subtracted; one number, or one a channel")
    std: float | tuple[float, ...] = param(
        0.5, above=0, help="Divided by; one number, or one a channel"
    )

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        require_image(x, "an image")
        for name in ("mean", "std"):
            value = getattr(self, name)
            if isinstance(value, tuple) and len(value) not in (1, x.channels):
                raise Refused(
                    "channels-differ",
                    f"{{node}} has {len(value)} numbers for its {name}, but {{input}} gives {x}: "
                    f"give one number, or {x.channels}",
                    param=name,
                )
        return (x,)

    def module(self, *inputs: Shape) -> Call:
        return call("Normalize", self.mean, self.std, definition=NORMALIZE)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return ("(x − mean) / std",)
