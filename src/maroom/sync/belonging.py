"""A store belongs to one server: the ids, versions and cursors that it keeps are that server's. At another one each of its
records would be missing, or be somebody else's. So another address is taken only where the same server answers there."""

from __future__ import annotations

from enum import StrEnum

from maroom.fhir import reading
from maroom.fhir.client import Client
from maroom.fhir.exchange import NotUsable, Resource
from maroom.store import received, servers
from maroom.store.received import Sample
from maroom.store.unit_of_work import UnitOfWork
from maroom.sync.pull import pages
from maroom.sync.pull.pages import Unavailable
from maroom.sync.served import Served
from maroom.sync.trial import Belongs

_MOST = 6
"""records that are asked for"""
_MOST_STILL = 20


class _Found(StrEnum):
    OURS = "ours"
    NOT_THERE = "not_there"
    STRANGER = "stranger"


def belongs(unit: UnitOfWork, client: Client) -> Belongs:
    """Asks the server only where its address is a new one. Halted, and what the client raises."""
    with unit.glance() as session:
        known, sample = servers.addresses(session), received.sample(session, _MOST)
    if client.base in known or not sample:
        return Belongs.YES
    found = [_found(client, one) for one in sample]
    same = _Found.STRANGER not in found and found.count(_Found.OURS) * 2 > len(found)
    return Belongs.MOVED if same else Belongs.NO


def is_still(unit: UnitOfWork, client: Client) -> bool:
    """Whether any of what did not change there for longest is there still: the same server, whatever else it lost."""
    with unit.glance() as session:
        sample = received.sample(session, _MOST_STILL, oldest=True)
    return any(_found(client, one) is _Found.OURS for one in sample)


def belong(unit: UnitOfWork, address: str) -> None:
    """What is exchanged from here on is exchanged with the server at this address."""
    with unit.glance() as session:
        known = servers.addresses(session)
    if set(known) != {address}:
        with unit.bookkeeping("whose store it is") as session:
            servers.belong(session, address)


def _found(client: Client, known: Sample) -> _Found:
    try:
        served = pages.read(client, known.address)
    except (Unavailable, NotUsable):
        return _Found.NOT_THERE
    if served is None:
        return _Found.NOT_THERE
    return _Found.OURS if _same(known, served) else _Found.STRANGER


def _same(known: Sample, served: Served) -> bool:
    """By our identifier, by any that it had when it was last read, or as it says the very same."""
    try:
        if served.own_id() == known.local_id or _names(known.base) & _names(served.resource):
            return True
        return served.digest() == known.digest
    except NotUsable:
        return False


def _names(resource: Resource) -> set[tuple[str, str]]:
    """Its identifiers; NotUsable."""
    many = isinstance(resource.get("identifier", []), list)
    given = reading.parts(resource, "identifier") if many else (reading.part(resource, "identifier"),)
    named = {(reading.text(one, "system"), reading.text(one, "value")) for one in given}
    return {(system, value) for system, value in named if system and value}
