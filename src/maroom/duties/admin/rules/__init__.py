"""What is wrong with settings as they were typed. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from maroom.access import pin
from maroom.core.findings import Finding, Severity
from maroom.core.names import fold
from maroom.core.settings import Room
from maroom.core.zones import US_ZONES, is_zone

OTHER = "other"
"""chosen among the zones: the zone is typed"""
LONGEST_ROOM = 16
"""letters that a tile of the board has room for"""
MOST_MINUTES = 240
_PHONE = set("0123456789 +-().x#*")


class Wrong(StrEnum):
    MISSING = "missing"
    NO_ZONE = "no_zone"
    NO_PHONE = "no_phone"
    NO_MINUTES = "no_minutes"
    TOO_LONG = "too_long"
    TWICE = "twice"
    IN_USE = "in_use"
    NO_PIN = "no_pin"
    DIFFERS = "differs"


class Of(StrEnum):
    """Fields of the clinic, of the station and of a person."""

    NAME = "clinic-name"
    ZONE = "zone"
    OTHER_ZONE = "other-zone"
    PHONE = "phone"
    AFTER_HOURS = "after-hours"
    WAITING = "waiting-limit"
    STATION = "station-name"
    LABELS = "label-printer"
    OFFICE = "office-printer"
    TYPE_SIZE = "type-size"
    PALETTE = "palette"
    PERSON = "person-name"
    ROLE = "role"
    PIN = "new-pin"
    PIN_AGAIN = "new-pin-again"


Typed = Mapping[str, str]
Findings = dict[str, Finding]


def refused(field: str, code: Wrong) -> Finding:
    return Finding(field, code, Severity.REFUSED)


def of_clinic(typed: Typed, rooms: Sequence[Room]) -> Findings:
    """By field; a room is found by its id."""
    pairs = (*_of_clinic(typed), *_of_rooms(rooms))
    return {field: refused(field, code) for field, code in pairs}


def zone(typed: Typed) -> str:
    """The zone that is meant."""
    return typed[Of.OTHER_ZONE].strip() if typed[Of.ZONE] == OTHER else typed[Of.ZONE]


def zone_fields(name: str) -> dict[str, str]:
    """How a zone stands in the form."""
    return {Of.ZONE: name, Of.OTHER_ZONE: ""} if name in US_ZONES else {Of.ZONE: OTHER, Of.OTHER_ZONE: name}


def of_station(typed: Typed) -> Findings:
    return {} if typed[Of.STATION].strip() else {Of.STATION: refused(Of.STATION, Wrong.MISSING)}


def of_person(typed: Typed, pin_needed: bool) -> Findings:
    """Who is added may be left without a PIN; then she is named, but cannot sign in."""
    return {field: refused(field, code) for field, code in (*_of_name(typed), *_of_pin(typed, pin_needed))}


def _of_clinic(typed: Typed) -> Iterator[tuple[str, Wrong]]:
    if not typed[Of.NAME].strip():
        yield Of.NAME, Wrong.MISSING
    if not is_zone(zone(typed)):
        yield Of.OTHER_ZONE, Wrong.NO_ZONE
    for phone in (Of.PHONE, Of.AFTER_HOURS):
        if set(typed[phone]) - _PHONE:
            yield phone, Wrong.NO_PHONE
    minutes = typed[Of.WAITING].strip()
    if not (minutes.isascii() and minutes.isdigit() and 0 < int(minutes) <= MOST_MINUTES):
        yield Of.WAITING, Wrong.NO_MINUTES


def _of_rooms(rooms: Sequence[Room]) -> Iterator[tuple[str, Wrong]]:
    times = Counter(fold(room.name.strip()) for room in rooms)
    for room in rooms:
        name = room.name.strip()
        if not name:
            yield room.id, Wrong.MISSING
        elif len(name) > LONGEST_ROOM:
            yield room.id, Wrong.TOO_LONG
        elif times[fold(name)] > 1:
            yield room.id, Wrong.TWICE


def _of_name(typed: Typed) -> Iterator[tuple[str, Wrong]]:
    if Of.PERSON in typed and not typed[Of.PERSON].strip():
        yield Of.PERSON, Wrong.MISSING
    if Of.ROLE in typed and not typed[Of.ROLE]:
        yield Of.ROLE, Wrong.MISSING


def _of_pin(typed: Typed, needed: bool) -> Iterator[tuple[str, Wrong]]:
    first, again = typed.get(Of.PIN, ""), typed.get(Of.PIN_AGAIN, "")
    if not (first or again or needed):
        return
    if not _is_pin(first):
        yield Of.PIN, Wrong.NO_PIN
    elif first != again:
        yield Of.PIN_AGAIN, Wrong.DIFFERS


def _is_pin(typed: str) -> bool:
    try:
        return bool(pin.digits(typed))
    except ValueError:
        return False
