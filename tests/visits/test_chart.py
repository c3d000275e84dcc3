"""What can be said about allergies, orders by word of mouth, critical notices."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from maroom.core.clock import Moment
from maroom.core.people import Opening
from maroom.core.problems import Code, Problem
from maroom.core.visit import VisitRef
from maroom.fhir.reading import SNOMED, Coding, PartialDate
from maroom.store.base import Origin
from maroom.store.unit_of_work import UnitOfWork
from maroom.visits.model import AllergyStatus, NewAllergy, NewOrder
from maroom.visits.service import Visits, load_charts
from tests.builders import SetClock, opening
from tests.visits.build import UPKEEP, arrived, of_patient, page, patient, take

A = AllergyStatus
PENICILLIN = {"coding": [{"system": SNOMED, "code": "764146007", "display": "Penicillin"}]}
NONE = {"coding": [{"system": SNOMED, "code": "716186003", "display": "No known allergy"}]}
NONE_BEFORE = {"coding": [{"system": SNOMED, "code": "160244002", "display": "No known allergies"}]}
NO_DRUG = {"coding": [{"system": SNOMED, "code": "409137002", "display": "No known drug allergy"}]}


def coded(kind: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/allergyintolerance-{kind}", "code": code}]}


def allergy(code: dict[str, Any], clinical: str = "active", verification: str = "", file_id: str = "x") -> dict[str, Any]:
    statuses: dict[str, Any] = {"clinicalStatus": coded("clinical", clinical)} if clinical else {}
    if verification:
        statuses["verificationStatus"] = coded("verification", verification)
    return of_patient("AllergyIntolerance", file_id, code=code, recordedDate="2020-05-05", **statuses)


READINGS = [
    ([], A.NOT_ASKED, []),
    ([allergy(PENICILLIN)], A.LISTED, ["Penicillin"]),
    ([allergy(PENICILLIN, clinical="")], A.LISTED, ["Penicillin"]),
    ([allergy({"text": "peanuts"}, verification="unconfirmed")], A.LISTED, ["peanuts"]),
    ([allergy(PENICILLIN, "inactive")], A.NOT_ASKED, []),
    ([allergy(PENICILLIN, "resolved")], A.NOT_ASKED, []),
    ([allergy(PENICILLIN, verification="refuted")], A.NOT_ASKED, []),
    ([allergy(PENICILLIN, "", "entered-in-error")], A.NOT_ASKED, []),
    ([allergy(NONE)], A.NONE_KNOWN, []),
    ([allergy(NONE_BEFORE)], A.NONE_KNOWN, []),
    ([allergy(NONE, "inactive")], A.NOT_ASKED, []),
    ([allergy(NONE, verification="refuted")], A.NOT_ASKED, []),
    ([allergy({"text": "No known allergies"})], A.LISTED, ["No known allergies"]),
    ([allergy(NO_DRUG)], A.NOT_ASKED, []),
    ([allergy(NONE), allergy(PENICILLIN, file_id="y")], A.LISTED, ["Penicillin"]),
    ([allergy(NONE), allergy(PENICILLIN, "inactive", file_id="y")], A.NONE_KNOWN, []),
    ([allergy(NO_DRUG), allergy({"text": "latex"}, file_id="y")], A.LISTED, ["latex"]),
]


@pytest.mark.parametrize(("records", "status", "listed"), READINGS)
def test_how_allergies_read(
    unit: UnitOfWork, visits: Visits, desk: Opening, records: list[dict[str, Any]], status: AllergyStatus, listed: list[str]
) -> None:
    take(unit, patient(), *records)
    read = visits.banner(chart_of(visits, desk)).allergies
    assert (read.status, [one.substance for one in read.listed]) == (status, listed)
    assert read.none_of == (("No known drug allergy",) if any(one["code"] is NO_DRUG for one in records) else ())
    assert read.asked == (date(2020, 5, 5) if status is A.NONE_KNOWN else None)


def chart_of(visits: Visits, desk: Opening) -> Opening:
    (card,) = visits.find(desk, "okafor")
    return opening(visit=VisitRef("", card.id))


def test_a_chart_that_was_never_loaded_says_so(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    take(unit, patient(), origin=Origin.PULLED)
    about = chart_of(visits, desk)
    assert visits.banner(about).allergies.status is A.NOT_KNOWN_HERE
    with unit.write(UPKEEP) as write:
        load_charts(write, [ref(about).patient])
    assert visits.banner(about).allergies.status is A.NOT_ASKED
    take(unit, patient(gender="female"), origin=Origin.PULLED)
    assert visits.banner(about).allergies.status is A.NOT_ASKED


def ref(about: Opening) -> VisitRef:
    assert about.visit
    return about.visit


def test_an_allergy_that_came_loads_the_chart(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    take(unit, patient(), allergy(PENICILLIN, "resolved"), origin=Origin.PULLED)
    assert visits.banner(chart_of(visits, desk)).allergies.status is A.NOT_ASKED


def test_asked_and_none_known(visits: Visits, clock: SetClock) -> None:
    about = page(arrived(visits))
    answered = visits.ask_allergies(about, ())
    assert (answered.status, answered.asked) == (A.NONE_KNOWN, date(2026, 11, 24))
    clock.forward(days=400)
    assert visits.ask_allergies(about, ()).asked == date(2027, 12, 29)
    assert visits.banner(about).allergies.status is A.NONE_KNOWN


def test_an_allergy_that_is_told_takes_back_none_known(visits: Visits) -> None:
    about = page(arrived(visits))
    visits.ask_allergies(about, ())
    told = visits.ask_allergies(about, [NewAllergy("Penicillin", "rash"), NewAllergy("latex")])
    assert {one.substance: one.reactions for one in told.listed} == {"Penicillin": ("rash",), "latex": ()}
    assert visits.banner(about).allergies == told
    assert visits.chart(about).allergies == told


def test_none_known_is_not_put_over_a_list(visits: Visits) -> None:
    about = page(arrived(visits))
    visits.ask_allergies(about, [NewAllergy("Penicillin")])
    with pytest.raises(Problem) as raised:
        visits.ask_allergies(about, ())
    assert raised.value.code is Code.CHANGED_MEANWHILE


def test_orders_by_word_of_mouth_and_by_standing_order(visits: Visits, desk: Opening, clock: SetClock) -> None:
    visit = arrived(visits)
    strep = Coding("http://loinc.org", "78012-2", "Rapid strep")
    spoken = visits.place_order(page(visit), NewOrder("Rapid strep", "Dr. Amara", strep))
    clock.forward(minutes=1)
    standing = visits.place_order(page(visit), NewOrder("Flu vaccine", "Dr. Amara", standing="SO-7"))
    assert (spoken.status, spoken.note, standing.note) == ("active", "Verbal order", "Standing order SO-7")
    assert visits.orders(page(visit)) == (standing, spoken)
    other = visits.add_visit(desk, visit.ref.patient, "Again")
    assert visits.orders(page(other)) == ()


def test_active_orders_of_no_visit_are_shown_at_every_visit(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    orders = [
        of_patient("ServiceRequest", "o1", status="active", code={"text": "CBC"}),
        of_patient("ServiceRequest", "o2", status="completed", code={"text": "A1c"}),
    ]
    take(unit, patient(), *orders)
    assert [one.words for one in visits.orders(chart_of(visits, desk))] == ["CBC", "A1c"]
    visit = visits.add_visit(desk, ref(chart_of(visits, desk)).patient, "Cough")
    assert [one.words for one in visits.orders(page(visit))] == ["CBC"]


def test_a_critical_notice_stays_open_until_it_is_read_back(visits: Visits, desk: Opening, clock: SetClock) -> None:
    about = page(arrived(visits))
    notice = visits.report_critical(about, "reading-1", "BP 212/124", "")
    assert notice.open
    assert visits.banner(about).notices == visits.open_notices(desk) == (notice,)
    told = clock.now()
    rung = visits.answer_notice(about, notice.id, notice.revision, "Dr. Amara", told, read_back=False)
    assert visits.open_notices(desk) == (rung,)
    with pytest.raises(Problem) as raised:
        visits.answer_notice(about, notice.id, notice.revision, "Dr. Amara", told, read_back=True)
    assert raised.value.code is Code.CHANGED_MEANWHILE
    answered = visits.answer_notice(about, notice.id, rung.revision, "Dr. Amara", told, read_back=True)
    assert not answered.open
    assert visits.banner(about).notices == visits.open_notices(desk) == ()
    assert visits.chart(about).notices == (answered,)


def test_a_chart_read_under_one_opening_is_audited_once(unit: UnitOfWork, visits: Visits) -> None:
    about = page(arrived(visits))
    for _ in range(3):
        visits.banner(about)
        visits.chart(about)
    assert lines(unit).count("banner.read") == 1
    assert "chart.read" not in lines(unit)


def lines(unit: UnitOfWork) -> list[str]:
    with unit.glance() as session:
        return list(session.execute(text("SELECT act FROM audit")).scalars())


def test_a_page_for_no_visit_has_no_chart(visits: Visits, desk: Opening) -> None:
    for verb in (visits.visit, visits.chart, visits.banner, visits.orders):
        with pytest.raises(ValueError, match="opened for no visit"):
            verb(desk)


def test_a_visit_that_is_not_there_is_a_bug(visits: Visits) -> None:
    with pytest.raises(KeyError):
        visits.visit(opening(visit=VisitRef("nowhere", "nobody")))


def test_what_another_clinics_day_said_stays_with_its_offset(unit: UnitOfWork, visits: Visits, desk: Opening) -> None:
    observation = of_patient("Observation", "o", code={"text": "A1c"}, effectiveDateTime="2020-01-01T23:30:00+05:30")
    take(unit, patient(), observation, of_patient("Condition", "c", code={"text": "Gout"}, onsetDateTime="2016"))
    chart = visits.chart(chart_of(visits, desk))
    assert chart.observations[0].at == Moment.parse("2020-01-01T23:30:00+05:30")
    assert chart.conditions[0].onset == PartialDate.parse("2016")
