"""The fonts that come with the program: Inter for words, JetBrains Mono for code."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from designer.resources import resource
from designer.ui.theme.scale import px

BODY = 13
SECONDARY = 12
CAPTION = 11
TITLE = 15

_FILES = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "JetBrainsMono-Regular.ttf",
)


@cache
def load_fonts() -> None:
    """Make the shipped fonts known to Qt; once a process, after the application exists."""
    known = set(QFontDatabase.families())
    for file in _FILES:
        if file.startswith("Jet") and "JetBrains Mono" in known:
            continue
        QFontDatabase.addApplicationFontFromData(resource("fonts", file).read_bytes())


def words(pixels: int = BODY, *, strong: bool = False) -> QFont:
    """Inter in a size at 100 %, as large as the scale of the interface makes it."""
    return exact_words(px(pixels), strong=strong)


def exact_words(pixels: int, *, strong: bool = False, tabular: bool = True) -> QFont:
    """Inter in a size, with tabular figures if wanted, and without the contextual alternates.

    With alternates `branch1x1` would be drawn as `branch1×1`, which nobody typed.
    """
    font = QFont("Inter")
    # what Inter lacks, as ⌈ and ⌋, is the other font's: so it looks the same everywhere
    font.setFamilies(["Inter", "JetBrains Mono"])
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("tnum"), int(tabular))
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def code(pixels: int = SECONDARY) -> QFont:
    """The fixed-width font in a size at 100 %, without ligatures."""
    font = QFont("JetBrains Mono")
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(px(pixels))
    font.setFeature(QFont.Tag("calt"), 0)
    return font
