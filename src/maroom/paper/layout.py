"""From blocks to strips: the grid of every paper, in points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from maroom.paper.blocks import Block, Bullets, Chart, Heading, Paragraph, Scale, Space, Table, Ticks, WarningBox
from maroom.paper.charts import chart_strip
from maroom.paper.lines import Line, Style, lines_of
from maroom.paper.strips import Dot, Part, Square, Strip, Words, base_of
from maroom.paper.tables import table_strips
from maroom.paper.tags import Element

SHORT = 8
"""A warning of so many lines stays on one page."""


@dataclass(frozen=True)
class Grid:
    """The room for text and how text is set in it."""

    width: float
    scale: Scale
    rtl: bool
    chinese: bool

    def style(self, size: float, bold: bool = False) -> Style:
        return Style(size, bold, self.rtl, self.chinese)

    def lines(self, text: str, width: float, bold: bool = False) -> list[Line]:
        return lines_of(text, self.style(self.scale.text, bold), width)


def title_strips(title: str, grid: Grid, root: Element) -> Iterator[Strip]:
    """The title of a paper and the room below it."""
    yield from _heading(title, grid.scale.title, root.child("H1"), grid)
    yield Strip(grid.scale.lead / 3, air=True, clings=True)


def strips_of(blocks: Sequence[Block], grid: Grid, root: Element) -> Iterator[Strip]:
    """All blocks, with the room between them."""
    before: Block | None = None
    for block in blocks:
        if before is not None:
            # the room below a heading keeps it with what it is the heading of
            yield Strip(_room(before, block) * grid.scale.lead, air=True, clings=isinstance(before, Heading))
        yield from _block(block, grid, root)
        before = block


def _room(before: Block, after: Block) -> float:
    """Between two blocks, in lines."""
    if Space in (type(before), type(after)):
        return 0
    if isinstance(after, Heading):
        return 1.1
    if isinstance(before, Heading):
        return 0.25
    return 0.8 if {WarningBox, Table} & {type(before), type(after)} else 0.5


def _block(block: Block, grid: Grid, root: Element) -> Iterator[Strip]:
    match block:
        case Heading():
            size = grid.scale.heading if block.level == 2 else grid.scale.text
            yield from _heading(block.text, size, root.child(f"H{block.level}"), grid)
        case Paragraph():
            lines = grid.lines(block.text, grid.width, block.strong)
            yield from kept_together(text_strips(lines, grid, 0, root.child("P")))
        case WarningBox():
            yield from _warning(block, grid, root)
        case Bullets():
            yield from _items(block.items, grid, root, _bullet(grid))
        case Ticks():
            yield from _items(block.items, grid, root, _tick(grid))
        case Table():
            yield from table_strips(block, grid.width, grid.scale, grid.lines, root)
        case Chart():
            yield chart_strip(block, grid.width, grid.style, root)
        case Space():
            yield Strip(block.lines * grid.scale.lead, air=True)
        case _:
            assert_never(block)


def text_strips(lines: Sequence[Line], grid: Grid, x: float, element: Element) -> list[Strip]:
    down = base_of(grid.scale.text, grid.scale.lead)
    return [Strip(grid.scale.lead, (Words(line, x, down, element),)) for line in lines]


def kept_together(strips: Sequence[Strip]) -> Iterator[Strip]:
    """No first line alone at the foot of a page, no last one alone at the head of the next."""
    for at, strip in enumerate(strips):
        yield replace(strip, clings=at in (0, len(strips) - 2) and at < len(strips) - 1)


def _heading(text: str, size: float, element: Element, grid: Grid) -> Iterator[Strip]:
    lead = size * 1.3
    for line in lines_of(text, grid.style(size, bold=True), grid.width):
        yield Strip(lead, (Words(line, 0, base_of(size, lead), element),), clings=True)


def _bullet(grid: Grid) -> tuple[Part, float]:
    """The mark of an item and where its words begin."""
    radius = grid.scale.text * 0.17
    middle = base_of(grid.scale.text, grid.scale.lead) - grid.scale.text * 0.3
    return Dot(radius, middle, radius), grid.scale.text * 1.1


def _tick(grid: Grid) -> tuple[Part, float]:
    side = grid.scale.text * 0.85
    top = base_of(grid.scale.text, grid.scale.lead) - side * 0.94
    return Square(0.5, top, side, side), side + grid.scale.text * 0.65


def _items(items: Sequence[str], grid: Grid, root: Element, mark: tuple[Part, float]) -> Iterator[Strip]:
    part, indent = mark
    listed = root.child("L")
    for at, item in enumerate(items):
        if at:
            yield Strip(grid.scale.lead / 4, air=True)
        body = listed.child("LI").child("LBody")
        first, *rest = text_strips(grid.lines(item, grid.width - indent), grid, indent, body)
        yield from kept_together([replace(first, parts=(part, *first.parts)), *rest])


def _warning(block: WarningBox, grid: Grid, root: Element) -> Iterator[Strip]:
    """The words are inset from the frame, which the page draws around the strips that bear it."""
    frame, inset = object(), grid.scale.lead
    section = root.child("Sect")
    width = grid.width - 2 * inset
    word = lines_of(block.word, grid.style(grid.scale.heading, bold=True), width)
    lead = grid.scale.heading * 1.3
    head = section.child("P")
    inside = [Strip(lead, (Words(line, inset, base_of(grid.scale.heading, lead), head),), clings=True) for line in word]
    for text in block.texts:
        inside.append(Strip(grid.scale.lead / 4, clings=True))
        inside += kept_together(text_strips(grid.lines(text, width), grid, inset, section.child("P")))
    pad = Strip(grid.scale.lead * 0.6, clings=True)
    strips = [pad, *inside[:-1], replace(inside[-1], clings=True), replace(pad, clings=False)]
    short = len(inside) <= SHORT
    for at, strip in enumerate(strips):
        yield replace(strip, frame=frame, clings=strip.clings or (short and at < len(strips) - 1))
