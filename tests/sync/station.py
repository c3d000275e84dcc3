"""One workstation with a real store, all that can be charted there, and a way to a server; and what a server begins with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from maroom.access.rights import gate
from maroom.access.service.exchange import exchanges as of_people
from maroom.core.people import SYSTEM, Opening, Right
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import Entry, Measurement
from maroom.duties.vitals.service import Vitals
from maroom.duties.vitals.service.exchanging import exchange as vital_signs
from maroom.fhir.client import Client
from maroom.fhir.codec import decode
from maroom.store import mirror
from maroom.store.mirror import MirrorRow
from maroom.store.opening import STORE
from maroom.store.outbox import OutboxRow
from maroom.store.unit_of_work import Act, UnitOfWork
from maroom.sync.account import Account
from maroom.sync.conflicts import Conflicts
from maroom.sync.kinds import Exchanges, Kinds
from maroom.sync.pull.pull import Pull, Pulled
from maroom.sync.pull.scope import Scope
from maroom.sync.push.pace import Pace
from maroom.sync.run import Place, Run
from maroom.sync.served import Served
from maroom.visits.service import Visits, exchanges, load_charts
from tests.builders import DANA, SetClock, unit_of_work
from tests.servers.peers import Peer
from tests.visits.build import CLINIC, keep_clinic

Resource = dict[str, Any]
TERMS = "http://terminology.hl7.org/CodeSystem/"
_OF_ACTS = ("provenance", "audit_event")
UPKEEP = Act(SYSTEM, "sync", Right.UPKEEP)


@dataclass
class Station:
    """`overlap` is short, so that a test can see the cursor at work."""

    folder: Path
    unit: UnitOfWork
    clock: SetClock
    peer: Peer
    overlap: timedelta = timedelta(seconds=2)
    count: int = 200
    steps: list[str] = field(default_factory=list)
    client: Client = field(init=False)
    kinds: Exchanges = field(init=False)

    def __post_init__(self) -> None:
        self.client = Client(self.peer.base)
        self.kinds = (vital_signs(lambda: CLINIC.namespace), *of_people(), *exchanges())
        self.visits = Visits(self.unit, self.clock, lambda: CLINIC)
        self.vitals = Vitals(self.unit.write, self.unit.read, self.clock)
        self.conflicts = Conflicts(self.unit, self.kinds, CLINIC.id, self.peer.base)

    def pull(self, at: Any = None) -> Pull:
        """A run, not begun yet."""
        return Pull(
            self.unit, self.kinds, self.client, CLINIC.id, self.clock, load_charts,
            overlap=self.overlap, count=self.count, at=at or self.steps.append,
        )  # fmt: skip

    def receive(self, *opened: str) -> Pulled:
        """Today and tomorrow."""
        return self.pull().run(Scope.of_today(self.clock, opened))

    def sync(self) -> Account:
        """A whole run, as a person asks for it."""
        place = Place(self.folder, self.unit, self.kinds, CLINIC.id, load_charts, self.clock)
        pace = Pace(hold=timedelta(0), overlap=self.overlap, race_wait=timedelta(0))
        run = Run(place, lambda: Client(self.peer.base), pace=pace)
        return run(Scope.of_today(self.clock), lambda: False, lambda _phase, _done, _of: None, "test")

    # what is here

    def mirrored(self, address: str) -> MirrorRow | None:
        rtype, _, server_id = address.partition("/")
        with self.unit.glance() as session:
            found = select(MirrorRow).where(MirrorRow.rtype == rtype, MirrorRow.server_id == server_id)
            return session.scalars(found).first()

    def local(self, address: str) -> str:
        """The record id of a resource of the server; empty where it is not here."""
        row = self.mirrored(address)
        return row.local_id if row else ""

    def mirrored_address(self, local_id: str) -> str:
        """`Patient/7` of a record that the server has."""
        with self.unit.glance() as session:
            row = mirror.of(session, local_id)
        assert row
        return f"{row.rtype}/{row.server_id}"

    def here(self, rtype: str) -> set[str]:
        """Ids on the server of all that is here of a type."""
        with self.unit.glance() as session:
            rows = session.scalars(
                select(MirrorRow.server_id).where(MirrorRow.rtype == rtype, MirrorRow.server_id.is_not(None))
            )
            return set(rows)

    def states(self, local_id: str = "") -> list[str]:
        """Of the lines of the outbox, those of acts left out."""
        with self.unit.glance() as session:
            wanted = select(OutboxRow.state).where(OutboxRow.kind.not_in(_OF_ACTS)).order_by(OutboxRow.seq)
            return list(session.scalars(wanted.where(OutboxRow.local_id == local_id) if local_id else wanted))

    def set_state(self, local_id: str, state: str, body: Resource | None = None) -> None:
        """As a sending would leave it."""
        values = {"state": state} | ({"body": json.dumps(body)} if body else {})
        with self.unit.bookkeeping("as a sending would") as session:
            session.execute(update(OutboxRow).where(OutboxRow.local_id == local_id).values(**values))

    def revision(self, kind: str, local_id: str) -> int:
        with self.unit.read(UPKEEP) as read:
            return Kinds(self.kinds).named(kind).revision(read, local_id)

    # what is done here

    def page(self, visit: VisitRef) -> Opening:
        return Opening(DANA, visit)

    def chart(self, about: VisitRef, *measurements: Measurement) -> list[str]:
        """Record ids of what was recorded."""
        made = self.vitals.record(self.page(about), Entry(about, measurements))
        return [reading.id for reading in made.readings]

    def body(self, kind: str, local_id: str) -> Resource:
        """What would be sent now, with the server's references where it has one."""
        exchange = Kinds(self.kinds).named(kind)
        with self.unit.read(UPKEEP) as read:
            row = mirror.of(read.session, local_id)
            revision = exchange.revision(read, local_id)
            body = exchange.body(read, local_id, revision, (row.base if row else None) or {})
            known = {
                one.local_id: f"{one.rtype}/{one.server_id}" for one in read.session.scalars(select(MirrorRow)) if one.server_id
            }
        return _addressed(body, known)

    def send(self) -> None:
        """As plainly as can be: everything that waits, in order, each by a request of its own."""
        with self.unit.glance() as session:
            lines = session.execute(
                select(OutboxRow.local_id, OutboxRow.kind).where(OutboxRow.state == "queued").order_by(OutboxRow.seq)
            ).all()
        for local_id, kind in dict.fromkeys((row.local_id, row.kind) for row in lines):
            if kind not in _OF_ACTS:
                self._send(local_id, kind)

    def _send(self, local_id: str, kind: str) -> None:
        body = self.body(kind, local_id)
        with self.unit.glance() as session:
            row = mirror.of(session, local_id)
        if row and row.server_id:
            path = f"/{body['resourceType']}/{row.server_id}"
            answer = self.peer.ask("PUT", path, body | {"id": row.server_id}, If_Match=f'W/"{row.version}"')
        else:
            answer = self.peer.ask("POST", f"/{body['resourceType']}", body)
        assert answer.status in (200, 201), answer
        self.confirm(local_id, kind, got(self.peer, f"/{body['resourceType']}/{_id_of(answer)}"))

    def confirm(self, local_id: str, kind: str, resource: Resource) -> None:
        with self.unit.bookkeeping("as a sending would") as session:
            mirror.put(session, **Served.of(decode(json.dumps(resource).encode())).line(local_id, kind, with_base=True))
            session.execute(
                update(OutboxRow).where(OutboxRow.local_id == local_id, OutboxRow.state == "queued").values(state="done")
            )


def _id_of(answer: Any) -> str:
    place = answer.headers.get("location", "") or answer.headers.get("content-location", "")
    return place.partition("/_history")[0].rpartition("/")[2] if place else answer.body["id"]


def _addressed(body: Resource, known: Mapping[str, str]) -> Resource:
    """Urns of records that the server has, as its own references; the others are named by their identifier."""

    def put(value: Any) -> Any:
        if isinstance(value, list):
            return [put(one) for one in value]
        if not isinstance(value, dict):
            return value
        made = {name: put(one) for name, one in value.items()}
        urn = str(value.get("reference", ""))
        if not urn.startswith("urn:uuid:"):
            return made
        led = known.get(urn.removeprefix("urn:uuid:"))
        rest = {name: one for name, one in made.items() if name != "reference"}
        return rest | ({"reference": led} if led else {"identifier": {"system": "urn:ietf:rfc:3986", "value": urn}})

    return json.loads(json.dumps(put(body), default=float))


@contextmanager
def station(folder: Path, peer: Peer, clock: SetClock | None = None, **how: Any) -> Iterator[Station]:
    """A store of its own, of the one clinic; the one that is there, opened again."""
    folder.mkdir(exist_ok=True)
    clock, fresh = clock or SetClock(), not (folder / STORE).exists()
    with unit_of_work(folder, clock, gate) as unit:
        if fresh:
            keep_clinic(unit)
        made = Station(folder, unit, clock, peer, **how)
        yield made
        made.client.close()


# a server's data


def seed(peer: Peer, resource: Resource) -> str:
    """Created, whatever the server lets us do; its address."""
    before = {name: peer.tell("GET", "/config")[name] for name in ("readOnlyTypes",)}
    peer.set(readOnlyTypes=[])
    answer = peer.ask("POST", f"/{resource['resourceType']}", resource)
    peer.set(**before)
    assert answer.status == 201, answer
    return f"{resource['resourceType']}/{_id_of(answer)}"


def change(peer: Peer, address: str, **elements: Any) -> Resource:
    """As another system would, by the version that is there now."""
    before = peer.tell("GET", "/config")["readOnlyTypes"]
    peer.set(readOnlyTypes=[])
    now = got(peer, f"/{address}")
    version = now["meta"]["versionId"]
    body = {name: value for name, value in (now | elements).items() if value is not None}
    answer = peer.ask("PUT", f"/{address}", body, If_Match=f'W/"{version}"')
    peer.set(readOnlyTypes=before)
    assert answer.status == 200, answer
    return got(peer, f"/{address}")


def got(peer: Peer, path: str) -> Resource:
    answer = peer.ask("GET", path)
    assert answer.status == 200, answer
    return answer.body


def patient(**elements: Any) -> Resource:
    return {
        "resourceType": "Patient",
        "identifier": [{"system": "urn:mrn", "value": "1001"}],
        "name": [{"use": "official", "family": "García", "given": ["María"]}],
        "telecom": [{"system": "phone", "value": "555-0100"}],
        "gender": "female",
        "birthDate": "1968-02-02",
        **elements,
    }


def of(rtype: str, whose: str, **elements: Any) -> Resource:
    element = "patient" if rtype == "AllergyIntolerance" else "subject"
    return {"resourceType": rtype, element: {"reference": whose}, **elements}


def appointment(whose: str, start: str = "2026-11-24T13:00:00-05:00", **elements: Any) -> Resource:
    return {
        "resourceType": "Appointment",
        "status": "booked",
        "start": start,
        "end": start.replace(":00:00", ":30:00"),
        "description": "Cough",
        "participant": [{"actor": {"reference": whose}, "status": "accepted"}],
        **elements,
    }


def weight(whose: str, value: float = 70, at: str = "2026-10-01T09:00:00-05:00", **elements: Any) -> Resource:
    return of(
        "Observation",
        whose,
        status="final",
        category=[{"coding": [{"system": f"{TERMS}observation-category", "code": "vital-signs"}]}],
        code={"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
        effectiveDateTime=at,
        valueQuantity={"value": value, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"},
        **elements,
    )


def allergy(whose: str, words: str = "Latex", **elements: Any) -> Resource:
    status = {"coding": [{"system": f"{TERMS}allergyintolerance-clinical", "code": "active"}]}
    return of("AllergyIntolerance", whose, clinicalStatus=status, code={"text": words}, **elements)
