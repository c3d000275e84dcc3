"""Which record here a resource of a file becomes, and which one a reference of it leads to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any, cast

from maroom.core.ids import id_of_appointment_visit, id_of_imported
from maroom.fhir.bundle import Entry
from maroom.fhir.exchange import Resource

_RELATIVE = re.compile(r"(?:^|/)([A-Z][A-Za-z]+/[A-Za-z0-9.\-]{1,64})(?:/_history/[^/]+)?$")
_REMEMBERED = 1 << 14


class Addresses:
    """Of one file. Every entry is noted before the first reference is followed, as it may lead forward.

    An address is what FHIR calls a relative reference: `Patient/p-1`."""

    def __init__(self, clinic_id: str) -> None:
        self._clinic = clinic_id
        self._imported = lru_cache(_REMEMBERED)(partial(id_of_imported, clinic_id))
        self._by_url: dict[str, str] = {}
        self._booked: dict[str, str] = {}
        self._last: dict[str, int] = {}

    def note(self, number: int, entry: Entry) -> None:
        """Entries come with their number in the file; of two with one id the later one counts."""
        self._last[_address(entry)] = number
        if entry.url:
            self._by_url[entry.url] = _address(entry)
        if entry.rtype == "Encounter":
            appointment = next(references(entry.resource().get("appointment")), "")
            if appointment:
                self._booked[_address(entry)] = appointment

    def of(self, entry: Entry) -> str:
        """The local id that it has or gets."""
        return self._local_id(_address(entry))

    def is_last(self, number: int, entry: Entry) -> bool:
        return self._last[_address(entry)] == number

    def is_visit_of_appointment(self, entry: Entry) -> bool:
        return bool(self._visit(_address(entry)))

    def led_to(self, reference: str) -> str:
        """The local id that a reference stands for, known or not; empty where it cannot be told: a search
        (`Practitioner?identifier=...`), a contained resource, a urn of another file."""
        address = self._followed(reference)
        return self._local_id(address) if address else ""

    def is_here(self, reference: str) -> bool:
        """Whether the file itself holds what a reference leads to."""
        return self._followed(reference) in self._last

    def _followed(self, reference: str) -> str:
        if reference in self._by_url:
            return self._by_url[reference]
        found = None if reference.startswith(("#", "urn:")) else _RELATIVE.search(reference)
        return found[1] if found else ""

    def _local_id(self, address: str) -> str:
        return self._visit(address) or self._imported(*address.split("/", 1))

    def _visit(self, address: str) -> str:
        """An Encounter of an appointment is the visit that the appointment made, on whatever station."""
        booked = self._booked.get(address)
        rtype, _, server_id = self._followed(booked).partition("/") if booked else ("", "", "")
        return id_of_appointment_visit(self._clinic, server_id) if rtype == "Appointment" else ""


def _address(entry: Entry) -> str:
    return f"{entry.rtype}/{entry.id}"


def references(element: Any) -> Iterator[str]:
    """All reference texts of a resource or a part of one, however deep they stand."""
    if isinstance(element, dict):
        inside = cast("Resource", element)
        found = inside.get("reference")
        if isinstance(found, str):
            yield found
        element = list(inside.values())
    if isinstance(element, list):
        for part in cast("list[Any]", element):
            if isinstance(part, dict | list):
                yield from references(part)
