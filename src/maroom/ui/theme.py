"""Colours, sizes and type: read from look/palettes.toml, given to QSS, painters and QPalette.

Not for widgets (widgets.py), not for icons (icons.py). A view names roles and size tokens, never a colour or a number.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtGui import QColor, QFont, QPalette

from maroom.core import resources

PALETTES = ("light", "dark", "contrast")
READABLE = {"light": 4.5, "dark": 4.5, "contrast": 7.0}
SEEN = 3.0
FACTORS = (1.0, 1.75)
LEAST_WIDTH = 850
FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans SC")

_QT_ROLES = {
    QPalette.ColorRole.Window: "surface",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface_raised",
    QPalette.ColorRole.AlternateBase: "surface_sunk",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface_raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.PlaceholderText: "text_off",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.ToolTipBase: "inverse",
    QPalette.ColorRole.ToolTipText: "on_inverse",
}


class _Sheet(string.Template):
    """`@name` stands for a role or a size; `@{name}` where letters follow."""

    delimiter = "@"


@dataclass(frozen=True)
class Theme:
    """One palette at one type size. Sizes are in px, already multiplied."""

    name: str
    factor: float
    roles: Mapping[str, str]
    sizes: Mapping[str, int]
    caps: Mapping[str, str]

    def colour(self, role: str) -> QColor:
        return QColor(self.roles[role])

    def cap(self, name: str) -> QColor:
        return QColor(self.caps[name])

    def px(self, size: str) -> int:
        return self.sizes[size]

    def font(self, size: str = "type_body", strong: bool = False) -> QFont:
        font = QFont(list(families()))
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def sheet(self) -> str:
        """The QSS of the program in these colours and sizes."""
        template = _Sheet(resources.text("look/theme.qss.in"))
        return template.substitute(self.roles, **{name: f"{px}px" for name, px in self.sizes.items()})

    def qt_palette(self) -> QPalette:
        palette = QPalette()
        for role, name in _QT_ROLES.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text_off"))
        return palette


@cache
def _palettes() -> dict[str, Any]:
    return resources.table("look/palettes.toml")


@cache
def families() -> tuple[str, ...]:
    """The families we ship, in the order in which a missing letter is looked for."""
    try:
        return tuple(dict.fromkeys(font.family for font in resources.fonts()))
    except FileNotFoundError:
        return FAMILIES


def load(name: str = "light", factor: float = 1.0) -> Theme:
    """One palette. `factor` is the person's type size, 1.0 to 1.75; an unknown name gives the light one."""
    table = _palettes()
    palette = table[name if name in PALETTES else PALETTES[0]]
    factor = min(max(factor, FACTORS[0]), FACTORS[1])
    roles = {role: palette["colours"][colour] for role, colour in palette["roles"].items()}
    return Theme(name, factor, roles, _sizes(table["sizes"], factor), table["caps"])


def fitting(factor: float, width: int) -> float:
    """The largest factor up to the wished one that a window `width` px wide can carry: 1.5 at 1280, 1.75 from 1490."""
    return max(FACTORS[0], min(factor, width / LEAST_WIDTH))


def _sizes(groups: Mapping[str, Any], factor: float) -> dict[str, int]:
    growth = {"type": factor, "control": factor, "frame": (1 + factor) / 2, "space": 1.0}
    sizes: dict[str, int] = {}
    for group, by in growth.items():
        plain = {k: v for k, v in groups[group].items() if k != "col"}
        columns = {f"col_{k}": v for k, v in groups[group].get("col", {}).items()}
        kind = "type_" if group == "type" else ""
        sizes |= {f"{kind}{k}": round(v * by) for k, v in (plain | columns).items()}
    return sizes


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two #rrggbb colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def weak_pairs(name: str) -> list[tuple[str, str, float, float]]:
    """Role pairs under their limit: (front, back, measured, wanted). Empty when all is readable."""
    theme, pairs = load(name), _palettes()["pairs"]
    wanted = [(a, b, READABLE[name]) for a, b in pairs["text"]] + [(a, b, SEEN) for a, b in pairs["shape"]]
    measured = [(a, b, contrast(theme.roles[a], theme.roles[b]), least) for a, b, least in wanted]
    return [row for row in measured if row[2] < row[3]]


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
