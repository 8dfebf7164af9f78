"""What each colour is for, every pair of ink and ground, and the contrast between two colours."""

from __future__ import annotations

from itertools import product

INKS = ("text", "text_muted", "text_faint", "accent", "good", "warning", "error")
"""What words are written in, on any ground."""
GROUNDS = (
    "window",
    "panel",
    "raised",
    "hover",
    "canvas",
    "node",
    "accent_soft",
    "error_soft",
    "frame",
    "frame_tint",
)
"""What words are written on, in any ink."""
FILLS = ("accent", "accent_hover", "error", "warning")
"""What words are written on in `on_accent` alone: buttons, badges, keys."""
FAMILIES = (
    "convolution",
    "normalisation",
    "activation",
    "pooling",
    "merge",
    "shape",
    "head",
    "image",
    "regularisation",
)
SIGNS = (
    "wire",
    "focus",
    *(f"family_{name}" for name in FAMILIES),
    *(f"plot_{i}" for i in range(1, 7)),
)
"""What lines, stripes, ports and rings are painted in."""
SIGN_GROUNDS = (
    "window",
    "panel",
    "raised",
    "canvas",
    "node",
    "error_soft",
    "frame",
    "frame_tint",
)
DECOR = ("line", "line_strong", "node_line", "frame_line", "grid_dot", "shadow")
"""What tells nothing that is not told otherwise: hairlines, edges, the grid."""

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *product(INKS, GROUNDS),
    *(("on_accent", fill) for fill in FILLS),
)
"""Pairs that carry words: 4.5 : 1 at least."""

SIGN_PAIRS: tuple[tuple[str, str], ...] = tuple(product(SIGNS, SIGN_GROUNDS))
"""Pairs that carry a line, a stripe or a sign: 3 : 1 at least."""

TEXT_NEEDS = 4.5
SIGN_NEEDS = 3.0


def contrast(ink: str, ground: str) -> float:
    """The contrast of two `#rrggbb` colours after WCAG 2, from 1 to 21."""
    lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
