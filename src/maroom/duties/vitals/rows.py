"""Vital signs in the store: the rows, and the only way from row to model and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Index, Select, bindparam, select, union_all
from sqlalchemy.orm import Mapped, Session

from maroom.core.clock import Moment
from maroom.core.quantity import Quantity
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import (
    RETRACTED,
    Absent,
    Coded,
    Component,
    Measurement,
    Performer,
    Reading,
    Sign,
    Status,
    Value,
    Why,
)
from maroom.duties.vitals.rules.signs import spec
from maroom.store.base import Kind, Op, Origin, Part, Revision, known, latest
from maroom.store.unit_of_work import Write

KIND = Kind("vital_sign")
_KNOWN_SIGNS = tuple(sign.value for sign in Sign)


class VitalSignRow(Revision):
    """One reading. `absent` is empty where there is a value; `coded` and `day` hold what is no number."""

    __tablename__ = "vital_sign"
    __table_args__ = (
        Index("ix_vital_sign_patient_sign_measured", "patient", "sign", "measured"),
        Index("ix_vital_sign_visit", "visit"),
    )
    kind: ClassVar[Kind] = KIND

    patient: Mapped[str]
    visit: Mapped[str]
    set_id: Mapped[str]
    sign: Mapped[str]
    status: Mapped[str]
    measured: Mapped[datetime]
    measured_offset: Mapped[int]
    until: Mapped[datetime | None]
    until_offset: Mapped[int | None]
    performer: Mapped[str]
    performer_name: Mapped[str]
    value: Mapped[Decimal | None]
    unit: Mapped[str]
    entered: Mapped[str]
    coded: Mapped[dict[str, Any] | None]
    day: Mapped[date | None]
    absent: Mapped[str]
    absent_text: Mapped[str]
    qualifiers: Mapped[dict[str, Any]]
    note: Mapped[str]
    derived_from: Mapped[list[Any]]


class VitalSignPartRow(Part):
    """A value beside or instead of the reading's own: a half of a pressure, oxygen given."""

    __tablename__ = "vital_sign_part"

    component: Mapped[str]
    value: Mapped[Decimal | None]
    unit: Mapped[str]
    entered: Mapped[str]
    absent: Mapped[str]
    absent_text: Mapped[str]


# writing


def put(w: Write, reading: Reading, origin: Origin, *, op: Op | None = None) -> Reading:
    """Writes a reading as the revision after `reading.revision` (0: a new record), and gives it back as it then stands."""
    row, parts = _row(reading), [_part(component, part) for component, part in reading.measurement.parts.items()]
    w.add(row, origin, after=reading.revision, op=op, reason=reading.reason, parts=parts)
    return replace(reading, revision=row.revision, recorded=row.recorded_at, author=row.author)


def _row(reading: Reading) -> VitalSignRow:
    what = reading.measurement
    return VitalSignRow(
        local_id=reading.id,
        patient=reading.visit.patient,
        visit=reading.visit.visit,
        set_id=reading.set_id,
        sign=what.sign,
        status=reading.status,
        measured=reading.measured.utc,
        measured_offset=reading.measured.offset,
        until=what.until.utc if what.until else None,
        until_offset=what.until.offset if what.until else None,
        performer=reading.performer.staff,
        performer_name=reading.performer.name,
        coded=_coded(what.value),
        day=what.value if isinstance(what.value, date) else None,
        qualifiers=dict(what.qualifiers),
        note=what.note,
        derived_from=list(what.derived_from),
        **_number(what.value),
    )


def _coded(value: Value | Absent | None) -> dict[str, Any] | None:
    return {"system": value.system, "code": value.code, "display": value.display} if isinstance(value, Coded) else None


def _part(component: Component, part: Quantity | Absent) -> VitalSignPartRow:
    return VitalSignPartRow(component=component, **_number(part))


def _number(value: Value | Absent | None) -> dict[str, Any]:
    """The columns that a head and a part share."""
    quantity = value if isinstance(value, Quantity) else None
    absent = value if isinstance(value, Absent) else Absent("")
    return {
        "value": quantity.value if quantity else None,
        "unit": quantity.unit if quantity else "",
        "entered": quantity.entered if quantity else "",
        "absent": absent.why,
        "absent_text": absent.text,
    }


# reading


def revision(session: Session, local_id: str) -> int:
    """The revision that a record stands at, 0 where there is none."""
    row = VitalSignRow
    return session.scalar(select(row.revision).where(row.local_id == local_id).order_by(row.revision.desc()).limit(1)) or 0


def one(session: Session, local_id: str, at: int | None = None) -> Reading | None:
    """A reading at a revision, or as it stands."""
    row = VitalSignRow
    wanted = latest(row) if at is None else row.revision == at
    return next(iter(_found(session, select(row).where(row.local_id == local_id, wanted))), None)


def of_visit(session: Session, visit: VisitRef, set_id: str = "") -> tuple[Reading, ...]:
    """All readings of a visit (or of one set of it) as they stand, each with what it replaced, in the order of measuring."""
    row = VitalSignRow
    where = [row.visit == visit.visit, row.patient == visit.patient, row.sign.in_(_KNOWN_SIGNS), latest(row)]
    if set_id:
        where.append(row.set_id == set_id)
    ours = select(row.local_id).where(*where).correlate(None)
    revisions: dict[str, list[Reading]] = defaultdict(list)
    wanted = select(row).where(row.local_id.in_(ours)).order_by(row.revision)
    for reading in _found(session, wanted):
        revisions[reading.id].append(reading)
    standing = [replace(of_one[-1], replaced=tuple(of_one[:-1])) for of_one in revisions.values()]
    return tuple(sorted(standing, key=_in_order))


_ORDER = {sign: place for place, sign in enumerate(Sign)}


def _in_order(reading: Reading) -> tuple[datetime, int, str]:
    return reading.measured.utc, _ORDER[reading.sign], reading.id


def last_of_each(session: Session, visit: VisitRef) -> tuple[Reading, ...]:
    """The newest value of each sign that does not belong to this visit."""
    return _found(session, _LAST_OF_EACH, {"patient": visit.patient, "visit": visit.visit})


def newest(session: Session, patient: str, sign: Sign, most: int) -> tuple[Reading, ...]:
    """The newest values of one sign, the oldest of them first."""
    row = VitalSignRow
    wanted = select(row).where(row.patient == patient, row.sign == sign, *_with_value())
    return _found(session, wanted.order_by(row.measured.desc(), row.local_id).limit(most))[::-1]


def _with_value() -> Sequence[ColumnElement[bool]]:
    row = VitalSignRow
    return (row.absent == "", row.status.not_in(RETRACTED), latest(row))


def _last_of_each() -> Select[VitalSignRow]:
    """One look into the index a sign, in one statement."""
    row = VitalSignRow
    of_patient = (row.patient == bindparam("patient"), row.visit != bindparam("visit"))
    looks = [
        select(row.local_id, row.revision)
        .where(*of_patient, row.sign == sign.value, *_with_value())
        .order_by(row.measured.desc(), row.local_id)
        .limit(1)
        .subquery()
        for sign in Sign
    ]
    newest_ones = union_all(*(select(look.c.local_id, look.c.revision) for look in looks)).subquery()
    same = (row.local_id == newest_ones.c.local_id) & (row.revision == newest_ones.c.revision)
    return select(row).join(newest_ones, same)


_LAST_OF_EACH = _last_of_each()


def _found(session: Session, wanted: Select[VitalSignRow], given: dict[str, str] | None = None) -> tuple[Reading, ...]:
    rows = session.scalars(wanted, given or {}).all()
    parts = _parts(session, [row.local_id for row in rows if spec(Sign(row.sign)).parts])
    return tuple(_reading(row, parts[row.local_id, row.revision]) for row in rows)


Parts = dict[Component, Quantity | Absent]


def _parts(session: Session, ids: Sequence[str]) -> dict[tuple[str, int], Parts]:
    found: dict[tuple[str, int], Parts] = defaultdict(dict)
    row = VitalSignPartRow
    wanted = select(row).where(row.local_id.in_(ids)).order_by(row.local_id, row.revision, row.position)
    for part in session.scalars(wanted) if ids else ():
        value = _value(part)
        if value is not None:
            found[part.local_id, part.revision][Component(part.component)] = value
    return found


def _reading(row: VitalSignRow, parts: Parts) -> Reading:
    until = Moment(row.until, row.until_offset or 0) if row.until else None
    measurement = Measurement(
        Sign(row.sign), _head_value(row), parts, row.qualifiers, row.note, until=until, derived_from=tuple(row.derived_from)
    )
    return Reading(
        id=row.local_id,
        revision=row.revision,
        status=known(Status, row.status),
        visit=VisitRef(row.visit, row.patient),
        set_id=row.set_id,
        measured=Moment(row.measured, row.measured_offset),
        performer=Performer(row.performer, row.performer_name),
        measurement=measurement,
        recorded=row.recorded_at,
        author=row.author,
        reason=row.reason,
    )


def _head_value(row: VitalSignRow) -> Value | Absent | None:
    return Coded(**row.coded) if row.coded else row.day or _value(row)


def _value(row: VitalSignRow | VitalSignPartRow) -> Quantity | Absent | None:
    if row.absent:
        return Absent(known(Why, row.absent), row.absent_text)
    return None if row.value is None else Quantity(row.value, row.unit, row.entered)
