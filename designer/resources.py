"""The way to the icons, themes, fonts, templates and data that come with the program.

In a clone (and so in an editable install) they lie in ``resources/`` at the top; a
wheel and a frozen bundle carry them inside the package as ``designer/_resources``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@cache
def _root() -> Traversable:
    package = Path(__file__).parent
    clone = package.parent / "resources"
    for place in (package / "_resources", clone):
        if place.is_dir():
            return place
    from importlib.resources import files  # only a zip needs it; importing it takes 6 ms

    installed = files("designer") / "_resources"
    if installed.is_dir():
        return installed
    raise FileNotFoundError(
        f"the program's resources are missing: neither {installed} nor {clone} exists; "
        "install convnet-designer again"
    )


def resource(*parts: str) -> Traversable:
    """Return the file or folder ``resources/part/part/…``, whether it exists or not.

    Each part is one name. Read it with ``read_text``, ``read_bytes``, ``open`` or
    ``iterdir``; where a library needs a real path, use ``importlib.resources.as_file``.
    Raises FileNotFoundError if the installation has no resources at all.
    """
    place = _root()
    for part in parts:
        place = place / part
    return place
