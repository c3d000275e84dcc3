"""One request that carries lines: marked as under way before its first byte, closed with what became of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from maroom.fhir import codec
from maroom.fhir.client import SignInNeeded
from maroom.fhir.reply import Reply
from maroom.fhir.transport import NotSent, Unknown
from maroom.store import sending
from maroom.sync.push import entries
from maroom.sync.push.answers import Asked, Verdict, judge
from maroom.sync.push.errand import Errand
from maroom.sync.push.parcels import Parcel


@dataclass(frozen=True)
class Answered:
    """`reply` is None where none came."""

    verdict: Verdict
    reply: Reply | None

    @property
    def status(self) -> int | None:
        return self.reply.status if self.reply else None


def seqs_of(parcels: Sequence[Parcel]) -> list[int]:
    """Of the lines that are under way with them."""
    return [parcel.step.seq for parcel in parcels]


def ask_alone(errand: Errand, parcel: Parcel) -> Answered:
    method, path, headers = entries.request(parcel)
    send = errand.client.put if method == "PUT" else errand.client.post
    return _ask(errand, [parcel], parcel.asked, lambda: send(path, parcel.body, headers))


def ask_together(errand: Errand, parcels: Sequence[Parcel]) -> Answered:
    bundle = entries.bundle(parcels, errand.client.base)
    asked = Asked.MIXED if any(parcel.asked is Asked.UPDATE for parcel in parcels) else Asked.CREATES
    return _ask(errand, parcels, asked, lambda: errand.client.post("", bundle))


def octets(errand: Errand, parcels: Sequence[Parcel]) -> int:
    return len(codec.encode(entries.bundle(parcels, errand.client.base)))


def _ask(errand: Errand, parcels: Sequence[Parcel], asked: Asked, send: Callable[[], Reply]) -> Answered:
    covered = [seq for parcel in parcels for seq in parcel.step.covers]
    errand.at("push.before_sending")
    with errand.book("begin sending") as session:
        attempt = sending.begin(session, asked, [parcel.sending() for parcel in parcels], covered, errand.now)
    errand.at("push.sending")
    begun = time.monotonic()
    answer = _sent(errand, parcels, send)
    errand.at("push.answered")
    reply = answer if isinstance(answer, Reply) else None
    with errand.book("answered") as session:
        sending.answered(session, attempt, reply.status if reply else None, int((time.monotonic() - begun) * 1000))
    return Answered(judge(asked, answer, parcels[0].rtype, len(parcels)), reply)


def _sent(errand: Errand, parcels: Sequence[Parcel], send: Callable[[], Reply]) -> Reply | NotSent | Unknown:
    try:
        return send()
    except (NotSent, Unknown) as fault:
        return fault
    except SignInNeeded:
        errand.requeue(seqs_of(parcels))
        raise
