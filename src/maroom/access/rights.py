"""Which role has which right, and the gate that every act passes. One table, said here and nowhere else."""

from __future__ import annotations

from maroom.core.people import Right, Role
from maroom.core.problems import Code, Problem
from maroom.store.unit_of_work import Act

_AT_THE_PATIENT = frozenset({Right.SIGN_IN, Right.READ, Right.ROOM, Right.CHART, Right.REGISTER})
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ASSISTANT: _AT_THE_PATIENT,
    Role.LEAD: _AT_THE_PATIENT | {Right.CLINIC},
    Role.PROVIDER: frozenset({Right.SIGN_IN, Right.READ}),
    Role.ADMINISTRATOR: frozenset({Right.SIGN_IN, Right.READ, Right.REGISTER, Right.CLINIC, Right.UPKEEP}),
    Role.SYSTEM: frozenset({Right.UPKEEP}),
}
"""The system reads what its upkeep needs under UPKEEP; it has no right to a chart and writes in none."""

_APPOINTS: dict[Role, frozenset[Role]] = {
    Role.LEAD: frozenset({Role.ASSISTANT, Role.LEAD, Role.PROVIDER}),
    Role.ADMINISTRATOR: frozenset({Role.ASSISTANT, Role.LEAD, Role.PROVIDER, Role.ADMINISTRATOR}),
}


def may(role: Role, right: Right) -> bool:
    return right in RIGHTS[role]


def gate(act: Act) -> None:
    """Problem NOT_ALLOWED where the act needs a right that its person's role lacks."""
    if not may(act.who.role, act.needs):
        raise Problem(Code.NOT_ALLOWED, name=act.who.name)


def appoints(role: Role, other: Role) -> bool:
    """Whether `role` may add, change or give a PIN to somebody of the role `other`: nobody makes one above herself."""
    return other in _APPOINTS.get(role, frozenset())
