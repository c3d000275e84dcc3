"""Practitioners come in, and an act goes out as its Provenance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from maroom.access.model import NewStaff, StaffMember
from maroom.access.service import People, exchanges
from maroom.core.people import SYSTEM, Author, Opening, Right, Role
from maroom.core.settings import Clinic
from maroom.fhir.exchange import NotUsable, Resource
from maroom.store import clinic
from maroom.store.base import Origin
from maroom.store.provenance import ProvenanceRow
from maroom.store.unit_of_work import Act, UnitOfWork
from maroom.sync.intake import Counts, Intake
from tests.builders import SetClock
from tests.store.thing import ThingRow, add_tables

PRACTITIONERS, PROVENANCES, _ = exchanges()
IMPORT = Act(SYSTEM, "import", Right.UPKEEP)
NADIA: Resource = {
    "resourceType": "Practitioner",
    "id": "n-1",
    "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "9999999999"}],
    "name": [{"family": "Amin", "given": ["Nadia"], "prefix": ["Dr."]}],
}


def take(unit: UnitOfWork, *resources: Resource) -> Counts:
    return Intake(unit, exchanges(), "c-1").take(resources, Origin.IMPORTED, IMPORT)


def test_a_practitioner_is_a_provider_who_cannot_sign_in(unit: UnitOfWork, people: People) -> None:
    take(unit, NADIA)
    (nadia,) = people.everyone()
    assert (nadia.name, nadia.role, nadia.active, nadia.has_pin) == ("Dr. Nadia Amin", Role.PROVIDER, True, False)
    assert people.present() == ()


def test_a_role_and_a_pin_given_here_outlive_a_newer_practitioner(unit: UnitOfWork, people: People, as_sofia: Opening) -> None:
    take(unit, NADIA)
    nadia = next(who for who in people.everyone() if who.role is Role.PROVIDER)
    people.set_pin(as_sofia, nadia.id, "1234")
    people.change(as_sofia, replace(nadia, role=Role.LEAD))
    take(unit, NADIA | {"name": [{"family": "Amin-Cole", "given": ["Nadia"]}]})
    found = people.find(nadia.id)
    assert found is not None
    assert (found.name, found.role, found.has_pin, found.revision) == ("Nadia Amin-Cole", Role.LEAD, True, 3)


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"name": [{"text": "Schwester Agnes"}]}, "Schwester Agnes"),
        ({"name": [{"family": "Cher"}]}, "Cher"),
        ({"name": [{"use": "old", "family": "Maid"}, {"use": "official", "family": "Amin", "given": ["N."]}]}, "N. Amin"),
        ({"name": []}, "9999999999"),
    ],
)
def test_what_a_practitioner_is_called(unit: UnitOfWork, people: People, changed: Resource, name: str) -> None:
    take(unit, NADIA | changed)
    assert [who.name for who in people.everyone()] == [name]


def test_one_without_any_name_is_not_usable(unit: UnitOfWork) -> None:
    with pytest.raises(ValueError, match="name: is missing"):
        take(unit, {"resourceType": "Practitioner", "id": "x"})


def test_a_practitioner_who_left_is_not_active(unit: UnitOfWork, people: People) -> None:
    take(unit, NADIA | {"active": False})
    assert [who.active for who in people.everyone()] == [False]


def body_of(unit: UnitOfWork, author: Author) -> tuple[Resource, tuple[str, ...], str]:
    """Writes two things as `author`, and gives the act's Provenance, what it needs, and its own id."""
    with unit.write(Act(author, "thing.record", Right.CHART, "p-1", "v-1")) as w:
        w.add(ThingRow(local_id="t-1", word="x"), Origin.TYPED)
        w.add(ThingRow(local_id="t-2", word="y"), Origin.TYPED)
    with unit.read(Act(SYSTEM, "sync", Right.UPKEEP)) as r:
        (row,) = r.session.scalars(select(ProvenanceRow).order_by(ProvenanceRow.act.desc()).limit(1))
        assert PROVENANCES.body
        assert PROVENANCES.needs
        body = PROVENANCES.body(r, row.local_id, 1, {"id": "server-id", "meta": {"versionId": "1"}})
        assert PROVENANCES.revision(r, row.local_id) == 1
        return body, PROVENANCES.needs(r, row.local_id, 1), row.local_id


@pytest.fixture
def things(unit: UnitOfWork, tmp_path) -> None:  # type: ignore[no-untyped-def]
    add_tables(tmp_path)


def test_an_act_of_somebody_the_server_does_not_know(
    unit: UnitOfWork, things: None, dana: StaffMember, as_sofia: Opening, clock: SetClock
) -> None:
    with unit.write(Act.of(as_sofia, "clinic.change", Right.CLINIC)) as w:
        clinic.save(w, Clinic(name="Riverside Clinic", namespace="https://riverside.example"))
    body, needs, _ = body_of(unit, dana.author())
    assert needs == ("t-1", "t-2")
    assert body["target"] == [{"reference": "urn:uuid:t-1"}, {"reference": "urn:uuid:t-2"}]
    assert (body["id"], body["recorded"]) == ("server-id", clock.now().iso())
    assert body["activity"]["coding"][0]["code"] == "CREATE"
    author, assembler = body["agent"]
    assert author["who"] == {
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{dana.id}"},
        "display": "Dana Reyes",
    }
    assert author["onBehalfOf"] == {"display": "Riverside Clinic"}
    assert assembler["who"]["identifier"] == {"system": "https://riverside.example/station", "value": "station-1"}
    assert assembler["who"]["display"].startswith("maroom ")


def test_an_act_of_somebody_who_is_on_the_server(unit: UnitOfWork, things: None, people: People, as_sofia: Opening) -> None:
    intake = Intake(unit, exchanges(), "c-1")
    intake.take([NADIA], Origin.PULLED, IMPORT)
    nadia = next(who for who in people.everyone() if who.role is Role.PROVIDER)
    body, needs, _ = body_of(unit, replace(nadia.author(), role=Role.ASSISTANT))
    assert body["agent"][0]["who"] == {"reference": f"urn:uuid:{nadia.id}", "display": "Dr. Nadia Amin"}
    assert needs == ("t-1", "t-2", nadia.id)


def test_a_provenance_of_others_is_left_alone(unit: UnitOfWork) -> None:
    provenance = {"resourceType": "Provenance", "id": "p"}
    assert take(unit, provenance).ignored == {"Provenance": 1}
    with pytest.raises(NotUsable):
        PROVENANCES.take(None, None, "pulled")  # type: ignore[arg-type]


def test_new_staff_is_owned_here_and_an_imported_one_too(unit: UnitOfWork, people: People, as_sofia: Opening) -> None:
    people.add(as_sofia, NewStaff("Luis Ortiz", Role.ASSISTANT))
    take(unit, NADIA)
    assert PRACTITIONERS.body is None
    assert len(people.everyone()) == 3
