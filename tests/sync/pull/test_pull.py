"""A day's schedule and its charts come down, from servers of several families."""

from __future__ import annotations

import pytest

from maroom.duties.vitals.model import Sign
from maroom.store import check
from maroom.store.opening import STORE
from maroom.sync.merge import Side
from maroom.sync.pull.finding import Wanted, candidates
from maroom.sync.pull.reconciling import Difference, What
from maroom.sync.pull.scope import Scope
from maroom.visits.model import AllergyStatus, VisitStatus
from tests.builders import KEY, opening
from tests.duties.vitals.build import adult_set, measured
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.pull.conftest import StartStation
from tests.sync.station import Station, allergy, appointment, change, of, patient, seed, weight

PRESETS = ("hapi", "azure", "medplum", "ehr")


def a_day(server: Peer) -> dict[str, str]:
    """Two patients of today, one of tomorrow, one of next week."""
    doctor = seed(server, {"resourceType": "Practitioner", "name": [{"family": "Koroma", "given": ["Amara"]}]})
    people = {name: seed(server, patient(name=[{"family": name}])) for name in ("Ruiz", "Vega", "Morgen", "Later")}
    times = {"Ruiz": "24T09:00:00", "Vega": "24T23:00:00", "Morgen": "25T08:00:00"}
    for name, time in times.items():
        seed(server, appointment(people[name], f"2026-11-{time}-05:00"))
    seed(server, appointment(people["Later"], "2026-12-01T09:00:00-05:00"))
    for name in ("Ruiz", "Later"):
        seed(server, weight(people[name], 70))
        seed(server, allergy(people[name]))
    drug = {"medicationCodeableConcept": {"text": "Salbutamol"}, "intent": "order", "status": "active"}
    seed(server, of("Condition", people["Ruiz"], code={"text": "Asthma"}))
    seed(server, of("MedicationRequest", people["Ruiz"], **drug))
    return people | {"doctor": doctor}


@pytest.mark.parametrize("preset", PRESETS)
def test_today_and_tomorrow_with_all_charts(peer: StartPeer, stations: StartStation, preset: str) -> None:
    server = peer(preset)
    people = a_day(server)
    here = stations(server)
    pulled = here.receive()
    assert (pulled.complete, pulled.received.refused, pulled.unanswered, pulled.strangers) == (True, [], {}, {})
    assert here.here("Patient") == {people[name].partition("/")[2] for name in ("Ruiz", "Vega", "Morgen")}
    day = here.visits.today(opening()).visits
    assert [row.name.family for row in day] == ["Ruiz", "Vega"]
    chart = here.visits.chart(here.page(day[0].visit))
    assert [one.substance for one in chart.allergies.listed] == ["Latex"]
    assert [one.words for one in chart.conditions] == ["Asthma"]
    assert [one.words for one in chart.medicines] == ["Salbutamol"]
    kilos = here.vitals.last_values(here.page(day[0].visit))[Sign.WEIGHT].measurement.value
    assert (str(kilos.value), kilos.unit) == ("70", "kg")
    assert here.local(people["doctor"])
    assert here.states() == []
    again = here.receive()
    assert (again.complete, again.received.new, again.received.changed, again.charts) == (True, 0, 0, ())
    assert check.faults(here.folder / STORE, KEY) == []


@pytest.mark.parametrize("preset", ["hapi", "ehr"])
def test_only_what_changed_comes_again(peer: StartPeer, stations: StartStation, preset: str) -> None:
    server = peer(preset)
    people = a_day(server)
    here = stations(server)
    here.receive()
    reaction = seed(server, allergy(people["Ruiz"], "Penicillin"))
    change(server, people["Vega"], telecom=[{"system": "phone", "value": "555-0199"}])
    pulled = here.receive().received
    assert (pulled.new, pulled.changed) == (1, 1)
    assert here.local(reaction)
    change(server, reaction, criticality="high")
    assert (pulled := here.receive().received).changed == 1
    assert pulled.new == 0


def test_the_second_time_only_the_last_moments_are_asked_for(server: Peer, here: Station) -> None:
    people = a_day(server)
    here.receive()
    before = len(server.log())
    here.receive()
    asked = [path for one in server.log()[before:] if "AllergyIntolerance?" in (path := one["path"])]
    assert any("_lastUpdated=ge" in url for url in asked)
    assert people["Ruiz"].partition("/")[2] in " ".join(asked)


def test_a_chart_without_allergies_is_told_apart_from_one_that_is_not_here(server: Peer, here: Station) -> None:
    whose = seed(server, patient())
    seed(server, appointment(whose))
    pulled = here.receive()
    (row,) = here.visits.today(opening()).visits
    assert pulled.charts == (here.local(whose),)
    assert here.visits.chart(here.page(row.visit)).allergies.status is AllergyStatus.NOT_ASKED


def test_a_chart_of_which_a_part_is_not_to_be_had_is_not_here(server: Peer, here: Station) -> None:
    seed(server, appointment(seed(server, patient())))
    server.fault("status", times=99, status=403, path="AllergyIntolerance")
    pulled = here.receive()
    (row,) = here.visits.today(opening()).visits
    assert (pulled.charts, pulled.unanswered["AllergyIntolerance"], pulled.complete) == ((), 403, True)
    assert here.visits.chart(here.page(row.visit)).allergies.status is AllergyStatus.NOT_KNOWN_HERE
    server.no_faults()
    assert len(here.receive().charts) == 1


def test_whoever_is_open_is_kept_fresh_too(server: Peer, here: Station) -> None:
    whose = seed(server, patient())
    local_id, pulled = here.pull().patient(whose.partition("/")[2])
    assert (here.local(whose), pulled.charts) == (local_id, (local_id,))
    seed(server, weight(whose, 71))
    assert here.receive().received.new == 0
    assert here.receive(local_id).received.new == 1


def test_a_patient_is_looked_up_there_and_taken_with_the_chart(server: Peer, here: Station) -> None:
    whose = seed(server, patient(identifier=[{"system": "urn:mrn", "value": "1001"}]))
    seed(server, patient(name=[{"family": "Gardner"}], birthDate="1990-01-01", identifier=[]))
    seed(server, weight(whose))
    for wanted in (
        Wanted(family="garcía", birth="1968-02-02"),
        Wanted(family="Garc", given="Mar"),
        Wanted(identifier="urn:mrn|1001"),
        Wanted(birth="1968-02-02"),
    ):
        (found,) = candidates(here.client, here.unit, wanted)
        assert (found.server_id, found.name.family, found.local_id) == (whose.partition("/")[2], "García", "")
    assert candidates(here.client, here.unit, Wanted(family="Nobody")) == ()
    local_id, _ = here.pull().patient(found.server_id)
    assert candidates(here.client, here.unit, Wanted(identifier="1001"))[0].local_id == local_id
    assert here.visits.patient(opening(), local_id).name.family == "García"


def test_one_that_cannot_be_taken_is_named_and_the_others_go_in(server: Peer, here: Station) -> None:
    whose = seed(server, patient())
    seed(server, appointment(whose))
    good = [seed(server, weight(whose, 60 + number, f"2026-10-0{number}T09:00:00Z")) for number in range(1, 6)]
    bad = seed(server, {name: value for name, value in weight(whose, 80).items() if name != "status"})
    pulled = here.receive()
    assert [refused.address for refused in pulled.received.refused] == [bad]
    assert "status" in pulled.received.refused[0].why
    assert here.here("Observation") >= {one.partition("/")[2] for one in good}


def test_a_room_is_the_place_of_that_name(server: Peer, here: Station) -> None:
    """And of a name that two places have, or none, only its name is told."""
    place = seed(server, {"resourceType": "Location", "name": "1"})
    for _ in range(2):
        seed(server, {"resourceType": "Location", "name": "2"})
    seed(server, appointment(seed(server, patient())))
    here.receive()
    (row,) = here.visits.today(opening()).visits
    visit = here.visits.arrive(opening(), row.visit, here.visits.visit(here.page(row.visit)).revision)
    for room in ("r1", "r2", "r3"):
        here.clock.forward(minutes=1)
        visit = here.visits.take_to_room(opening(), visit.ref, visit.revision, room)
    body = here.body("encounter", visit.ref.visit)
    assert [one["location"] for one in body["location"]] == [
        {"reference": place, "display": "1"},
        {"display": "2"},
        {"display": "3"},
    ]
    assert here.receive().received.changed == 0


# what is no more


def test_what_was_removed_is_marked_and_stays_to_be_read(server: Peer, here: Station) -> None:
    whose = seed(server, patient())
    seed(server, appointment(whose))
    reading = seed(server, weight(whose))
    here.receive()
    server.ask("DELETE", f"/{reading}")
    pulled = here.receive()
    assert pulled.gone == (here.local(reading),)
    assert here.mirrored(reading).gone
    (row,) = here.visits.today(opening()).visits
    assert Sign.WEIGHT in here.vitals.last_values(here.page(row.visit))
    assert here.receive().gone == ()
    body = weight(whose, 72) | {"id": reading.partition("/")[2]}
    server.ask("PUT", f"/{reading}", body)
    here.receive()
    assert not here.mirrored(reading).gone


@pytest.mark.parametrize("preset", ["hapi", "medplum"])
def test_an_appointment_that_left_the_day(peer: StartPeer, stations: StartStation, preset: str) -> None:
    """Removed there, or moved to another day: nobody would tell by the time of its change."""
    server = peer(preset)
    whose = seed(server, patient())
    moved, removed = seed(server, appointment(whose)), seed(server, appointment(whose, "2026-11-24T15:00:00-05:00"))
    here = stations(server)
    here.receive()
    assert len(here.visits.today(opening()).visits) == 2
    change(server, moved, start="2026-12-09T13:00:00-05:00", end="2026-12-09T13:30:00-05:00")
    server.ask("DELETE", f"/{removed}")
    pulled = here.receive()
    assert pulled.gone == (here.local(removed),)
    assert len(here.visits.today(opening()).visits) == 1


def test_a_patient_who_was_removed_is_found_so(peer: StartPeer, stations: StartStation) -> None:
    server = peer("medplum")
    here = stations(server)
    whose = seed(server, patient())
    local_id, _ = here.pull().patient(whose.partition("/")[2])
    server.ask("DELETE", f"/{whose}")
    assert here.receive(local_id).gone == (local_id,)


# whom the server takes for one


def test_what_waits_follows_the_survivor_of_two_patients(server: Peer, here: Station) -> None:
    double, survivor = seed(server, patient(name=[{"family": "Garcia"}])), seed(server, patient())
    seed(server, appointment(double))
    here.receive()
    (row,) = here.visits.today(opening()).visits
    visit = here.visits.arrive(opening(), row.visit, here.visits.visit(here.page(row.visit)).revision)
    readings = here.chart(row.visit, *adult_set())
    change(server, double, active=False, link=[{"other": {"reference": survivor}, "type": "replaced-by"}])
    pulled = here.receive()
    (followed,) = pulled.followed
    assert (followed.patient, followed.survivor, followed.left) == (here.local(double), here.local(survivor), ())
    assert set(followed.moved) == {visit.ref.visit, *readings}
    (row,) = here.visits.today(opening()).visits
    assert (row.name.family, row.visit.patient) == ("García", here.local(survivor))
    assert len(here.vitals.sets(here.page(row.visit))[0].readings) == len(readings)
    assert here.body("vital_sign", readings[0])["subject"]["reference"] == survivor
    assert here.body("encounter", visit.ref.visit)["subject"]["reference"] == survivor
    assert check.faults(here.folder / STORE, KEY) == []


# two stations


def test_what_one_station_charts_comes_to_the_other_under_the_same_ids(peer: StartPeer, stations: StartStation) -> None:
    server = peer()
    seed(server, appointment(seed(server, patient())))
    one, other = stations(server, "one"), stations(server, "other")
    for station in (one, other):
        station.receive()
    (row,) = one.visits.today(opening()).visits
    visit = one.visits.arrive(opening(), row.visit, one.visits.visit(one.page(row.visit)).revision)
    readings = one.chart(row.visit, *adult_set())
    one.send()
    pulled = other.receive()
    assert pulled.received.new >= len(readings)
    (there,) = other.visits.today(opening()).visits
    assert (there.visit.visit, there.status) == (visit.ref.visit, VisitStatus.ARRIVED)
    sets = [station.vitals.sets(station.page(there.visit))[0].readings for station in (one, other)]
    assert [one.id for one in sets[0]] == [one.id for one in sets[1]] == readings
    assert [one.measurement.sign for one in sets[0]] == [one.measurement.sign for one in sets[1]]
    assert (again := one.receive().received).new == 0
    assert again.changed == 0


def test_our_own_reading_comes_back_known_as_ours(server: Peer, here: Station) -> None:
    """Sent, the answer lost, and the line still waiting: the server's copy confirms it."""
    whose = seed(server, patient())
    seed(server, appointment(whose))
    here.receive()
    (row,) = here.visits.today(opening()).visits
    here.visits.arrive(opening(), row.visit, here.visits.visit(here.page(row.visit)).revision)
    here.send()
    (reading,) = here.chart(row.visit, measured(Sign.WEIGHT, "186"))
    address = seed(server, here.body("vital_sign", reading))
    here.receive()
    assert here.local(address) == reading
    assert here.states(reading) == ["done"]
    assert here.revision("vital_sign", reading) == 1


def test_an_identifier_of_ours_that_two_there_bear_is_named(server: Peer, here: Station) -> None:
    whose = seed(server, patient())
    ours = {"system": "urn:ietf:rfc:3986", "value": "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e"}
    first, second = (seed(server, weight(whose, value, identifier=[ours])) for value in (70, 71))
    _, pulled = here.pull().patient(whose.partition("/")[2])
    assert pulled.received.doubles == [second]
    assert here.local(first) == "0f8fad5b-d9cb-469f-a165-70867728950e"
    assert here.local(second) not in ("", here.local(first))


def test_one_who_became_somebody_else_is_not_taken_unseen(server: Peer, here: Station) -> None:
    whose = seed(server, patient())
    local_id, _ = here.pull().patient(whose.partition("/")[2])
    change(server, whose, name=[{"family": "Nguyen"}], birthDate="1951-05-05")
    here.receive(local_id)
    assert here.visits.patient(opening(), local_id).name.family == "García"
    (asked,) = here.conflicts.listed(opening())
    assert {clash.path for clash in asked.clashes} == {"name", "birthDate"}
    here.conflicts.choose(opening(), local_id, {"name": Side.THEIRS, "birthDate": Side.THEIRS})
    assert here.visits.patient(opening(), local_id).name.family == "Nguyen"
    assert here.conflicts.listed(opening()) == ()
    assert here.states() == []


def test_a_run_is_stopped_between_questions_and_goes_on(server: Peer, here: Station) -> None:
    a_day(server)
    told: list[tuple[int, int]] = []
    pulled = here.pull().run(Scope.of_today(here.clock), lambda: len(told) > 3, lambda *said: told.append(said))
    assert not pulled.complete
    assert pulled.charts == ()
    assert here.receive().complete
    assert len(here.visits.today(opening()).visits) == 2


# held against each other


def test_what_never_came_is_found_by_holding_all_against_the_server(server: Peer, here: Station) -> None:
    whose = seed(server, patient())
    seed(server, appointment(whose))
    kept, changed, removed = (seed(server, weight(whose, 60 + one, f"2026-10-0{one}T09:00:00Z")) for one in (1, 2, 3))
    here.receive()
    scope = Scope.of_today(here.clock)
    assert here.pull().reconcile(scope) == ()
    later = seed(server, allergy(whose))
    change(server, changed, note=[{"text": "x"}])
    server.ask("DELETE", f"/{removed}")
    assert set(here.pull().reconcile(scope)) == {
        Difference(later, What.MISSING, mended=True),
        Difference(changed, What.OTHER_VERSION, mended=True),
        Difference(removed, What.GONE, mended=True),
    }
    assert here.pull().reconcile(scope) == ()
    assert not here.mirrored(kept).gone
    assert here.mirrored(removed).gone


def test_what_cannot_be_taken_is_told_at_each_reconciliation(server: Peer, here: Station) -> None:
    whose = seed(server, patient())
    seed(server, appointment(whose))
    bad = seed(server, {name: value for name, value in weight(whose, 80).items() if name != "status"})
    here.receive()
    scope = Scope.of_today(here.clock)
    for _ in range(2):
        assert here.pull().reconcile(scope) == (Difference(bad, What.MISSING, mended=False),)
