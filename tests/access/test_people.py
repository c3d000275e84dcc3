"""Signing in, waits that outlive everything, and staff that is added and changed by whoever may."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from maroom.access.model import NewStaff, Refusal, Refused, SignedIn, StaffMember
from maroom.access.rights import gate
from maroom.access.service import People
from maroom.core.people import Opening, Role
from maroom.core.problems import Code, Problem
from maroom.store import check
from maroom.store.audit import AuditRow
from maroom.store.opening import STORE
from maroom.store.unit_of_work import UnitOfWork
from tests.builders import KEY, SetClock, unit_of_work


def lines(unit: UnitOfWork) -> list[AuditRow]:
    with unit.glance() as session:
        return list(session.scalars(select(AuditRow).order_by(AuditRow.seq)))


def acts(unit: UnitOfWork) -> list[str]:
    return [line.act for line in lines(unit)]


def wrong(people: People, who: StaffMember, times: int = 1) -> Refused:
    refused = [people.sign_in(who.id, "0000") for _ in range(times)][-1]
    assert isinstance(refused, Refused)
    return refused


def test_the_right_pin_signs_in_and_leaves_a_line(people: People, dana: StaffMember, unit: UnitOfWork) -> None:
    assert people.sign_in(dana.id, "4711") == SignedIn(dana.author())
    assert (lines(unit)[-1].act, lines(unit)[-1].actor) == ("sign_in", dana.id)


def test_a_wrong_pin_counts_and_leaves_a_line_without_it(people: People, dana: StaffMember, unit: UnitOfWork) -> None:
    assert wrong(people, dana) == Refused(Refusal.WRONG_PIN, tries_left=2)
    assert wrong(people, dana).tries_left == 1
    assert acts(unit)[-2:] == ["sign_in.failed"] * 2
    assert all("0000" not in str(vars(line)) for line in lines(unit) if line.act == "sign_in.failed")


def test_the_third_wrong_pin_makes_her_wait(people: People, dana: StaffMember, clock: SetClock) -> None:
    refused = wrong(people, dana, 3)
    assert refused.wait_until is not None
    assert refused.wait_until.utc == clock.utc + timedelta(seconds=5)
    assert people.wait(dana.id) == 5
    early = people.sign_in(dana.id, "4711")
    assert early == Refused(Refusal.WAIT, wait_until=refused.wait_until)
    clock.forward(seconds=5)
    assert people.wait(dana.id) == 0
    assert isinstance(people.sign_in(dana.id, "4711"), SignedIn)


def test_a_try_that_came_too_early_is_neither_counted_nor_noted(
    people: People, dana: StaffMember, clock: SetClock, unit: UnitOfWork
) -> None:
    wrong(people, dana, 3)
    before = acts(unit)
    for _ in range(10):
        assert wrong(people, dana).code is Refusal.WAIT
    assert acts(unit) == before
    clock.forward(seconds=5)
    assert wrong(people, dana).wait_until is not None
    assert people.wait(dana.id) == 15


def test_the_right_pin_begins_the_count_anew(people: People, dana: StaffMember) -> None:
    wrong(people, dana, 2)
    people.sign_in(dana.id, "4711")
    assert wrong(people, dana).tries_left == 2


def test_a_wait_is_one_persons_own(people: People, dana: StaffMember, sofia: StaffMember) -> None:
    wrong(people, dana, 3)
    assert isinstance(people.sign_in(sofia.id, "9182"), SignedIn)


def test_a_wait_outlives_the_program(tmp_path: Path, clock: SetClock) -> None:
    with unit_of_work(tmp_path, clock, gate) as unit:
        sofia = People(unit, clock).first_administrator(NewStaff("Sofia", Role.ADMINISTRATOR, "9182"))
        wrong(People(unit, clock), sofia, 3)
    with unit_of_work(tmp_path, clock, gate) as unit:
        again = People(unit, clock)
        assert again.wait(sofia.id) == 5
        assert again.sign_in(sofia.id, "9182") == Refused(Refusal.WAIT, wait_until=again.sign_in(sofia.id, "9182").wait_until)


def test_a_clock_set_back_starts_the_wait_anew_and_only_once(people: People, dana: StaffMember, clock: SetClock) -> None:
    wrong(people, dana, 3)
    clock.forward(seconds=4)
    clock.forward(days=-1)
    assert people.wait(dana.id) == 5
    clock.forward(seconds=3)
    assert people.wait(dana.id) == 2
    clock.forward(seconds=2)
    assert isinstance(people.sign_in(dana.id, "4711"), SignedIn)


def test_a_clock_set_back_between_two_tries_shortens_nothing_either(people: People, dana: StaffMember, clock: SetClock) -> None:
    wrong(people, dana, 3)
    clock.forward(hours=-2)
    assert wrong(people, dana).code is Refusal.WAIT
    clock.forward(seconds=4)
    assert wrong(people, dana).code is Refusal.WAIT
    clock.forward(seconds=1)
    assert wrong(people, dana).code is Refusal.WRONG_PIN


def test_tries_at_the_same_time_all_count(people: People, dana: StaffMember) -> None:
    """A hundred PINs thrown at it at once get three looks, not a hundred."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: wrong(people, dana).code, range(40)))
    assert answers.count(Refusal.WRONG_PIN) == 3
    assert answers.count(Refusal.WAIT) == 37


def test_a_try_counts_even_where_the_program_dies_over_it(
    people: People, dana: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: str) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("maroom.access.pin.fits", die)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            people.sign_in(dana.id, "0000")
    assert people.wait(dana.id) == 5


def test_who_is_unknown_gone_or_without_a_pin_cannot_sign_in(people: People, dana: StaffMember, as_sofia: Opening) -> None:
    luis = people.add(as_sofia, NewStaff("Luis Ortiz", Role.ASSISTANT))
    people.change(as_sofia, replace(dana, active=False))
    for who in (luis.id, dana.id, "nobody"):
        assert people.sign_in(who, "4711") == Refused(Refusal.NO_PIN)
    assert [member.name for member in people.present()] == ["Sofia Petrov"]
    assert {member.name for member in people.everyone()} == {"Sofia Petrov", "Dana Reyes", "Luis Ortiz"}


def test_who_is_present_stands_by_role_and_then_by_name(people: People, as_sofia: Opening) -> None:
    for name, role in (("Zed", Role.ASSISTANT), ("Åsa", Role.ASSISTANT), ("Amara", Role.LEAD), ("Dr. Amin", Role.PROVIDER)):
        people.add(as_sofia, NewStaff(name, role, "1234"))
    assert [member.name for member in people.present()] == ["Åsa", "Zed", "Amara", "Dr. Amin", "Sofia Petrov"]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Dr. Nadia Amin", "NA"), ("Mei-Ling Bai", "MB"), ("Gunawan", "G"), ("Ana de la Cruz", "AC"), ("", "")],
)
def test_letters_for_the_avatar(name: str, letters: str) -> None:
    assert StaffMember("x", name, Role.ASSISTANT).letters == letters


def test_the_first_administrator_is_the_first_alone(people: People, sofia: StaffMember) -> None:
    with pytest.raises(Problem) as raised:
        people.first_administrator(NewStaff("Mallory", Role.ADMINISTRATOR, "6666"))
    assert raised.value.code is Code.NOT_ALLOWED
    assert [member.id for member in people.everyone()] == [sofia.id]


@pytest.mark.parametrize("new", [NewStaff("A", Role.LEAD, "1234"), NewStaff("B", Role.ADMINISTRATOR)])
def test_the_first_is_an_administrator_who_can_sign_in(people: People, new: NewStaff) -> None:
    with pytest.raises(ValueError, match="administrator with a PIN"):
        people.first_administrator(new)


def test_a_lead_makes_no_administrator_and_changes_none(people: People, sofia: StaffMember, as_sofia: Opening) -> None:
    lead = people.add(as_sofia, NewStaff("Amara Koroma", Role.LEAD, "1234"))
    by = Opening(lead.author())
    dana = people.add(by, NewStaff("Dana Reyes", Role.ASSISTANT, "4711"))
    for forbidden in (
        lambda: people.add(by, NewStaff("Eve", Role.ADMINISTRATOR, "1234")),
        lambda: people.change(by, replace(dana, role=Role.ADMINISTRATOR)),
        lambda: people.change(by, replace(sofia, active=False)),
        lambda: people.set_pin(by, sofia.id, "6666"),
    ):
        with pytest.raises(Problem) as raised:
            forbidden()
        assert raised.value.code is Code.NOT_ALLOWED
    assert isinstance(people.sign_in(sofia.id, "9182"), SignedIn)


def test_an_assistant_sets_her_own_pin_and_nobody_elses(people: People, dana: StaffMember, sofia: StaffMember) -> None:
    own = Opening(dana.author())
    people.set_pin(own, dana.id, "2580")
    assert isinstance(people.sign_in(dana.id, "2580"), SignedIn)
    assert people.sign_in(dana.id, "4711") == Refused(Refusal.WRONG_PIN, tries_left=2)
    with pytest.raises(Problem):
        people.set_pin(own, sofia.id, "2580")


def test_a_new_pin_ends_the_wait(people: People, dana: StaffMember, as_sofia: Opening) -> None:
    wrong(people, dana, 3)
    people.set_pin(as_sofia, dana.id, "2580")
    assert isinstance(people.sign_in(dana.id, "2580"), SignedIn)


def test_somebody_who_can_change_rights_always_stays(people: People, sofia: StaffMember, as_sofia: Opening) -> None:
    for changed in (replace(sofia, active=False), replace(sofia, role=Role.LEAD)):
        with pytest.raises(Problem) as raised:
            people.change(as_sofia, changed)
        assert raised.value.code is Code.LAST_ADMINISTRATOR
    other = people.add(as_sofia, NewStaff("Ingrid Berg", Role.ADMINISTRATOR, "7777"))
    people.change(as_sofia, replace(sofia, active=False))
    assert [member.id for member in people.present()] == [other.id]


def test_of_two_changes_at_once_the_second_is_told(people: People, dana: StaffMember, as_sofia: Opening) -> None:
    first = people.change(as_sofia, replace(dana, name="Dana Reyes-Cole"))
    with pytest.raises(Problem) as raised:
        people.change(as_sofia, replace(dana, name="Dana R."))
    assert raised.value.code is Code.CHANGED_MEANWHILE
    assert people.find(dana.id) == first


def test_no_pin_in_the_audit_in_a_repr_or_in_an_error(
    people: People, dana: StaffMember, as_sofia: Opening, unit: UnitOfWork
) -> None:
    assert "31415" not in repr(NewStaff("X", Role.ASSISTANT, "31415"))
    people.set_pin(as_sofia, dana.id, "31415")
    people.sign_in(dana.id, "31415")
    people.sign_in(dana.id, "92653")
    with pytest.raises(ValueError, match="digits") as raised:
        people.set_pin(as_sofia, dana.id, "31415x")
    assert "31415" not in f"{raised.value!r}"
    assert all("31415" not in str(vars(line)) and "92653" not in str(vars(line)) for line in lines(unit))


def test_setting_a_pin_names_whose(people: People, dana: StaffMember, as_sofia: Opening, unit: UnitOfWork) -> None:
    people.set_pin(as_sofia, dana.id, "2580")
    assert (lines(unit)[-1].act, lines(unit)[-1].records) == ("staff.pin", [["staff_pin", dana.id, 2]])


def test_a_lock_leaves_a_line(people: People, dana: StaffMember, unit: UnitOfWork) -> None:
    people.lock(Opening(dana.author()))
    assert (lines(unit)[-1].act, lines(unit)[-1].actor) == ("lock", dana.id)


def test_staff_stays_on_this_station_and_the_store_is_sound(people: People, dana: StaffMember, tmp_path: Path) -> None:
    people.sign_in(dana.id, "0000")
    assert check.faults(tmp_path / STORE, KEY) == []
