"""Vital signs in the store: the rows, and the only way from row to model and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from msgspec import json
from sqlalchemy import Index, Select, bindparam, func, select
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
from maroom.store.driver import Question
from maroom.store.unit_of_work import Write

KIND = Kind("vital_sign")


class VitalSignRow(Revision):
    """One reading. `absent` is empty where there is a value; `coded` and `day` hold what is no number."""

    __tablename__ = "vital_sign"
    __table_args__ = (
        Index("ix_vital_sign_patient_sign_measured", "patient", "sign", "measured"),
        Index("ix_vital_sign_visit_set_id", "visit", "set_id"),
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


# reading: statements are built once, as building them takes longer than running them

_Row = VitalSignRow
_WITH_VALUE = (_Row.absent == "", _Row.status.not_in(RETRACTED), latest(_Row))


def _last_of_each() -> Select[VitalSignRow]:
    """One look into the index a sign, in one small statement."""
    sign = func.json_each(bindparam("signs")).table_valued("value")
    newest_one = (
        select(_Row.local_id)
        .where(_Row.patient == bindparam("patient"), _Row.sign == sign.c.value, _Row.visit != bindparam("visit"), *_WITH_VALUE)
        .order_by(_Row.measured.desc(), _Row.local_id)
        .limit(1)
        .correlate(sign)
        .scalar_subquery()
    )
    found = select(newest_one).select_from(sign)
    return select(_Row).where(_Row.local_id.in_(found.correlate(None)), latest(_Row))


_LAST_OF_EACH = _last_of_each()
_SIGNS = json.encode(list(Sign)).decode()
_NEWEST = (
    select(_Row)
    .where(_Row.patient == bindparam("patient"), _Row.sign == bindparam("sign"), *_WITH_VALUE)
    .order_by(_Row.measured.desc(), _Row.local_id)
    .limit(bindparam("most"))
)
_OF_VISIT = select(_Row.local_id).where(
    _Row.visit == bindparam("visit"), _Row.patient == bindparam("patient"), _Row.sign.in_(list(Sign)), latest(_Row)
)
_REVISIONS = select(_Row).where(_Row.local_id.in_(_OF_VISIT.correlate(None))).order_by(_Row.revision)
_OF_SET = Question(select(_Row.local_id).where(_Row.visit == bindparam("visit"), _Row.set_id == bindparam("set_id")).limit(1))
_STANDING = select(_Row).where(_Row.local_id == bindparam("local_id"), latest(_Row))
_AT = select(_Row).where(_Row.local_id == bindparam("local_id"), _Row.revision == bindparam("revision"))
_REVISION = select(func.max(_Row.revision)).where(_Row.local_id == bindparam("local_id"))
_PARTS = (
    select(VitalSignPartRow)
    .where(VitalSignPartRow.local_id.in_(bindparam("ids", expanding=True)))
    .order_by(VitalSignPartRow.local_id, VitalSignPartRow.revision, VitalSignPartRow.position)
)


def revision(session: Session, local_id: str) -> int:
    """The revision that a record stands at, 0 where there is none."""
    return session.scalar(_REVISION, {"local_id": local_id}) or 0


def standing(session: Session, local_id: str) -> Reading | None:
    """A reading as it stands."""
    return next(iter(_found(session, _STANDING, local_id=local_id)), None)


def at_revision(session: Session, local_id: str, number: int) -> Reading | None:
    """A reading as it stood at a revision."""
    return next(iter(_found(session, _AT, local_id=local_id, revision=number)), None)


def has_set(session: Session, visit: VisitRef, set_id: str) -> bool:
    """Asked at every save."""
    return _OF_SET.first(session.connection(), visit=visit.visit, set_id=set_id) is not None


def of_visit(session: Session, visit: VisitRef) -> tuple[Reading, ...]:
    """All readings of a visit as they stand, each with what it replaced, in the order of measuring."""
    revisions: dict[str, list[Reading]] = defaultdict(list)
    for reading in _found(session, _REVISIONS, visit=visit.visit, patient=visit.patient):
        revisions[reading.id].append(reading)
    standing = [replace(of_one[-1], replaced=tuple(of_one[:-1])) for of_one in revisions.values()]
    return tuple(sorted(standing, key=_in_order))


_ORDER = {sign: place for place, sign in enumerate(Sign)}


def _in_order(reading: Reading) -> tuple[datetime, int, str]:
    return reading.measured.utc, _ORDER[reading.sign], reading.id


def last_of_each(session: Session, visit: VisitRef) -> tuple[Reading, ...]:
    """The newest value of each sign that does not belong to this visit."""
    return _found(session, _LAST_OF_EACH, signs=_SIGNS, visit=visit.visit, patient=visit.patient)


def newest(session: Session, patient: str, sign: Sign, most: int) -> tuple[Reading, ...]:
    """The newest values of one sign, the oldest of them first."""
    return _found(session, _NEWEST, patient=patient, sign=sign, most=most)[::-1]


def _found(session: Session, wanted: Select[VitalSignRow], **given: str | int) -> tuple[Reading, ...]:
    rows = session.scalars(wanted, given).all()
    parts = _parts(session, [row.local_id for row in rows if spec(Sign(row.sign)).parts])
    return tuple(_reading(row, parts[row.local_id, row.revision]) for row in rows)


Parts = dict[Component, Quantity | Absent]


def _parts(session: Session, ids: Sequence[str]) -> dict[tuple[str, int], Parts]:
    found: dict[tuple[str, int], Parts] = defaultdict(dict)
    for part in session.scalars(_PARTS, {"ids": ids}) if ids else ():
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
