"""Steps made ready to be sent: the body as its duty makes it, which is frozen, and as this server takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from maroom.fhir import codec
from maroom.fhir.exchange import NotUsable, Resource
from maroom.store import mirror, received, sending
from maroom.store.mirror import MirrorRow
from maroom.store.received import Mirrored
from maroom.store.sending import Frozen, Sending
from maroom.store.unit_of_work import Read
from maroom.sync.addresses import references
from maroom.sync.attachments import is_whole
from maroom.sync.kinds import Exchanges, Kinds
from maroom.sync.push import bodies
from maroom.sync.push.answers import Asked
from maroom.sync.push.bodies import LEFT_OUT, Target
from maroom.sync.push.steps import FOLLOWING, Step

_URN = "urn:uuid:"
_PEOPLE = ("Practitioner", "PractitionerRole")


@dataclass(frozen=True)
class Parcel:
    """`made` is the body with references to records, `body` what goes out. Those that are updated have a `server_id`, and what
    was known of them; `must_read` that this is not enough to change them by."""

    step: Step
    asked: Asked
    made: Resource
    body: Resource
    server_id: str = ""
    version: str = ""
    base: Resource | None = None
    must_read: bool = False
    attempts: int = 0
    """times that it was sent and no clear answer came, before this one"""
    failing_since: datetime | None = None
    was_new: bool = False
    """when it was sent, the server was not known to have it: what may be there is the record as it was made there"""
    was_read: bool = False
    """just before this, so that nothing better is to be had by reading it"""

    @property
    def local_id(self) -> str:
        return self.step.local_id

    @property
    def rtype(self) -> str:
        return self.step.rtype

    @property
    def address(self) -> str:
        return f"{self.rtype}/{self.server_id or self.local_id}"

    def sending(self) -> Sending:
        return Sending(self.step.seq, codec.encode(self.made).decode(), self.version or None)


@dataclass(frozen=True)
class _Packed:
    step: Step
    made: Resource
    row: MirrorRow | None
    line: Frozen


Choose = Callable[[Step, bool], Asked]
"""How a new record is asked for; the flag tells whether the body carries our identifier."""


class Packing:
    """`profiles` tells whether a server names a profile for a type."""

    def __init__(self, exchanges: Exchanges, profiles: Callable[[str, str], bool], choose: Choose) -> None:
        self._kinds = Kinds(exchanges)
        self._people = [exchange for exchange in exchanges if exchange.rtype in _PEOPLE]
        self._profiles = profiles
        self._choose = choose

    def pack(self, read: Read, steps: Sequence[Step]) -> tuple[list[Parcel], list[Step]]:
        """The parcels of what goes together, and steps of which no body can be made."""
        frozen = sending.frozen(read.session, [step.seq for step in steps])
        packed: list[_Packed] = []
        broken: list[Step] = []
        for step in steps:
            line, row = frozen[step.seq], mirror.of(read.session, step.local_id)
            try:
                packed.append(_Packed(step, self._made(read, line, step, row), row, line))
            except (NotUsable, LookupError):
                broken.append(step)
        where = self._targets(read, packed)
        return [self._parcel(one, where) for one in packed], broken

    def _made(self, read: Read, frozen: Frozen, step: Step, row: MirrorRow | None) -> Resource:
        if frozen.body is not None and (not _is_there(row) or frozen.base_version == (row and row.version)):
            return codec.decode(frozen.body.encode())
        exchange = self._kinds.named(step.line.kind)
        if exchange.body is None:
            raise LookupError(step.line.kind)
        return exchange.body(read, step.local_id, step.line.revision, _base(row))

    def _parcel(self, packed: _Packed, where: Mapping[str, Target]) -> Parcel:
        step, made, row, tried = packed.step, packed.made, packed.row, (packed.line.attempts, packed.line.failing_since)
        unknown = Target(named=True) if step.rtype == "AuditEvent" else LEFT_OUT
        body = bodies.referring(made, lambda local_id: where.get(local_id, unknown))
        body = bodies.with_known_profiles(body, lambda profile: self._profiles(step.rtype, profile))
        if row is None or not _is_there(row):
            asked = self._choose(step, identified(made, step.local_id))
            own_id = step.local_id if asked is Asked.PUT else ""
            return Parcel(step, asked, made, bodies.created(body, own_id), "", "", None, False, *tried)
        there = row.server_id or ""
        must_read = not row.version or row.base is None or not is_whole(row.base)
        changed, was_new = bodies.updated(body, there), step.line.sent and packed.line.base_version is None
        return Parcel(step, Asked.UPDATE, made, changed, there, row.version or "", row.base, must_read, *tried, was_new)

    def _targets(self, read: Read, all_packed: Sequence[_Packed]) -> dict[str, Target]:
        urns = {text.removeprefix(_URN) for packed in all_packed for text in references(packed.made) if text.startswith(_URN)}
        known = received.by_id(read.session, urns)
        found = {local_id: target for local_id in urns if (target := self._target(read, local_id, known.get(local_id)))}
        if len(all_packed) == 1:
            return found
        new = [packed for packed in all_packed if not _is_there(packed.row)]
        return found | {packed.step.local_id: self._inside(packed.step, packed.made) for packed in new}

    def _inside(self, step: Step, body: Resource) -> Target:
        """To what goes up in the same bundle."""
        if self._choose(step, identified(body, step.local_id)) is Asked.PUT:
            return Target(f"{step.rtype}/{step.local_id}", step.rtype)
        return Target(bodies.url_in_bundle(step.local_id), step.rtype)

    def _target(self, read: Read, local_id: str, known: Mirrored | None) -> Target | None:
        if known and known.server_id:
            return Target(known.address, known.rtype)
        somebody = next((kind for kind in self._people if kind.revision(read, local_id) > 0), None)
        if somebody:
            return Target(rtype=somebody.rtype, named=True)
        stays = known is not None or bool(sending.with_lines(read.session, [local_id]))
        return None if stays else Target(named=True)


def _base(row: MirrorRow | None) -> Mapping[str, Any]:
    if row is None or row.base is None:
        return {}
    return row.base if row.source == mirror.SERVER else bodies.own_references(row.base)


def _is_there(row: MirrorRow | None) -> bool:
    return row is not None and bool(row.server_id) and not row.gone


def identified(body: Resource, local_id: str) -> bool:
    """Whether it carries our identifier: some types have no room for one."""
    if body["resourceType"] in FOLLOWING:
        return False
    found = body.get("identifier", [])
    given = cast("list[Resource]", found if isinstance(found, list) else [found])
    return any(one.get("value") == f"{_URN}{local_id}" for one in given)
