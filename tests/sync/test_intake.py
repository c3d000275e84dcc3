"""Resources become records: whatever their order, once, all of a file or nothing of it."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from maroom.core.ids import id_of_appointment_visit
from maroom.core.people import Right
from maroom.core.problems import Problem
from maroom.fhir.bundle import BrokenFile, Entry
from maroom.fhir.codec import encode
from maroom.fhir.exchange import Resource
from maroom.store import mirror
from maroom.store.audit import AuditRow
from maroom.store.base import Origin
from maroom.store.mirror import MirrorRow
from maroom.store.outbox import OutboxRow
from maroom.store.unit_of_work import Act, UnitOfWork
from maroom.sync.intake import Counts, Intake
from tests.builders import DANA
from tests.sync.kinds import CLINIC, IMPORT, imported, note, patient, things

P1 = imported("Patient", "p-1")
O1 = imported("Observation", "o-1")


def take(intake: Intake, *resources: Resource) -> Counts:
    return intake.take(resources, Origin.IMPORTED, IMPORT)


def mirrored(unit: UnitOfWork) -> dict[str, MirrorRow]:
    with unit.glance() as session:
        return {row.local_id: row for row in session.scalars(select(MirrorRow))}


def audit_lines(unit: UnitOfWork) -> int:
    with unit.glance() as session:
        return session.scalar(select(func.count(AuditRow.seq))) or 0


def test_references_are_followed_whatever_the_order(intake: Intake, unit: UnitOfWork) -> None:
    visit = {"resourceType": "Encounter", "id": "e-1", "subject": {"reference": "Patient/p-1"}}
    resources = [note(encounter={"reference": "Encounter/e-1"}), visit, patient()]
    expected = {
        P1: "Patient",
        imported("Encounter", "e-1"): f"Encounter {P1}",
        O1: f"Observation {P1} {imported('Encounter', 'e-1')}",
    }
    for order in permutations(resources):
        take(intake, *order)
        assert things(unit) == expected


def test_what_is_referred_to_is_taken_first(intake: Intake, unit: UnitOfWork) -> None:
    visit = {"resourceType": "Encounter", "id": "e-1", "subject": {"reference": "Patient/p-1"}}
    booking = {"resourceType": "Appointment", "id": "a-1"}
    take(intake, note(), visit, booking, patient())
    with unit.glance() as session:
        (records,) = session.scalars(select(AuditRow.records).order_by(AuditRow.seq.desc()).limit(1))
    taken = [local_id for _, local_id, _ in records]
    assert taken == [P1, imported("Appointment", "a-1"), imported("Encounter", "e-1"), O1]


def test_the_same_file_again_changes_nothing(intake: Intake, unit: UnitOfWork) -> None:
    assert take(intake, patient(), note()) == Counts(patients=1, resources=2, new=2)
    before = mirrored(unit).keys()
    again = dict(reversed(patient().items()))
    assert take(intake, again, note()) == Counts(patients=1, resources=2, unchanged=2)
    assert mirrored(unit).keys() == before
    assert set(things(unit)) == {P1, O1}


def test_a_changed_resource_is_a_new_revision_of_the_same_record(intake: Intake, unit: UnitOfWork) -> None:
    take(intake, patient(), note())
    assert take(intake, patient(), note(subject="Patient/p-9")) == Counts(patients=1, resources=2, updated=1, unchanged=1)
    assert things(unit)[O1] == "Observation -"


def test_a_resource_twice_in_a_file_is_once_and_the_later_one_counts(intake: Intake, unit: UnitOfWork) -> None:
    for _ in range(2):
        counts = take(intake, patient(), note(subject="Patient/p-9"), note(), note())
        assert counts.resources == counts.new + counts.updated + counts.unchanged == 4
        assert things(unit) == {P1: "Patient", O1: f"Observation {P1}"}


def test_a_reference_to_what_came_with_an_earlier_file(intake: Intake, unit: UnitOfWork) -> None:
    take(intake, patient())
    take(intake, note())
    assert things(unit)[O1] == f"Observation {P1}"


@pytest.mark.parametrize(
    "reference",
    [
        "Patient/p-404",
        "Patient?identifier=http://hospital.example|1",
        "#contained",
        "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e",
        "Patient",
        "",
        "p-1",
        "patient/p-1",
    ],
)
def test_what_cannot_be_followed_leads_nowhere(intake: Intake, unit: UnitOfWork, reference: str) -> None:
    take(intake, patient(), note(subject=reference))
    assert things(unit)[O1] in ("Observation -", "Observation")


@pytest.mark.parametrize(
    "reference",
    ["Patient/p-1", "Patient/p-1/_history/3", "https://ehr.example/fhir/Patient/p-1", "urn:uuid:1-2-3", "urn:oid:1.2"],
)
def test_the_forms_of_a_reference(intake: Intake, unit: UnitOfWork, reference: str) -> None:
    url = reference if reference.startswith("urn:") else ""
    entries = [
        Entry("entry[0]", "Observation", "o-1", "", encode(note(subject=reference))),
        Entry("entry[1]", "Patient", "p-1", url, encode(patient())),
    ]
    intake.take_entries(entries, Origin.IMPORTED, IMPORT)
    assert things(unit)[O1] == f"Observation {P1}"


@pytest.mark.parametrize("reference", ["Appointment/a-1", "https://ehr.example/Appointment/a-1", "urn:uuid:7-7"])
def test_the_visit_of_an_appointment_has_the_id_that_every_station_makes(
    intake: Intake, unit: UnitOfWork, reference: str
) -> None:
    visit = {"resourceType": "Encounter", "id": "e-1", "appointment": [{"reference": reference}]}
    booking = {"resourceType": "Appointment", "id": "a-1"}
    resources = [note(encounter={"reference": "Encounter/e-1"}), visit, booking, patient()]
    urls = {"Appointment": "urn:uuid:7-7"}
    entries = [Entry("", one["resourceType"], one["id"], urls.get(one["resourceType"], ""), encode(one)) for one in resources]
    intake.take_entries(entries, Origin.IMPORTED, IMPORT)
    booked = id_of_appointment_visit(CLINIC, "a-1")
    assert things(unit)[booked] == "Encounter"
    assert things(unit)[O1] == f"Observation {P1} {booked}"


@pytest.mark.parametrize("appointment", [[], [{}], "Appointment/a-1", 5, {"reference": ["x"]}, [{"reference": "Patient/p-1"}]])
def test_an_encounter_of_no_appointment_is_a_visit_of_its_own(intake: Intake, unit: UnitOfWork, appointment: object) -> None:
    take(intake, {"resourceType": "Encounter", "id": "e-1", "appointment": appointment})
    assert set(things(unit)) == {imported("Encounter", "e-1")}


def test_a_visit_that_stands_already_gets_a_further_revision(unit: UnitOfWork, intake: Intake) -> None:
    """As when the appointment came first and the day's moves were made from it."""
    from tests.store.thing import ThingRow

    booked = id_of_appointment_visit(CLINIC, "a-1")
    with unit.write(Act(DANA, "visit.arrive", Right.ROOM)) as w:
        w.add(ThingRow(local_id=booked, word="expected"), Origin.PULLED)
    take(intake, {"resourceType": "Encounter", "id": "e-1", "appointment": [{"reference": "Appointment/a-1"}]})
    assert things(unit)[booked] == "Encounter"


def test_unknown_types_are_counted_and_left(intake: Intake, unit: UnitOfWork) -> None:
    counts = take(intake, {"resourceType": "Goal", "id": "1"}, {"resourceType": "Goal"}, patient(), {"resourceType": "Bundle"})
    assert counts == Counts(patients=1, resources=4, new=1, ignored=counts.ignored)
    assert counts.ignored == {"Goal": 2, "Bundle": 1}
    assert set(things(unit)) == {P1}


def test_the_first_kind_that_claims_it_takes_it_and_keeps_it(intake: Intake, unit: UnitOfWork) -> None:
    take(intake, note(1, category="lab"), note(2), note(3, category="nobody's"))
    kinds = {local_id: row.kind for local_id, row in mirrored(unit).items()}
    assert kinds == {O1: "lab", imported("Observation", "o-2"): "note"}
    take(intake, note(1, category="changed"))
    assert mirrored(unit)[O1].kind == "lab"


def test_the_mirror_keeps_what_is_sent_back_later_and_no_server_id(intake: Intake, unit: UnitOfWork) -> None:
    take(intake, patient(), note())
    lines = mirrored(unit)
    assert lines[P1].base == patient()
    assert lines[O1].base is None
    assert {(row.source, row.server_id, row.version) for row in lines.values()} == {("file", None, None)}


def test_nothing_imported_waits_to_be_sent(intake: Intake, unit: UnitOfWork) -> None:
    take(intake, patient(), note())
    with unit.glance() as session:
        assert session.scalars(select(OutboxRow)).all() == []


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (note(9, status="unusable"), "status: is not usable"),
        ({"resourceType": "Observation"}, "has no id"),
        (note(9, subject=5), "reference: is no text"),
    ],
)
def test_of_a_file_with_one_bad_resource_nothing_is_kept(intake: Intake, unit: UnitOfWork, bad: Resource, why: str) -> None:
    take(intake, patient())
    before, lines = things(unit), audit_lines(unit)
    entries = [Entry(f"line {number}", "Observation", str(number), "", encode(note(number))) for number in range(1, 700)]
    broken = Entry("line 700", "Observation", bad.get("id", ""), "", encode(bad))
    with pytest.raises(BrokenFile) as raised:
        intake.take_entries([*entries, broken], Origin.IMPORTED, IMPORT)
    assert raised.value.place == "line 700"
    assert why in raised.value.why
    assert (things(unit), audit_lines(unit)) == (before, lines)
    assert set(mirrored(unit)) == {P1}


def test_the_id_of_another_person_is_refused(intake: Intake, unit: UnitOfWork) -> None:
    take(intake, patient())
    with pytest.raises(BrokenFile, match="another person") as raised:
        take(intake, patient(family="Nguyen", born="1951-05-05"))
    assert "Nguyen" not in str(raised.value)
    assert things(unit) == {P1: "Patient"}


@pytest.mark.parametrize(
    "same",
    [
        patient(family="Garcia-Nguyen"),
        patient(born="1990-01-10"),
        patient(family="GARCÍA", born="1990-10-01"),
        patient(name=[{"use": "maiden", "family": "Nguyen"}, {"use": "official", "family": "García"}], birthDate="2001-01-01"),
    ],
)
def test_a_new_name_or_a_corrected_birth_date_is_the_same_person(intake: Intake, same: Resource) -> None:
    take(intake, patient())
    assert take(intake, same).updated == 1


def test_a_broken_name_of_somebody_known_is_told_too(intake: Intake) -> None:
    take(intake, patient())
    with pytest.raises(BrokenFile, match="name: is no list"):
        take(intake, patient(name="García"))


def test_what_a_server_said_outweighs_a_file(intake: Intake, unit: UnitOfWork) -> None:
    """A patient who came from a file and was made on the server since keeps the server's id."""
    take(intake, patient())
    with unit.bookkeeping("as a sync would") as session:
        line = vars(mirrored(unit)[P1]) | {"source": "server", "server_id": "77", "digest": "another"}
        mirror.put(session, **{name: value for name, value in line.items() if not name.startswith("_")})
    assert take(intake, patient(family="Old")) == Counts(patients=1, resources=1, unchanged=1)
    assert (mirrored(unit)[P1].server_id, things(unit)[P1]) == ("77", "Patient")


def test_whoever_has_no_right_to_it_takes_nothing(intake: Intake, unit: UnitOfWork) -> None:
    with pytest.raises(Problem):
        intake.take([patient()], Origin.IMPORTED, Act(DANA, "import", Right.UPKEEP))
    assert things(unit) == {}


def test_one_file_is_one_act(intake: Intake, unit: UnitOfWork) -> None:
    before = audit_lines(unit)
    take(intake, patient(), *(note(number) for number in range(1200)))
    assert audit_lines(unit) == before + 1


def test_many_resources_are_taken_in_batches_and_told(intake: Intake, unit: UnitOfWork) -> None:
    told: list[int] = []
    resources = [patient(number) for number in range(1000)]
    resources += [note(number, f"Patient/p-{number % 1000}") for number in range(4000)]
    entries = [Entry("", one["resourceType"], one["id"], "", encode(one)) for one in reversed(resources)]
    assert intake.take_entries(entries, Origin.IMPORTED, IMPORT, told.append) == Counts(patients=1000, resources=5000, new=5000)
    assert told == [500 * number for number in range(1, 11)]
    assert "-" not in {word.split()[-1] for word in things(unit).values()}


def test_one_resource_may_refer_to_very_many(intake: Intake, unit: UnitOfWork) -> None:
    """More than SQLite takes in one question."""
    far = [{"reference": f"Patient/p-{number}"} for number in range(40_000)]
    take(intake, patient(), note(hasMember=far))
    assert things(unit)[O1] == f"Observation {P1}"


POOL = [patient(1), patient(2), note(1), note(2, "Patient/p-2"), note(3, "Patient/p-7"), {"resourceType": "Goal", "id": "g"}]


@given(files=st.lists(st.lists(st.sampled_from(POOL), max_size=6), min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_files_in_any_parts_and_order_end_the_same(files: list[list[Resource]], unit: UnitOfWork, intake: Intake) -> None:
    total = Counts()
    for file in files:
        total += take(intake, *file)
    assert total.resources == total.new + total.updated + total.unchanged + sum(total.ignored.values())
    take(intake, *POOL)
    take(intake, *POOL[:2])
    found = things(unit)
    assert set(found) == {imported(one["resourceType"], one["id"]) for one in POOL[:-1]}
