"""How a server is written to: by what it says of itself, by what it was then seen to do, or as somebody set it. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from maroom.fhir.capability import Capability
from maroom.store.base import Op
from maroom.sync.push.answers import Asked


class Mode(StrEnum):
    """From the best down. `P`: our ids, in transactions. `C`: conditional creates, in transactions. `S`: one by one, each
    asked for by our identifier before. `F`: one by one, known again by what they say, as our identifier does not come back."""

    P = "P"
    C = "C"
    S = "S"
    F = "F"


@dataclass(frozen=True)
class ServerFacts:
    """`address` is the base; `mode` what an administrator chose, none for the best that works."""

    address: str
    capability: Capability = field(default_factory=Capability)
    mode: Mode | None = None


TRANSACTION, OWN_IDS, CONDITION, SEARCH, IDENTIFIER = "transaction", "own_ids", "condition", "search", "identifier"
"""What a server may be found not to do; a type that it does not take is `create Patient`, `update Observation`."""


@dataclass(frozen=True)
class Learned:
    """What was found out by asking, kept by the server's address. `claims` is the digest of what it said of itself at the
    time: where that changes, what it did not do is tried anew."""

    claims: str = ""
    never: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    """types of which a create was read back, to see what became of our identifier"""
    took: frozenset[str] = frozenset()
    """types of which it took a create"""
    most: int = 0
    """entries in a bundle, 0: not known"""
    misses: int = 0
    """requests in a row that were not answered, or by a failing server"""
    not_before: datetime | None = None
    bidden: bool = False
    """it was the server that said how long to wait"""

    def without(self, *what: str) -> Learned:
        return replace(self, never=self.never | set(what))

    def having(self, rtype: str) -> Learned:
        return replace(self, seen=self.seen | {rtype})

    def taking(self, *rtypes: str) -> Learned:
        return replace(self, took=self.took | set(rtypes))

    def does(self, what: str) -> bool:
        return what not in self.never

    def as_json(self) -> dict[str, Any]:
        return {
            "claims": self.claims, "never": sorted(self.never), "seen": sorted(self.seen), "took": sorted(self.took),
            "most": self.most, "misses": self.misses, "not_before": self.not_before.isoformat() if self.not_before else None,
            "bidden": self.bidden,
        }  # fmt: skip

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Learned:
        until = kept.get("not_before")
        return cls(
            claims=kept.get("claims", ""), never=frozenset(kept.get("never", ())), seen=frozenset(kept.get("seen", ())),
            took=frozenset(kept.get("took", ())), most=kept.get("most", 0), misses=kept.get("misses", 0),
            not_before=datetime.fromisoformat(until) if until else None, bidden=kept.get("bidden", False),
        )  # fmt: skip


def claims(capability: Capability) -> str:
    """A digest of what a server says of itself; empty where it says nothing."""
    if not capability.types and not capability.whole:
        return ""
    types = [
        (rtype, sorted(one.interactions), one.update_create, one.conditional_create)
        for rtype, one in sorted(capability.types.items())
    ]
    return hashlib.sha256(repr((capability.software, sorted(capability.whole), types)).encode()).hexdigest()


class Reason(StrEnum):
    """Why a mode and not a better one."""

    CHOSEN = "chosen"
    NO_TRANSACTION = "no_transaction"
    NO_OWN_IDS = "no_own_ids"
    NO_CONDITION = "no_condition"
    NO_IDENTIFIER = "no_identifier"
    NO_SEARCH = "no_search"


_LACKS = {
    TRANSACTION: Reason.NO_TRANSACTION,
    OWN_IDS: Reason.NO_OWN_IDS,
    CONDITION: Reason.NO_CONDITION,
    SEARCH: Reason.NO_SEARCH,
    IDENTIFIER: Reason.NO_IDENTIFIER,
}
_WANTS: dict[Mode, tuple[str, ...]] = {
    Mode.P: (TRANSACTION, OWN_IDS),
    Mode.C: (TRANSACTION, CONDITION, SEARCH, IDENTIFIER),
    Mode.S: (SEARCH, IDENTIFIER),
    Mode.F: (),
}


def mode(server: ServerFacts, learned: Learned) -> tuple[Mode, tuple[Reason, ...]]:
    """The best that works, and what keeps it from a better one. What somebody chose is taken at its word, and left only where
    the server was seen not to do it."""
    lacking = learned.never if server.mode else learned.never | _unclaimed(server.capability)
    modes = list(Mode)
    reasons: list[Reason] = [Reason.CHOSEN] if server.mode else []
    for one in modes[modes.index(server.mode or Mode.P) :]:
        lacks = [what for what in _WANTS[one] if what in lacking]
        if not lacks:
            return one, tuple(dict.fromkeys(reasons))
        reasons += [_LACKS[what] for what in lacks]
    return Mode.F, tuple(dict.fromkeys(reasons))


def _unclaimed(capability: Capability) -> frozenset[str]:
    """What the server says that it does not do. What it does not speak of may be tried."""
    abilities = capability.types.values()
    creating = [one for one in abilities if "create" in one.interactions or not one.interactions]
    said = {
        TRANSACTION: bool(capability.transaction),
        OWN_IDS: any(one.update_create for one in creating) or not creating,
        CONDITION: any(one.conditional_create for one in creating) or not creating,
    }
    return frozenset(what for what, does in said.items() if not does)


def ways(now: Mode, local_id: str, identified: bool, learned: Learned) -> tuple[Asked, ...]:
    """How a create is asked for, the surest way first; each further one where the one before is not taken. An id made from
    facts that another station knows too is never put: two stations would overwrite each other in silence."""
    own = (Asked.PUT,) if now is Mode.P and not shared(local_id) else ()
    condition = identified and now in (Mode.P, Mode.C) and learned.does(CONDITION) and learned.does(IDENTIFIER)
    return (*own, *((Asked.CONDITIONAL,) if condition else ()), Asked.POST)


def shared(local_id: str) -> bool:
    """Whether another station makes the same id by itself."""
    return UUID(local_id).version == 5


def takes(server: ServerFacts, learned: Learned, rtype: str, op: Op) -> bool:
    """Whether a create, update or void of a type is worth trying."""
    interaction = "create" if op is Op.CREATE else "update"
    claimed = server.capability.allows(rtype, interaction)
    if op is Op.CREATE and not claimed:
        ability = server.capability.of_type(rtype)
        claimed = ability.update_create and server.capability.allows(rtype, "update") and bool(ability.interactions)
    return bool(claimed) and learned.does(f"{interaction} {rtype}")
