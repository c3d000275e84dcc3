"""A paper before it is cut into pages: strips of the height of a line, from top to bottom.

All `x` are points from the edge where reading begins, so that one layout serves both directions; all `down` are points
below the top of the strip.
"""

from dataclasses import dataclass, field

from maroom.core.plot import Drawn, Word
from maroom.paper.lines import Line
from maroom.paper.tags import Element


@dataclass(frozen=True)
class Words:
    """One line of text; `element` is what it is part of, none for what a screen reader passes over."""

    line: Line
    x: float
    down: float
    element: Element | None
    white: bool = False


@dataclass(frozen=True)
class Square:
    """An empty box to tick, or a filled one."""

    x: float
    down: float
    wide: float
    high: float
    filled: bool = False


@dataclass(frozen=True)
class Dot:
    """`down` is its middle."""

    x: float
    down: float
    radius: float


@dataclass(frozen=True)
class Rule:
    x: float
    down: float
    wide: float
    thick: float


@dataclass(frozen=True)
class Sketch:
    """A chart that is laid out in points, with the line of each of its words; all of it is one element. Never mirrored."""

    drawn: Drawn
    words: tuple[tuple[Word, Line], ...]
    element: Element


Part = Words | Square | Dot | Rule | Sketch


@dataclass(frozen=True, eq=False)
class Strip:
    """Never cut; a page ends between two of them."""

    height: float
    parts: tuple[Part, ...] = ()
    clings: bool = False
    """Stays on the page of the next strip."""
    air: bool = False
    """Room between two things: falls away at the top of a page."""
    frame: object | None = None
    """Strips of one frame that stand together get one box around them."""
    again: "Strip | None" = None
    """What stands above it when a page begins here: the titles of its table."""


def base_of(size: float, lead: float) -> float:
    """How far below the top of a line its letters stand: the room above and below them is even."""
    return (lead - size) / 2 + size * 0.86


@dataclass(frozen=True)
class Page:
    """Strips with the distance of each one's top from the top of the page's room."""

    strips: list[tuple[float, Strip]] = field(default_factory=list[tuple[float, Strip]])


def pages_of(strips: list[Strip], height: float) -> list[Page]:
    """Cuts the strips into pages with room for `height` points. What is taller than a page is cut anywhere."""
    pages = [Page()]
    down = 0.0
    for group in _groups(strips):
        if down + sum(strip.height for strip in group) > height and pages[-1].strips:
            pages.append(Page())
            down = 0.0
        for strip in group:
            if down + strip.height > height and pages[-1].strips:
                pages.append(Page())
                down = 0.0
            if pages[-1].strips or not strip.air:
                down = _place(pages[-1], strip, down)
    return pages


def _place(page: Page, strip: Strip, down: float) -> float:
    if strip.again and not page.strips:
        page.strips.append((down, strip.again))
        down += strip.again.height
    page.strips.append((down, strip))
    return down + strip.height


def _groups(strips: list[Strip]) -> list[list[Strip]]:
    """Strips that stay on one page."""
    groups: list[list[Strip]] = [[]]
    for strip in strips:
        groups[-1].append(strip)
        if not strip.clings:
            groups.append([])
    return [group for group in groups if group]
