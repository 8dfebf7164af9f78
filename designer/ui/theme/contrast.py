"""Every pair of ink and ground that the views use, and the contrast between two colours."""

from __future__ import annotations

GROUNDS = ("window", "panel", "raised", "canvas", "node")

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ink in ("text", "text_muted", "text_faint") for ground in GROUNDS),
    *((ink, ground) for ink in ("good", "warning", "error") for ground in ("panel", "window")),
    ("text_muted", "frame_tint"),
    ("text", "frame_tint"),
    ("text_faint", "frame_tint"),
    ("text", "accent_soft"),
    ("text_muted", "accent_soft"),
    ("text", "error_soft"),
    ("error", "error_soft"),
    ("accent", "panel"),
    ("accent", "node"),
    ("accent", "error_soft"),
    ("error", "node"),
    ("error", "canvas"),
    ("on_accent", "accent"),
    ("on_accent", "error"),
    ("on_accent", "warning"),
)
"""Pairs that carry words: 4.5 : 1 at least."""

SIGN_PAIRS: tuple[tuple[str, str], ...] = (
    ("wire", "canvas"),
    ("wire", "node"),
    ("wire", "frame_tint"),
    ("accent", "canvas"),
    ("accent", "window"),
    ("focus", "panel"),
    ("focus", "window"),
    ("warning", "node"),
    *(
        (f"family_{name}", ground)
        for name in (
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
        for ground in ("panel", "node", "canvas")
    ),
    *((f"plot_{i}", "panel") for i in range(1, 7)),
)
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
