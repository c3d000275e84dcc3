"""Changed here and on the server: merged where the rule of the kind says so, else a person's, and nothing is thrown away."""

from __future__ import annotations

from typing import Any

import pytest

from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import Reading, Sign, Status
from maroom.store import check
from maroom.store.opening import STORE
from maroom.sync.merge import Side
from maroom.sync.settling import Settled
from maroom.visits.model import NewAllergy, Visit, VisitStatus
from tests.builders import DANA, KEY, opening
from tests.duties.vitals.build import measured
from tests.servers.peers import Peer
from tests.sync.pull.conftest import StartStation
from tests.sync.station import Station, appointment, change, got, patient, seed, weight
from tests.visits.build import ROOMS

S = VisitStatus


def begun(here: Station, server: Peer) -> Visit:
    """Somebody who has come, with the arrival on the server."""
    seed(server, appointment(seed(server, patient())))
    here.receive()
    (row,) = here.visits.today(opening()).visits
    visit = here.visits.arrive(opening(), row.visit, here.visits.visit(here.page(row.visit)).revision)
    here.send()
    return visit


def weighed(here: Station, about: VisitRef, pounds: str = "186") -> str:
    (reading,) = here.chart(about, measured(Sign.WEIGHT, pounds))
    here.send()
    return reading


def reading_of(here: Station, about: VisitRef, reading: str) -> Reading:
    return next(one for one in here.vitals.sets(here.page(about))[0].readings if one.id == reading)


def amend(here: Station, about: VisitRef, reading: str, pounds: str = "185") -> None:
    after = reading_of(here, about, reading).revision
    here.vitals.amend(here.page(about), reading, after, measured(Sign.WEIGHT, pounds), "typed wrong")


def address_of(here: Station, kind: str, local_id: str) -> str:
    rows = {row: here.local(row) for row in (f"{kind}/{one}" for one in here.here(kind))}
    return next(address for address, there in rows.items() if there == local_id)


def kilos(value: float) -> dict[str, Any]:
    return {"valueQuantity": {"value": value, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}}


def value(reading: Reading) -> tuple[str, str]:
    quantity = reading.measurement.value
    return str(quantity.value), quantity.unit


@pytest.fixture
def visit(here: Station, server: Peer) -> Visit:
    return begun(here, server)


# readings


@pytest.fixture
def clashing(here: Station, server: Peer, visit: Visit) -> tuple[str, str]:
    """A reading that was amended here and there: record id, and address on the server."""
    reading = weighed(here, visit.ref)
    address = address_of(here, "Observation", reading)
    amend(here, visit.ref, reading, "185")
    change(server, address, status="corrected", **kilos(90))
    here.receive(visit.ref.patient)
    return reading, address


def test_two_values_of_one_reading_are_a_persons(here: Station, visit: Visit, clashing: tuple[str, str]) -> None:
    reading, _ = clashing
    assert value(reading_of(here, visit.ref, reading)) == ("185", "[lb_av]")
    assert here.states(reading) == ["done", "conflict"]
    (asked,) = here.conflicts.listed(opening())
    assert (asked.local_id, asked.kind, asked.both, asked.removed) == (reading, "vital_sign", True, False)
    assert visit.ref.patient in asked.about
    assert asked.author == DANA.staff
    (clash,) = asked.clashes
    assert (clash.path, clash.recommended) == ("value", Side.BOTH)
    values = [float(side["valueQuantity"]["value"]) for side in (clash.base, clash.mine, clash.theirs)]
    assert values == [186, 185, 90]
    here.receive(visit.ref.patient)
    assert here.conflicts.listed(opening()) == (asked,)


def test_mine_chosen_goes_up_as_this_persons(here: Station, server: Peer, visit: Visit, clashing: tuple[str, str]) -> None:
    reading, address = clashing
    assert here.conflicts.choose(opening(), reading, {"value": Side.MINE}) in (Settled.REBASED, Settled.MERGED)
    assert here.conflicts.listed(opening()) == ()
    here.send()
    there = got(server, f"/{address}")
    assert (there["valueQuantity"]["value"], there["valueQuantity"]["code"]) == (185, "[lb_av]")
    assert here.receive(visit.ref.patient).received.changed == 0


def test_theirs_chosen_stands_here_and_nothing_is_sent(here: Station, visit: Visit, clashing: tuple[str, str]) -> None:
    reading, _ = clashing
    assert here.conflicts.choose(opening(), reading, {"value": Side.THEIRS}) is not Settled.CONFLICT
    here.send()
    assert here.receive(visit.ref.patient).received.changed == 0
    assert float(value(reading_of(here, visit.ref, reading))[0]) == 90
    assert "conflict" not in here.states()


def test_both_are_kept_as_two_readings(here: Station, server: Peer, visit: Visit, clashing: tuple[str, str]) -> None:
    reading, address = clashing
    other = here.conflicts.keep_both(opening(), reading)
    assert here.conflicts.listed(opening()) == ()
    found = {one.id: value(one) for kept in here.vitals.sets(here.page(visit.ref)) for one in kept.readings}
    assert {(round(float(number)), unit) for number, unit in found.values()} == {(90, "kg"), (185, "[lb_av]")}
    assert found[other] == ("185", "[lb_av]")
    here.send()
    assert got(server, f"/{address}")["valueQuantity"]["value"] == 90
    assert got(server, f"/{address_of(here, 'Observation', other)}")["valueQuantity"]["value"] == 185
    assert check.faults(here.folder / STORE, KEY) == []


def test_not_all_chosen_is_still_a_conflict(here: Station, clashing: tuple[str, str]) -> None:
    assert here.conflicts.choose(opening(), clashing[0], {}) is Settled.CONFLICT
    assert len(here.conflicts.listed(opening())) == 1
    with pytest.raises(KeyError):
        here.conflicts.choose(opening(), "nobody's", {})


def test_what_they_added_and_what_we_corrected_are_one(here: Station, server: Peer, visit: Visit) -> None:
    reading = weighed(here, visit.ref)
    address = address_of(here, "Observation", reading)
    amend(here, visit.ref, reading, "185")
    change(server, address, interpretation=[{"text": "high"}])
    here.receive(visit.ref.patient)
    assert here.conflicts.listed(opening()) == ()
    here.send()
    there = got(server, f"/{address}")
    assert (there["valueQuantity"]["value"], there["interpretation"], there["status"]) == (185, [{"text": "high"}], "amended")
    assert here.revision("vital_sign", reading) == 2


def test_void_beats_amended_on_either_side(here: Station, server: Peer, visit: Visit) -> None:
    ours, theirs = weighed(here, visit.ref, "186"), weighed(here, visit.ref, "187")
    here.vitals.void(here.page(visit.ref), ours, 1, "wrong patient")
    change(server, address_of(here, "Observation", ours), status="corrected", **kilos(90))
    amend_later = here.vitals.sets(here.page(visit.ref))
    after = next(one.revision for kept in amend_later for one in kept.readings if one.id == theirs)
    here.vitals.amend(here.page(visit.ref), theirs, after, measured(Sign.WEIGHT, "188"), "typed wrong")
    change(server, address_of(here, "Observation", theirs), status="entered-in-error")
    settled = here.receive(visit.ref.patient).received.settled
    assert here.conflicts.listed(opening()) == ()
    assert settled[Settled.THEIRS] == 1
    here.send()
    for reading in (ours, theirs):
        assert got(server, f"/{address_of(here, 'Observation', reading)}")["status"] == "entered-in-error"
        shown = {one.id: one.status for kept in here.vitals.sets(here.page(visit.ref)) for one in kept.readings}
        assert shown.get(reading, Status.ENTERED_IN_ERROR) == Status.ENTERED_IN_ERROR


# visits


def test_a_visit_moved_on_two_stations_is_one_visit(server: Peer, stations: StartStation) -> None:
    one, other = stations(server, "one"), stations(server, "other")
    visit = begun(one, server)
    other.receive()
    one.clock.forward(minutes=5)
    roomed = one.visits.take_to_room(opening(), visit.ref, visit.revision, "r1")
    other.clock.forward(minutes=8)
    there = other.visits.visit(other.page(visit.ref))
    there = other.visits.take_to_room(opening(), there.ref, there.revision, "r2")
    other.clock.forward(minutes=1)
    other.visits.with_provider(opening(), there.ref, there.revision)
    other.send()
    one.receive(visit.ref.patient)
    one.send()
    other.receive(visit.ref.patient)
    for station in (one, other):
        assert station.conflicts.listed(opening()) == ()
        found = station.visits.visit(station.page(visit.ref))
        assert [(move.status, move.room and move.room.name) for move in found.moves if move.status is not S.EXPECTED] == [
            (S.ARRIVED, None), (S.ROOMED, "1"), (S.ROOMED, "2"), (S.WITH_PROVIDER, "2"),
        ]  # fmt: skip
    assert {move.by for move in one.visits.visit(one.page(visit.ref)).moves if move.room == ROOMS[0]} == {DANA.staff}
    assert roomed.status is S.ROOMED
    for station in (one, other):
        quiet = station.receive(visit.ref.patient).received
        assert (quiet.new, quiet.changed, sum(quiet.settled.values())) == (0, 0, 0)


def test_a_room_that_two_stations_gave_away_is_shown_as_claimed_twice(server: Peer, stations: StartStation) -> None:
    one, other = stations(server, "one"), stations(server, "other")
    begun(one, server)
    seed(server, appointment(seed(server, patient(name=[{"family": "Vega"}], birthDate="1980-01-01"))))
    for station in (one, other):
        station.receive()
    for station, family in ((one, "García"), (other, "Vega")):
        row = next(row for row in station.visits.today(opening()).visits if row.name.family == family)
        visit = station.visits.visit(station.page(row.visit))
        visit = visit if visit.status is S.ARRIVED else station.visits.arrive(opening(), visit.ref, visit.revision)
        station.visits.take_to_room(opening(), visit.ref, visit.revision, "r1")
        station.send()
    for station in (one, other):
        station.receive()
        claimed = station.visits.today(opening()).claimed_twice
        assert {name: {row.name.family for row in rows} for name, rows in claimed.items()} == {"1": {"García", "Vega"}}


def test_taken_back_here_and_moved_on_there_is_a_persons(server: Peer, stations: StartStation) -> None:
    one, other = stations(server, "one"), stations(server, "other")
    visit = begun(one, server)
    visit = one.visits.take_to_room(opening(), visit.ref, visit.revision, "r1")
    one.send()
    other.receive()
    one.clock.forward(minutes=5)
    visit = one.visits.undo(opening(), visit.ref, visit.revision)
    other.clock.forward(minutes=5)
    there = other.visits.visit(other.page(visit.ref))
    other.visits.ready_for_provider(opening(), there.ref, there.revision)
    other.send()
    one.receive()
    (asked,) = one.conflicts.listed(opening())
    (clash,) = asked.clashes
    assert (clash.path, clash.mine, clash.theirs, clash.recommended) == ("status", "arrived", "triaged", Side.THEIRS)
    assert one.visits.visit(one.page(visit.ref)).status is S.ARRIVED
    one.conflicts.choose(opening(), asked.local_id, {"status": Side.THEIRS})
    assert one.visits.visit(one.page(visit.ref)).status is S.READY
    one.send()
    other.receive()
    assert other.visits.visit(other.page(visit.ref)).status is S.READY


# lists of the chart


def test_an_answer_that_was_taken_back_here_and_changed_there_is_asked(here: Station, server: Peer, visit: Visit) -> None:
    here.visits.ask_allergies(here.page(visit.ref), ())
    here.send()
    (address,) = (f"AllergyIntolerance/{one}" for one in here.here("AllergyIntolerance"))
    here.visits.ask_allergies(here.page(visit.ref), (NewAllergy("Latex"),))
    change(server, address, note=[{"text": "asked by telephone"}])
    here.receive(visit.ref.patient)
    (asked,) = here.conflicts.listed(opening())
    assert {clash.path: clash.recommended for clash in asked.clashes} == {
        "verificationStatus": Side.MINE,
        "note": Side.THEIRS,
    }
    here.conflicts.choose(opening(), asked.local_id, {clash.path: clash.recommended for clash in asked.clashes})
    here.send()
    there = got(server, f"/{address}")
    assert (there["verificationStatus"]["coding"][0]["code"], there["note"]) == ("refuted", [{"text": "asked by telephone"}])
    assert [one.substance for one in here.visits.chart(here.page(visit.ref)).allergies.listed] == ["Latex"]


def test_an_allergy_that_another_system_changed_comes(here: Station, server: Peer, visit: Visit) -> None:
    here.visits.ask_allergies(here.page(visit.ref), (NewAllergy("Latex"),))
    here.send()
    (address,) = (f"AllergyIntolerance/{one}" for one in here.here("AllergyIntolerance"))
    change(server, address, criticality="high")
    assert here.receive(visit.ref.patient).received.changed == 1
    (allergy,) = here.visits.chart(here.page(visit.ref)).allergies.listed
    assert (allergy.substance, allergy.criticality) == ("Latex", "high")


# what is on its way, and what is gone


def test_while_ours_is_on_its_way_theirs_waits_and_is_settled_afterwards(here: Station, server: Peer, visit: Visit) -> None:
    reading = weighed(here, visit.ref)
    address = address_of(here, "Observation", reading)
    amend(here, visit.ref, reading, "185")
    here.set_state(reading, "held")
    change(server, address, interpretation=[{"text": "high"}])
    assert here.receive(visit.ref.patient).received.settled == {Settled.DEFERRED: 1}
    assert here.revision("vital_sign", reading) == 2
    assert here.conflicts.listed(opening()) == ()
    here.set_state(reading, "queued")
    assert sum(here.conflicts.again(lambda: False).values()) == 1
    here.send()
    there = got(server, f"/{address}")
    assert (there["valueQuantity"]["value"], there["interpretation"]) == (185, [{"text": "high"}])
    assert sum(here.conflicts.again(lambda: False).values()) == 0


def test_a_stale_update_is_settled_as_a_pull_would(here: Station, server: Peer, visit: Visit) -> None:
    reading = weighed(here, visit.ref)
    address = address_of(here, "Observation", reading)
    amend(here, visit.ref, reading, "185")
    here.set_state(reading, "sending")
    theirs = change(server, address, interpretation=[{"text": "high"}])
    assert here.conflicts.stale(reading, "vital_sign", theirs) is Settled.REBASED
    here.send()
    assert got(server, f"/{address}")["valueQuantity"]["value"] == 185


def test_removed_there_and_changed_here_is_a_persons(here: Station, server: Peer, visit: Visit) -> None:
    kept, again = weighed(here, visit.ref, "186"), weighed(here, visit.ref, "187")
    for reading in (kept, again):
        sets = here.vitals.sets(here.page(visit.ref))
        after = next(one.revision for found in sets for one in found.readings if one.id == reading)
        here.vitals.amend(here.page(visit.ref), reading, after, measured(Sign.WEIGHT, "185"), "typed wrong")
    here.receive(visit.ref.patient)
    for reading in (kept, again):
        server.ask("DELETE", f"/{address_of(here, 'Observation', reading)}")
    assert set(here.receive(visit.ref.patient).gone) == {kept, again}
    asked = here.conflicts.listed(opening())
    assert {(one.local_id, one.removed) for one in asked} == {(kept, True), (again, True)}
    here.conflicts.give_up(opening(), kept)
    here.conflicts.send_again(opening(), again)
    assert here.conflicts.listed(opening()) == ()
    here.send()
    assert server.state()["counts"]["Observation"] == 1
    assert got(server, f"/{address_of(here, 'Observation', again)}")["valueQuantity"]["value"] == 185
    with pytest.raises(KeyError):
        here.conflicts.give_up(opening(), kept)


def test_one_that_cannot_be_read_here_is_a_persons_and_the_others_flow(here: Station, server: Peer, visit: Visit) -> None:
    """Amended here, and there moved to a patient whom nobody knows here, or no sign of ours any more."""
    stranger = seed(server, patient(name=[{"family": "Nobody"}]))
    yields, insists = weighed(here, visit.ref, "186"), weighed(here, visit.ref, "187")
    for reading in (yields, insists):
        sets = here.vitals.sets(here.page(visit.ref))
        after = next(one.revision for found in sets for one in found.readings if one.id == reading)
        here.vitals.amend(here.page(visit.ref), reading, after, measured(Sign.WEIGHT, "185"), "typed wrong")
    addresses = {reading: address_of(here, "Observation", reading) for reading in (yields, insists)}
    here.set_state(yields, "sending")
    theirs = change(server, addresses[yields], subject={"reference": stranger})
    assert here.conflicts.stale(yields, "vital_sign", theirs) is Settled.CONFLICT
    change(server, addresses[insists], status="entered-in-error", code={"text": "no sign"})
    further = seed(server, weight(here.mirrored_address(visit.ref.patient), 60))
    pulled = here.receive(visit.ref.patient)
    assert here.local(further)
    assert [refused.address for refused in pulled.received.refused] == [addresses[insists]]
    assert sum(here.conflicts.again(lambda: False).values()) == 0
    asked = here.conflicts.listed(opening())
    assert {one.local_id: one.unreadable for one in asked} == {yields: True, insists: True}
    here.conflicts.give_up(opening(), yields)
    here.conflicts.insist(opening(), insists)
    assert here.conflicts.listed(opening()) == ()
    here.send()
    assert got(server, f"/{addresses[insists]}")["valueQuantity"]["value"] == 185
    assert got(server, f"/{addresses[yields]}")["subject"]["reference"] == stranger
