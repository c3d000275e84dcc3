"""The clinic's settings: revisions in the store, so that they are audited, backed up and given to a station that joins."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import ClassVar

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session

from maroom.core.settings import Clinic
from maroom.store.base import Kind, Origin, Revision, latest
from maroom.store.unit_of_work import Write


class ClinicRow(Revision):
    """One setting: its name is the record's id, `value` is JSON."""

    __tablename__ = "clinic_setting"
    kind: ClassVar[Kind] = Kind("clinic_setting", sent=False)

    value: Mapped[str]


def clinic(session: Session) -> Clinic:
    """The settings as they stand; what no row names has its default, what no field names is left alone."""
    names = {field.name for field in fields(Clinic)}
    rows = {row.local_id: msgspec.json.decode(row.value) for row in _rows(session) if row.local_id in names}
    return msgspec.convert(asdict(Clinic()) | rows, Clinic)


def save(unit: Write, changed: Clinic) -> tuple[str, ...]:
    """Writes the settings that differ and gives their names back."""
    before, after = asdict(clinic(unit.session)), asdict(changed)
    revisions = {row.local_id: row.revision for row in _rows(unit.session)}
    differ = tuple(name for name in after if before[name] != after[name])
    for name in differ:
        row = ClinicRow(local_id=name, value=msgspec.json.encode(after[name]).decode())
        unit.add(row, Origin.TYPED, after=revisions.get(name, 0))
    return differ


def _rows(session: Session) -> list[ClinicRow]:
    return list(session.scalars(select(ClinicRow).where(latest(ClinicRow))))
