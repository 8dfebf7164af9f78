"""Numbers on the command line: read, or refused in plain words."""

from __future__ import annotations

import argparse
import math


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
