"""Patients whom the server merged into another: whom they are now, and what of the store's own follows them."""

from __future__ import annotations

from sqlalchemy import func, select, true, update
from sqlalchemy.orm import Session

from maroom.store.drafts import DraftRow
from maroom.store.mirror import MirrorRow

_LINKS = func.json_each(MirrorRow.base, "$.link").table_valued("value", name="links")
_SURVIVOR = func.json_extract(_LINKS.c.value, "$.other.reference")
_MERGED = (
    select(MirrorRow.local_id, _SURVIVOR)
    .join(_LINKS, true())
    .where(MirrorRow.rtype == "Patient", func.json_extract(_LINKS.c.value, "$.type") == "replaced-by", _SURVIVOR.is_not(None))
)


def merged(session: Session) -> dict[str, str]:
    """By record id, the reference to the survivor as the server wrote it."""
    return {local_id: str(reference) for local_id, reference in session.execute(_MERGED)}


def survivor_of(session: Session, patient: str) -> str:
    """Record id; empty where the patient was not merged, or into one who is not known here."""
    row = session.execute(_MERGED.where(MirrorRow.local_id == patient)).first()
    if row is None:
        return ""
    there = (MirrorRow.rtype == "Patient", MirrorRow.server_id == str(row[1]).rpartition("/")[2])
    return session.scalar(select(MirrorRow.local_id).where(*there)) or ""


def move_drafts(session: Session, patient: str, survivor: str) -> None:
    """What was typed and not yet saved is found again with the visit."""
    session.execute(update(DraftRow).where(DraftRow.patient == patient).values(patient=survivor))
