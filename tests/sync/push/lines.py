"""Lines of an outbox in a few words."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from maroom.store.base import Op
from maroom.store.outbox import State
from maroom.sync.push.plan import Place, Plan, Standing, plan
from maroom.sync.push.steps import Line
from tests.builders import START

RTYPES = {
    "p": "Patient",
    "e": "Encounter",
    "o": "Observation",
    "v": "Provenance",
    "a": "AuditEvent",
    "q": "QuestionnaireResponse",
}
THERE = Place(Standing.THERE)


def line(seq: int, name: str, *needs: str, op: Op = Op.CREATE, author: str = "dana", **more: Any) -> Line:
    """`name` begins with the letter of its type, and is its record id."""
    rtype = RTYPES[name[0]]
    return Line(seq, name, rtype.lower(), rtype, more.pop("revision", 1), op, author, START, State.QUEUED, needs=needs, **more)


def planned(*lines: Line, takes: Any = lambda _rtype, _op: True, **places: Place) -> Plan:
    return plan(lines, places, takes)


def shown(made: Plan) -> dict[int, str]:
    """seq > where it stands and why, of what may not go."""
    return {seq: f"{verdict.state} {verdict.why}".strip() for seq, verdict in sorted(made.verdicts.items())}


def v5(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, name))
