"""A page in progress as it is parked: whose, for which visit, what was typed and where the cursor stood."""

from __future__ import annotations

from dataclasses import dataclass

from maroom.core.people import Opening
from maroom.core.visit import VisitRef


@dataclass(frozen=True)
class DraftKey:
    author: str
    visit: str
    patient: str
    page: str

    @classmethod
    def of(cls, opening: Opening, page: str) -> DraftKey:
        visit = opening.visit or VisitRef("", "")
        return cls(opening.author.staff, visit.visit, visit.patient, page)


@dataclass(frozen=True)
class Draft:
    """`state` is the presenter's own text (UTF-8), `field` and `cursor` where she was typing."""

    key: DraftKey
    state: bytes
    field: str = ""
    cursor: int = 0
