"""What the people of a clinic hand to sync and import: Practitioners come in, Provenances and AuditEvents go out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maroom.access import rows, wire
from maroom.access.model import StaffMember
from maroom.core.people import Role
from maroom.fhir.exchange import Arrival, Exchange, NotUsable, Resource
from maroom.fhir.rule import Manner, Rule
from maroom.store.base import Origin
from maroom.store.unit_of_work import Read, Write


def exchanges() -> tuple[Exchange[Read, Write], ...]:
    """Practitioner (taken, never written: a server makes its own staff), Provenance and AuditEvent (written, never taken)."""
    return (
        Exchange("staff", "Practitioner", lambda _resource: True, _take_practitioner, _staff_revision),
        Exchange(
            "provenance",
            "Provenance",
            _none,
            _refuse,
            _provenance_revision,
            _body,
            _needs,
            Rule(Manner.APPEND_ONLY),
        ),
        Exchange(
            "audit_event",
            "AuditEvent",
            _none,
            _refuse,
            _audit_event_revision,
            _audit_event_body,
            rule=Rule(Manner.APPEND_ONLY),
        ),
    )


def _take_practitioner(unit: Write, arrival: Arrival, origin: str) -> None:
    """Somebody new is a provider without a PIN; whoever is known keeps the role and the PIN that she has here."""
    named = wire.practitioner(arrival.resource)
    member = StaffMember(arrival.local_id, named.name, Role.PROVIDER, named.active, arrival.after)
    rows.take_member(unit, member, list(named.identifiers), Origin(origin))


def _none(_resource: Resource) -> bool:
    return False


def _refuse(_unit: Write, _arrival: Arrival, _origin: str) -> None:
    raise NotUsable("resource", "of others is not taken")


def _staff_revision(unit: Read | Write, local_id: str) -> int:
    return rows.staff_revision(unit.session, local_id)


def _provenance_revision(unit: Read | Write, local_id: str) -> int:
    return rows.provenance_revision(unit.session, local_id)


def _body(unit: Read, local_id: str, revision: int, base: Mapping[str, Any]) -> Resource:
    return wire.provenance(rows.deed(unit.session, local_id, revision), base)


def _needs(unit: Read, local_id: str, revision: int) -> tuple[str, ...]:
    deed = rows.deed(unit.session, local_id, revision)
    return (*deed.targets, *([deed.author] if deed.on_server else []))


def _audit_event_revision(unit: Read | Write, local_id: str) -> int:
    return rows.audit_event_revision(unit.session, local_id)


def _audit_event_body(unit: Read, local_id: str, _revision: int, base: Mapping[str, Any]) -> Resource:
    """It has no `needs`: that somebody looked at a chart brings no patient to a server that knows her not."""
    return wire.audit_event(rows.witnessed(unit.session, local_id), base)
