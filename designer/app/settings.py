"""Settings of the program, as opposed to those of a project: kept in one JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import platformdirs

from designer.core.decode import DecodeError, decode, encode
from designer.core.json_text import parse
from designer.storage import StorageError, write_text

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

MOST_RECENT = 12
PATIENCE = 0.02
"""Seconds that nobody notices; a slow disk may take longer to write the file."""
APP = "convnet-designer"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the window remembers between two starts; sizes in pixels, left to right."""

    theme: Literal["system", "dark", "light"] = "system"
    scale: int = 100
    """Of the interface, in per cent."""
    recent: tuple[str, ...] = ()
    size: tuple[int, int] = (1600, 1000)
    maximized: bool = False
    columns: tuple[int, ...] = (232, 1012, 356)
    rows: tuple[int, ...] = (561, 361)
    palette: bool = True
    inspector: bool = True
    dock: bool = True
    menu_bar: bool = False
    tab: int = 0

    def with_recent(self, path: Path) -> Settings:
        """Put a file in front of the recent ones."""
        text = str(path)
        others = [other for other in self.recent if other != text]
        return replace(self, recent=(text, *others)[:MOST_RECENT])


class SettingsFile:
    """The settings now and the file they are kept in; a file that is no use is left out.

    A thread writes; it is waited for only as long as nobody notices.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(platformdirs.user_config_dir(APP)) / "settings.json"
        self.value = self._read()
        self._writer: ThreadPoolExecutor | None = None

    def change(self, **values: Any) -> None:
        """Set some of them and write the file; without a place to write they hold until the end."""
        self.put(replace(self.value, **values))

    def put(self, value: Settings) -> None:
        """Take these settings and write the file, where they differ."""
        if value == self.value:
            return
        self.value = value
        # imported with the first change, for the first paint does not need it
        from concurrent.futures import ThreadPoolExecutor, wait

        self._writer = self._writer or ThreadPoolExecutor(1, "settings")
        wait((self._writer.submit(_store, self.path, value),), PATIENCE)

    def _read(self) -> Settings:
        """What the file holds, key by key, so that one strange value does not cost the others."""
        try:
            values = parse(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            return Settings()
        settings = Settings()
        if not isinstance(values, Mapping):
            return settings
        for name, value in values.items():
            try:
                one = decode(Settings, {name: value})
            except DecodeError:
                continue
            settings = replace(settings, **{name: getattr(one, name)})
        return settings


def _store(path: Path, value: Settings) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, json.dumps(encode(value), indent=2, ensure_ascii=False) + "\n")
    except (OSError, StorageError):
        return  # a read-only home is no reason to stop anybody from working
