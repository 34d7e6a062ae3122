"""Colours that people can read: contrast as WCAG 2.2 defines it, and a theme's verdict."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.i18n import _

TEXT, PART = 4.5, 3.0
"""The least contrast of text, and of the parts of a control and the ring around what has focus."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_FONTS: Mapping[str, str] = {
    "system": "system-ui, sans-serif",
    "serif": "Georgia, serif",
    "inherit": "inherit",
}
FONTS = tuple(_FONTS)


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as ``#rrggbb``, ``radius`` and ``gap`` in pixels, ``font`` one of FONTS."""

    accent: str = "#0b5563"
    surface: str = "#ffffff"
    text: str = "#17212b"
    border: str = "#7a8791"
    focus: str = "#17212b"
    radius: int = 6
    gap: int = 16
    font: str = "system"

    @property
    def on_accent(self) -> str:
        """White or black: whichever reads better on the accent."""
        return max(("#ffffff", "#000000"), key=lambda colour: contrast(colour, self.accent))

    def tokens(self) -> dict[str, str]:
        """The values of the custom properties ``--tdm-…``, by name without that prefix."""
        return {
            "accent": self.accent,
            "on-accent": self.on_accent,
            "surface": self.surface,
            "text": self.text,
            "border": self.border,
            "focus": self.focus,
            "radius": f"{self.radius}px",
            "gap": f"{self.gap}px",
            "font": _FONTS[self.font],
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """A pair of colours of a theme: the field to change, its ratio, and the least that will do."""

    field: str
    title: str
    ratio: float
    least: float

    @property
    def good(self) -> bool:
        """Whether people can tell the two apart."""
        return self.ratio >= self.least


def is_colour(text: str) -> bool:
    """Whether this is ``#rrggbb`` in small letters."""
    return bool(_COLOUR.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours ``#rrggbb``, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def verdicts(theme: Theme) -> tuple[Verdict, ...]:
    """Every pair that must be told apart, with its ratio rounded down to hundredths."""
    pairs = (
        ("text", _("Tekst op het vlak"), theme.text, theme.surface, TEXT),
        ("accent", _("Links op het vlak"), theme.accent, theme.surface, TEXT),
        ("accent", _("Tekst op de knop"), theme.on_accent, theme.accent, TEXT),
        ("border", _("Rand van een veld op het vlak"), theme.border, theme.surface, PART),
        ("focus", _("Kader rond wat u kiest"), theme.focus, theme.surface, PART),
    )
    return tuple(
        Verdict(field, title, int(contrast(one, other) * 100) / 100, least)
        for field, title, one, other, least in pairs
    )


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
