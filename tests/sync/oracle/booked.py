"""What was typed, held against what a server gives back, field by field, as somebody else's program would read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tests.sync.day import LOINC, Typed, numbers_of
from tests.sync.oracle.judged import Fault, Wrong
from tests.sync.oracle.served import Resource, Served
from tests.sync.oracle.stored import Stored


def unlike(readings: Mapping[str, Typed], store: Stored, server: Served) -> list[Fault]:
    """Readings that the server does not give back as they were typed last. One taken back may be missing."""
    found: list[Fault] = []
    for reading_id, typed in readings.items():
        held = _held(reading_id, store, server)
        if held is None:
            if typed.status != "entered-in-error":
                found.append(Fault(Wrong.MISSING, f"reading {reading_id}"))
            continue
        paths = ", ".join(_unlike(typed, held, store))
        if paths:
            found.append(Fault(Wrong.CHANGED, f"reading {reading_id} ({paths})"))
    return found


def _held(record: str, store: Stored, server: Served) -> Resource | None:
    there = store.mirror.get(record)
    return server.now(there.address) if there and there.address else None


def _unlike(typed: Typed, held: Resource, store: Stored) -> Iterator[str]:
    statuses = ("final", "amended") if typed.status != "entered-in-error" else ("entered-in-error",)
    if held["status"] not in statuses:
        yield f"status {held['status']}"
    if LOINC[typed.sign] not in {coding["code"] for coding in held["code"]["coding"]}:
        yield "code"
    if [Decimal(number) for number in typed.numbers] != [Decimal(number) for number in numbers_of(held)]:
        yield f"value {numbers_of(held)}"
    if {typed.unit} != set(_units(held)):
        yield "unit"
    for element, record in (("subject", typed.patient), ("encounter", typed.visit)):
        if held.get(element, {}).get("reference") != store.mirror[record].address:
            yield element


def _units(held: Resource) -> Iterator[Any]:
    for part in held.get("component") or [held]:
        if "valueQuantity" in part:
            yield part["valueQuantity"]["code"]
