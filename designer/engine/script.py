"""A training script as a module: the very text that is exported is what trains here."""

from __future__ import annotations

import importlib.util
import linecache
import sys
from pathlib import Path
from types import ModuleType


def from_file(path: Path, name: str = "run_model") -> ModuleType:
    """Import the script of a run folder; its functions train exactly as the script would."""
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    # dataclasses look their module up while the file is still being executed
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def from_text(text: str, name: str) -> ModuleType:
    """Execute a script's text; tracebacks show its lines although there is no file."""
    file = f"<{name}>"
    lines = text.splitlines(keepends=True)
    linecache.cache[file] = (len(text), None, lines, file)
    module = ModuleType(name)
    module.__file__ = file
    sys.modules[name] = module
    exec(compile(text, file, "exec"), module.__dict__)
    return module
