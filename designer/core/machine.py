"""This machine: how much main memory it has, and how much of it is free."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path

_CGROUP = Path("/sys/fs/cgroup")


def main_memory() -> int:
    """Bytes of main memory that this process may use in all; 0 where nobody says."""
    whole = _windows("ullTotalPhys") if sys.platform == "win32" else _pages("SC_PHYS_PAGES")
    limit = _number(_CGROUP / "memory.max")  # a container may have less
    return whole if limit is None else min(whole, limit)


def free_memory() -> int:
    """Bytes of main memory that a new process could take now; 0 where nobody says."""
    if sys.platform == "win32":
        return _windows("ullAvailPhys")
    limit, used = (_number(_CGROUP / name) for name in ("memory.max", "memory.current"))
    free = _available()
    return free if limit is None or used is None else min(free, max(0, limit - used))


def _available() -> int:
    try:
        text = Path("/proc/meminfo").read_text("ascii")
    except OSError:
        return _pages("SC_AVPHYS_PAGES") or _pages("SC_PHYS_PAGES")  # macOS says only the whole
    found = re.search(r"MemAvailable:\s+(\d+) kB", text)
    return 1024 * int(found[1]) if found else _pages("SC_AVPHYS_PAGES")


def _pages(name: str) -> int:
    try:
        return os.sysconf(name) * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 0


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text("ascii"))
    except (OSError, ValueError):
        return None


def _windows(field: str) -> int:
    """One figure of GlobalMemoryStatusEx."""
    names = ("ullTotalPhys", "ullAvailPhys", "ullTotalPageFile", "ullAvailPageFile",
             "ullTotalVirtual", "ullAvailVirtual", "ullAvailExtendedVirtual")  # fmt: skip

    class Status(ctypes.Structure):
        _fields_ = [
            ("dwLength", ctypes.c_ulong),
            ("dwMemoryLoad", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in names),
        ]

    status = Status(dwLength=ctypes.sizeof(Status))
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - only Windows has it
    return int(getattr(status, field)) if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else 0
