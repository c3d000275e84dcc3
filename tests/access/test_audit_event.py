"""The few acts that the server's own audit is told of: which they are, and what it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from maroom.access.model import NewStaff, StaffMember
from maroom.access.service import People, exchanges
from maroom.core.people import SYSTEM, Opening, Right, Role
from maroom.core.visit import VisitRef
from maroom.fhir.exchange import Arrival, NotUsable, Resource
from maroom.store import outbox
from maroom.store.audit import AuditRow
from maroom.store.audit_event import AuditEventRow, Event
from maroom.store.base import Origin
from maroom.store.outbox import OutboxRow
from maroom.store.provenance import ProvenanceRow
from maroom.store.unit_of_work import Act, UnitOfWork
from maroom.sync.intake import Intake
from tests.builders import SetClock

*_, EVENTS = exchanges()
VISIT = VisitRef("bbbbbbbb-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000001")


def reads(unit: UnitOfWork, opening: Opening, what: str = "chart.read") -> None:
    with unit.read(Act.of(opening, what, Right.READ)):
        pass


def told(unit: UnitOfWork) -> list[tuple[str, Resource]]:
    """Event and body, in order."""
    with unit.read(Act(SYSTEM, "sync", Right.UPKEEP)) as r:
        found = list(r.session.scalars(select(AuditEventRow).order_by(AuditEventRow.act)))
        assert EVENTS.body
        return [(row.event, EVENTS.body(r, row.local_id, 1, {})) for row in found]


def lines(unit: UnitOfWork, act: str) -> int:
    with unit.glance() as session:
        return len(list(session.scalars(select(AuditRow.seq).where(AuditRow.act == act))))


def test_the_first_read_of_a_chart_under_an_opening_is_told_once(unit: UnitOfWork, dana: StaffMember, clock: SetClock) -> None:
    opening = Opening(dana.author(), VISIT)
    reads(unit, opening)
    clock.forward(minutes=1)
    reads(unit, opening, "orders.read")
    ((event, body),) = told(unit)
    assert event == "open"
    assert (lines(unit, "chart.read"), lines(unit, "orders.read")) == (1, 0)
    assert body["action"] == "R"
    assert body["outcome"] == "0"
    assert body["recorded"] == "2026-11-24T10:42:00-05:00"
    assert body["agent"] == [
        {
            "who": {
                "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{dana.id}"},
                "display": "Dana Reyes",
            },
            "requestor": True,
        }
    ]
    assert body["source"]["observer"]["identifier"]["value"] == "station-1"
    assert [one["what"]["reference"] for one in body["entity"]] == [f"urn:uuid:{VISIT.patient}", f"urn:uuid:{VISIT.visit}"]
    reads(unit, Opening(dana.author(), VISIT))
    assert len(told(unit)) == 2


def test_a_page_about_nobody_opens_no_chart(unit: UnitOfWork, dana: StaffMember) -> None:
    reads(unit, Opening(dana.author()), "board.read")
    assert told(unit) == []


def test_a_write_opens_nothing(unit: UnitOfWork, dana: StaffMember) -> None:
    with unit.write(Act.of(Opening(dana.author(), VISIT), "thing", Right.CHART)):
        pass
    assert told(unit) == []


def test_a_failed_sign_in_is_told_and_a_right_one_is_not(unit: UnitOfWork, people: People, dana: StaffMember) -> None:
    before = len(told(unit))
    people.sign_in(dana.id, "0000")
    ((event, body),) = told(unit)[before:]
    assert event == "sign_in_failed"
    assert (body["action"], body["outcome"], body["subtype"][0]["code"]) == ("E", "4", "110122")
    assert body["agent"][0]["who"]["display"] == "Dana Reyes"
    assert "entity" not in body


def test_what_the_program_does_by_itself_is_its_own(unit: UnitOfWork) -> None:
    with unit.write(Act(SYSTEM, "export", Right.UPKEEP, event=Event.EXPORT)):
        pass
    ((_, body),) = told(unit)
    who = body["agent"][0]["who"]
    assert (who["type"], who["identifier"]["value"]) == ("Device", "station-1")


def test_somebody_whom_the_server_knows_is_named_by_her_record(unit: UnitOfWork, people: People) -> None:
    nadia = {"resourceType": "Practitioner", "id": "n-1", "name": [{"family": "Amin"}]}
    Intake(unit, exchanges(), "c-1").take([nadia], Origin.PULLED, Act(SYSTEM, "import", Right.UPKEEP))
    who = next(one for one in people.everyone() if one.name == "Amin")
    reads(unit, Opening(replace(who.author(), role=Role.ASSISTANT), VISIT))
    assert told(unit)[-1][1]["agent"][0]["who"]["reference"] == f"urn:uuid:{who.id}"


def test_it_waits_to_be_sent_without_a_proof_of_its_own_and_is_counted_nowhere(unit: UnitOfWork, dana: StaffMember) -> None:
    reads(unit, Opening(dana.author(), VISIT))
    with unit.glance() as session:
        (line,) = session.scalars(select(OutboxRow))
        assert (line.kind, line.op, line.author) == ("audit_event", "create", dana.id)
        assert outbox.waiting(session) == 0
        assert list(session.scalars(select(ProvenanceRow))) == []


def test_it_brings_no_patient_to_a_server_and_none_of_others_comes_in(unit: UnitOfWork, dana: StaffMember) -> None:
    assert EVENTS.needs is None
    body = {"resourceType": "AuditEvent", "id": "1"}
    assert not EVENTS.claims(body)
    with pytest.raises(NotUsable):
        EVENTS.take(None, Arrival(body, "x", 0, str), "pulled")  # type: ignore[arg-type]


def test_the_store_accounts_for_it(unit: UnitOfWork, people: People, dana: StaffMember, as_sofia: Opening) -> None:
    people.add(as_sofia, NewStaff("Luis Ortiz", Role.ASSISTANT))
    reads(unit, Opening(dana.author(), VISIT))
    with unit.read(Act(SYSTEM, "sync", Right.UPKEEP)) as r:
        (row,) = r.session.scalars(select(AuditEventRow))
        assert EVENTS.revision(r, row.local_id) == 1
        assert EVENTS.revision(r, "nobody") == 0
        records = r.session.scalars(select(AuditRow.records).where(AuditRow.seq == row.act)).one()
    assert records == [["audit_event", row.local_id, 1]]
