"""The oracle itself: it is silent where all is well, and finds each thing that can be wrong."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from maroom.store import mirror
from maroom.store.opening import STORE
from maroom.visits.service import Visits
from tests.builders import KEY, SetClock, unit_of_work
from tests.servers.fixtures import StartPeer
from tests.servers.hapis import Hapi
from tests.sync.oracle import served, stored
from tests.sync.oracle.judged import Expected, Fault, Wrong, judged
from tests.sync.oracle.same import differences
from tests.sync.oracle.served import Served
from tests.sync.oracle.stored import Line, Mirrored, Sealed, Stored
from tests.visits.build import CLINIC, arrived, keep_clinic

PERSON, VISIT, PULSE, ACT, BAD = (f"{n}0000000-0000-4000-8000-000000000000" for n in range(1, 6))


def ours(local_id: str) -> list[dict[str, str]]:
    return [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{local_id}"}]


def pulse(value: Any = 72) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "identifier": ours(PULSE),
        "status": "final",
        "subject": {"reference": f"urn:uuid:{PERSON}"},
        "encounter": {"reference": "Encounter/e"},
        "issued": "2026-11-24T10:42:00-05:00",
        "valueQuantity": {"value": value, "unit": "/min"},
    }


@dataclass
class World:
    """A patient of the server, a visit and a pulse of ours, and the proof of it; and a record that was refused."""

    lines: list[Line] = field(default_factory=list)
    mirror: dict[str, Mirrored] = field(default_factory=dict)
    versions: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    audit: list[Sealed] = field(default_factory=list)
    targets: dict[str, frozenset[str]] = field(default_factory=dict)
    expected: Expected = field(default_factory=lambda: Expected(frozenset({VISIT, PULSE}), frozenset({BAD}), {"Patient/p": 1}))

    def faults(self, *others: Stored) -> list[Fault]:
        server = Served({address: tuple(versions) for address, versions in self.versions.items()}, frozenset(self.deleted))
        return judged((self.stored(), *others), server, self.expected)

    def stored(self) -> Stored:
        return Stored(tuple(self.lines), dict(self.mirror), tuple(self.audit), self.targets)

    def hold(self, address: str, body: dict[str, Any], version: str = "1") -> None:
        made = deepcopy(body) | {"id": address.partition("/")[2], "meta": {"versionId": version}}
        self.versions.setdefault(address, []).append(made)


@pytest.fixture
def world() -> World:
    made = World()
    visit = {"resourceType": "Encounter", "identifier": ours(VISIT), "subject": {"reference": "Patient/p"}}
    proof = {"resourceType": "Provenance", "target": [{"reference": f"urn:uuid:{PULSE}"}]}
    refused = {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}
    made.lines = [
        Line(1, VISIT, "visit", 1, "create", "done", body=visit),
        Line(2, PULSE, "vital_sign", 1, "create", "done", body=pulse()),
        Line(3, ACT, "provenance", 1, "create", "done", body=proof),
        Line(4, BAD, "vital_sign", 1, "create", "quarantined", body=pulse(9), outcome=refused),
    ]
    places = {PERSON: "Patient/p", VISIT: "Encounter/e", PULSE: "Observation/o", ACT: "Provenance/a"}
    made.mirror = {local_id: Mirrored(local_id, address, "1") for local_id, address in places.items()}
    made.hold("Patient/p", {"resourceType": "Patient"})
    made.hold("Encounter/e", visit)
    made.hold("Observation/o", pulse() | {"subject": {"reference": "Patient/p"}})
    made.hold("Provenance/a", proof | {"target": [{"reference": "Observation/o/_history/1"}]})
    written = tuple((line.kind, line.local_id, line.revision) for line in made.lines)
    made.audit = [Sealed(1, "0" * 64, "a", written[:1]), Sealed(2, "a", "b", written[1:])]
    return made


def kinds(faults: list[Fault]) -> set[Wrong]:
    return {fault.wrong for fault in faults}


def test_where_all_is_well_it_is_silent(world: World) -> None:
    assert world.faults() == []


def twice(world: World) -> None:
    world.hold("Observation/o2", world.versions["Observation/o"][0])


def proof_twice(world: World) -> None:
    world.hold("Provenance/b", world.versions["Provenance/a"][0])


def removed(world: World) -> None:
    world.deleted.add("Observation/o")


def never_there(world: World) -> None:
    del world.versions["Provenance/a"]


def no_mirror(world: World) -> None:
    del world.mirror[PULSE]


def crossed(world: World) -> None:
    world.mirror[PULSE] = Mirrored(PULSE, "Encounter/e", "1")


def old_version(world: World) -> None:
    world.mirror[PULSE] = Mirrored(PULSE, "Observation/o", "0")


def other_value(world: World) -> None:
    world.versions["Observation/o"][0]["valueQuantity"]["value"] = Decimal("72.1")


def other_patient(world: World) -> None:
    world.hold("Patient/q", {"resourceType": "Patient"})
    world.expected = replace(world.expected, before={"Patient/p": 1, "Patient/q": 1})
    world.versions["Observation/o"][0]["subject"] = {"reference": "Patient/q"}


def element_lost(world: World) -> None:
    del world.versions["Observation/o"][0]["issued"]


def element_more(world: World) -> None:
    world.versions["Observation/o"][0]["note"] = [{"text": "not ours"}]


def no_visit(world: World) -> None:
    world.hold("Encounter/f", {"resourceType": "Encounter", "partOf": {"reference": "Encounter/nowhere"}})


def our_reference(world: World) -> None:
    world.versions["Provenance/a"][0]["target"] = [{"reference": f"urn:uuid:{PULSE}"}]


def once_more(world: World) -> None:
    world.hold("Observation/o", world.versions["Observation/o"][0], "2")
    world.mirror[PULSE] = Mirrored(PULSE, "Observation/o", "2")


def server_changed(world: World) -> None:
    world.hold("Patient/p", {"resourceType": "Patient"}, "2")


def waits(world: World) -> None:
    world.lines[1] = replace(world.lines[1], state="queued")


def conflict(world: World) -> None:
    world.lines[2] = replace(world.lines[2], state="conflict")


def squashed_away(world: World) -> None:
    world.lines[1] = replace(world.lines[1], state="kept")


def no_reason(world: World) -> None:
    world.lines[3] = replace(world.lines[3], outcome=None)


def taken(world: World) -> None:
    world.lines[3] = replace(world.lines[3], state="done")


def chain_cut(world: World) -> None:
    world.audit[1] = replace(world.audit[1], previous="x")


def line_gone(world: World) -> None:
    del world.audit[0]


def no_act(world: World) -> None:
    world.audit[1] = replace(world.audit[1], records=world.audit[1].records[1:])


@pytest.mark.parametrize(
    ("broken", "found"),
    [
        (twice, Wrong.DUPLICATE),
        (proof_twice, Wrong.STRANGER),
        (removed, Wrong.LOST),
        (never_there, Wrong.LOST),
        (no_mirror, Wrong.LOST),
        (crossed, Wrong.WRONG_ID),
        (old_version, Wrong.WRONG_VERSION),
        (other_value, Wrong.CHANGED),
        (other_patient, Wrong.CHANGED),
        (element_lost, Wrong.CHANGED),
        (element_more, Wrong.CHANGED),
        (no_visit, Wrong.DANGLING),
        (removed, Wrong.DANGLING),
        (our_reference, Wrong.DANGLING),
        (once_more, Wrong.VERSIONS),
        (server_changed, Wrong.VERSIONS),
        (waits, Wrong.STOPPED),
        (waits, Wrong.MISSING),
        (conflict, Wrong.STOPPED),
        (squashed_away, Wrong.MISSING),
        (no_reason, Wrong.NOT_STOPPED),
        (taken, Wrong.NOT_STOPPED),
        (chain_cut, Wrong.CHAIN),
        (line_gone, Wrong.CHAIN),
        (no_act, Wrong.NOT_AUDITED),
    ],
)
def test_it_finds(world: World, broken: Callable[[World], None], found: Wrong) -> None:
    broken(world)
    assert found in kinds(world.faults())


def test_what_tells_of_a_refused_record_waits_for_it(world: World) -> None:
    world.lines.append(Line(5, "proof", "provenance", 1, "create", "blocked"))
    world.audit.append(Sealed(3, "b", "c", (("provenance", "proof", 1),)))
    assert kinds(world.faults()) == {Wrong.STOPPED}
    world.targets["proof"] = frozenset({BAD})
    assert world.faults() == []


def test_what_was_changed_before_the_server_saw_it_is_final(world: World) -> None:
    world.lines[1] = replace(world.lines[1], body=pulse() | {"status": "amended"})
    assert world.faults() == []
    world.hold("Observation/o", world.versions["Observation/o"][0], "2")
    world.mirror[PULSE] = Mirrored(PULSE, "Observation/o", "2")
    assert Wrong.CHANGED in kinds(world.faults())


def test_what_never_left_is_not_referred_to(world: World) -> None:
    world.lines[2].body["target"].append({"reference": "urn:uuid:taken-back"})
    assert kinds(world.faults()) == {Wrong.CHANGED}
    world.lines.append(Line(5, "taken-back", "vital_sign", 1, "void", "kept"))
    world.audit.append(Sealed(3, "b", "c", (("vital_sign", "taken-back", 1),)))
    assert world.faults() == []


def test_somebody_whom_the_server_does_not_know_is_named() -> None:
    sent = {"performer": [{"reference": f"urn:uuid:{PERSON}", "display": "Dana"}]}
    held = {"performer": [{"type": "Practitioner", "identifier": ours(PERSON)[0], "display": "Dana"}]}
    assert differences(sent, held, same) == []
    assert differences(sent, {"performer": [held["performer"][0] | {"display": "Eve"}]}, same) == [".performer[0].display"]
    assert differences(sent, {"performer": [held["performer"][0] | {"identifier": ours(ACT)[0]}]}, same) != []


def test_a_later_line_of_what_was_refused_waits_with_it(world: World) -> None:
    world.lines.append(Line(5, BAD, "vital_sign", 2, "update", "blocked"))
    world.audit.append(Sealed(3, "b", "c", (("vital_sign", BAD, 2),)))
    assert world.faults() == []


def test_where_others_write_too_what_was_sent_stood_once(world: World) -> None:
    world.hold("Observation/o", world.versions["Observation/o"][0] | {"status": "amended"}, "2")
    world.expected = replace(world.expected, before={"Patient/p": 1, "Observation/o": 1})
    assert kinds(world.faults()) == {Wrong.WRONG_VERSION, Wrong.CHANGED}
    world.expected = replace(world.expected, alone=False)
    assert world.faults() == []
    del world.versions["Observation/o"][0]
    assert kinds(world.faults()) == {Wrong.CHANGED}


def test_two_stores_account_for_what_is_there(world: World) -> None:
    other = Stored((), {}, ())
    world.hold("Observation/o2", {"resourceType": "Observation"})
    assert kinds(world.faults(other)) == {Wrong.STRANGER}
    line = Line(1, BAD[::-1], "vital_sign", 1, "create", "done", body={"resourceType": "Observation"})
    sealed = Sealed(1, "0" * 64, "a", (("vital_sign", BAD[::-1], 1),))
    theirs = {BAD[::-1]: Mirrored(BAD[::-1], "Observation/o2", "1")}
    assert world.faults(replace(other, lines=(line,), mirror=theirs, audit=(sealed,))) == []


# bodies


def same(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        ({"value": Decimal("72.10")}, {"value": Decimal("72.1")}),
        ({"value": 100}, {"value": Decimal("1.0E+2")}),
        ({"at": "2026-11-24T10:42:00-05:00"}, {"at": "2026-11-24T10:42:00.000-05:00"}),
        ({"status": "final"}, {"status": "final", "id": "7", "meta": {"versionId": "1"}, "text": {"div": "..."}}),
    ],
)
def test_these_say_the_same(sent: dict[str, Any], held: dict[str, Any]) -> None:
    assert differences(sent, held, same) == []


@pytest.mark.parametrize(
    ("sent", "held", "path"),
    [
        ({"value": Decimal("72.1")}, {"value": Decimal("72.2")}, ".value"),
        ({"value": True}, {"value": 1}, ".value"),
        ({"value": 72}, {"value": "72"}, ".value"),
        ({"at": "2026-11-24T10:42:00-05:00"}, {"at": "2026-11-24T15:42:00+00:00"}, ".at"),
        ({"given": ["a", "b"]}, {"given": ["b", "a"]}, ".given[0]"),
        ({"given": ["a"]}, {"given": ["a", "b"]}, ".given"),
        ({"name": {"family": "a"}}, {"name": {"family": "a", "text": "b"}}, ".name.text"),
        ({"subject": {"reference": "Patient/1"}}, {"subject": {"reference": "Patient/2"}}, ".subject.reference"),
    ],
)
def test_these_do_not(sent: dict[str, Any], held: dict[str, Any], path: str) -> None:
    assert path in differences(sent, held, same)


# readers


def test_a_server_of_the_tests_is_read_whole(peer: StartPeer) -> None:
    server = peer()
    person = {"resourceType": "Patient", "identifier": ours(PERSON), "gender": "female"}
    made = server.ask("PUT", "/Patient/a", person | {"id": "a"})
    server.ask("PUT", "/Patient/a", person | {"id": "a", "gender": "male"}, If_Match=made.headers["etag"])
    server.ask("PUT", "/Patient/b", {"resourceType": "Patient", "id": "b"})
    server.ask("DELETE", "/Patient/b")
    found = served.of_peer(server)
    assert [one["gender"] for one in found.versions["Patient/a"]] == ["female", "male"]
    assert (found.by_record(), found.now("Patient/b"), list(found.live())) == ({PERSON: ["Patient/a"]}, None, ["Patient/a"])


def test_hapi_is_read_whole(hapi: Hapi) -> None:
    weight = {"resourceType": "Observation", "id": "w", "status": "final", "code": {"text": "Weight"}}
    hapi.ask("PUT", "/Observation/w", weight | {"valueQuantity": {"value": 1}})
    hapi.ask(
        "PUT", "/Observation/w", b'{"resourceType":"Observation","id":"w","status":"final","valueQuantity":{"value":72.10}}'
    )
    hapi.ask("PUT", "/Patient/b", {"resourceType": "Patient", "id": "b"})
    hapi.ask("DELETE", "/Patient/b")
    found = served.of_hapi(hapi)
    assert [str(one["valueQuantity"]["value"]) for one in found.versions["Observation/w"]] == ["1", "72.10"]
    assert (list(found.live()), found.now("Patient/b")) == (["Observation/w"], None)


def test_a_store_is_read_beside_its_user(tmp_path: Path) -> None:
    clock = SetClock()
    with unit_of_work(tmp_path, clock) as unit:
        keep_clinic(unit)
        visit = arrived(Visits(unit, clock, lambda: CLINIC))
        with unit.bookkeeping("as a sending would") as session:
            mirror.put(session, **_line(visit.ref.patient))
        found = stored.read(tmp_path / STORE, KEY)
    told = [(line.kind, line.op, line.revision, line.state) for line in found.lines]
    assert told == [(kind, "create", 1, "queued") for kind in ("patient", "provenance", "encounter", "provenance")]
    assert found.lines[0].local_id == visit.ref.patient
    assert found.mirror == {visit.ref.patient: Mirrored(visit.ref.patient, "Patient/7", "3")}
    assert ("encounter", visit.ref.visit, 1) in found.audit[-1].records
    assert [sealed.previous for sealed in found.audit] == ["0" * 64, *(sealed.hash for sealed in found.audit[:-1])]


def _line(local_id: str) -> dict[str, Any]:
    given = {"rtype": "Patient", "kind": "patient", "source": "server", "server_id": "7", "version": "3", "digest": "d"}
    return {"local_id": local_id, **given, "updated": None, "base": None, "theirs": None, "gone": False}
