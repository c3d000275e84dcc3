"""Elements of a record by their plain names, and their values as they read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from maroom.core.clock import Moment, shown_in
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.syncing.rules.values import Value, values
from maroom.duties.syncing.view.words.records import tr, translate
from maroom.ui.times import clock, day

_NAMES = {
    "name": QT_TRANSLATE_NOOP("Sync", "Name"),
    "birthDate": QT_TRANSLATE_NOOP("Sync", "Birth date"),
    "gender": QT_TRANSLATE_NOOP("Sync", "Sex"),
    "identifier": QT_TRANSLATE_NOOP("Sync", "Numbers"),
    "telecom": QT_TRANSLATE_NOOP("Sync", "Phone"),
    "address": QT_TRANSLATE_NOOP("Sync", "Address"),
    "deceased": QT_TRANSLATE_NOOP("Sync", "Deceased"),
    "active": QT_TRANSLATE_NOOP("Sync", "In use"),
    "communication": QT_TRANSLATE_NOOP("Sync", "Language"),
    "status": QT_TRANSLATE_NOOP("Sync", "Status"),
    "value": QT_TRANSLATE_NOOP("Sync", "Value"),
    "component": QT_TRANSLATE_NOOP("Sync", "Value"),
    "dataAbsentReason": QT_TRANSLATE_NOOP("Sync", "Not taken"),
    "effective": QT_TRANSLATE_NOOP("Sync", "Measured"),
    "issued": QT_TRANSLATE_NOOP("Sync", "Recorded"),
    "code": QT_TRANSLATE_NOOP("Sync", "What"),
    "category": QT_TRANSLATE_NOOP("Sync", "Group"),
    "note": QT_TRANSLATE_NOOP("Sync", "Note"),
    "method": QT_TRANSLATE_NOOP("Sync", "Method"),
    "bodySite": QT_TRANSLATE_NOOP("Sync", "Site"),
    "performer": QT_TRANSLATE_NOOP("Sync", "Measured by"),
    "subject": QT_TRANSLATE_NOOP("Sync", "Patient"),
    "patient": QT_TRANSLATE_NOOP("Sync", "Patient"),
    "encounter": QT_TRANSLATE_NOOP("Sync", "Visit"),
    "period": QT_TRANSLATE_NOOP("Sync", "Time"),
    "participant": QT_TRANSLATE_NOOP("Sync", "Who takes part"),
    "location": QT_TRANSLATE_NOOP("Sync", "Room"),
    "reasonCode": QT_TRANSLATE_NOOP("Sync", "Reason"),
    "type": QT_TRANSLATE_NOOP("Sync", "Kind of visit"),
    "class": QT_TRANSLATE_NOOP("Sync", "Kind of visit"),
    "statusHistory": QT_TRANSLATE_NOOP("Sync", "Moves"),
    "appointment": QT_TRANSLATE_NOOP("Sync", "Appointment"),
    "reaction": QT_TRANSLATE_NOOP("Sync", "Reaction"),
    "criticality": QT_TRANSLATE_NOOP("Sync", "How dangerous"),
    "clinicalStatus": QT_TRANSLATE_NOOP("Sync", "Status"),
    "verificationStatus": QT_TRANSLATE_NOOP("Sync", "How sure"),
    "requester": QT_TRANSLATE_NOOP("Sync", "Ordered by"),
    "payload": QT_TRANSLATE_NOOP("Sync", "Text"),
}
_CODES = {
    "female": QT_TRANSLATE_NOOP("Sync", "female"),
    "male": QT_TRANSLATE_NOOP("Sync", "male"),
    "entered-in-error": QT_TRANSLATE_NOOP("Sync", "entered in error"),
    "in-progress": QT_TRANSLATE_NOOP("Sync", "under way"),
    "arrived": QT_TRANSLATE_NOOP("Sync", "arrived"),
    "finished": QT_TRANSLATE_NOOP("Sync", "checked out"),
    "cancelled": QT_TRANSLATE_NOOP("Sync", "cancelled"),
    "planned": QT_TRANSLATE_NOOP("Sync", "planned"),
    "final": QT_TRANSLATE_NOOP("Sync", "as measured"),
    "amended": QT_TRANSLATE_NOOP("Sync", "corrected"),
    "corrected": QT_TRANSLATE_NOOP("Sync", "corrected"),
}


def element(path: str) -> str:
    """By the path of a clash or of a server's complaint: `telecom[phone|555-0100]`, `Observation.value.ofType(Quantity)`."""
    steps = path.split("[", maxsplit=1)[0].split(".")
    parts = [step for step in steps if step and not step[0].isupper() and step != "resource"]
    name = parts[0] if parts else path
    found = _NAMES.get(name) or next((words for known, words in _NAMES.items() if _is_of(name, known)), "")
    return tr(found) if found else name


def _is_of(name: str, known: str) -> bool:
    """`valueQuantity` is a value."""
    return name.startswith(known) and name[len(known) :][:1].isupper()


def said(found: Any, zone: ZoneInfo) -> str:
    """What stands in an element, or that nothing does."""
    return several(values(found), zone) or translate("Sync", "none")


def several(found: Sequence[Value], zone: ZoneInfo) -> str:
    return ", ".join(dict.fromkeys(_one(value, zone) for value in found))


def _one(value: Value, zone: ZoneInfo) -> str:
    match value:
        case bool():
            return translate("Sync", "yes") if value else translate("Sync", "no")
        case Moment():
            local = shown_in(value, zone)
            return f"{day(local)}, {clock(local)}"
        case date():
            return day(value)
        case _:
            return tr(_CODES[value]) if value in _CODES else value
