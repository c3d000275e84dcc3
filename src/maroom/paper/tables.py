"""Tables: rows of words under titles that stand again on every page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from maroom.paper.blocks import Column, Scale, Table
from maroom.paper.lines import Line
from maroom.paper.strips import Rule, Strip, Words, base_of
from maroom.paper.tags import Element

Setter = Callable[[str, float, bool], list[Line]]
"""(text, width, bold) to lines."""

THIN, THICK = 0.5, 1.0
BETWEEN = 1.2
"""The room between two columns, in sizes of the text."""
TALL = 6
"""A row of more lines than this may run over the end of a page."""


def table_strips(table: Table, width: float, scale: Scale, setter: Setter, root: Element) -> Iterator[Strip]:
    """The titles, then the rows, with a rule under each."""
    columns = _places(table.columns, width, BETWEEN * scale.text)
    element = root.child("Table")
    titles = [replace(column, strong=True) for column in table.columns]
    head = _Row(titles, columns, scale, setter)
    top = head.strips([column.title for column in titles], element.child("TR"), "TH", width, THICK)
    yield from (replace(strip, clings=True) for strip in top)
    repeated = _unsaid(head.strips([column.title for column in titles], Element("TR"), "TH", width, THICK))
    body = _Row(table.columns, columns, scale, setter)
    for row in table.rows:
        for strip in body.strips(row, element.child("TR"), "TD", width, THIN):
            yield replace(strip, again=repeated)


def _places(columns: Sequence[Column], width: float, between: float) -> list[tuple[float, float]]:
    """Where each column begins and how wide it is."""
    unit = (width - between * (len(columns) - 1)) / sum(column.share for column in columns)
    x = 0.0
    places: list[tuple[float, float]] = []
    for column in columns:
        places.append((x, column.share * unit))
        x += column.share * unit + between
    return places


def _unsaid(strips: Sequence[Strip]) -> Strip:
    """One strip of all, which a screen reader passes over: it has said the titles once."""
    parts: list[Words | Rule] = []
    top = 0.0
    for strip in strips:
        for part in strip.parts:
            if isinstance(part, Words):
                parts.append(replace(part, down=part.down + top, element=None))
            elif isinstance(part, Rule):
                parts.append(replace(part, down=part.down + top))
        top += strip.height
    return Strip(top, tuple(parts))


class _Row:
    """Sets the rows of one table."""

    def __init__(self, columns: Sequence[Column], places: Sequence[tuple[float, float]], scale: Scale, setter: Setter) -> None:
        self._columns, self._places, self._scale, self._setter = columns, places, scale, setter

    def strips(self, words: Sequence[str], row: Element, tag: str, width: float, thick: float) -> list[Strip]:
        """A strip a line, the rule in the last; ValueError where there are more or fewer words than columns."""
        pad = self._scale.lead * 0.2
        cells = [
            [self._words(line, column, place, element) for line in self._setter(text, place[1], column.strong)]
            for text, column, place in zip(words, self._columns, self._places, strict=True)
            for element in [row.child(tag)]
        ]
        high = max(len(cell) for cell in cells)
        made = [Strip(pad, clings=True)]
        for at in range(high):
            parts = tuple(cell[at] for cell in cells if at < len(cell))
            made.append(Strip(self._scale.lead, parts, clings=high <= TALL or at in (0, high - 2, high - 1)))
        return [*made, Strip(pad, (Rule(0, pad - thick, width, thick),))]

    def _words(self, line: Line, column: Column, place: tuple[float, float], element: Element) -> Words:
        x, width = place
        down = base_of(self._scale.text, self._scale.lead)
        return Words(line, x + (width - line.width if column.figures else 0), down, element)
