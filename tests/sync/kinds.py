"""Kinds of record as small as they can be: each keeps one word and where its references led."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from maroom.core.ids import id_of_imported
from maroom.core.people import SYSTEM, Right
from maroom.fhir import reading
from maroom.fhir.exchange import Arrival, Exchange, NotUsable, Resource
from maroom.store.base import Origin, latest
from maroom.store.unit_of_work import Act, Read, UnitOfWork, Write
from tests.store.thing import ThingRow

CLINIC = "c-1"
IMPORT = Act(SYSTEM, "import", Right.UPKEEP)
SUBJECTS = ("subject", "encounter", "basedOn")


def patient(number: object = 1, family: str = "García", born: str = "1990-01-01", **more: Any) -> Resource:
    return {"resourceType": "Patient", "id": f"p-{number}", "name": [{"family": family}], "birthDate": born} | more


def note(number: object = 1, subject: object = "Patient/p-1", **more: Any) -> Resource:
    return {"resourceType": "Observation", "id": f"o-{number}", "subject": {"reference": subject}} | more


def imported(rtype: str, file_id: str) -> str:
    return id_of_imported(CLINIC, rtype, file_id)


def things(unit: UnitOfWork) -> dict[str, str]:
    """local id > word of the newest revision."""
    with unit.glance() as session:
        found = session.execute(select(ThingRow.local_id, ThingRow.word).where(latest(ThingRow)))
        return {local_id: word for local_id, word in found}  # noqa: C416 - rows are no pairs to dict


def revision(unit: Read | Write, local_id: str) -> int:
    return unit.session.scalar(select(func.max(ThingRow.revision)).where(ThingRow.local_id == local_id)) or 0


def take(unit: Write, arrival: Arrival, origin: str) -> None:
    resource = arrival.resource
    if resource.get("status") == "unusable":
        raise NotUsable("status", "is not usable")
    led = [arrival.link(text) for name in SUBJECTS if (text := reading.reference(resource, name))]
    word = f"{resource['resourceType']} {' '.join(one or '-' for one in led)}".strip()
    unit.add(ThingRow(local_id=arrival.local_id, word=word), Origin(origin), after=arrival.after)


def body(_unit: Read, _local_id: str, _revision: int, base: Any) -> Resource:
    return dict(base)


def kind(
    name: str, rtype: str, claims: Callable[[Resource], bool] = lambda _: True, sent: bool = False
) -> Exchange[Read, Write]:
    return Exchange(name, rtype, claims, take, revision, body if sent else None)


KINDS = (
    kind("lab", "Observation", lambda resource: "lab" in resource.get("category", "")),
    kind("note", "Observation", lambda resource: resource.get("category") != "nobody's"),
    kind("visit", "Encounter"),
    kind("booking", "Appointment"),
    kind("person", "Patient", sent=True),
)
