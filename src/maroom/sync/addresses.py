"""Which record here a resource of a file becomes, and which one a reference of it leads to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Any, cast

from maroom.core.ids import id_of_appointment_visit, id_of_imported
from maroom.fhir.bundle import Entry
from maroom.fhir.exchange import Resource

_RELATIVE = re.compile(r"(?:^|/)([A-Z][A-Za-z]+)/([A-Za-z0-9.\-]{1,64})(?:/_history/[^/]+)?$")

_REMEMBERED = 1 << 14


class Addresses:
    """Of one file. Every entry is noted before the first reference is followed."""

    def __init__(self, clinic_id: str) -> None:
        self._clinic = clinic_id
        self._imported = lru_cache(_REMEMBERED)(partial(id_of_imported, clinic_id))
        self._by_url: dict[str, str] = {}
        self._visits: dict[str, str] = {}
        self._last: dict[str, int] = {}

    def note(self, number: int, entry: Entry) -> None:
        """Entries come with their number in the file; of two with one id the later one counts."""
        if entry.rtype == "Encounter":
            self._note_visit(entry)
        local_id = self.of(entry)
        self._last[local_id] = number
        if entry.url:
            self._by_url[entry.url] = local_id

    def _note_visit(self, entry: Entry) -> None:
        """An Encounter of an appointment is the visit that the appointment made, on whatever station."""
        for appointment in entry.resource().get("appointment", ()):
            found = _RELATIVE.search(appointment.get("reference", ""))
            if found and found[1] == "Appointment":
                self._visits[entry.id] = id_of_appointment_visit(self._clinic, found[2])

    def of(self, entry: Entry) -> str:
        return self._local_id(entry.rtype, entry.id)

    def is_last(self, number: int, entry: Entry) -> bool:
        return self._last[self.of(entry)] == number

    def is_visit_of_appointment(self, entry: Entry) -> bool:
        return entry.rtype == "Encounter" and entry.id in self._visits

    def is_here(self, local_id: str) -> bool:
        """Whether the file itself holds it."""
        return local_id in self._last

    def led_to(self, reference: str) -> str:
        """The local id that a reference stands for, known or not; empty where it cannot be told: a search
        (`Practitioner?identifier=...`), a contained resource, a urn of another file."""
        if reference in self._by_url:
            return self._by_url[reference]
        found = None if reference.startswith(("#", "urn:")) else _RELATIVE.search(reference)
        return self._local_id(found[1], found[2]) if found else ""

    def _local_id(self, rtype: str, file_id: str) -> str:
        visit = self._visits.get(file_id) if rtype == "Encounter" else None
        return visit or self._imported(rtype, file_id)


def references(element: Any) -> Iterator[str]:
    """All reference texts of a resource, however deep they stand."""
    if isinstance(element, dict):
        inside = cast("Resource", element)
        found = inside.get("reference")
        if isinstance(found, str):
            yield found
        element = inside.values()
    for part in cast("Iterable[Any]", element):
        if isinstance(part, dict | list):
            yield from references(part)
