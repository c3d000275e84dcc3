"""The pair that keeps patients apart: which visit, of which patient."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class VisitRef:
    """Record ids of a visit and of its patient; always carried together, never looked up anew later."""

    visit: str
    patient: str
