"""Sources: where a foreign net is, and how each kind is brought to a proved design."""

from __future__ import annotations

import difflib
import importlib
import inspect
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from designer.core.shape import Shape
from designer.engine.importing.foreign import Foreign
from designer.engine.importing.refusal import ImportRefused, OutOfMemory
from designer.storage.error import shown

if TYPE_CHECKING:
    from torch import nn

    from designer.engine.importing.nets import Imported, Say

TORCHVISION = "torchvision:"
ONNX = ".onnx"
PICKLED = (".pt", ".pth", ".pt2", ".ckpt", ".bin", ".pkl")
_CALLABLE = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*")

SIDE = 224
"""Height and width of an image where nobody says."""
SIDES = (SIDE, 28, 32, 299, 64, 96, 128, 48, 256, 384, 512)
"""What is tried in turn where a net of the user's takes no other."""


def import_source(source: str, image: Sequence[int], say: Say) -> tuple[Imported, bool]:
    """Make a design of a source; say too whether its weights are worth keeping.

    `image` is channels, height and width, or empty. Raises ImportRefused.
    """
    check(source)
    if source.startswith(TORCHVISION):
        return _from_torchvision(source.removeprefix(TORCHVISION), image, say), False
    if source.lower().endswith(ONNX):
        from designer.engine.importing.onnx_files import import_file

        return import_file(Path(source), image, say), True
    return _from_callable(source, image, say), True


def check(source: str) -> None:
    """Refuse at once what cannot be a source; raises ImportRefused."""
    if source.lower().endswith(ONNX):
        if not Path(source).exists():
            raise ImportRefused(f"there is no file {shown(source)}")
        return
    if source.startswith(TORCHVISION) or _CALLABLE.fullmatch(source):
        return
    hint = ""
    if source.lower().endswith(PICKLED):
        hint = (
            ". A pickled module may hold any code, so such a file is not read: save the net by "
            "torch.onnx.export, or name the callable that makes it"
        )
    raise ImportRefused(
        f"{source[:120]!r} is no source: it must be torchvision:NAME, a file *.onnx or "
        f"package.module:callable{hint}"
    )


def _from_torchvision(name: str, image: Sequence[int], say: Say) -> Imported:
    """A net of torchvision's with random weights; nothing is downloaded."""
    try:
        from torchvision import models
    except ImportError as error:
        raise ImportRefused(
            f"torchvision cannot be imported: {error}; install it with: pip install torchvision"
        ) from None
    from designer.engine.importing.nets import import_module

    known = models.list_models()
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        hint = f"is {near[0]} meant?" if near else "resnet18 is one of its nets"
        raise ImportRefused(f"torchvision has no net {name[:80]!r}: {hint}")
    say(f"making {name}")
    builder = models.get_model_builder(name)
    words = inspect.signature(builder).parameters
    quiet: dict[str, Any] = {"weights": None}
    if "weights_backbone" in words:
        quiet["weights_backbone"] = None  # else they would be fetched
    if name in ("googlenet", "inception_v3"):
        quiet["init_weights"] = False  # seconds, for numbers that are random anyway
    with Foreign(f"torchvision's {name}"):
        model = builder(**quiet)
        _stir(model)
    shape = Shape(image) if image else Shape((3, *(_crop(models, name),) * 2))
    return import_module(model, shape, name, say)


def _crop(models: Any, name: str) -> int:
    """The side of the images that the net was made for."""
    transforms = models.get_model_weights(name).DEFAULT.transforms
    crop = getattr(transforms, "keywords", {}).get("crop_size", SIDE)
    return crop if isinstance(crop, int) else SIDE


def _stir(model: nn.Module) -> None:
    """Let normalisations differ from one another, or a proof could not tell them apart."""
    from torch import Generator
    from torch.nn.modules.batchnorm import _BatchNorm

    generator = Generator().manual_seed(0)
    for module in model.modules():
        if isinstance(module, _BatchNorm):
            for name, low, high in (("running_mean", -0.1, 0.1), ("running_var", 0.5, 1.5)):
                module.get_buffer(name).uniform_(low, high, generator=generator)


def _from_callable(source: str, image: Sequence[int], say: Say) -> Imported:
    """A net of the user's own code: run in this process, for he named it."""
    from torch import nn

    from designer.engine.importing.nets import import_module

    module_name, _, path = source.partition(":")
    say(f"running {source}")
    sys.path.insert(0, str(Path.cwd()))
    with Foreign(f"importing {module_name}"):
        made: Any = importlib.import_module(module_name)
    for name in path.split("."):
        if not hasattr(made, name):
            known = {word.lower(): word for word in dir(made)}
            near = difflib.get_close_matches(name.lower(), known, 1)
            hint = f"; is {known[near[0]]} meant?" if near else ""
            raise ImportRefused(f"{module_name} has no {path}{hint}")
        made = getattr(made, name)
    if not isinstance(made, nn.Module):
        with Foreign(f"{source}, called without arguments,"):
            made = made()
    if not isinstance(made, nn.Module):
        raise ImportRefused(
            f"{source} gives a {type(made).__name__}; it must be an nn.Module, or a callable that "
            "takes no arguments and gives one"
        )
    name = path.rpartition(".")[2]
    with Foreign(f"{source} in eval mode"):
        made = made.eval().cpu().float()
    shape = Shape(image) if image else _shape_that_fits(made, source)
    return import_module(made, shape, name, say)


def _shape_that_fits(model: nn.Module, source: str) -> Shape:
    """The first of the usual images that forward takes; raises ImportRefused."""
    import torch

    found = (getattr(m, "in_channels", None) for m in model.modules())
    channels = next((n for n in found if isinstance(n, int)), 3)
    first: ImportRefused | None = None
    for side in SIDES:
        try:
            with Foreign("forward"), torch.no_grad():
                model(torch.zeros(2, channels, side, side))
        except OutOfMemory:
            raise
        except ImportRefused as refusal:
            first = first or refusal
        else:
            return Shape((channels, side, side))
    raise ImportRefused(
        f"{source} took no image of {channels} × {SIDE} × {SIDE} nor of the other usual sizes: say "
        f"with --image C,H,W which it takes. At the first {first}"
    )
