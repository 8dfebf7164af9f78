"""Settings of the program, as opposed to those of a project: kept in one JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import platformdirs

from designer.core.decode import DecodeError, decode, encode
from designer.core.json_text import parse
from designer.core.lean import lean_dataclass
from designer.storage import StorageError, write_text

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

MOST_RECENT = 12
PATIENCE = 0.02
"""Seconds that nobody notices; a slow disk may take longer to write the file."""
APP = "convnet-designer"


@lean_dataclass(frozen=True, slots=True)
class Settings:
    """What the window remembers between two starts."""

    theme: Literal["system", "dark", "light"] = "system"
    scale: int = 100
    """Of the interface, in per cent."""
    recent: tuple[str, ...] = ()
    window: str = ""
    panels: str = ""
    """The place of the window and of its panels, as Qt writes them, in base 64."""
    menu_bar: bool = False
    maps: Literal["none", "below", "alone"] = "none"
    """Whether the canvas has blocks of feature maps, below its nodes or instead of them."""
    picture_look: Literal["shown", "canvas", "maps", "pyramid", "blocks"] = "shown"
    picture_colours: Literal["shown", "light", "dark"] = "shown"
    picture_shapes: bool = True
    picture_ground: bool = True
    picture_scale: float = 2.0
    picture_width: float = 0.0
    """How the last picture looked that was written or copied."""
    keys: Any = field(default_factory=dict)
    """A mapping of actions to their keys where the user changed them; whoever reads it judges the
    entries one by one."""

    def with_recent(self, path: Path) -> Settings:
        """Put a file in front of the recent ones."""
        text = str(path)
        others = [other for other in self.recent if other != text]
        return replace(self, recent=(text, *others)[:MOST_RECENT])

    def without_recent(self, text: str) -> Settings:
        """Take a file off the recent ones."""
        return replace(self, recent=tuple(other for other in self.recent if other != text))


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
        before, self.value = self.value, value
        # imported with the first change, for the first paint does not need it
        from concurrent.futures import ThreadPoolExecutor, wait

        self._writer = self._writer or ThreadPoolExecutor(1, "settings")
        wait((self._writer.submit(_store, self.path, before, value),), PATIENCE)

    def finish(self) -> None:
        """Return when everything is written."""
        if self._writer is not None:
            self._writer.submit(int).result()

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


def _store(path: Path, before: Settings, value: Settings) -> None:
    """Write what differs into the file as it is now: another window or version may share it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        held = _held(path)
        was, now = encode(before), encode(value)
        for name in (each.name for each in fields(value)):
            if getattr(before, name) != getattr(value, name):
                held[name] = _merged(held.get(name), was.get(name), now.get(name))
                if held[name] is None:
                    del held[name]
        write_text(path, json.dumps(held, indent=2, ensure_ascii=False) + "\n")
    except (OSError, StorageError):
        return  # a read-only home is no reason to stop anybody from working


def _held(path: Path) -> dict[str, Any]:
    """What the file holds; one that cannot be read is put aside first."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except ValueError:
        text = ""
    try:
        values = parse(text)
    except ValueError:
        values = None
    if isinstance(values, dict):
        return values
    path.replace(path.with_suffix(".unreadable"))
    return {}


def _merged(held: Any, before: Any, now: Any) -> Any:
    """A value to write; of a mapping only the entries that were changed. None: nothing."""
    if not isinstance(now or before, dict):
        return now
    before, now = (each if isinstance(each, dict) else {} for each in (before, now))
    made = dict(held) if isinstance(held, dict) else {}
    for name in before.keys() | now.keys():
        if before.get(name) != now.get(name):
            made.pop(name, None)
            made |= {name: now[name]} if name in now else {}
    return made or None
