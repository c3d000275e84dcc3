"""A record that left in a file went up by another hand: it may be there as a later line says, and not as it was first made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from maroom.fhir.exchange import Resource
from maroom.store import exporting
from maroom.sync.push.answers import Asked
from maroom.sync.push.errand import Errand
from maroom.sync.push.parcels import Packing, Parcel
from maroom.sync.push.steps import Step


class Later:
    def __init__(self, errand: Errand) -> None:
        self._errand = errand
        self._packing = Packing(errand.exchanges, errand.server.capability.names_profile, lambda _step, _named: Asked.POST)

    def of(self, parcel: Parcel) -> list[Parcel]:
        """The lines that left after it, as changes of what it makes."""
        with self._errand.unit.glance() as session:
            found = exporting.later(session, parcel.local_id, parcel.step.seq)
        return list(self._changes(parcel, found)) if found else []

    def _changes(self, parcel: Parcel, found: list[tuple[int, int]]) -> Iterator[Parcel]:
        """With the status that a change has: a new one would go up as simply final."""
        with self._errand.unit.read(self._errand.act) as read:
            for seq, revision in found:
                step = Step(replace(parcel.step.line, seq=seq, revision=revision))
                for made in self._packing.pack(read, [step])[0]:
                    yield replace(made, body=_changed(made))


def _changed(parcel: Parcel) -> Resource:
    status = parcel.made.get("status")
    return parcel.body | ({"status": status} if status else {})
