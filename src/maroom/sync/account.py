"""What a run did, and what is left of what waits: for the page, and as the report of `maroom sync`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from maroom.store.outbox import State
from maroom.sync.phase import Ended

_OPEN = (
    State.QUEUED,
    State.SENDING,
    State.HELD,
    State.BLOCKED,
    State.QUARANTINED,
    State.CONFLICT,
    State.TO_LINK,
    State.BY_HAND,
)
"""What keeps a store from being clean; what is kept may be."""


_SHOWN = 100
"""differences that are named; all are counted"""


@dataclass
class Account:
    """`standing` counts records by where they stand at the end. `sent`, `confirmed`, `pulled`, `removed` are of this run alone:
    resources written for us, records that came to stand as done, resources taken or changed here, resources gone there."""

    server: str
    by: str = ""
    """name of who asked for the run; empty where nobody did"""
    mode: str = ""
    reasons: tuple[str, ...] = ()
    ended: Ended = Ended.NOT_YET
    sent: int = 0
    confirmed: int = 0
    pulled: int = 0
    removed: int = 0
    merged: int = 0
    unreadable: tuple[str, ...] = ()
    """addresses of resources there that could not be taken here"""
    doubles: tuple[str, ...] = ()
    """addresses of resources that carry an identifier of ours which another one there has too"""
    set_back: tuple[str, ...] = ()
    """`store`: this store was set back to an earlier copy; `server`: the server was"""
    again: int = 0
    """records that the server had lost, and gets anew"""
    made_again: int = 0
    """changes of what the server had lost, and made anew"""
    reconciled: bool = False
    """everything in scope was held against the server"""
    differences: tuple[tuple[str, str], ...] = ()
    """what should have come by itself and did not: what of it (see `What`), and its address"""
    survivors: int = 0
    """patients whom the server merged into another, and whose records here followed"""
    unanswered: Mapping[str, int] = field(default_factory=dict[str, int])
    """question > HTTP status, of what the server does not answer"""
    pulled_whole: bool = False
    standing: Mapping[str, int] = field(default_factory=dict[str, int])
    offset: timedelta | None = None
    server_time: datetime | None = None
    """when the run began, by the server's clock"""
    seconds: float = 0.0
    requests: int = 0
    octets: int = 0

    def of(self, state: State) -> int:
        return self.standing.get(state, 0)

    @property
    def clean(self) -> bool:
        """Nothing is queued, held, refused, in conflict, to link or to be done by hand."""
        return not any(map(self.of, _OPEN))

    @property
    def complete(self) -> bool:
        """Everything was tried and everything asked for was answered, whatever a person has still to decide."""
        return self.ended is Ended.NOT_YET and self.pulled_whole and not (self.of(State.QUEUED) or self.of(State.HELD))

    def as_json(self) -> dict[str, Any]:
        """For `--report`."""
        return {
            "server": self.server,
            "by": self.by,
            "mode": self.mode,
            "why": list(self.reasons),
            "ended": self.ended.value,
            "complete": self.complete,
            "sent": self.sent,
            "confirmed": self.confirmed,
            "queued": self.of(State.QUEUED) + self.of(State.SENDING),
            "held": self.of(State.HELD),
            "blocked": self.of(State.BLOCKED),
            "refused": self.of(State.QUARANTINED),
            "conflicts": self.of(State.CONFLICT),
            "to_link": self.of(State.TO_LINK),
            "by_hand": self.of(State.BY_HAND),
            "kept": self.of(State.KEPT),
            "pulled": self.pulled,
            "removed": self.removed,
            "merged": self.merged,
            "unreadable": list(self.unreadable),
            "doubles": list(self.doubles),
            "set_back": list(self.set_back),
            "again": self.again,
            "made_again": self.made_again,
            "reconciled": self.reconciled,
            "differences": dict(Counter(what for what, _ in self.differences)),
            "differing": [f"{what} {address}" for what, address in self.differences[:_SHOWN]],
            "survivors": self.survivors,
            "unanswered": dict(self.unanswered),
            "clock_offset": None if self.offset is None else round(self.offset.total_seconds(), 1),
            "seconds": round(self.seconds, 1),
            "requests": self.requests,
            "bytes": self.octets,
        }
