"""Readers of elements: exact, never shifted, never silent about a wrong shape, and without values in their faults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from maroom.core.names import HumanName
from maroom.core.quantity import Quantity
from maroom.fhir import reading
from maroom.fhir.exchange import NotUsable, Resource
from maroom.fhir.reading import Coding, PartialDate

KINDS = "http://terminology.hl7.org/CodeSystem/v2-0203"


def test_a_concept_reads_as_its_text_its_display_or_its_code() -> None:
    coding = {"system": reading.LOINC, "code": "8867-4", "display": "Heart rate"}
    read = reading.concept({"code": {"coding": [coding], "text": "Pulse"}}, "code")
    assert (read.words(), read.code(reading.LOINC), read.code(reading.SNOMED)) == ("Pulse", "8867-4", "")
    assert read.codings == (Coding(reading.LOINC, "8867-4", "Heart rate"),)
    assert read.has(reading.LOINC, "1", "8867-4")
    assert reading.as_concept({"coding": [{"code": "x"}, coding]}).words() == "Heart rate"
    assert reading.as_concept({"coding": [{"code": "x"}]}).words() == "x"
    assert reading.concept({}, "code").words() == ""


@pytest.mark.parametrize(
    ("text", "first", "exact"),
    [("1950", date(1950, 1, 1), False), ("1950-03", date(1950, 3, 1), False), ("1950-03-09", date(1950, 3, 9), True)],
)
def test_a_date_is_as_exact_as_it_is(text: str, first: date, exact: bool) -> None:
    found = reading.partial_date({"birthDate": text}, "birthDate")
    assert found == PartialDate(text, first)
    assert found.exact is exact


@pytest.mark.parametrize("text", ["1950-13", "1950-02-30", "9.3.1950", "195", "1950-3-9", "1950-03-09T10:00:00Z", "١٩٥٠"])
def test_what_is_no_date_is_told(text: str) -> None:
    with pytest.raises(NotUsable) as raised:
        reading.partial_date({"birthDate": text}, "birthDate")
    assert raised.value.path == "birthDate"
    assert text not in str(raised.value)


def test_a_time_keeps_the_offset_it_was_written_with() -> None:
    found = reading.moment({"at": "2026-11-24T23:30:00.250-05:00"}, "at")
    assert found is not None
    assert (found.iso(), found.utc.date(), found.local().date()) == (
        "2026-11-24T23:30:00.250-05:00",
        date(2026, 11, 25),
        date(2026, 11, 24),
    )
    assert reading.moment({}, "at") is None
    assert reading.when({"at": "2026-11"}, "at") == PartialDate("2026-11", date(2026, 11, 1))


@pytest.mark.parametrize(
    "text", ["2026-11-24", "2026-11-24T10:00:00", "2026-11-24T25:00:00Z", "yesterday", "0001-01-01T00:00:00+14:00"]
)
def test_a_time_without_clock_or_offset_is_told(text: str) -> None:
    with pytest.raises(NotUsable):
        reading.moment({"at": text}, "at")


def test_a_quantity_is_exact() -> None:
    found = reading.quantity({"v": {"value": Decimal("72.10"), "unit": "kilograms", "code": "kg"}}, "v")
    assert found == Quantity(Decimal("72.10"), "kg", "72.10")
    assert str(found.value) == "72.10"
    assert reading.quantity({"v": {"value": 72, "unit": "kg"}}, "v") == Quantity(Decimal(72), "kg", "72")
    assert reading.quantity({"v": {"unit": "kg"}}, "v") is None
    assert reading.quantity({}, "v") is None


@pytest.mark.parametrize("value", [True, "72", 72.5, [72], {"value": 72}])
def test_what_is_no_number_is_told(value: Any) -> None:
    with pytest.raises(NotUsable, match="is no number"):
        reading.quantity({"v": {"value": value}}, "v")


def test_less_than_is_no_measured_number() -> None:
    with pytest.raises(NotUsable, match="comparator"):
        reading.quantity({"v": {"value": 5, "comparator": "<"}}, "v")


def test_the_name_in_use_is_taken() -> None:
    maiden = {"use": "maiden", "family": "Reyes"}
    usual = {"use": "usual", "family": "Okafor", "given": ["Tom", None, ""]}
    official = {"use": "official", "family": "Okafor-Reyes", "given": ["Thomas", "A."], "text": "T. Okafor-Reyes"}
    named: Callable[..., HumanName] = lambda *names: reading.human_name({"name": list(names)}, "name")  # noqa: E731
    assert named(maiden, usual, official) == HumanName("Okafor-Reyes", ("Thomas", "A."), "T. Okafor-Reyes")
    assert named(maiden, usual) == HumanName("Okafor", ("Tom",))
    assert named({"family": "Plain"}, maiden) == HumanName("Plain")
    assert named(maiden, {"use": "old", "family": "X"}) == HumanName()
    assert reading.human_name({}, "name") == HumanName()


def test_the_record_number_is_the_clinics_and_no_other_number() -> None:
    def identifier(value: str, kind: str = "", **more: str) -> Resource:
        coded = (
            {"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": kind}]}} if kind else {}
        )
        return {"value": value} | coded | more

    def number(*identifiers: Resource) -> str:
        return reading.record_number({"identifier": list(identifiers)})

    social, licence = identifier("999-99-9999", "SS"), identifier("S9", "DL")
    assert number(social, identifier("x"), identifier("004417", "MR")) == "004417"
    assert number(social, licence, identifier("x"), identifier("u", use="usual")) == "u"
    assert number(social, identifier("first"), identifier("second")) == "first"
    assert number(social, licence, identifier("gone", use="old"), identifier("urn:uuid:1", system=reading.OURS)) == ""
    assert number(identifier("", "MR"), {"system": "s"}) == ""


@pytest.mark.parametrize(
    ("read", "element"),
    [
        (reading.text, 5),
        (reading.text, ["García"]),
        (reading.flag, "true"),
        (reading.part, "García"),
        (reading.part, [{}]),
        (reading.parts, {"family": "García"}),
        (reading.parts, ["García"]),
        (reading.texts, "García"),
        (reading.texts, [5]),
        (reading.reference, {"reference": 5}),
        (reading.human_name, "García"),
        (reading.human_name, [{"given": "García"}]),
        (reading.concepts, [{"coding": "García"}]),
        (reading.period, {"start": 5}),
    ],
)
def test_a_wrong_shape_is_told_and_not_dropped(read: Callable[[Resource, str], Any], element: Any) -> None:
    with pytest.raises(NotUsable) as raised:
        read({"name": element}, "name")
    assert "García" not in str(raised.value)


def test_what_is_absent_is_empty() -> None:
    assert (reading.text({}, "x"), reading.flag({}, "x"), reading.part({}, "x"), reading.parts({}, "x")) == ("", None, {}, ())
    assert (reading.texts({}, "x"), reading.reference({}, "x"), reading.concepts({}, "x")) == ((), "", ())
    assert reading.period({}, "x") == (None, None)
