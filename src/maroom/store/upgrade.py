"""Brings a store to the newest schema: all steps in one transaction, so that a step that dies leaves the old store."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from maroom.core.problems import Code, Problem

SCRIPTS = Path(__file__).parent / "migrations"
_NUMBER = re.compile(r"^(\d{4})_")


def known_revisions() -> tuple[str, ...]:
    """All schema numbers that this version knows, the newest last. Reads file names only: Alembic is not loaded for it."""
    found = (_NUMBER.match(path.name) for path in (SCRIPTS / "versions").glob("*.py"))
    return tuple(sorted(match.group(1) for match in found if match))


def revision(connection: Connection) -> str:
    """The schema number of an open store; empty where it has none yet."""
    if not connection.scalar(text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")):
        return ""
    return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""


def migrate(engine: Engine, to: str = "head") -> None:
    """Runs the steps up (or down) to a number, all in one transaction; foreign keys are checked before it commits."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with engine.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
        config.attributes["connection"] = connection
        step = command.upgrade if to == "head" or (to != "base" and to >= revision(connection)) else command.downgrade
        step(config, to)
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise Problem(Code.DAMAGED, place=f"links of table {broken[0]}")
