"""What was typed and not yet saved, kept for its author, per visit and page. Gone when it is saved or thrown away by her."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from maroom.core.clock import Moment
from maroom.core.drafts import Draft, DraftKey
from maroom.store import driver
from maroom.store.base import BOOKKEEPING, Base
from maroom.store.unit_of_work import UnitOfWork


class DraftRow(Base):
    __tablename__ = "draft"
    __table_args__ = ({"info": BOOKKEEPING},)

    author: Mapped[str] = mapped_column(primary_key=True)
    visit: Mapped[str] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    patient: Mapped[str]
    state: Mapped[str]
    field: Mapped[str]
    cursor: Mapped[int]
    kept: Mapped[datetime]


class Drafts:
    """Writes at most what it is told; the page decides when (once a second while typing, and once on park)."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def keep(self, draft: Draft, now: Moment) -> None:
        key = draft.key
        values = {
            "author": key.author,
            "visit": key.visit,
            "page": key.page,
            "patient": key.patient,
            "state": draft.state.decode(),
            "field": draft.field,
            "cursor": draft.cursor,
            "kept": now.utc,
        }
        made = insert(DraftRow).values(values)
        with self._unit.bookkeeping("keep a draft") as session:
            session.execute(made.on_conflict_do_update(index_elements=["author", "visit", "page"], set_=values))

    def find(self, author: str, visit: str, page: str) -> Draft | None:
        with self._unit.glance() as session:
            row = session.get(DraftRow, (author, visit, page))
            return None if row is None else _draft(row)

    def latest(self, author: str) -> Draft | None:
        """Where she left off."""
        with self._unit.glance() as session:
            row = session.scalars(select(DraftRow).where(DraftRow.author == author).order_by(DraftRow.kept.desc())).first()
            return None if row is None else _draft(row)

    def counts(self) -> dict[str, int]:
        """How many pages are kept for each author."""
        with self._unit.glance() as session:
            counts = select(DraftRow.author, func.count()).group_by(DraftRow.author)
            return dict(session.execute(counts).all())

    def drop(self, key: DraftKey) -> None:
        with self._unit.bookkeeping("drop a draft") as session:
            forget(session, key)


def forget(session: Session, key: DraftKey) -> None:
    """Within the unit of work that saves what was typed, so that it never comes back as typed and saved both."""
    statement = "DELETE FROM draft WHERE author = ? AND visit = ? AND page = ?"
    driver.run(session.connection(), statement, (key.author, key.visit, key.page))


def _draft(row: DraftRow) -> Draft:
    return Draft(DraftKey(row.author, row.visit, row.patient, row.page), row.state.encode(), row.field, row.cursor)
