"""What a design knows of data: which set it trains on, and what rules compare with."""

from __future__ import annotations

from designer.core.lean import lean_dataclass
from designer.core.parameter import param
from designer.core.shape import Shape


@lean_dataclass(frozen=True, slots=True)
class DataDescription:
    """What must be known of a data set to judge a design: never its images.

    `shape` is one image, channels first; the three counts are images in each split, 0 where the
    split is made at the start of a run.
    """

    name: str
    shape: Shape
    classes: tuple[str, ...]
    train: int
    validation: int
    test: int


@lean_dataclass(frozen=True, slots=True)
class DataSettings:
    """Which data a design is trained on."""

    source: str = param("letters", help="A data set's name, or a path to a folder, .npz or .csv")
    validation: float = param(
        0.1,
        above=0,
        max=0.5,
        help="Share of the training images to validate on, where the set has none",
    )
