"""What becomes of a record of a kind that was changed here and elsewhere at once. Data; `sync/merge` acts by it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Manner(StrEnum):
    """How two changes of one record are brought together."""

    SERVER_WINS = "server_wins"
    """read only here"""
    THREE_WAY = "three_way"
    """what one side changed stands; what both changed is a person's"""
    APPEND_ONLY = "append_only"
    """the same, and an entry in error stays one whatever else was changed"""
    ADDITIONS = "additions"
    """new records never conflict; one that both changed is a person's"""
    MOVES = "moves"
    """an Encounter: the later state stands, and the times of both are kept"""


@dataclass(frozen=True)
class Rule:
    """Elements by FHIR's names; those of a choice without their type: `value` is valueQuantity as well."""

    manner: Manner
    sensitive: tuple[str, ...] = ()
    """changed by either side while the other changed anything at all, they are a person's"""
    grows: tuple[str, ...] = ()
    """of the sensitive ones: lists to which one may be added without asking"""
    together: tuple[str, ...] = ()
    """one is not mixed with another's: they are one thing to choose"""
    latest: tuple[str, ...] = ()
    """times of which the later stands"""
    order: tuple[str, ...] = ()
    """statuses of which the later stands"""


READ_ONLY = Rule(Manner.SERVER_WINS)
