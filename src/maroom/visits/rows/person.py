"""Patients by revision, and the card and index by which they are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text, bindparam, column, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Mapped, Session, mapped_column

from maroom.core.names import HumanName
from maroom.fhir.reading import PartialDate
from maroom.store.base import BOOKKEEPING, Base, Kind, Origin, Owner, Revision, known, latest
from maroom.store.unit_of_work import Write
from maroom.visits.model import Patient, PatientCard, Sex
from maroom.visits.rules import numbers, typed


class PatientRow(Revision):
    """`birth` is a date as FHIR writes it, whole or in part, or empty; `identifiers` are FHIR's, as others gave them."""

    __tablename__ = "patient"
    kind: ClassVar[Kind] = Kind("patient")

    family: Mapped[str]
    given: Mapped[list[Any]]
    name_text: Mapped[str]
    other_names: Mapped[list[Any]]
    birth: Mapped[str]
    sex: Mapped[str]
    record_number: Mapped[str]
    identifiers: Mapped[list[Any]]
    phone: Mapped[str]
    language: Mapped[str]
    owner: Mapped[str]
    verified: Mapped[bool]
    deceased: Mapped[bool]
    active: Mapped[bool]


class PatientCardRow(Base):
    """What the search shows of a patient's latest revision; `id` is the row id in the index. `chart_loaded` tells whether the
    patient's history came too, or only who the patient is."""

    __tablename__ = "patient_card"
    __table_args__ = (Index("ix_patient_card_record_number", "record_number"), {"info": BOOKKEEPING})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    local_id: Mapped[str] = mapped_column(unique=True)
    family: Mapped[str]
    given: Mapped[list[Any]]
    name_text: Mapped[str]
    birth: Mapped[str]
    sex: Mapped[str]
    record_number: Mapped[str]
    verified: Mapped[bool]
    deceased: Mapped[bool]
    chart_loaded: Mapped[bool]


SEARCH = Table("patient_search", MetaData(), Column("rowid", Integer, primary_key=True), Column("keys", Text), info=BOOKKEEPING)
"""FTS5, made by the schema's steps: it holds no text, only which keys lead to which card."""


def add(unit: Write, patient: Patient, identifiers: list[Any], origin: Origin) -> None:
    """Writes a new patient, or a revision after `patient.revision`, and what the patient is found by."""
    row = PatientRow(
        local_id=patient.id,
        family=patient.name.family,
        given=list(patient.name.given),
        name_text=patient.name.text,
        other_names=[[name.family, list(name.given), name.text] for name in patient.other_names],
        birth=patient.birth.text if patient.birth else "",
        sex=patient.sex,
        record_number=patient.record_number,
        identifiers=identifiers,
        phone=patient.phone,
        language=patient.language,
        owner=Owner.LOCAL if patient.local else Owner.SERVER,
        verified=patient.verified,
        deceased=patient.deceased,
        active=patient.active,
    )
    unit.add(row, origin, after=patient.revision)
    _index(unit.session, patient, identifiers, chart_loaded=origin is not Origin.PULLED)


def _index(session: Session, patient: Patient, identifiers: list[Any], chart_loaded: bool) -> None:
    name = patient.name
    shown = {
        "family": name.family,
        "given": list(name.given),
        "name_text": name.text,
        "birth": patient.birth.text if patient.birth else "",
        "sex": patient.sex,
        "record_number": patient.record_number,
        "verified": patient.verified,
        "deceased": patient.deceased,
    }
    connection = session.connection()
    card = connection.scalar(_PUT_CARD, {"local_id": patient.id, "chart_loaded": chart_loaded, **shown})
    connection.execute(_OUT_OF_SEARCH, {"card": card})
    if patient.active:
        connection.execute(_INTO_SEARCH, {"rowid": card, "keys": _keys(patient, identifiers)})


_SHOWN = ("family", "given", "name_text", "birth", "sex", "record_number", "verified", "deceased")
_CARD = upsert(PatientCardRow.table())
_PUT_CARD = _CARD.on_conflict_do_update(
    index_elements=["local_id"], set_={name: _CARD.excluded[name] for name in _SHOWN}
).returning(PatientCardRow.table().c.id)
_OUT_OF_SEARCH = delete(SEARCH).where(SEARCH.c.rowid == bindparam("card"))
_INTO_SEARCH = insert(SEARCH)
"""Made once: at an import of thousands, to build them would take longer than to run them."""


def _keys(patient: Patient, identifiers: list[Any]) -> str:
    names = (f"{name.family} {' '.join(name.given)} {name.text}" for name in (patient.name, *patient.other_names))
    birth = typed.birth_token(patient.birth.text) if patient.birth else ""
    number = patient.record_number
    return typed.keys(*names, birth, number, number.lstrip("0"), *numbers.given_here(identifiers))


def load_charts(session: Session, patient_ids: Iterable[str]) -> None:
    """Marks that the history of these patients is here, however little it says."""
    for patient_id in patient_ids:
        values = {"chart_loaded": True}
        session.execute(PatientCardRow.table().update().where(PatientCardRow.local_id == patient_id).values(values))


def chart_loaded(session: Session, patient_id: str) -> bool:
    return bool(session.scalar(select(PatientCardRow.chart_loaded).where(PatientCardRow.local_id == patient_id)))


def revision(session: Session, patient_id: str) -> int:
    return session.scalar(select(func.max(PatientRow.revision)).where(PatientRow.local_id == patient_id)) or 0


def get(session: Session, patient_id: str) -> Patient:
    """KeyError where there is none."""
    row = _latest(session, patient_id)
    if row is None:
        raise KeyError(patient_id)
    return patient(row)


def at_revision(session: Session, patient_id: str, number: int) -> Patient:
    return patient(session.get_one(PatientRow, (patient_id, number)))


def numbers_given_here(session: Session, of: Patient) -> tuple[str, ...]:
    """The record numbers that labels may bear, whatever number another system gave since."""
    given = numbers.given_here(session.get_one(PatientRow, (of.id, of.revision)).identifiers)
    return given if of.verified else (*given, of.record_number)


def search(session: Session, expression: str, limit: int) -> list[PatientCard]:
    """In no particular order: to rank a hundred thousand hits would take longer than to type the next letter."""
    found = session.connection().execute(_FOUND, {"expression": expression, "most": limit})
    return [_card(row) for row in found.all()]


_CARD_COLUMNS = ("local_id", *_SHOWN)
_FOUND = (
    select(*(PatientCardRow.table().c[name] for name in _CARD_COLUMNS))
    .join(SEARCH, SEARCH.c.rowid == PatientCardRow.id)
    .where(column(SEARCH.name, Text).op("MATCH")(bindparam("expression")))
    .limit(bindparam("most"))
)
"""Plain columns, by their place: to make rows of them, or to ask for them by name, would take as long again as to find them."""


def last_number(session: Session, prefix: str) -> str:
    """The highest record number that begins so and has the same length as its kind; empty where there is none."""
    row = PatientCardRow
    wanted = select(func.max(row.record_number)).where(row.record_number >= prefix, row.record_number < prefix + "\uffff")
    return session.scalar(wanted) or ""


def patient(row: PatientRow) -> Patient:
    return Patient(
        id=row.local_id,
        revision=row.revision,
        name=name_of(row),
        birth=PartialDate.parse(row.birth),
        sex=known(Sex, row.sex),
        record_number=row.record_number,
        phone=row.phone,
        language=row.language,
        local=row.owner == Owner.LOCAL,
        verified=bool(row.verified),
        deceased=bool(row.deceased),
        active=bool(row.active),
        other_names=tuple(HumanName(family, tuple(given), text) for family, given, text in row.other_names),
    )


def name_of(row: Any) -> HumanName:
    return HumanName(row.family, tuple(row.given), row.name_text)


def _card(row: Sequence[Any]) -> PatientCard:
    patient_id, family, given, text, birth, sex, number, verified, deceased = row
    name = HumanName(family, tuple(given), text)
    return PatientCard(patient_id, name, PartialDate.parse(birth), known(Sex, sex), number, bool(verified), bool(deceased))


def _latest(session: Session, patient_id: str) -> PatientRow | None:
    return session.scalars(select(PatientRow).where(PatientRow.local_id == patient_id, latest(PatientRow))).first()
