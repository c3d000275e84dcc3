"""Who acts, in what role, with what rights, and the opening of a page that ties a person to a visit."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from maroom.core.ids import new_id
from maroom.core.visit import VisitRef


class Role(StrEnum):
    ASSISTANT = "assistant"
    LEAD = "lead"
    PROVIDER = "provider"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


class Right(StrEnum):
    """What an act needs. Which role has which is said in `access/rights.py` and nowhere else."""

    SIGN_IN = "sign_in"
    READ = "read"
    ROOM = "room"
    CHART = "chart"
    REGISTER = "register"
    CLINIC = "clinic"
    UPKEEP = "upkeep"


@dataclass(frozen=True)
class Author:
    """A signed-in person. `staff` is her record id and goes into every row she writes."""

    staff: str
    name: str
    role: Role


SYSTEM = Author("system", "maroom", Role.SYSTEM)


@dataclass(frozen=True)
class Opening:
    """One page opened by one person, for one visit or for none. Reads under one opening are audited once."""

    author: Author
    visit: VisitRef | None = None
    id: str = field(default_factory=new_id)
