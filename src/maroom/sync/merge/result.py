"""What a merge comes to: one body, or what a person has to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from maroom.fhir.exchange import Resource


class Side(StrEnum):
    """Whose change stands. `BOTH`: a list keeps what each has; of a whole record, two records are kept."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


Choices = Mapping[str, Side]
"""By the path of a clash."""


class Told(StrEnum):
    """What people on both sides are told, beyond which fields were taken from whom."""

    NOTHING = ""
    VOID_STANDS = "void_stands"
    """entered in error on one side and changed on the other: it stays in error"""
    MOVES_UNITED = "moves_united"
    """the visit was moved on both sides; the later state stands"""


@dataclass(frozen=True)
class Taken:
    """What one side changed and the other did not: the path, whose, from what to what (None: absent)."""

    path: str
    side: Side
    before: Any
    after: Any


@dataclass(frozen=True)
class Clash:
    """What both changed, or what is too weighty to be merged unseen. The path is an element, `birthDate`, or one of a list,
    `telecom[phone|555-0100]`; it may hold patient data, as the values do (None: absent)."""

    path: str
    base: Any
    mine: Any
    theirs: Any
    recommended: Side


@dataclass(frozen=True)
class Merged:
    """`taken` is shown to people; nothing in it needs a decision."""

    resource: Resource
    taken: tuple[Taken, ...] = ()
    told: Told = Told.NOTHING


@dataclass(frozen=True)
class Conflict:
    """What a person has to choose, and what was merged beside it."""

    clashes: tuple[Clash, ...]
    taken: tuple[Taken, ...] = ()
