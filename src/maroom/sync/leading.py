"""Which record here a resource of the server is, and which one a reference of it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from maroom.core.ids import id_of_appointment_visit, id_of_served
from maroom.fhir import reading
from maroom.fhir.exchange import NotUsable
from maroom.store import received
from maroom.store.received import Mirrored
from maroom.store.unit_of_work import Read, Write
from maroom.sync.addresses import references
from maroom.sync.served import Served

_URN = "urn:uuid:"
_ADDRESS = re.compile(r"([A-Z][A-Za-z]+/[A-Za-z0-9.\-]{1,64})(?:/_history/[^/]+)?")


class Leading:
    """Of one slice, as the mirror stands in its transaction. `base` is the server's address."""

    def __init__(self, unit: Read | Write, clinic_id: str, base: str) -> None:
        self._unit = unit
        self._clinic = clinic_id
        self._base = base.rstrip("/") + "/"
        self._by_address: dict[str, str] = {}
        self.known: dict[str, Mirrored] = {}
        """by record id, for all that was looked up and is known"""
        self.doubles: list[str] = []
        """addresses of resources that bear an id of ours which another resource there bears too"""

    def look_up(self, slice_: Sequence[Served]) -> None:
        """Before anything is asked of them: the resources and what they refer to."""
        wanted = {served.address for served in slice_}
        wanted |= {at for served in slice_ for text in references(served.resource) if (at := self._address(text))}
        self._note(received.by_address(self._unit.session, wanted).values())
        self._name([served for served in slice_ if served.address not in self._by_address])

    def _note(self, lines: Iterable[Mirrored]) -> None:
        for line in lines:
            self.known[line.local_id] = line
            if line.address:
                self._by_address[line.address] = line.local_id

    def _name(self, new: Sequence[Served]) -> None:
        """What the mirror does not know by its address: by our own identifier, else as the visit of its appointment."""
        claims = {served.address: self._claimed(served) for served in new}
        self._note(received.by_id(self._unit.session, claims.values()).values())
        for served in new:
            self._by_address[served.address] = self._given(served, claims[served.address])

    def _claimed(self, served: Served) -> str:
        try:
            return served.own_id() or self._visit(served)
        except NotUsable:
            return ""

    def _visit(self, served: Served) -> str:
        """An Encounter of an appointment is the visit that the appointment made, on whatever station."""
        if served.rtype != "Encounter":
            return ""
        booked = (self._address(reading.text(one, "reference")) for one in reading.parts(served.resource, "appointment"))
        rtype, _, server_id = next(booked, "").partition("/")
        return id_of_appointment_visit(self._clinic, server_id) if rtype == "Appointment" else ""

    def _given(self, served: Served, claimed: str) -> str:
        there = self.known.get(claimed)
        free = there is None or (there.rtype == served.rtype and (there.gone or not there.address))
        if claimed and free and claimed not in self._by_address.values():
            return claimed
        if claimed:
            self.doubles.append(served.address)
        return id_of_served(self._clinic, served.rtype, served.id)

    def of(self, served: Served) -> str:
        """The record id that it has or gets."""
        return self._by_address[served.address]

    def link(self, reference: str) -> str:
        """For a resource of the server: what is known by its address there or comes with it. Empty for anything else, also
        for a urn that a server left as it was."""
        return self._by_address.get(self._address(reference), "")

    def link_ours(self, reference: str) -> str:
        """For a body that was made here: its urns are our own records, whether the server knows them or not."""
        if reference.startswith(_URN):
            return reference.removeprefix(_URN)
        address = self._address(reference)
        if address and address not in self._by_address:
            self._note(received.by_address(self._unit.session, [address]).values())
        return self._by_address.get(address, "")

    def _address(self, reference: str) -> str:
        """`Patient/7` of a relative reference, or of one to this server; else empty."""
        found = _ADDRESS.fullmatch(reference.removeprefix(self._base))
        return found[1] if found else ""
