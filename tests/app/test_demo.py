"""The invented clinic: the same from the same seed, of all ages and scripts, and whole in a real store."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from maroom.access.model import SignedIn
from maroom.app import compose, demo
from maroom.app.compose import Services
from maroom.app.demo import invented
from maroom.app.demo.bodies import Body
from maroom.app.demo.people import Person, people
from maroom.app.demo.seed import Seed
from maroom.core.names import Likeness, alike, bannered, listed
from maroom.core.people import Opening, Role
from maroom.core.problems import Code, Problem
from maroom.fhir.codec import encode
from maroom.fhir.exchange import Resource
from maroom.store import check, outbox
from maroom.store.opening import STORE
from maroom.store.outbox import OutboxRow, State
from maroom.visits.service import Visits
from tests.builders import KEY, SetClock

DAY = date(2026, 11, 24)
SEEDS = (1, 2, 7)


def digest(seed: int, day: date = DAY) -> str:
    return hashlib.sha256(b"\n".join(map(encode, invented.resources(Seed(seed, day))))).hexdigest()


def of_type(seed: int, rtype: str) -> list[Resource]:
    return [one for one in invented.resources(Seed(seed, DAY)) if one["resourceType"] == rtype]


def today(seed: int) -> list[Person]:
    return [person for person in people(Seed(seed, DAY)) if person.visit]


def test_the_same_seed_is_the_same_clinic_to_the_byte_and_another_is_another() -> None:
    assert digest(1) == digest(1)
    assert len({digest(1), digest(2), digest(1, DAY + timedelta(days=1))}) == 3
    assert invented.settings(1) == invented.settings(1)
    assert invented.settings(1).id != invented.settings(2).id
    assert invented.colleagues(1) == invented.colleagues(1)


def test_no_id_is_given_twice() -> None:
    ids = Counter((one["resourceType"], one["id"]) for seed in SEEDS[:2] for one in invented.resources(Seed(seed, DAY)))
    shared = {rtype for (rtype, _), times in ids.items() if times > 1}
    assert shared == {"Practitioner"}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_every_clinic_has(seed: int) -> None:
    clinic = invented.settings(seed)
    assert (len(clinic.rooms), clinic.demo) == (8, seed)
    assert len({room.id for room in clinic.rooms}) == 8
    staff = [*invented.colleagues(seed), invented.administrator(seed)]
    assert len(staff) == 6
    assert Counter(one.role for one in staff) == {
        Role.ASSISTANT: 3,
        Role.LEAD: 1,
        Role.PROVIDER: 1,
        Role.ADMINISTRATOR: 1,
    }
    assert {"Dana Reyes", "Luis Ortiz", "Mei-Ling Bai", "Amara Koroma", "Dr. Nadia Amin"} < {one.name for one in staff}
    assert {one.pin for one in staff} == {demo.PIN}
    kinds = Counter(one["resourceType"] for one in invented.resources(Seed(seed, DAY)))
    assert kinds["Appointment"] == 40
    assert kinds["ServiceRequest"] > 15
    assert kinds["Observation"] > 1000


@pytest.mark.parametrize("seed", SEEDS)
def test_who_comes_today(seed: int) -> None:
    coming = today(seed)
    assert len(coming) == 40
    days = sorted((DAY - person.born).days for person in coming)
    assert days[0] == 9
    assert 97 * 365.25 < days[-1] < 98 * 365.25
    assert {"en", "es", "vi", "zh", "ar", "ru", "ht", "ko"} == {person.language for person in coming}
    pairs = [{listed(one.name), listed(other.name)} for one, other in combinations(coming, 2) if _alike(one, other)]
    assert {"García, Maria E.", "Garcia, María Elena"} in pairs
    assert len(pairs) <= 2
    assert all(re.fullmatch(r"555-01\d\d", person.phone) for person in people(Seed(seed, DAY)))
    assert len({person.number for person in people(Seed(seed, DAY))}) == 64


def _alike(one: Person, other: Person) -> bool:
    return alike(Likeness.of(one.name, one.born), Likeness.of(other.name, other.born))


def test_names_in_many_scripts() -> None:
    names = {listed(person.name) for person in today(1)}
    assert {
        "Ñuñez, José", "O'Brien-Łukasiewicz, Siobhán", "Gunawan", "李小龍", "الخطيب, عبد الله", "Đặng, Thị Ánh",
        "Соколов, Владимир", "Lindqvist, Åsa", "김민준", "Strøm-Weiß, Zoe\u0308",
    } < names  # fmt: skip
    spoken = [" ".join((*person.name.given, person.name.family)) for person in today(1)]
    assert max(map(len, spoken)) == 60
    assert all(bannered(person.name) for person in today(1))


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_comes_in_opening_hours_for_something_that_fits(seed: int) -> None:
    booked = of_type(seed, "Appointment")
    assert all(one["start"].startswith("2026-11-24T") and "08:00" <= one["start"][11:16] <= "16:45" for one in booked)
    assert all(one["end"] > one["start"] and one["reasonCode"][0]["text"] for one in booked)
    by_patient = {one["participant"][0]["actor"]["reference"]: one["description"] for one in booked}
    women = {f"Patient/{one['id']}" for one in of_type(seed, "Patient") if one["gender"] == "female"}
    for who, reason in by_patient.items():
        assert who in women or reason not in {"Prenatal, 24 weeks", "Well woman, Pap test", "Burning urination"}


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_any_day_will_do(day: date) -> None:
    """Clocks change, leap days, the year's end."""
    resources = list(invented.resources(Seed(1, day)))
    starts = [one["start"] for one in resources if one["resourceType"] == "Appointment"]
    assert {start[:10] for start in starts} == {day.isoformat()}
    assert {start[11:16] for start in starts} <= {
        f"{hour:02d}:{minute:02d}" for hour in range(8, 17) for minute in (0, 15, 30, 45)
    }


def test_allergies_are_coded_as_none_known_told_with_a_reaction_or_not_recorded() -> None:
    allergies = of_type(1, "AllergyIntolerance")
    codes = Counter(one["code"].get("coding", [{}])[0].get("code", "") for one in allergies)
    assert codes["716186003"] >= 5
    assert sum("reaction" in one for one in allergies) >= 5
    recorded = {one["patient"]["reference"] for one in allergies}
    assert len(of_type(1, "Patient")) - len(recorded) >= 5


def observations(seed: int, loinc: str) -> dict[str, list[tuple[str, Decimal]]]:
    """Patient > (time, value) by time."""
    found: dict[str, list[tuple[str, Decimal]]] = {}
    for one in of_type(seed, "Observation"):
        values = {one["code"]["coding"][0]["code"]: one.get("valueQuantity")}
        values |= {half["code"]["coding"][0]["code"]: half["valueQuantity"] for half in one.get("component", [])}
        if values.get(loinc):
            series = found.setdefault(one["subject"]["reference"], [])
            series.append((one["effectiveDateTime"], values[loinc]["value"]))
    return {who: sorted(series) for who, series in found.items()}


LIMITS = {
    "8867-4": (45, 185),
    "9279-1": (8, 60),
    "8310-5": (96, 100),
    "59408-5": (88, 100),
    "8480-6": (70, 200),
    "8462-4": (35, 120),
    "9843-4": (31, 53),
}


@pytest.mark.parametrize(("loinc", "limits"), LIMITS.items())
@pytest.mark.parametrize("seed", SEEDS)
def test_vital_signs_are_plausible(seed: int, loinc: str, limits: tuple[int, int]) -> None:
    values = [value for series in observations(seed, loinc).values() for _, value in series]
    assert values
    assert limits[0] <= min(values) <= max(values) <= limits[1]


def test_a_reading_keeps_its_last_zero() -> None:
    weights = [str(value) for series in observations(1, "29463-7").values() for _, value in series]
    assert all(re.fullmatch(r"\d+\.\d{1,2}", weight) for weight in weights)
    assert any(weight.endswith("0") for weight in weights)


def test_children_grow_along_their_centile() -> None:
    for person in people(Seed(1, DAY)):
        body = Body.of(person, Seed(1, DAY).rng("body", person.key))
        days = [person.born + timedelta(days=days) for days in range(0, min((DAY - person.born).days, 18 * 365), 45)]
        heights, weights = [body.height(day) for day in days], [body.weight(day) for day in days]
        assert heights == sorted(heights)
        assert weights == sorted(weights)


def test_treated_pressure_comes_down() -> None:
    person = next(one for one in people(Seed(1, DAY)) if listed(one.name) == "Okafor-Reyes, Thomas")
    body = Body.of(person, Seed(1, DAY).rng("body"))
    assert body.usual("systolic", DAY, 0.0) - body.usual("systolic", DAY, 1.0) == 14


def loinc_fits(code: str) -> bool:
    body, digit = code.split("-")
    doubled = (int(letter) * (2 - place % 2) for place, letter in enumerate(reversed(body)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == (10 - int(digit)) % 10


def codes_in(element: Any) -> Iterator[str]:
    if isinstance(element, dict):
        if element.get("system") == "http://loinc.org" and "code" in element:
            yield element["code"]
        element = list(element.values())
    if isinstance(element, list):
        for part in element:
            yield from codes_in(part)


def test_every_loinc_code_passes_its_check_digit() -> None:
    codes = {code for one in invented.resources(Seed(1, DAY)) for code in codes_in(one)}
    assert len(codes) > 15
    assert [code for code in codes if not loinc_fits(code)] == []
    assert not loinc_fits("3150-6")


# in a real store


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = compose.create_services(tmp_path, KEY, demo.clinic(1))
    yield made
    made.close()


@pytest.fixture
def filled(services: Services) -> Services:
    demo.fill(services, compose.intake(services), 1)
    return services


def dana(services: Services) -> Opening:
    return Opening(next(who.author() for who in services.people.present() if who.name == "Dana Reyes"))


def test_a_store_is_filled_by_the_ways_of_a_real_clinic(filled: Services, tmp_path: Path) -> None:
    board = filled.visits.today(dana(filled))
    assert len(board.visits) == 40
    assert {row.status for row in board.visits} == {"expected"}
    assert all(row.reason and row.provider == "Dr. Nadia Amin" for row in board.visits)
    assert sorted(listed(row.name) for row in board.visits if row.same_name)[:2] == ["Garcia, María Elena", "García, Maria E."]
    assert [now.room.name for now in board.rooms] == list("12345678")
    signed_in = filled.people.sign_in(dana(filled).author.staff, demo.PIN)
    assert isinstance(signed_in, SignedIn)
    with filled.unit.glance() as session:
        assert outbox.waiting(session) == 0
    assert check.faults(tmp_path / STORE, KEY) == []


def test_on_a_later_day_the_same_people_come_again_once(filled: Services) -> None:
    first = {row.visit.patient for row in filled.visits.today(dana(filled)).visits}
    later = SetClock(filled.clock.now().utc + timedelta(days=3))
    visits = Visits(filled.unit, later, lambda: filled.settings.clinic)
    moved = replace(filled, clock=later, visits=visits)  # type: ignore[arg-type]
    for _ in range(2):
        demo.renew(moved, filled.unit, compose.intake(filled))
        board = visits.today(dana(filled))
        assert {row.visit.patient for row in board.visits} == first
        assert len(board.visits) == 40
        assert {row.status for row in board.visits} == {"expected"}


def test_filling_it_again_changes_nothing(filled: Services) -> None:
    before = filled.people.everyone()
    demo.fill(filled, compose.intake(filled), 1)
    assert filled.people.everyone() == before


def test_a_demo_that_was_cut_short_is_finished(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    whole: Callable[..., Any] = services.people.set_pin
    left = [2]

    def dies(*given: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        whole(*given)

    monkeypatch.setattr(services.people, "set_pin", dies)
    with pytest.raises(KeyboardInterrupt):
        demo.fill(services, compose.intake(services), 1)
    monkeypatch.undo()
    demo.fill(services, compose.intake(services), 1)
    assert len(services.people.present()) == 6


@pytest.mark.parametrize("seed", [0, 2])
def test_no_other_store_is_filled(services: Services, seed: int) -> None:
    with pytest.raises(Problem) as raised:
        demo.fill(services, compose.intake(services), seed)
    assert raised.value.code is Code.NOT_DEMO
    assert services.people.everyone() == ()


def test_no_real_clinic_is_filled_or_charted(tmp_path: Path) -> None:
    made = compose.create_services(tmp_path, KEY, compose.new_clinic("Real"))
    try:
        for verb in (lambda: demo.fill(made, compose.intake(made), 1), lambda: demo.chart(made, 1)):
            with pytest.raises(Problem) as raised:
                verb()
            assert raised.value.code is Code.NOT_DEMO
    finally:
        made.close()


def test_charted_visits_wait_to_be_sent(filled: Services, tmp_path: Path) -> None:
    """One more than the cast, so that somebody comes twice."""
    count = len(invented.table("people")["cast"]) + 1
    assert demo.chart(filled, count) == count
    board = filled.visits.today(dana(filled))
    assert Counter(row.status for row in board.visits) == {"expected": 40, "out": count}
    assert {now.state for now in board.rooms} <= {"ready", "dirty"}
    with filled.unit.glance() as session:
        waiting = select(OutboxRow.kind, OutboxRow.local_id).where(OutboxRow.state == State.QUEUED).distinct()
        kinds = Counter(kind for kind, _ in session.execute(waiting))
    assert kinds["encounter"] == count
    assert kinds["vital_sign"] > 5 * count
    assert check.faults(tmp_path / STORE, KEY) == []
