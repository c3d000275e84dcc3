"""One table says who may do what, and the gate holds to it."""

from __future__ import annotations

import pytest

from maroom.access.rights import RIGHTS, appoints, gate, may
from maroom.core.people import SYSTEM, Author, Right, Role
from maroom.core.problems import Code, Problem
from maroom.store.unit_of_work import Act


def test_every_role_is_in_the_table() -> None:
    assert set(RIGHTS) == set(Role)


@pytest.mark.parametrize("right", [right for right in Right if right is not Right.UPKEEP])
def test_the_system_has_upkeep_and_nothing_else(right: Right) -> None:
    gate(Act(SYSTEM, "import", Right.UPKEEP))
    with pytest.raises(Problem) as raised:
        gate(Act(SYSTEM, "vitals.record", right))
    assert raised.value.code is Code.NOT_ALLOWED
    assert "maroom has no right" in str(raised.value)


def test_who_charts() -> None:
    assert {role for role in Role if may(role, Right.CHART)} == {Role.ASSISTANT, Role.LEAD}
    assert {role for role in Role if may(role, Right.CLINIC)} == {Role.LEAD, Role.ADMINISTRATOR}
    assert {role for role in Role if may(role, Right.READ)} == set(Role) - {Role.SYSTEM}


def test_the_gate_names_who_was_refused() -> None:
    provider = Author("n", "Dr. Nadia Amin", Role.PROVIDER)
    with pytest.raises(Problem) as raised:
        gate(Act(provider, "vitals.record", Right.CHART))
    assert raised.value.facts == {"name": "Dr. Nadia Amin"}


def test_nobody_makes_one_above_herself() -> None:
    assert appoints(Role.ADMINISTRATOR, Role.ADMINISTRATOR)
    assert appoints(Role.LEAD, Role.LEAD)
    assert not appoints(Role.LEAD, Role.ADMINISTRATOR)
    assert not any(appoints(role, Role.SYSTEM) for role in Role)
    assert not any(appoints(role, other) for role in (Role.ASSISTANT, Role.PROVIDER, Role.SYSTEM) for other in Role)
