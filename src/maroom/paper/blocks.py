"""What a paper is made of, as plain words. Every text is shown as it is: no markup is read in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from maroom.core.plot import Plot


@dataclass(frozen=True)
class Scale:
    """Sizes of type in points; `lead` is the distance of two lines."""

    text: float
    lead: float
    heading: float
    title: float


class Size(Enum):
    """How large the text of a paper is; its grid and its head stay the same."""

    NORMAL = Scale(text=11, lead=15, heading=13, title=19)
    LARGE = Scale(text=16, lead=22, heading=19, title=26)
    VERY_LARGE = Scale(text=20, lead=27, heading=24, title=32)


@dataclass(frozen=True)
class Head:
    """What stands in the head of each page: whose paper it is, and whose house it comes from."""

    name: str
    born: str
    """The date of birth with its word: `born 14 Mar 2026`."""
    clinic: str = ""
    number: str = ""
    """The record number with its word: `MRN 004417`."""
    alert: str = ""
    """White on black beside the name: `same name today`."""


@dataclass(frozen=True)
class Foot:
    """What stands in the foot of each page; `{page}` and `{pages}` are put in."""

    pages: str = "Page {page} of {pages}"
    note: str = ""


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2
    """2 or 3; the title of the paper is 1."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; a line feed in it begins a new line."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class WarningBox:
    """A framed box with a thick rule at its beginning, and a word that says what it is: `Call today if`."""

    word: str
    texts: Sequence[str]


@dataclass(frozen=True)
class Bullets:
    items: Sequence[str]


@dataclass(frozen=True)
class Ticks:
    """Items with an empty box each, to be ticked by hand."""

    items: Sequence[str]


@dataclass(frozen=True)
class Column:
    """One column of a table; `share` is its part of the width, beside the others'."""

    title: str
    share: float = 1.0
    strong: bool = False
    figures: bool = False
    """Set at the end side, as numbers are."""


@dataclass(frozen=True)
class Table:
    """Rows of words, as many in each as there are columns; the titles stand again on every page it runs over."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Chart:
    """A chart over the whole width, `high` points high; a screen reader says the words of its plot instead."""

    plot: Plot
    high: float


@dataclass(frozen=True)
class Space:
    """Empty room, in lines of the paper's text."""

    lines: float = 1.0


Block = Heading | Paragraph | WarningBox | Bullets | Ticks | Table | Chart | Space
