"""What the server took becomes known: its id, version and body in the mirror, the lines done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from maroom.fhir import reading
from maroom.fhir.exchange import NotUsable, Resource
from maroom.fhir.reply import Reply
from maroom.store import mirror, received, sending
from maroom.store.outbox import State
from maroom.sync.pull import pages
from maroom.sync.pull.pages import Unavailable
from maroom.sync.push.answers import Asked, placed
from maroom.sync.push.errand import Errand
from maroom.sync.push.parcels import Parcel
from maroom.sync.push.plan import Why
from maroom.sync.served import Served


@dataclass(frozen=True)
class Receipt:
    """That a resource is there as `served`; an unknown version is empty."""

    parcel: Parcel
    served: Served
    why: Why = Why.NOTHING


def receipt(errand: Errand, parcel: Parcel, reply: Reply) -> Receipt:
    """Of an answer that says it was taken. Where it does not tell the version, the resource is read."""
    server_id = placed(reply, parcel.rtype) or parcel.server_id
    whole = reply.resource if (reply.resource or {}).get("resourceType") == parcel.rtype else None
    version = reply.version or (reply.location.version if reply.location else "")
    if not version:
        found = read(errand, f"{parcel.rtype}/{server_id}")
        version, whole = (found.version, found.resource) if found else ("", whole)
    resource = whole or parcel.body | {"id": server_id}
    made_again = parcel.asked is Asked.UPDATE and reply.status == 201
    served = Served(resource, parcel.rtype, server_id, version, _updated(resource) or reply.modified)
    return Receipt(parcel, served, Why.MADE_AGAIN if made_again else Why.NOTHING)


def read(errand: Errand, address: str) -> Served | None:
    """As it is now; None where it is not there, or not readable. Halted and what the client raises."""
    try:
        return pages.read(errand.client, address)
    except (Unavailable, NotUsable):
        return None


def _updated(resource: Resource) -> datetime | None:
    try:
        found = reading.moment(reading.part(resource, "meta"), "lastUpdated")
    except NotUsable:
        return None
    return found.utc if found else None


def acknowledge(errand: Errand, receipts: Sequence[Receipt], *, sent: bool = True) -> None:
    """All in one transaction. A resource that another record here is, already, is put before a person."""
    errand.at("push.acknowledging")
    with errand.book("acknowledge") as session:
        there = received.by_address(session, [one.served.address for one in receipts])
        good = [one for one in receipts if _free(one, there)]
        mirror.put_all(session, [one.served.line(one.parcel.local_id, one.parcel.step.line.kind, True) for one in good])
        for why in {one.why for one in good}:
            sending.done(session, [one.parcel.step.seq for one in good if one.why is why], why)
        others = [one.parcel.step.seq for one in receipts if one not in good]
        sending.move(session, others, State.QUARANTINED, Why.TAKEN_BY_ANOTHER)
    errand.pending -= {one.parcel.local_id for one in good}
    errand.tally.confirmed += len(good)
    errand.tally.sent += len(good) if sent else 0
    errand.tally.made_again += sum(one.why is Why.MADE_AGAIN for one in good)
    errand.at("push.acknowledged")


def _free(one: Receipt, there: dict[str, received.Mirrored]) -> bool:
    known = there.get(one.served.address)
    return known is None or known.local_id == one.parcel.local_id
