"""A chart as values and words (`Plot`), and as the plain shapes that `plot_layout` makes of it (`Drawn`): screen and paper
draw the same.

Shapes are in the units of the room that was given (px or points), x to the right and y down. What a shape is made of is told
by its `Ink`; how that looks is the drawer's. No Qt, no PDF, no colour.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Pair = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A curve to read values against, its name at its end. `rank`: of two names that meet the lower one stands."""

    name: str
    points: tuple[Pair, ...]
    rank: int = 1
    strong: bool = False


@dataclass(frozen=True)
class Plot:
    """Values and words. `span` are the ends of the axis below; `across` and `ticks` the marks below and at the left (place,
    word), in order, and the first and the last tick are the ends of the value axis. `shaded` are the numbers of the two curves
    with the usual between them. `own` are the points that it is all about, in order, the last one marked and named by
    `label`; `spoken` says all of it in words."""

    spoken: str
    span: Pair
    across: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[Line, ...]
    own: tuple[Pair, ...] = ()
    label: str = ""
    shaded: tuple[int, int] | None = None
    typed: bool = False
    """whether the last point is not on record yet"""


class Ink(StrEnum):
    GRID = "grid"
    BAND = "band"
    CURVE = "curve"
    MEDIAN = "median"
    OWN = "own"
    PLATE = "plate"


@dataclass(frozen=True)
class Path:
    """A stroke, or an area where `closed`."""

    ink: Ink
    points: tuple[Pair, ...]
    closed: bool = False


@dataclass(frozen=True)
class Dot:
    """A value of the child's: a ring, or `full` for the one at hand; `typed` has a ring around it besides."""

    at: Pair
    radius: float
    full: bool = False
    typed: bool = False


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    wide: float
    high: float

    def meets(self, other: Box) -> bool:
        across = self.left < other.left + other.wide and other.left < self.left + self.wide
        return across and self.top < other.top + other.high and other.top < self.top + self.high

    def within(self, other: Box) -> bool:
        across = self.left >= other.left and self.left + self.wide <= other.left + other.wide
        return across and self.top >= other.top and self.top + self.high <= other.top + other.high


@dataclass(frozen=True)
class Word:
    """`box` is what the word takes up; `plate` where it stands white on dark."""

    text: str
    box: Box
    strong: bool = False
    plate: bool = False


@dataclass(frozen=True)
class Drawn:
    """In the order of drawing: paths, then dots, then words."""

    paths: tuple[Path, ...]
    dots: tuple[Dot, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Room:
    """How large the drawing is, how high a word stands, and how wide it is (text, strong)."""

    wide: float
    high: float
    type: float
    advance: Callable[[str, bool], float]
