"""Two stations send to one server and receive from it, until nobody has anything to say: then both have the same."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from maroom.core.problems import Problem
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import Reading, Sign, Status
from maroom.fhir.capability import Capability
from maroom.store import check
from maroom.store.opening import STORE
from maroom.sync.merge import Side
from maroom.sync.push.modes import ServerFacts
from maroom.sync.push.push import Push, Pushed
from maroom.visits.model import Step
from tests.builders import KEY, opening
from tests.duties.vitals.build import measured
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.pull.conftest import StartStation
from tests.sync.push.station import PACE
from tests.sync.station import Station, appointment, patient, seed


def sent(here: Station, server: Peer) -> Pushed:
    facts = ServerFacts(server.base, Capability.of(server.ask("GET", "/metadata").body))
    push = Push(here.unit, here.kinds, here.client, facts, here.conflicts, here.clock, PACE, sleep=lambda _seconds: None)
    push.recover()
    return push.run(lambda: False)


def synced(here: Station, server: Peer) -> int:
    """As a run does it: up, down, and what was merged up once more. How much was new to either side."""
    up = sent(here, server)
    again = here.conflicts.again(lambda: False)
    down = here.receive().received
    last = sent(here, server)
    return up.sent + last.sent + down.new + down.changed + sum(down.settled.values()) + sum(again.values())


def quiet(server: Peer, *stations: Station) -> None:
    for _ in range(8):
        said = [synced(one, server) for one in stations]
        if not any(said):
            return
    raise AssertionError(f"still {said}")


def visit_of(here: Station) -> VisitRef:
    (row,) = here.visits.today(opening()).visits
    return row.visit


def readings(here: Station) -> dict[str, Reading]:
    return {one.id: one for kept in here.vitals.sets(here.page(visit_of(here))) for one in kept.readings}


def told(here: Station) -> dict[str, Any]:
    """What a person sees of the visit. A correction that nobody saw before goes up as if it had been typed so at once."""
    visit = here.visits.visit(here.page(visit_of(here)))
    moves = [(move.status, move.at, move.room and move.room.name) for move in visit.moves if not move.undo]
    stands = {one.id: one for one in readings(here).values() if one.status is not Status.ENTERED_IN_ERROR}
    taken = {one_id: (str(one.measurement.value.value), one.measurement.value.unit) for one_id, one in stands.items()}
    return {"visit": (visit.ref, visit.status, moves[-1] if moves else None), "readings": taken}


def something(here: Station, dice: Random) -> None:
    """One thing that an assistant may do, and none where it is not to be done now."""
    here.clock.forward(minutes=1)
    about = visit_of(here)
    known = [one for one in readings(here).values() if one.measurement.sign is Sign.PULSE]
    what = dice.choice(("chart", "amend", "void", "move"))
    try:
        if what == "chart" or (what != "move" and not known):
            here.chart(about, measured(Sign.PULSE, str(dice.randint(50, 120))))
        elif what == "amend":
            one = dice.choice(known)
            here.vitals.amend(
                here.page(about), one.id, one.revision, measured(Sign.PULSE, str(dice.randint(50, 120))), "typed wrong"
            )
        elif what == "void":
            one = dice.choice(known)
            here.vitals.void(here.page(about), one.id, one.revision, "wrong patient")
        else:
            visit = here.visits.visit(here.page(about))
            verbs = {Step.ARRIVE: "arrive", Step.READY_FOR_PROVIDER: "ready_for_provider", Step.WITH_PROVIDER: "with_provider"}
            row = here.visits.today(opening()).visits[0]
            steps = [step for step in row.steps if step in verbs]
            if steps:
                getattr(here.visits, verbs[steps[0]])(opening(), visit.ref, visit.revision)
            elif Step.TAKE_TO_ROOM in row.steps:
                here.visits.take_to_room(opening(), visit.ref, visit.revision, "r1")
    except (Problem, ValueError, KeyError):
        pass  # a voided reading, a room that is taken


@pytest.mark.parametrize(("preset", "seed_"), [("hapi", 1), ("azure", 2), ("medplum", 5), ("ehr", 6), ("ehr", 8)])
def test_two_stations_come_to_the_same(peer: StartPeer, stations: StartStation, preset: str, seed_: int) -> None:
    server = peer(preset)
    dice = Random(seed_)
    seed(server, appointment(seed(server, patient())))
    both = stations(server, "one"), stations(server, "other")
    for here in both:
        here.receive()
    for _ in range(6):
        for here in both:
            for _ in range(dice.randint(0, 3)):
                something(here, dice)
        synced(dice.choice(both), server)
    quiet(server, *both)
    for here in both:
        asked = here.conflicts.listed(opening())
        for one in asked:
            here.conflicts.choose(opening(), one.local_id, {clash.path: Side.THEIRS for clash in one.clashes})
    quiet(server, *both)
    assert [here.conflicts.listed(opening()) for here in both] == [(), ()]
    assert told(both[0]) == told(both[1])
    assert server.state()["duplicates"] in ([], {}, 0)
    for here in both:
        assert set(here.states()) <= {"done", "squashed", "kept"}
        assert check.faults(here.folder / STORE, KEY) == []


@pytest.mark.parametrize("preset", ["hapi", "medplum"])
def test_a_visit_goes_up_with_its_first_entry(peer: StartPeer, stations: StartStation, preset: str) -> None:
    """Charted before anybody noted that the patient came: others find the reading under the visit all the same."""
    server = peer(preset)
    seed(server, appointment(seed(server, patient())))
    here = stations(server, "one")
    here.receive()
    here.chart(visit_of(here), measured(Sign.PULSE, "72"))
    assert sent(here, server).sent >= 2
    told_there = {one["resourceType"]: one for one in server.dump() if one["resourceType"] in ("Encounter", "Observation")}
    assert told_there["Encounter"]["status"] == "planned"
    assert told_there["Observation"]["encounter"]["reference"] == f"Encounter/{told_there['Encounter']['id']}"


@pytest.mark.parametrize("preset", ["hapi", "medplum"])
def test_what_was_put_right_before_it_went_up_goes_up_once(peer: StartPeer, stations: StartStation, preset: str) -> None:
    """Its answer was lost and it came back with the next questions, while nobody knew yet that it had arrived."""
    server = peer(preset)
    seed(server, appointment(seed(server, patient())))
    here = stations(server)
    here.receive()
    about = visit_of(here)
    (pulse,) = here.chart(about, measured(Sign.PULSE, "74"))
    here.vitals.amend(here.page(about), pulse, 1, measured(Sign.PULSE, "47"), "typed wrong")
    server.tell("POST", "/fault", {"action": "lose", "method": "POST", "bodyContains": pulse, "times": 1})
    sent(here, server)
    assert here.receive(about.patient).received.settled
    here.clock.forward(minutes=6)
    sent(here, server)
    (found,) = server.ask("GET", f"/Observation?identifier=urn:ietf:rfc:3986%7Curn:uuid:{pulse}").body["entry"]
    there = found["resource"]
    assert (there["status"], there["valueQuantity"]["value"]) == ("final", 47)
    assert len(server.ask("GET", f"/Observation/{there['id']}/_history").body["entry"]) == 1
    assert set(here.states()) <= {"done", "squashed", "kept"}
