"""Critical notices in the store: what was found, who was told, and whether it was read back."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from maroom.core.visit import VisitRef
from maroom.store.base import Kind, Origin, Revision, latest
from maroom.store.unit_of_work import Write
from maroom.visits.model import Notice
from maroom.visits.rows.times import moment


class NoticeRow(Revision):
    __tablename__ = "critical_notice"
    kind: ClassVar[Kind] = Kind("critical_notice")

    patient: Mapped[str] = mapped_column(index=True)
    visit: Mapped[str]
    about: Mapped[str]
    finding: Mapped[str]
    whom: Mapped[str]
    at: Mapped[datetime | None]
    at_offset: Mapped[int | None]
    read_back: Mapped[bool]


def add(unit: Write, notice: Notice, origin: Origin = Origin.TYPED) -> None:
    row = NoticeRow(
        local_id=notice.id,
        patient=notice.visit.patient,
        visit=notice.visit.visit,
        about=notice.about,
        finding=notice.finding,
        whom=notice.whom,
        at=notice.when.utc if notice.when else None,
        at_offset=notice.when.offset if notice.when else None,
        read_back=notice.read_back,
    )
    unit.add(row, origin, after=notice.revision)


def of_patient(session: Session, patient: str) -> tuple[Notice, ...]:
    wanted = select(NoticeRow).where(NoticeRow.patient == patient, latest(NoticeRow)).order_by(NoticeRow.recorded.desc())
    return tuple(_notice(row) for row in session.scalars(wanted))


def unanswered(session: Session) -> tuple[Notice, ...]:
    wanted = select(NoticeRow).where(latest(NoticeRow), NoticeRow.read_back.is_(False)).order_by(NoticeRow.recorded)
    return tuple(_notice(row) for row in session.scalars(wanted))


def get(session: Session, local_id: str) -> Notice:
    """NoResultFound where there is none."""
    return _notice(session.scalars(select(NoticeRow).where(NoticeRow.local_id == local_id, latest(NoticeRow))).one())


def at_revision(session: Session, local_id: str, number: int) -> tuple[Notice, str]:
    """With the record id of whoever reported it."""
    row = session.get_one(NoticeRow, (local_id, number))
    return _notice(row), row.author


def _notice(row: NoticeRow) -> Notice:
    return Notice(
        id=row.local_id,
        revision=row.revision,
        visit=VisitRef(row.visit, row.patient),
        about=row.about,
        finding=row.finding,
        whom=row.whom,
        when=moment(row.at, row.at_offset),
        read_back=bool(row.read_back),
    )
