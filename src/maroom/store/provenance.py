"""Who is the author of what: a record of its own for each act, raised by the unit of work itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sqlalchemy.orm import Mapped

from maroom.store.base import Kind, Op, Part, Revision

_ACTIVITY = {Op.CREATE: "CREATE", Op.UPDATE: "UPDATE", Op.VOID: "NULLIFY"}


class ProvenanceRow(Revision):
    """`activity` is CREATE, UPDATE or NULLIFY; author and time are the revision's own."""

    __tablename__ = "provenance"
    kind: ClassVar[Kind] = Kind("provenance")

    activity: Mapped[str]


class ProvenanceTargetRow(Part):
    """One revision that the act wrote."""

    __tablename__ = "provenance_target"

    target: Mapped[str]
    target_kind: Mapped[str]
    target_revision: Mapped[int]


def activity(ops: Sequence[Op]) -> str:
    """The act's activity: what it made outweighs what it changed, and a void stands only alone."""
    for op in (Op.CREATE, Op.UPDATE):
        if op in ops:
            return _ACTIVITY[op]
    return _ACTIVITY[Op.VOID]
