"""The patient's history in the store: allergies, problems, medicines, orders, appointments, observations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from maroom.core.visit import VisitRef
from maroom.fhir.exchange import Resource
from maroom.fhir.reading import Coding
from maroom.store.base import Kind, Origin, Revision, latest
from maroom.store.unit_of_work import Write
from maroom.visits.model import (
    Allergy,
    Appointment,
    Condition,
    Medicine,
    Order,
    PastObservation,
    When,
)
from maroom.visits.rows.times import moment, noted, when

WRONG = "entered-in-error"


@dataclass(frozen=True)
class Came:
    """How a resource came: from where, after which revision, and whole."""

    origin: Origin
    after: int
    body: Resource


class Remembered(Revision):
    """What all of them have: whose, at which visit (empty where at none known here), the first coding, how it reads, when."""

    __abstract__ = True

    patient: Mapped[str] = mapped_column(index=True)
    visit: Mapped[str]
    status: Mapped[str]
    system: Mapped[str]
    code: Mapped[str]
    words: Mapped[str]
    at: Mapped[datetime | None]
    at_offset: Mapped[int | None]
    at_written: Mapped[str]


class AllergyRow(Remembered):
    """`status` is the clinical one. A coded "no known allergy" is a row like another."""

    __tablename__ = "allergy"
    kind: ClassVar[Kind] = Kind("allergy")

    verification: Mapped[str]
    criticality: Mapped[str]
    reactions: Mapped[list[Any]]


class ConditionRow(Remembered):
    """`status` is the clinical one."""

    __tablename__ = "condition"
    kind: ClassVar[Kind] = Kind("condition")

    verification: Mapped[str]
    body: Mapped[dict[str, Any]]


class MedicationRow(Remembered):
    """One MedicationRequest or MedicationStatement."""

    __tablename__ = "medication"
    kind: ClassVar[Kind] = Kind("medication")

    dose: Mapped[str]
    body: Mapped[dict[str, Any]]


class OrderRow(Remembered):
    """One ServiceRequest, read or placed here."""

    __tablename__ = "service_order"
    kind: ClassVar[Kind] = Kind("order")

    requester: Mapped[str]
    note: Mapped[str]


class AppointmentRow(Remembered):
    """Read only."""

    __tablename__ = "appointment"
    kind: ClassVar[Kind] = Kind("appointment")

    minutes: Mapped[int | None]
    provider: Mapped[str]
    body: Mapped[dict[str, Any]]


class ObservationRow(Remembered):
    """What no duty has claimed; `value` reads as it was sent."""

    __tablename__ = "observation"
    kind: ClassVar[Kind] = Kind("observation")

    value: Mapped[str]
    body: Mapped[dict[str, Any]]


def add_allergy(unit: Write, allergy: Allergy, about: VisitRef, origin: Origin, reason: str = "") -> None:
    row = AllergyRow(
        local_id=allergy.id,
        verification=allergy.verification,
        criticality=allergy.criticality,
        reactions=list(allergy.reactions),
        **_columns(about, allergy.clinical, allergy.substance, allergy.coding, allergy.recorded),
    )
    unit.add(row, origin, after=allergy.revision, reason=reason)


def add_condition(unit: Write, condition: Condition, about: VisitRef, came: Came) -> None:
    common = _columns(about, condition.clinical, condition.words, condition.coding, condition.onset)
    row = ConditionRow(local_id=condition.id, verification=condition.verification, body=came.body, **common)
    unit.add(row, came.origin, after=came.after)


def add_medicine(unit: Write, medicine: Medicine, about: VisitRef, came: Came) -> None:
    common = _columns(about, medicine.status, medicine.words, medicine.coding, medicine.since)
    unit.add(MedicationRow(local_id=medicine.id, dose=medicine.dose, body=came.body, **common), came.origin, after=came.after)


def add_appointment(unit: Write, appointment: Appointment, about: VisitRef, came: Came) -> None:
    common = _columns(about, appointment.status, appointment.words, appointment.coding, appointment.start)
    minutes, provider = appointment.minutes, appointment.provider
    row = AppointmentRow(local_id=appointment.id, minutes=minutes, provider=provider, body=came.body, **common)
    unit.add(row, came.origin, after=came.after)


def add_observation(unit: Write, seen: PastObservation, about: VisitRef, came: Came) -> None:
    common = _columns(about, seen.status, seen.words, seen.coding, seen.at)
    unit.add(ObservationRow(local_id=seen.id, value=seen.value, body=came.body, **common), came.origin, after=came.after)


def add_order(unit: Write, order: Order, origin: Origin) -> None:
    common = _columns(order.visit, order.status, order.words, order.coding, order.at)
    row = OrderRow(local_id=order.id, requester=order.requester, note=order.note, **common)
    unit.add(row, origin, after=order.revision)


def _columns(about: VisitRef, status: str, words: str, coding: Coding | None, at: When) -> dict[str, Any]:
    system, code = (coding.system, coding.code) if coding else ("", "")
    whose = {"patient": about.patient, "visit": about.visit}
    return whose | {"status": status, "system": system, "code": code, "words": words} | noted(at)


def revision(row: type[Revision]) -> Callable[[Session, str], int]:
    """At what revision a record of this kind stands; 0 where there is none."""

    def of(session: Session, local_id: str) -> int:
        return session.scalar(select(func.max(row.revision)).where(row.local_id == local_id)) or 0

    return of


def allergies(session: Session, patient: str) -> tuple[Allergy, ...]:
    """Whatever is on record, also what holds no more."""
    return tuple(_allergy(row) for row in _of(session, AllergyRow, patient))


def allergy_at(session: Session, local_id: str, number: int) -> tuple[Allergy, VisitRef]:
    row = session.get_one(AllergyRow, (local_id, number))
    return _allergy(row), VisitRef(row.visit, row.patient)


def conditions(session: Session, patient: str) -> tuple[Condition, ...]:
    return tuple(
        Condition(row.local_id, row.words, _coding(row), row.status, row.verification, _when(row))
        for row in _of(session, ConditionRow, patient)
        if row.verification != WRONG
    )


def medicines(session: Session, patient: str) -> tuple[Medicine, ...]:
    rows = _of(session, MedicationRow, patient)
    return tuple(Medicine(row.local_id, row.words, _coding(row), row.dose, row.status, _when(row)) for row in rows)


def appointments(session: Session, patient: str) -> tuple[Appointment, ...]:
    return tuple(
        Appointment(row.local_id, row.words, _coding(row), row.status, moment(row.at, row.at_offset), row.minutes, row.provider)
        for row in _of(session, AppointmentRow, patient)
    )


def observations(session: Session, patient: str, most: int) -> tuple[PastObservation, ...]:
    rows = _of(session, ObservationRow, patient, most)
    return tuple(PastObservation(row.local_id, row.words, _coding(row), row.value, row.status, _when(row)) for row in rows)


def orders(session: Session, patient: str) -> tuple[Order, ...]:
    return tuple(_order(row) for row in _of(session, OrderRow, patient))


def order_at(session: Session, local_id: str, number: int) -> Order:
    return _order(session.get_one(OrderRow, (local_id, number)))


def about(session: Session, row: type[Remembered], local_id: str, number: int) -> VisitRef:
    """Whose a record is, and of which visit."""
    found = session.get_one(row, (local_id, number))
    return VisitRef(found.visit, found.patient)


T = TypeVar("T", bound=Remembered)


def _of(session: Session, row: type[T], patient: str, most: int | None = None) -> Sequence[T]:
    """The newest first; what was entered in error is left out, but for allergies, whose rules leave it out."""
    wanted = select(row).where(row.patient == patient, latest(row), row.status != WRONG)
    return session.scalars(wanted.order_by(row.at.desc(), row.local_id).limit(most)).all()


def _coding(row: Remembered) -> Coding | None:
    return Coding(row.system, row.code, row.words) if row.code else None


def _when(row: Remembered) -> When:
    return when(row.at, row.at_offset, row.at_written)


def _allergy(row: AllergyRow) -> Allergy:
    return Allergy(
        id=row.local_id,
        revision=row.revision,
        substance=row.words,
        coding=_coding(row),
        clinical=row.status,
        verification=row.verification,
        criticality=row.criticality,
        reactions=tuple(row.reactions),
        recorded=_when(row),
    )


def _order(row: OrderRow) -> Order:
    return Order(
        id=row.local_id,
        revision=row.revision,
        visit=VisitRef(row.visit, row.patient),
        words=row.words,
        coding=_coding(row),
        status=row.status,
        requester=row.requester,
        note=row.note,
        at=_when(row),
    )
