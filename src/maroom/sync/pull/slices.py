"""A page goes in by slices, each one transaction short enough that nobody who saves waits for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from maroom.core.people import SYSTEM, Right
from maroom.store import received
from maroom.store.cursors import Mark
from maroom.store.unit_of_work import Act, UnitOfWork, Write
from maroom.sync.kinds import Kinds
from maroom.sync.leading import Leading
from maroom.sync.pull.taking import Received, Refused, Taking, Unusable, is_known
from maroom.sync.served import Served

PULL = Act(SYSTEM, "pull", Right.UPKEEP)
At = Callable[[str], None]
"""Told the name of each step that a power cut may come after."""
_FIRST, _MOST = 16, 200
_WISHED = 0.02
"""seconds that one slice holds the store; 50 ms is what a save may wait"""


@dataclass
class Slices:
    """`base` is the server's address; `timer` counts seconds."""

    unit: UnitOfWork
    kinds: Kinds
    clinic_id: str
    base: str
    at: At = lambda _name: None
    timer: Callable[[], float] = perf_counter
    _size: float = field(default=_FIRST, init=False)

    def take(self, page: Sequence[Served], mark: Mark | None = None) -> Received:
        """What cannot be taken is named and the others go in. `mark` says how far the page goes and is kept with the last
        slice, so that a page cut short is read again."""
        got, rest = self._new_of(page)
        while rest:
            slice_ = rest[: max(1, int(self._size))]
            ends = mark if len(slice_) == len(rest) else None
            try:
                got += self._one(slice_, ends)
            except Unusable as fault:
                got.refused.append(Refused(fault.served.address, fault.why))
                rest.remove(fault.served)
                if fault.ours:
                    self._set_aside(fault.served)
                continue
            rest = rest[len(slice_) :]
            mark = None if ends else mark
            self.at("pull.slice")
        if mark:
            with self.unit.bookkeeping("how far a server was read") as session:
                mark.keep(session)
        return got

    def _new_of(self, page: Sequence[Served]) -> tuple[Received, list[Served]]:
        """Without those whose very version is here: they need no transaction. One that comes twice, as when it was changed
        between two pages, comes as it came last."""
        page = list({served.address: served for served in page}.values())
        with self.unit.glance() as session:
            known = received.by_address(session, [served.address for served in page])
        rest = [served for served in page if not is_known(known.get(served.address), served)]
        return Received(unchanged=len(page) - len(rest)), rest

    def _one(self, slice_: Sequence[Served], mark: Mark | None) -> Received:
        begun = self.timer()
        with self.unit.write(PULL) as write:
            got = self._taking(write).take(slice_)
            if mark:
                mark.keep(write.session)
        took = self.timer() - begun
        self._wish_for(len(slice_), took)
        return got

    def _set_aside(self, served: Served) -> None:
        with self.unit.write(PULL) as write:
            self._taking(write).set_aside(served)

    def _taking(self, write: Write) -> Taking:
        return Taking(write, self.kinds, Leading(write, self.clinic_id, self.base))

    def _wish_for(self, taken: int, took: float) -> None:
        self._size = min(_MOST, max(1.0, taken * _WISHED / max(took, 0.0001)))
