"""Numbers on the command line: read, or refused in plain words."""

from __future__ import annotations

import argparse
import math
import re


def positive(text: str) -> int:
    """Read a whole number from 1."""
    number = whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1; received {text[:40]}")
    return number


def whole(text: str) -> int:
    """Read a whole number; what its limits are, the design's settings say."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"must be a whole number; received '{text[:40]}'"
        ) from None


def rate(text: str) -> float:
    """Read a finite number above 0."""
    try:
        number = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a number; received '{text[:40]}'") from None
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"must be more than 0; received {text[:40]}")
    return number


_UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


def size_in_bytes(text: str) -> int:
    """Read a size in memory: `8GB`, `500 MB`, `16GiB`, or plain bytes."""
    found = re.fullmatch(r"\s*(\d{1,18}(?:\.\d{1,9})?)\s*([kKMGT]?)(i?)[bB]?\s*", text, re.ASCII)
    if found is None or (found[3] and not found[2]):
        raise argparse.ArgumentTypeError(
            f"must be a size such as 8GB or 500MB; received '{text[:40]}'"
        )
    unit = found[2].replace("K", "k")
    factor = 1024 ** "kMGT".index(unit) * 1024 if found[3] else _UNITS[unit]
    size = int(float(found[1]) * factor)
    if size < 1:
        raise argparse.ArgumentTypeError(f"must be more than 0; received '{text[:40]}'")
    return size
