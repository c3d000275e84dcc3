"""What the problem list says that signs are taken and judged by."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from maroom.core.findings import Severity
from maroom.duties.vitals.model import Measurement, Sign, Spared, Subject
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.grown import with_growth
from maroom.duties.vitals.rules.judged import judged
from maroom.duties.vitals.rules.problem_list import known
from maroom.duties.vitals.rules.told import Circumstances
from maroom.duties.vitals.rules.weight_changes import Weighed, WeightFound
from maroom.fhir.reading import Coding, PartialDate
from maroom.visits.model import Condition
from tests.duties.vitals.build import ADULT, TODAY, measured, pressure, typed

SNOMED, ICD10 = "http://snomed.info/sct", "http://hl7.org/fhir/sid/icd-10-cm"
WOMAN = Subject(date(1994, 7, 1), "female")


def line(words: str, system: str = "", code: str = "", clinical: str = "active", began: date | None = None) -> Condition:
    onset = PartialDate(f"{began}", began) if began else None
    return Condition("c1", words, Coding(system, code, words) if code else None, clinical, "confirmed", onset)


def about(*lines: Condition, of: Subject = ADULT) -> Subject:
    return known(of, lines, TODAY)


@pytest.mark.parametrize(
    ("words", "sides"),
    [
        ("Mastectomy, left, with axillary node removal", ("left",)),
        ("Arteriovenous fistula for dialysis, right forearm", ("right",)),
        ("PICC line in left basilic vein", ("left",)),
        ("Bilateral mastectomy", ("left", "right")),
        ("Lymphedema of left upper limb", ("left",)),
        ("History of mastectomy", ()),
    ],
)
def test_an_arm_is_spared_by_the_words_of_a_line(words: str, sides: tuple[str, ...]) -> None:
    assert about(line(words)).spared == (Spared(words, sides),)


@pytest.mark.parametrize("words", ["Family history of mastectomy", "Anal fistula", "Lymphedema of left leg", "Graft, skin"])
def test_other_lines_spare_no_arm(words: str) -> None:
    assert about(line(words)).spared == ()


@pytest.mark.parametrize(
    ("code", "sides"), [("Z90.11", ("right",)), ("Z90.12", ("left",)), ("Z90.13", ("left", "right")), ("Z90.10", ())]
)
def test_an_arm_is_spared_by_code(code: str, sides: tuple[str, ...]) -> None:
    """ICD-10-CM Z90.11 acquired absence of right breast and nipple, .12 left, .13 bilateral, .10 unspecified."""
    assert about(line("Acquired absence of breast", ICD10, code)).spared[0].sides == sides


def test_what_is_past_says_nothing() -> None:
    assert about(line("PICC line, left arm", clinical="resolved")).spared == ()
    assert not about(line("Heart failure", clinical="inactive")).heart_failure


@pytest.mark.parametrize(
    ("one", "there"),
    [
        (line("Chronic systolic heart failure", ICD10, "I50.22"), True),
        (line("Herzinsuffizienz", SNOMED, "84114007"), True),
        (line("Congestive heart failure"), True),
        (line("Family history of heart failure"), False),
        (line("Heart murmur", SNOMED, "88610006"), False),
    ],
)
def test_heart_failure_is_known(one: Condition, there: bool) -> None:
    assert about(one).heart_failure is there


@pytest.mark.parametrize(
    ("one", "there"),
    [
        (line("Normal pregnancy", SNOMED, "72892002", began=TODAY - timedelta(days=200)), True),
        (line("Normal pregnancy", SNOMED, "72892002", began=TODAY - timedelta(days=301)), False),
        (line("Pregnant"), True),
        (line("Pregnancy test negative"), False),
        (line("History of ectopic pregnancy"), False),
    ],
)
def test_a_pregnancy_is_known_while_it_can_last(one: Condition, there: bool) -> None:
    assert about(one, of=WOMAN).pregnant is there


def codes(what: Measurement, of: Subject) -> list[tuple[str, Severity]]:
    return [(one.code, one.severity) for one in judged(what, Circumstances(of, TODAY))]


@pytest.mark.parametrize("site", ["left_arm", "left_wrist"])
def test_a_pressure_of_a_spared_arm_is_asked_about_with_the_reason(site: str) -> None:
    spared = about(line("PICC line, left arm"))
    (first, *_) = judged(pressure(118, 76, site=site), Circumstances(spared, TODAY))
    assert (first.code, first.severity, first.detail) == (Found.SPARED_ARM, Severity.ASK, "PICC line, left arm")


def test_the_other_arm_is_not_asked_about() -> None:
    spared = about(line("PICC line, left arm"))
    assert Found.SPARED_ARM not in dict(codes(pressure(118, 76, site="right_arm"), spared))


@pytest.mark.parametrize(
    ("systolic", "diastolic", "expected"),
    [
        (139, 89, None),
        (140, 80, Found.PREGNANT_HIGH),
        (130, 90, Found.PREGNANT_HIGH),
        (159, 109, Found.PREGNANT_HIGH),
        (160, 90, Found.PREGNANT_SEVERE),
        (150, 110, Found.PREGNANT_SEVERE),
    ],
)
def test_a_high_pressure_in_pregnancy_is_told_now(systolic: int, diastolic: int, expected: Found | None) -> None:
    """140/90 and 160/110, as the 2025 guideline on high blood pressure has them in pregnancy."""
    found = codes(pressure(systolic, diastolic), about(line("Pregnant"), of=WOMAN))
    critical = [code for code, severity in found if severity is Severity.CRITICAL]
    assert critical == ([expected] if expected else [])
    assert not [code for code, _ in codes(pressure(systolic, diastolic), WOMAN) if code.startswith("pregnant")]


def test_a_gain_of_weight_is_told_with_heart_failure() -> None:
    """More than 3 lb within a day."""
    before = [Weighed(typed(Sign.WEIGHT, "180", "[lb_av]"), TODAY - timedelta(days=1))]
    now = measured(Sign.WEIGHT, "183.5", "[lb_av]")
    found = {one.code for one in with_growth((), now, about(line("Heart failure")), TODAY, {}, before)}
    assert WeightFound.HEART_FAILURE_GAIN in found
    assert WeightFound.HEART_FAILURE_GAIN not in {one.code for one in with_growth((), now, ADULT, TODAY, {}, before)}
