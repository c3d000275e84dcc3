"""Staff, PINs and wrong tries as rows, and what a Provenance or an AuditEvent is made from."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version
from typing import Any, ClassVar

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from maroom.access.model import Deed, StaffMember, Tries, Witnessed
from maroom.core.clock import Moment
from maroom.core.people import SYSTEM, Role
from maroom.store import clinic
from maroom.store.audit import AuditRow
from maroom.store.audit_event import AuditEventRow
from maroom.store.base import BOOKKEEPING, Base, Kind, Origin, Owner, Revision, known, latest
from maroom.store.provenance import ProvenanceRow, ProvenanceTargetRow
from maroom.store.unit_of_work import Write


class StaffRow(Revision):
    """One person. `identifiers` are the server's or the file's own (FHIR Identifier)."""

    __tablename__ = "staff"
    kind: ClassVar[Kind] = Kind("staff", sent=False)

    name: Mapped[str]
    role: Mapped[str]
    active: Mapped[bool]
    owner: Mapped[str]
    identifiers: Mapped[list[Any]]


class PinRow(Revision):
    """The hash of one person's PIN; the record's id is the person's. An empty hash takes the PIN away."""

    __tablename__ = "staff_pin"
    kind: ClassVar[Kind] = Kind("staff_pin", sent=False)

    hash: Mapped[str]


class TriesRow(Base):
    """Wrong tries of one person since her last right one. It outlives a restart, so that the wait does."""

    __tablename__ = "sign_in_tries"
    __table_args__ = ({"info": BOOKKEEPING},)

    staff: Mapped[str] = mapped_column(primary_key=True)
    wrong: Mapped[int]
    last: Mapped[datetime]


def everyone(session: Session) -> tuple[StaffMember, ...]:
    """All who were ever added or taken over, by role and name."""
    pins = set(session.scalars(select(PinRow.local_id).where(latest(PinRow), PinRow.hash != "")))
    rows = session.scalars(select(StaffRow).where(latest(StaffRow)))
    return tuple(_member(row, row.local_id in pins) for row in rows)


def member(session: Session, staff_id: str) -> StaffMember | None:
    row = _latest(session, staff_id)
    return None if row is None else _member(row, bool(pin_hash(session, staff_id)))


def anybody_has_pin(session: Session) -> bool:
    """Whether anybody ever could sign in; staff may have come from a server or a file before."""
    return session.scalars(select(PinRow.local_id).limit(1)).first() is not None


def pin_hash(session: Session, staff_id: str) -> str:
    """Empty where there is no PIN."""
    return session.scalar(select(PinRow.hash).where(PinRow.local_id == staff_id, latest(PinRow))) or ""


def staff_revision(session: Session, staff_id: str) -> int:
    return session.scalar(select(func.max(StaffRow.revision)).where(StaffRow.local_id == staff_id)) or 0


def add_member(unit: Write, member: StaffMember) -> None:
    """Writes a new person, or a revision after `member.revision`; owner and identifiers stay as they were."""
    before = _latest(unit.session, member.id)
    owner, identifiers = (before.owner, before.identifiers) if before else (Owner.LOCAL, [])
    row = StaffRow(
        local_id=member.id, name=member.name, role=member.role, active=member.active, owner=owner, identifiers=identifiers
    )
    unit.add(row, Origin.TYPED, after=member.revision)


def take_member(unit: Write, member: StaffMember, identifiers: list[Any], origin: Origin) -> None:
    """A person as another system gave her; the role she was given here stays."""
    before = _latest(unit.session, member.id)
    owner = Owner.LOCAL if origin is Origin.IMPORTED else Owner.SERVER
    role = before.role if before else member.role
    row = StaffRow(local_id=member.id, name=member.name, role=role, active=member.active, owner=owner, identifiers=identifiers)
    unit.add(row, origin, after=member.revision)


def add_pin(unit: Write, staff_id: str, hashed: str) -> None:
    after = unit.session.scalar(select(func.max(PinRow.revision)).where(PinRow.local_id == staff_id)) or 0
    unit.add(PinRow(local_id=staff_id, hash=hashed), Origin.TYPED, after=after)


def tries(session: Session, staff_id: str) -> Tries | None:
    row = session.get(TriesRow, staff_id)
    return None if row is None else Tries(row.wrong, row.last)


def keep_tries(session: Session, staff_id: str, counted: Tries) -> None:
    values = {"staff": staff_id, "wrong": counted.wrong, "last": counted.last}
    made = insert(TriesRow).values(values)
    session.execute(made.on_conflict_do_update(index_elements=["staff"], set_=values))


def forget_tries(session: Session, staff_id: str) -> None:
    session.execute(delete(TriesRow).where(TriesRow.staff == staff_id))


def provenance_revision(session: Session, local_id: str) -> int:
    return session.scalar(select(func.max(ProvenanceRow.revision)).where(ProvenanceRow.local_id == local_id)) or 0


def deed(session: Session, local_id: str, revision: int) -> Deed:
    """The act behind a Provenance. NoResultFound where there is no such revision."""
    row = session.get_one(ProvenanceRow, (local_id, revision))
    of_it = (ProvenanceTargetRow.local_id == local_id, ProvenanceTargetRow.revision == revision)
    targets = session.scalars(select(ProvenanceTargetRow.target).where(*of_it).order_by(ProvenanceTargetRow.position))
    author = _latest(session, row.author)
    settings = clinic.clinic(session)
    return Deed(
        activity=row.activity,
        recorded=row.recorded_at,
        targets=tuple(targets),
        author=row.author,
        name=author.name if author else "",
        on_server=author is not None and author.owner == Owner.SERVER,
        station=session.scalars(select(AuditRow.station).where(AuditRow.seq == row.act)).one(),
        clinic=settings.name,
        namespace=settings.namespace,
        version=version("maroom"),
    )


def audit_event_revision(session: Session, local_id: str) -> int:
    return session.scalar(select(func.max(AuditEventRow.revision)).where(AuditEventRow.local_id == local_id)) or 0


def witnessed(session: Session, local_id: str) -> Witnessed:
    """The act behind an AuditEvent. NoResultFound where there is none."""
    row = session.get_one(AuditEventRow, (local_id, 1))
    line = session.get_one(AuditRow, row.act)
    who = _latest(session, line.actor)
    return Witnessed(
        event=row.event,
        at=Moment(line.at, line.at_offset),
        who="" if line.actor == SYSTEM.staff else line.actor,
        name=who.name if who else "",
        on_server=who is not None and who.owner == Owner.SERVER,
        patient=line.patient,
        visit=line.visit,
        station=line.station,
        namespace=clinic.clinic(session).namespace,
        version=version("maroom"),
    )


def _latest(session: Session, staff_id: str) -> StaffRow | None:
    return session.scalars(select(StaffRow).where(StaffRow.local_id == staff_id, latest(StaffRow))).first()


def _member(row: StaffRow, has_pin: bool) -> StaffMember:
    role = known(Role, row.role)
    least = role if isinstance(role, Role) else Role.PROVIDER
    return StaffMember(row.local_id, row.name, least, bool(row.active), row.revision, has_pin)
