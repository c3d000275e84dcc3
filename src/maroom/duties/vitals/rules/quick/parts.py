"""What a quick line consists of: pieces of its text, each a value, how one was measured, or marked as not understood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import Sign


class Kind(StrEnum):
    VALUE = "value"
    HOW = "how"
    """a qualifier of the value that it belongs to"""
    MARKED = "marked"
    """nothing is taken from it; `why` says the reason"""


class Mark(StrEnum):
    """Why nothing is taken from a piece."""

    UNKNOWN = "unknown"
    """also a bare number, which could be of any sign"""
    UNREADABLE = "unreadable"
    """it names its sign, but is no value of it: 11 lb 16 oz, p72.5"""
    NO_UNIT = "no_unit"
    """it could be in more than one unit"""
    UNSURE = "unsure"
    """it could mean two things: `r 16`, `ra` behind a pressure"""
    TWICE = "twice"
    """there is one already, and the first one holds"""
    NO_SIGN = "no_sign"
    """how something was measured, without the value"""
    POUNDS = "pounds"
    """of somebody who is weighed in kilograms only; `values` says what it is"""


@dataclass(frozen=True)
class Entry:
    """What goes into one field of the form, as it was typed."""

    field: str
    text: str
    value: Quantity


@dataclass(frozen=True)
class How:
    """A word of qualifiers.toml, or `rhythm`."""

    qualifier: str
    word: str


@dataclass(frozen=True)
class Part:
    """`text[start:end]` of the line. A pressure has two entries, any other value one; `unit` (UCUM) is that of its values."""

    start: int
    end: int
    kind: Kind
    sign: Sign | None = None
    entries: tuple[Entry, ...] = ()
    how: How | None = None
    why: Mark | None = None

    @property
    def unit(self) -> str:
        return self.entries[0].value.unit if self.entries else ""


@dataclass(frozen=True)
class QuickLine:
    """All pieces, in their order; between them stand nothing but spaces, commas and semicolons."""

    parts: tuple[Part, ...]

    @property
    def entries(self) -> tuple[tuple[Sign, Entry], ...]:
        """What the form is filled with."""
        values = [part for part in self.parts if part.kind is Kind.VALUE]
        return tuple((part.sign, entry) for part in values if part.sign for entry in part.entries)

    @property
    def hows(self) -> tuple[tuple[Sign, How], ...]:
        """How the values were measured."""
        return tuple((part.sign, part.how) for part in self.parts if part.kind is Kind.HOW and part.sign and part.how)

    @property
    def marked(self) -> tuple[Part, ...]:
        """What is shown as not understood; while there is any, Enter leads there instead of filling the form."""
        return tuple(part for part in self.parts if part.kind is Kind.MARKED)
