"""A kind of record that only these tests know, in tables of its own beside the real ones."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from sqlalchemy import MetaData
from sqlalchemy.orm import Mapped

from maroom.store import engine
from maroom.store.base import Kind, Part, Revision
from tests.builders import KEY

SCHEMA = MetaData()
"""apart from the program's, so that neither `check` nor the migrations miss these tables in a real store"""


class ThingRow(Revision):
    __tablename__ = "thing"
    metadata = SCHEMA
    kind: ClassVar[Kind] = Kind("thing")

    word: Mapped[str]


class ThingPartRow(Part):
    __tablename__ = "thing_part"
    metadata = SCHEMA

    word: Mapped[str]


def add_tables(folder: Path) -> None:
    writer = engine.writing(folder / "store.db", KEY)
    with writer.connect() as connection, connection.begin():
        ThingRow.table().create(connection, checkfirst=True)
        ThingPartRow.table().create(connection, checkfirst=True)
    writer.dispose()
