"""The page frame of every paper: margins, head, foot, and what stands between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from maroom.paper.blocks import Block, Foot, Head, Size
from maroom.paper.faces import PLAIN, face
from maroom.paper.layout import Grid, strips_of, title_strips
from maroom.paper.letters import is_chinese, is_rtl_language, one_line
from maroom.paper.lines import Line, Style, lines_of
from maroom.paper.pen import HEIGHT, MARGIN, ROOM, Pen
from maroom.paper.strips import Page, Part, Rule, Square, Words, base_of, pages_of
from maroom.paper.tags import Element, tagged

SMALL, SMALL_LEAD = 11.0, 15.0
"""Head and foot, at every size of text."""
FOOT = SMALL_LEAD + 4
"""From the rule above the foot to the lower margin."""
RULE = 0.75
NAME_SHARE = 0.62
BELOW_HEAD = 14.0
THICK = 6.0
"""The rule at the beginning of a warning."""


@dataclass(frozen=True)
class _Band:
    """The head or the foot of a page: its parts and its height."""

    parts: tuple[Part, ...]
    height: float


def document(
    title: str,
    language: str,
    head: Head,
    body: Sequence[Block],
    *,
    size: Size = Size.NORMAL,
    foot: Foot | None = None,
) -> bytes:
    """A paper as PDF, Letter, the same bytes for the same input.

    `language` is a BCP 47 tag; it sets the direction. NoGlyph where a letter can be drawn by none of our fonts.
    """
    face(PLAIN)
    rtl = is_rtl_language(language)
    grid = Grid(ROOM, size.value, rtl, is_chinese(language))
    root = Element("Document")
    heading = _head(head, grid, root)
    strips = [*title_strips(one_line(title), grid, root), *strips_of(body, grid, root)]
    top = heading.height + BELOW_HEAD
    pages = pages_of(strips, HEIGHT - 2 * MARGIN - top - FOOT - BELOW_HEAD)
    pen = Pen(one_line(title), one_line(head.clinic), PLAIN, rtl)
    for number, page in enumerate(pages):
        _draw(pen, (heading if number == 0 else _unsaid(heading)).parts, 0)
        _draw_page(pen, page, top)
        foot_parts = _foot(foot or Foot(), number + 1, len(pages), grid)
        _draw(pen, foot_parts, HEIGHT - 2 * MARGIN - FOOT)
        pen.next_page()
    return tagged(pen.finished(), root, language)


def _head(head: Head, grid: Grid, root: Element) -> _Band:
    """Whose paper it is at the beginning of the line, whose house it comes from at its end, a rule under both."""
    near = NAME_SHARE * ROOM
    left = [*_small(head.name, grid, near, bold=True), *_small(head.born, grid, near)]
    right = [*_small(head.clinic, grid, ROOM - near, bold=True), *_small(head.number, grid, ROOM - near)]
    parts: list[Part] = [*_column(left, 0, root), *_column(right, None, root)]
    height = SMALL_LEAD * max(len(left), len(right))
    if head.alert:
        parts += _chip(head.alert, height, grid, root)
        height += SMALL_LEAD + 4
    height += 6
    return _Band((*parts, Rule(0, height, ROOM, RULE)), height + RULE)


def _small(text: str, grid: Grid, width: float, bold: bool = False) -> list[Line]:
    return lines_of(one_line(text), Style(SMALL, bold, grid.rtl, grid.chinese), width) if text else []


def _column(lines: Sequence[Line], x: float | None, root: Element) -> list[Part]:
    """Lines below each other, from `x` or up to the far margin."""
    down = base_of(SMALL, SMALL_LEAD)
    return [
        Words(line, ROOM - line.width if x is None else x, down + at * SMALL_LEAD, root.child("P"))
        for at, line in enumerate(lines)
    ]


def _chip(text: str, top: float, grid: Grid, root: Element) -> list[Part]:
    (line, *_) = _small(text, grid, ROOM, bold=True)
    element = root.child("P")
    down = top + 3
    return [
        Square(0, down, line.width + 10, SMALL_LEAD, filled=True),
        Words(line, 5, down + base_of(SMALL, SMALL_LEAD), element, white=True),
    ]


def _unsaid(band: _Band) -> _Band:
    """The same for a further page: seen, but not read aloud again."""
    parts = [Words(part.line, part.x, part.down, None, part.white) if isinstance(part, Words) else part for part in band.parts]
    return _Band(tuple(parts), band.height)


def _foot(foot: Foot, page: int, pages: int, grid: Grid) -> list[Part]:
    words = foot.pages.replace("{page}", str(page)).replace("{pages}", str(pages))
    down = 4 + base_of(SMALL, SMALL_LEAD)
    parts: list[Part] = [Rule(0, 0, ROOM, RULE)]
    near = [Words(line, 0, down, None) for line in _small(words, grid, ROOM)]
    far = [Words(line, ROOM - line.width, down, None) for line in _small(foot.note, grid, ROOM)]
    return [*parts, *near, *far]


def _draw(pen: Pen, parts: Sequence[Part], top: float) -> None:
    for part in parts:
        pen.draw(part, top)


def _draw_page(pen: Pen, page: Page, top: float) -> None:
    for down, strip in page.strips:
        _draw(pen, strip.parts, top + down)
    for down, high in _frames(page):
        pen.square(0, top + down, ROOM, high, filled=False)
        pen.square(0, top + down, THICK, high, filled=True)


def _frames(page: Page) -> list[tuple[float, float]]:
    """Where each frame begins on this page, and how high it is."""
    seen: dict[int, tuple[float, float]] = {}
    for down, strip in page.strips:
        if strip.frame is not None:
            start, _ = seen.get(id(strip.frame), (down, 0.0))
            seen[id(strip.frame)] = (start, down + strip.height - start)
    return list(seen.values())
