"""Typed rows: one base, the columns every revision has, and column types that keep what they were given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, TypeVar, cast

import msgspec
from sqlalchemy import ColumnElement, MetaData, Table, Text, and_, select
from sqlalchemy.orm import DeclarativeBase, Mapped, aliased, mapped_column
from sqlalchemy.types import TypeDecorator

from maroom.core.clock import Moment

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
BOOKKEEPING = {"bookkeeping": True}
"""`info` of a table that `bookkeeping` may write: nothing in it is clinical truth."""


class UtcText(TypeDecorator[datetime]):
    """An aware instant as text of one width in UTC, so that text order is time order. A naive one raises ValueError."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without an offset cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class DecimalText(TypeDecorator[Decimal]):
    """An exact decimal as text: 72.10 stays 72.10. SQLite's own numbers would change the digits."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


class DateText(TypeDecorator[date]):
    """A calendar day, in no time zone."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Any) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Any) -> date | None:
        return None if value is None else date.fromisoformat(value)


class JsonText(TypeDecorator[Any]):
    """Plain lists and dicts as JSON, decimals exact."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else _ENCODER.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return None if value is None else _DECODER.decode(value)


_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(float_hook=Decimal)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {  # pyright: ignore[reportIncompatibleVariableOverride] - declared per instance upstream
        str: Text,
        datetime: UtcText,
        Decimal: DecimalText,
        date: DateText,
        dict[str, Any]: JsonText,
        list[Any]: JsonText,
    }

    @classmethod
    def table(cls) -> Table:
        """The Core table behind the row."""
        return cast("Table", cls.__table__)


class Origin(StrEnum):
    """Where a revision came from. Only `TYPED` and `MERGED` wait to be sent."""

    TYPED = "typed"
    PULLED = "pulled"
    IMPORTED = "imported"
    MERGED = "merged"


class Owner(StrEnum):
    """Who creates a patient, visit or staff row on the server: the server alone, or we."""

    SERVER = "server"
    LOCAL = "local"


class Op(StrEnum):
    """What a revision did to its record."""

    CREATE = "create"
    UPDATE = "update"
    VOID = "void"


@dataclass(frozen=True)
class Kind:
    """A kind of record. `sent` is false for what stays on this station for good, such as the state of a room."""

    name: str
    sent: bool = True


class Versioned(Base):
    """What heads and parts share: the record and the revision they belong to.

    They are written by `Write.add` and never changed, so what is set here is not tracked: that takes longer than the write."""

    __abstract__ = True

    def __init__(self, **values: Any) -> None:
        """TypeError for a name that is no column."""
        if strange := values.keys() - _names(type(self)):
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(strange))}")
        self.take(**values)

    def take(self, **values: Any) -> None:
        vars(self).update(values)

    local_id: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)


@cache
def _names(row: type[Versioned]) -> frozenset[str]:
    return frozenset(row.table().columns.keys())


class Revision(Versioned):
    """The head row of one revision of one record. `Write.add` fills these columns, nobody else."""

    __abstract__ = True
    kind: ClassVar[Kind]

    act: Mapped[int]
    """number of the audit line of the act that wrote it"""
    op: Mapped[str]
    origin: Mapped[str]
    author: Mapped[str]
    """record id of the person who typed it; empty where another system did"""
    recorded: Mapped[datetime]
    recorded_offset: Mapped[int]
    reason: Mapped[str]

    @property
    def recorded_at(self) -> Moment:
        return Moment(self.recorded, self.recorded_offset)


class Part(Versioned):
    """A row that came with its head's revision: a move of a visit, a step of a list."""

    __abstract__ = True

    position: Mapped[int] = mapped_column(primary_key=True)


V = TypeVar("V", bound=Versioned)


@cache
def latest(row: type[Versioned]) -> ColumnElement[bool]:
    """The condition that no later revision of the same record exists. Clinical rows are never marked or changed for it."""
    later = aliased(row)
    return ~select(later.local_id).where(and_(later.local_id == row.local_id, later.revision > row.revision)).exists()


E = TypeVar("E", bound=StrEnum)


def known(words: type[E], value: str) -> E | str:
    """The enum member, or the text itself where a newer version or another system wrote a word that we do not know."""
    try:
        return words(value)
    except ValueError:
        return value
