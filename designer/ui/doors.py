"""The doors of the window: what it is given from outside, so that tests can give something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from designer.core.lean import lean_dataclass
from designer.ui.code.text import Render
from designer.ui.fields.form import Suggest
from designer.ui.files import Dialogs, Export
from designer.ui.palette import Families


@lean_dataclass(frozen=True)
class Doors:
    """Texts, names and dialogs."""

    render: Render
    export_script: Export
    families: Families
    suggest: Suggest
    data_names: Callable[[], Sequence[str]]
    device_names: Callable[[], Sequence[str]]
    dialogs: Dialogs | None = None
