"""The exported script, imported as anybody would import it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

from designer.codegen import render_script
from designer.core.design import Design


def imported(design: Design, folder: Path) -> Any:
    """Export a design into a folder, and import the file."""
    path = folder / "exported.py"
    path.write_text(render_script(design), "utf-8")
    spec = importlib.util.spec_from_file_location("exported", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["exported"] = module  # its dataclasses look themselves up there
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules["exported"]
    return module
