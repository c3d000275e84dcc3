"""What waits in the store, gathered for a file: as the push would send it, with all that the other side has to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from maroom.core.clock import Moment
from maroom.core.ids import new_id
from maroom.core.settings import Clinic
from maroom.store import exporting, mirror, received, sending, servers
from maroom.store.mirror import MirrorRow
from maroom.store.outbox import State
from maroom.store.sending import Sending
from maroom.store.unit_of_work import Act, Read, UnitOfWork
from maroom.sync.addresses import references
from maroom.sync.carrying import content
from maroom.sync.carrying.content import Carried, Content, Known
from maroom.sync.kinds import Exchanges, Kinds
from maroom.sync.push.answers import Asked
from maroom.sync.push.parcels import Packing, Parcel
from maroom.sync.push.plan import plan
from maroom.sync.push.steps import Line, Step, by_record, next_step
from maroom.sync.push.world import World

_URN = "urn:uuid:"
_AT_ONCE = 500
_TELLING = 6
"""records that the clinic's server is known by"""
_PEOPLE = ("Practitioner", "PractitionerRole")


@dataclass(frozen=True)
class Gathered:
    """`leaving` is what becomes known of the lines here once they leave; `covered` are those that go with a later one; of
    `broken` no body can be made."""

    content: Content
    leaving: tuple[Sending, ...]
    covered: tuple[int, ...]
    broken: tuple[int, ...]


class Gathering:
    def __init__(self, unit: UnitOfWork, exchanges: Exchanges, act: Act) -> None:
        self._unit = unit
        self._act = act
        self._kinds = Kinds(exchanges)
        self._people = [exchange for exchange in exchanges if exchange.rtype in _PEOPLE]
        self._packing = Packing(exchanges, lambda _rtype, _profile: True, lambda _step, _identified: Asked.POST)

    def anything(self, now: Moment) -> bool:
        """Whether something waits, beside what only tells who looked."""
        return any(step.rtype != "AuditEvent" for step in _chains(self._world([State.HELD], now)))

    def waiting(self, clinic: Clinic, station: str, now: Moment) -> Gathered:
        """All that waits and is not before a person."""
        steps = list(_chains(self._world([State.HELD], now)))
        return self._gathered(steps, clinic, station, now)

    def refused(self, local_id: str, clinic: Clinic, station: str, now: Moment) -> Gathered:
        """One record that was refused, and what it needs."""
        steps = list(_chains(self._world([State.HELD, State.QUARANTINED], now), local_id))
        return self._gathered(steps, clinic, station, now)

    def _world(self, also: Sequence[State], now: Moment) -> World:
        with self._unit.glance() as session:
            until = sending.highest(session)
        world = World(self._unit, self._kinds, self._act, until, also)
        world.load(now)
        return world

    def _gathered(self, steps: Sequence[Step], clinic: Clinic, station: str, now: Moment) -> Gathered:
        with self._unit.read(self._act) as read:
            parcels, broken = self._packed(read, steps)
            lines = self._lines(read, parcels)
            server = clinic.server
            made = Content(
                id=new_id(), clinic=clinic.id, station=station, at=now.utc, addresses=tuple(servers.addresses(read.session)),
                server=content.Server(
                    address=server.address, sign_in=server.sign_in, client_id=server.client_id, scopes=server.scopes,
                    mode=server.mode,
                ),
                lines=tuple(lines), known=tuple(self._known(read, lines)), people=self._named(read, lines),
            )  # fmt: skip
        covered = tuple(seq for parcel in parcels for seq in parcel.step.covers)
        return Gathered(made, tuple(parcel.sending() for parcel in parcels), covered, tuple(step.seq for step in broken))

    def _packed(self, read: Read, steps: Sequence[Step]) -> tuple[list[Parcel], list[Step]]:
        packed = [self._packing.pack(read, steps[n : n + _AT_ONCE]) for n in range(0, len(steps), _AT_ONCE)]
        return [parcel for parcels, _ in packed for parcel in parcels], [step for _, broken in packed for step in broken]

    def _lines(self, read: Read, parcels: Sequence[Parcel]) -> list[Carried]:
        written = exporting.written(read.session, [parcel.step.seq for parcel in parcels])
        return [_carried(parcel, written[parcel.step.seq]) for parcel in parcels]

    def _known(self, read: Read, lines: Sequence[Carried]) -> Iterator[Known]:
        """With what a change was made from, and with what tells the clinic's server from another."""
        inside = {line.local_id for line in lines}
        telling = {one.local_id for one in received.sample(read.session, _TELLING)}
        with_base = telling | {line.local_id for line in lines if line.base_version is not None}
        for local_id in sorted(_referred(lines) | inside | telling):
            row = mirror.of(read.session, local_id)
            if row and row.server_id and not row.gone:
                yield _of_mirror(row, local_id in with_base)
            elif local_id not in inside and (stays := self._stays(read, local_id, row)):
                yield stays

    def _stays(self, read: Read, local_id: str, row: MirrorRow | None) -> Known | None:
        """A record of ours that the server has not, and does not get by this file."""
        if row is None and not sending.with_lines(read.session, [local_id]):
            return None
        kind = self._kinds.of_record(read, local_id)
        rtype, name = (row.rtype, row.kind) if row else (kind.rtype, kind.kind) if kind else ("", "")
        return Known(
            local_id=local_id, rtype=rtype, kind=name, server_id=None, version=None, updated=None, digest="", base=None
        )  # fmt: skip

    def _named(self, read: Read, lines: Sequence[Carried]) -> dict[str, str]:
        known = received.by_id(read.session, _referred(lines))
        unknown = sorted(one for one in _referred(lines) if one not in known or not known[one].server_id)
        found = ((one, kind.rtype) for one in unknown for kind in self._people if kind.revision(read, one) > 0)
        return dict(found)


def _chains(world: World, only: str = "") -> Iterator[Step]:
    """All steps of each record that may go, one after the other; or what was refused of `only`, with all steps of what it
    needs."""
    planned = plan(world.lines, world.places, lambda _rtype, _op: True)
    going = set(planned.steps) | planned.waits
    records = {local_id: lines for local_id, lines in by_record(world.lines).items() if local_id in going}
    wanted = _with_needs(only, {one: {need for line in lines for need in line.needs} for one, lines in records.items()})
    for local_id, lines in records.items():
        if local_id == only:
            yield from (Step(line) for line in lines if line.state == State.QUARANTINED)
        elif local_id in wanted or not only:
            yield from _chain(lines)


def _chain(lines: Sequence[Line]) -> Iterator[Step]:
    left = list(lines)
    while left:
        step = next_step(left)
        yield step
        left = [line for line in left if line.seq > step.seq]


def _with_needs(local_id: str, needs: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    left = [local_id]
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += needs.get(one, ())
    return found


def _carried(parcel: Parcel, written: exporting.Written) -> Carried:
    line = parcel.step.line
    return Carried(
        message_id=written.message_id, local_id=line.local_id, kind=line.kind, rtype=line.rtype, revision=line.revision,
        op=line.op, author=written.author, station=written.station, at=written.at, at_offset=written.at_offset,
        needs=line.needs, base_version=parcel.version if parcel.server_id else None, body=parcel.made,
    )  # fmt: skip


def _referred(lines: Iterable[Carried]) -> set[str]:
    urns = {text for line in lines for text in references(line.body) if text.startswith(_URN)}
    return {text.removeprefix(_URN) for text in urns} | {need for line in lines for need in line.needs}


def _of_mirror(row: MirrorRow, with_base: bool) -> Known:
    return Known(
        local_id=row.local_id, rtype=row.rtype, kind=row.kind, server_id=row.server_id, version=row.version,
        updated=row.updated, digest=row.digest, base=row.base if with_base else None,
    )  # fmt: skip
