"""The few acts that the server's own audit is told of. Who, when, where and about whom stands in the audit line of the act."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from maroom.store.base import Kind, Revision


class Event(StrEnum):
    OPEN = "open"
    """a chart was opened: the first read of it under an opening"""
    EXPORT = "export"
    """records left this station as a file"""
    SIGN_IN_FAILED = "sign_in_failed"


class AuditEventRow(Revision):
    """One such act. Never changed."""

    __tablename__ = "audit_event"
    kind: ClassVar[Kind] = Kind("audit_event")

    event: Mapped[str]
