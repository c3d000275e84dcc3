"""Looks a patient up on the server, for somebody to choose from. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass

from maroom.core.names import HumanName, fold
from maroom.fhir import reading
from maroom.fhir.client import Client
from maroom.fhir.exchange import NotUsable, Resource
from maroom.store import received
from maroom.store.unit_of_work import UnitOfWork
from maroom.sync.pull import pages
from maroom.sync.pull.pages import Unavailable
from maroom.sync.served import Served

_MOST = 20


@dataclass(frozen=True)
class Wanted:
    """What is known of the patient: an identifier, or parts of the name with or without the date of birth."""

    family: str = ""
    given: str = ""
    birth: str = ""
    """as FHIR writes it"""
    identifier: str = ""
    """a value, or `system|value`"""

    def params(self) -> list[tuple[str, str]]:
        told = (("identifier", self.identifier), ("family", self.family), ("given", self.given), ("birthdate", self.birth))
        return [(name, _escaped(value, name)) for name, value in told if value]


@dataclass(frozen=True)
class Candidate:
    """A patient of the server. `local_id` is the record here, empty where the patient is not here yet; `replaced_by` the id
    there of the patient whom the server merged this one into."""

    server_id: str
    name: HumanName
    birth: str
    sex: str
    record_number: str
    local_id: str
    active: bool
    replaced_by: str


def candidates(client: Client, unit: UnitOfWork, wanted: Wanted) -> tuple[Candidate, ...]:
    """At most 20. Those that the server should not have found are left out: it may ignore what it was asked. ValueError for
    nothing asked; Halted, NotSent, Unknown, SignInNeeded."""
    params = wanted.params()
    if not params:
        raise ValueError("nothing to look for")
    try:
        page = pages.search(client, "Patient", [*params, ("_count", str(_MOST))])
    except Unavailable:
        return ()
    found = [served for served in page.served if served.rtype == "Patient"]
    with unit.glance() as session:
        known = received.by_address(session, [served.address for served in found])
    made = (_candidate(served, known[served.address].local_id if served.address in known else "") for served in found)
    asked = zip(found, made, strict=True)
    return tuple(one for served, one in asked if one and _fits(served.resource, one, wanted))[:_MOST]


def _candidate(served: Served, local_id: str) -> Candidate | None:
    patient = served.resource
    try:
        links = (one for one in reading.parts(patient, "link") if reading.text(one, "type") == "replaced-by")
        return Candidate(
            served.id,
            reading.human_name(patient, "name"),
            reading.text(patient, "birthDate"),
            reading.text(patient, "gender"),
            reading.record_number(patient),
            local_id,
            reading.flag(patient, "active") is not False,
            next((reading.reference(one, "other").rpartition("/")[2] for one in links), ""),
        )
    except NotUsable:
        return None


def _fits(patient: Resource, one: Candidate, wanted: Wanted) -> bool:
    """By what can be told for certain; how names are found is the server's."""
    if wanted.birth and one.birth and not one.birth.startswith(wanted.birth):
        return False
    if wanted.identifier:
        value = wanted.identifier.rpartition("|")[2]
        return any(reading.text(each, "value") == value for each in reading.parts(patient, "identifier"))
    names = fold(" ".join(_written(each) for each in reading.parts(patient, "name")))
    return all(fold(part) in names for part in (wanted.family, wanted.given) if part)


def _written(name: Resource) -> str:
    return " ".join((reading.text(name, "family"), *reading.texts(name, "given"), reading.text(name, "text")))


def _escaped(value: str, name: str) -> str:
    """A comma would ask for either, a bar for a system: in a name they are neither."""
    meant = value.replace("\\", "\\\\").replace(",", "\\,").replace("$", "\\$")
    return meant if name == "identifier" else meant.replace("|", "\\|")
