"""Two changes of one record brought together against what both started from. Pure: plain dicts in, plain dicts out.

References in the three bodies must lead to the same names: `references.named` sees to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maroom.fhir.exchange import Resource
from maroom.fhir.rule import Manner, Rule
from maroom.sync.merge.manners import additions, append_only
from maroom.sync.merge.moves import moves
from maroom.sync.merge.result import Choices, Clash, Conflict, Merged, Side, Taken, Told
from maroom.sync.merge.same import same
from maroom.sync.merge.three_way import three_way

__all__ = ["Choices", "Clash", "Conflict", "Merged", "Side", "Taken", "Told", "merge", "same"]


def merge(
    rule: Rule, base: Mapping[str, Any], mine: Resource, theirs: Resource, choices: Choices | None = None
) -> Merged | Conflict:
    """`base` is empty where both sides made the record. `choices` are what a person chose for paths that clashed."""
    chosen = choices or {}
    match rule.manner:
        case Manner.SERVER_WINS:
            return Merged(theirs)
        case Manner.THREE_WAY:
            return three_way(rule, base, mine, theirs, chosen)
        case Manner.APPEND_ONLY:
            return append_only(rule, base, mine, theirs, chosen)
        case Manner.ADDITIONS:
            return additions(rule, base, mine, theirs, chosen)
        case Manner.MOVES:
            return moves(rule, base, mine, theirs, chosen)
