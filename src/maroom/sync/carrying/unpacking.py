"""What was carried, as a store of its own: its lines wait there as they did at the station, and its bodies stand in place of
rows. So everything goes up by the one way that there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from maroom.core.problems import Code, Problem
from maroom.fhir import codec
from maroom.fhir.exchange import NotUsable, Resource
from maroom.store import exporting, mirror, servers
from maroom.store.unit_of_work import Read, UnitOfWork
from maroom.sync.carrying.content import Carried, Content, Known
from maroom.sync.kinds import Exchanges, Kind
from maroom.sync.leading import Leading
from maroom.sync.merge import Conflict, Merged, Side, merge, same
from maroom.sync.merge.references import named


def unpack(unit: UnitOfWork, content: Content) -> None:
    """Twice is once: what stands here from an earlier try stays as it stands."""
    with unit.bookkeeping("what was carried") as session:
        if exporting.take_in(session, [_line(line) for line in content.lines], content.at):
            mirror.put_all(session, [_mirrored(known) for known in content.known])
            for address in content.addresses:
                servers.learn(session, address, {})


def exchanges(content: Content, program: Exchanges) -> Exchanges:
    """The program's own, but that bodies are those that were carried. Problem CARRIED_NEWER where one is of no kind known."""
    kinds = {(exchange.kind, exchange.rtype) for exchange in program}
    if any((line.kind, line.rtype) not in kinds for line in content.lines):
        raise Problem(Code.CARRIED_NEWER)
    return [_carried(exchange, content) for exchange in program]


def _carried(exchange: Kind, content: Content) -> Kind:
    return replace(
        exchange,
        claims=_none,
        take=_refuse,
        revision=partial(_revision, content, exchange),
        body=partial(_body, content, exchange) if exchange.body else None,
        needs=partial(_needs, content) if exchange.needs else None,
        withheld=None,  # the station has sorted out what stays there
    )


def _none(_resource: Resource) -> bool:
    return False


def _refuse(*_: object) -> None:
    raise NotUsable("resource", "is taken by the station alone")


def _revision(content: Content, exchange: Kind, _unit: object, local_id: str) -> int:
    lines = [line for line in content.by_record.get(local_id, ()) if line.kind == exchange.kind]
    somebody = content.people.get(local_id) == exchange.rtype
    return max((line.revision for line in lines), default=int(somebody))


def _needs(content: Content, _read: object, local_id: str, revision: int) -> tuple[str, ...]:
    return line_of(content, local_id, revision).needs


def _body(content: Content, exchange: Kind, read: Read, local_id: str, revision: int, base: Mapping[str, Any]) -> Resource:
    """As the station made it, brought over to what the server has by now; what both changed is ours."""
    line = line_of(content, local_id, revision)
    if not base or same(dict(base), content.before(line)):
        return line.body
    link = Leading(read, content.clinic, next(iter(content.addresses), "")).link_ours
    before, mine, theirs = (named(body, link) for body in (content.before(line), line.body, base))
    result = merge(exchange.rule, before, mine, theirs)
    if isinstance(result, Conflict):
        result = merge(exchange.rule, before, mine, theirs, {clash.path: Side.MINE for clash in result.clashes})
    return result.resource if isinstance(result, Merged) else mine


def line_of(content: Content, local_id: str, revision: int) -> Carried:
    """LookupError where it was not carried."""
    found = next((line for line in content.by_record.get(local_id, ()) if line.revision == revision), None)
    if found is None:
        raise LookupError(local_id)
    return found


def _line(line: Carried) -> dict[str, Any]:
    """Of the outbox."""
    names = ("message_id", "local_id", "kind", "revision", "op", "author", "station", "at", "at_offset", "base_version")
    return {name: getattr(line, name) for name in names} | {"body": codec.encode(line.body).decode()}


def _mirrored(known: Known) -> dict[str, Any]:
    names = ("local_id", "rtype", "kind", "server_id", "version", "updated", "digest", "base")
    there = {"source": mirror.SERVER, "theirs": None, "gone": False}
    return {name: getattr(known, name) for name in names} | there
