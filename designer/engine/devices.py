"""Devices: what of this machine can train, and how much memory a run holds."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

import torch

from designer.core.machine import main_memory
from designer.protocol.reports import Device


def devices() -> tuple[Device, ...]:
    """All devices that torch can train on here, the CPU first."""
    found = [Device("cpu", platform.processor() or platform.machine() or "CPU", main_memory())]
    for index in range(torch.cuda.device_count()):
        about = torch.cuda.get_device_properties(index)
        found.append(Device(f"cuda:{index}", about.name, about.total_memory))
    if torch.backends.mps.is_available():
        found.append(Device("mps", "Apple GPU", torch.mps.recommended_max_memory()))
    return tuple(found)


def memory(device: torch.device) -> tuple[int, int]:
    """Bytes that this process holds on the device, and what the device has in all."""
    if device.type == "cuda":
        return torch.cuda.memory_reserved(device), torch.cuda.mem_get_info(device)[1]
    if device.type == "mps":
        return torch.mps.driver_allocated_memory(), torch.mps.recommended_max_memory()
    return _resident(), main_memory()


def _resident() -> int:
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, AttributeError, ValueError):
        return _largest_resident()


def _largest_resident() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest if sys.platform == "darwin" else largest * 1024
