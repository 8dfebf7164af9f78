"""The image that a net starts from."""

from __future__ import annotations

from typing import Literal

from designer.core.call import INPUT, Call, Definition, Expression, call
from designer.core.example import Numbers, example
from designer.core.kept import Kept
from designer.core.layer import Change, Layer, Refused, Remove, layer
from designer.core.parameter import param
from designer.core.shape import Shape
from designer.layers.window import require_image

FAULTS = {"needs-colour": "A Greyscale gets an image that has not three channels."}
"""What the codes of this file mean; the manual's page is made of it."""

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

    formula = ("a batch has the shape N × channels × height × width",)
    examples = (
        example(title="A grey image, as the letters have it"),
        example(title="A colour image, as ImageNet's are cut", channels=3, height=224, width=224),
    )
    pitfalls = (
        "PyTorch puts the channels first: what papers write as 28 × 28 × 3 is 3 × 28 × 28 here.",
        "Height comes before width: an image of 640 × 480 pixels has the height 480.",
        "Its size must be that of the data set; the data panel says which, and the problem that "
        "tells you so can set it.",
    )

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

    formula = (
        "average:  y = (R + G + B) / 3",
        "luma:     y = 0.299 · R + 0.587 · G + 0.114 · B        the Y of YUV",
    )
    examples = (
        example((3, 28, 28), title="The mean of the three channels"),
        example((3, 28, 28), title="The Y of YUV", method="luma"),
    )
    pitfalls = (
        "The two differ where colours are strong: pure green is 0.333 by average and 0.587 by "
        "luma. Train and use a net with the same one.",
        "It assumes the order red, green, blue. OpenCV reads images as blue, green, red.",
        "The weights belong to gamma-coded values, as image files have them, and to BT.601; HD "
        "video (BT.709) has others.",
        "Put it before `Normalize`, or give that one number: a mean a channel does not fit "
        "one channel.",
    )

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
                remedies=(Remove("Remove {node}"),),
            )
        return (Shape((1, x.height, x.width)),)

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        x = inputs[0]
        return Kept(inputs=False, working=0 if self.method == "average" else x.numel)

    def expression(self, *inputs: Shape) -> Expression:
        if self.method == "average":
            return call("torch.mean", INPUT, dim=1, keepdim=True)
        return call("luma", INPUT, definition=LUMA)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        if self.method == "average":
            return ("grey = (R + G + B) / 3",)
        return ("grey = 0.299 R + 0.587 G + 0.114 B",)

    def numbers(self) -> Numbers:
        pixel = (0.8, 0.4, 0.1)
        if self.method == "average":
            grey = sum(pixel) / 3
            told = f"({' + '.join(f'{value:g}' for value in pixel)}) / 3"
        else:
            pairs = tuple(zip((0.299, 0.587, 0.114), pixel, strict=True))
            grey = sum(weight * value for weight, value in pairs)
            told = " + ".join(f"{weight:g} · {value:g}" for weight, value in pairs)
        given = tuple(((value,),) for value in pixel)
        return Numbers((given,), ((((grey,),),),), (f"{told} = {round(grey, 4):g}",))

    @property
    def telling(self) -> str:
        return self.method


@layer("Image", search="standardise mean std", rank=2)
class Normalize(Layer):
    """Subtracts a mean and divides by a standard deviation, the same everywhere in a channel."""

    formula = ("y[c] = (x[c] − mean[c]) / std[c]",)
    examples = (
        example((3, 28, 28), title="From 0 … 1 to −1 … 1"),
        example(
            (3, 224, 224),
            title="As torchvision's trained nets expect it",
            mean=(0.485, 0.456, 0.406),
            std=(0.229, 0.224, 0.225),
        ),
    )
    pitfalls = (
        "Take mean and deviation from the training images alone, never from the test's.",
        "It expects values from 0 to 1. Bytes from 0 to 255 need mean and std 255 times as large.",
        "A net that was trained with it must be used with it: here it is part of the net and of "
        "the exported script, so that nobody can forget it.",
    )

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
                    remedies=(Change(f"Set {name} to {value[0]:g}", name, value[0]),),
                )
        return (x,)

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return Kept(inputs=False, working=inputs[0].numel)

    def module(self, *inputs: Shape) -> Call:
        return call("Normalize", self.mean, self.std, definition=NORMALIZE)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return ("(x − mean) / std",)

    def numbers(self) -> Numbers | None:
        """One pixel of as many channels as there are means."""
        mean, std = (v if isinstance(v, tuple) else (v,) for v in (self.mean, self.std))
        if len(mean) != len(std):
            return None
        values = (0.75, 0.5, 0.25)[: len(mean)]
        if len(values) < len(mean):
            return None
        every = tuple(zip(values, mean, std, strict=True))
        gives = tuple((x - m) / s for x, m, s in every)
        lines = tuple(
            f"({x:g} − {m:g}) / {s:g} = {round(y, 4):g}"
            for (x, m, s), y in zip(every, gives, strict=True)
        )
        given, given_back = (tuple(((v,),) for v in line) for line in (values, gives))
        return Numbers((given,), (given_back,), lines)
