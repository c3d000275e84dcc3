"""A reading as an Observation and back. The examples of US Core are read where MAROOM_US_CORE names their folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.core.clock import Moment
from maroom.core.quantity import Quantity
from maroom.duties.vitals import wire
from maroom.duties.vitals.model import (
    HALVES,
    Absent,
    Coded,
    Component,
    Measurement,
    Performer,
    Reading,
    Sign,
    Status,
    Why,
)
from maroom.duties.vitals.rules.signs import offered, scale, spec
from maroom.duties.vitals.wire.elements import set_system
from maroom.fhir import codec
from maroom.fhir.exchange import Arrival, NotUsable, Resource
from tests.builders import DANA
from tests.duties.vitals.build import VISIT, adult_set, measured, pressure

SETS = set_system("urn:clinic")
AT = Moment(datetime(2026, 11, 24, 15, 42, tzinfo=UTC), -300)
LOINC = "http://loinc.org"


def reading(measurement: Measurement, **changed: Any) -> Reading:
    made = Reading("r-1", 0, Status.FINAL, VISIT, "set-1", AT, Performer(DANA.staff, DANA.name), measurement, AT)
    return replace(made, **changed)


def linked(reference: str) -> str:
    return reference.rpartition(":")[2].rpartition("/")[2]


def read(resource: Resource) -> Reading:
    """As it comes in on a station that knows every reference."""
    return wire.reading(Arrival(resource, "r-1", 0, linked), SETS)


def sent(measurement: Measurement, base: Resource | None = None, **changed: Any) -> Resource:
    return codec.decode(codec.encode(wire.observation(reading(measurement, **changed), base or {}, SETS)))


def unsaid(measurement: Measurement) -> Measurement:
    """What FHIR does not carry: the text as it was typed."""
    parts = {name: _bare(part) for name, part in measurement.parts.items()}
    value = measurement.value
    return replace(measurement, parts=parts, value=_bare(value) if isinstance(value, Quantity) else value)


def _bare(part: Quantity | Absent) -> Quantity | Absent:
    return replace(part, entered="") if isinstance(part, Quantity) else part


# what is written


def test_a_pressure_is_a_us_core_observation() -> None:
    body = sent(pressure(142, 88, site="left_arm", position="sitting", cuff="small_adult", method="automatic"))
    assert body["identifier"] == [{"system": "urn:ietf:rfc:3986", "value": "urn:uuid:r-1"}]
    assert body["category"][0]["coding"][0]["code"] == "vital-signs"
    assert body["code"]["coding"][0] == {"system": LOINC, "code": "85354-9", "display": spec(Sign.BP).codes[0][1]}
    assert body["effectiveDateTime"] == "2026-11-24T10:42:00-05:00"
    assert body["issued"] == "2026-11-24T10:42:00-05:00"
    assert (body["subject"], body["encounter"]) == (
        {"reference": f"urn:uuid:{VISIT.patient}"},
        {"reference": f"urn:uuid:{VISIT.visit}"},
    )
    assert body["performer"] == [{"reference": f"urn:uuid:{DANA.staff}", "display": "Dana Reyes"}]
    assert body["meta"]["tag"] == [{"system": "urn:clinic/vitals-set", "code": "set-1"}]
    assert [(c["code"]["coding"][0]["code"], c["valueQuantity"]["value"]) for c in body["component"]] == [
        ("8480-6", 142),
        ("8462-4", 88),
    ]
    assert body["bodySite"]["coding"][0]["code"] == "368208006"
    assert body["method"]["coding"][0]["code"] == "31813000"
    position, cuff = body["extension"]
    assert position["valueCodeableConcept"]["coding"][0]["code"] == "33586001"
    assert cuff["valueCodeableConcept"] == {"text": "Small adult cuff, bladder 12 x 22 cm"}
    assert not {"valueQuantity", "dataAbsentReason", "note", "device"} & body.keys()


def test_values_go_out_digit_for_digit() -> None:
    body = codec.encode(wire.observation(reading(measured(Sign.WEIGHT, "72.10", "kg")), {}, SETS))
    assert b'"value":72.10' in body


def test_oxygen_saturation_has_both_codes_and_room_air_only_if_said() -> None:
    body = sent(measured(Sign.SPO2, "97", oxygen="room_air"))
    assert {coding["code"] for coding in body["code"]["coding"]} == {"59408-5", "2708-6"}
    assert [(c["code"]["coding"][0]["code"], c["valueQuantity"]["value"]) for c in body["component"]] == [("3150-0", 21)]
    assert "component" not in sent(measured(Sign.SPO2, "97"))


@pytest.mark.parametrize(
    ("why", "code"), [(Why.DECLINED, "asked-declined"), (Why.NOT_DONE, "not-performed"), (Why.NOT_OBTAINED, "unknown")]
)
def test_what_was_not_taken_says_why(why: Why, code: str) -> None:
    body = sent(Measurement(Sign.PULSE, Absent(why, "in pain")))
    assert body["dataAbsentReason"]["coding"][0]["code"] == code
    assert body["dataAbsentReason"]["text"] == "in pain"
    assert "valueQuantity" not in body


def test_a_refused_pressure_says_so_in_both_halves() -> None:
    body = sent(Measurement(Sign.BP, Absent(Why.DECLINED)))
    assert [c["dataAbsentReason"]["coding"][0]["code"] for c in body["component"]] == ["asked-declined", "asked-declined"]
    assert not {"dataAbsentReason", "valueQuantity"} & body.keys()


def test_an_average_covers_a_time_and_names_its_readings() -> None:
    until = replace(AT, utc=AT.utc.replace(minute=50))
    parts = {**pressure(140, 86).parts, Component.COUNT: Quantity(Decimal(2), "{#}")}
    body = sent(Measurement(Sign.BP_AVERAGE, parts=parts, until=until, derived_from=("r-2", "r-3")))
    assert body["effectivePeriod"] == {"start": "2026-11-24T10:42:00-05:00", "end": "2026-11-24T10:50:00-05:00"}
    assert body["derivedFrom"] == [{"reference": "urn:uuid:r-2"}, {"reference": "urn:uuid:r-3"}]
    assert "effectiveDateTime" not in body


def test_an_amendment_keeps_who_measured_and_notes_why() -> None:
    body = sent(measured(Sign.PULSE, "76"), status=Status.AMENDED, reason="typed the wrong number", author="s-2")
    assert body["status"] == "amended"
    assert body["performer"][0]["reference"] == f"urn:uuid:{DANA.staff}"
    assert body["note"][0]["text"] == "typed the wrong number"
    assert body["note"][0]["authorReference"] == {"reference": "urn:uuid:s-2"}


def test_needs_are_all_that_the_body_refers_to() -> None:
    average = Measurement(Sign.BP_AVERAGE, parts=pressure(140, 86).parts, derived_from=("r-2",))
    assert set(wire.needs(reading(average))) == {VISIT.patient, VISIT.visit, DANA.staff, "r-2"}


# what another system put there stays


FOREIGN: Resource = {
    "resourceType": "Observation",
    "id": "17",
    "meta": {"versionId": "3", "profile": ["x"], "tag": [{"system": "s", "code": "c"}]},
    "status": "final",
    "category": [
        {
            "coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}],
            "text": "V",
        }
    ],
    "code": {"coding": [{"system": LOINC, "code": "8867-4"}, {"system": "urn:mdc", "code": "149530"}], "text": "heart rate"},
    "subject": {"reference": "Patient/p", "display": "Amy"},
    "effectiveDateTime": "1999-07-02",
    "valueQuantity": {"value": 44, "unit": "beats/min", "system": "http://unitsofmeasure.org", "code": "/min"},
    "interpretation": [{"text": "low"}],
    "bodySite": {"coding": [{"system": "http://snomed.info/sct", "code": "1", "display": "Left foot"}]},
    "note": [{"text": "after a run"}],
    "extension": [{"url": "urn:other", "valueString": "x"}],
}


def test_only_what_is_ours_is_set() -> None:
    body = wire.observation(read(FOREIGN), FOREIGN, SETS)
    changed = {name for name in FOREIGN.keys() | body.keys() if FOREIGN.get(name) != body.get(name)}
    assert changed == {"identifier", "issued", "subject"}
    assert body["subject"]["display"] == "Amy"


def test_a_changed_value_replaces_the_value_and_nothing_else() -> None:
    before = read(FOREIGN)
    after = replace(before, measurement=replace(before.measurement, value=Quantity(Decimal(54), "/min", "54")))
    body = wire.observation(after, FOREIGN, SETS)
    assert body["valueQuantity"]["value"] == 54
    assert (body["effectiveDateTime"], body["bodySite"], body["interpretation"]) == (
        "1999-07-02",
        FOREIGN["bodySite"],
        FOREIGN["interpretation"],
    )
    assert [note["text"] for note in body["note"]] == ["after a run"]


def test_a_component_of_another_system_keeps_its_place() -> None:
    base = sent(pressure(142, 88))
    mean = {"code": {"coding": [{"system": LOINC, "code": "8478-0"}]}, "valueQuantity": {"value": 106}}
    base["component"].insert(0, mean)
    body = wire.observation(reading(pressure(142, Absent(Why.NOT_OBTAINED))), base, SETS)
    assert body["component"][0] == mean
    assert "valueQuantity" not in body["component"][2]
    assert body["component"][2]["dataAbsentReason"]["coding"][0]["code"] == "unknown"


# what is read


def _observation(code: str, **elements: Any) -> Resource:
    plain = {"status": "final", "subject": {"reference": "Patient/p"}, "effectiveDateTime": "2019-03-12T08:00:00+01:00"}
    return {"resourceType": "Observation", "code": {"coding": [{"system": LOINC, "code": code}]}} | plain | elements


def _quantity(value: Any, **unit: str) -> Resource:
    return {"value": value, **unit}


def test_old_codes_and_many_decimals_are_taken_as_sent() -> None:
    """Shapes of Synthea: 55284-4 for the pressure, 8331-1 for an oral temperature."""
    oral = read(_observation("8331-1", valueQuantity=_quantity(Decimal("37.989896951095574"), code="Cel")))
    assert oral.measurement.quantity == Quantity(Decimal("37.989896951095574"), "Cel")
    assert oral.measurement.qualifiers == {"site": "mouth"}
    halves = [
        {"code": {"coding": [{"system": LOINC, "code": code}]}, "valueQuantity": _quantity(Decimal(value), code="mm[Hg]")}
        for code, value in (("8462-4", "113.5"), ("8480-6", "181.48"))
    ]
    assert read(_observation("55284-4", component=halves)).measurement.half(Component.SYSTOLIC) == Quantity(
        Decimal("181.48"), "mm[Hg]"
    )


@pytest.mark.parametrize(
    ("codes", "sign"),
    [
        (("8302-2",), Sign.HEIGHT),
        (("8306-3", "8302-2"), Sign.LENGTH),
        (("8302-2", "8308-9"), Sign.HEIGHT),
        (("2708-6",), Sign.SPO2),
    ],
)
def test_signs_that_share_a_code_are_told_apart(codes: tuple[str, ...], sign: Sign) -> None:
    unit = "%" if sign is Sign.SPO2 else "cm"
    resource = _observation("", valueQuantity=_quantity(98, code=unit))
    resource["code"] = {"coding": [{"system": LOINC, "code": code} for code in codes]}
    assert read(resource).sign is sign


@pytest.mark.parametrize(
    ("resource", "ours"),
    [
        (_observation("8867-4", valueQuantity=_quantity(72, unit="beats/min")), True),
        (_observation("72514-3", valueInteger=3), True),
        (_observation("8867-4", dataAbsentReason={"coding": [{"code": "unknown"}]}), True),
        (_observation("8867-4"), False),
        (_observation("8867-4", valueQuantity=_quantity(72, code="/min", comparator="<")), False),
        (_observation("29463-7", valueQuantity=_quantity(12, code="[stone_av]")), False),
        (_observation("8867-4", valueQuantity=_quantity(72, code="/min"), effectiveDateTime="2019"), False),
        (_observation("8867-4", valueString="72"), False),
        (_observation("2339-0", valueQuantity=_quantity(90, code="mg/dL")), False),
        (_observation("85353-1"), False),
        (
            _observation(
                "2708-6",
                valueQuantity=_quantity(97, code="%"),
                category=[
                    {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}
                ],
            ),
            False,
        ),
    ],
)
def test_what_cannot_be_held_is_history(resource: Resource, ours: bool) -> None:
    assert wire.is_ours(resource) is ours


def test_a_malformed_sign_is_told_not_dropped() -> None:
    broken = _observation("8867-4", valueQuantity=_quantity("72", code="/min"))
    assert wire.is_ours(broken)
    with pytest.raises(NotUsable, match="value"):
        read(broken)
    assert not wire.is_ours({"resourceType": "Observation", "code": "8867-4"})


@pytest.mark.parametrize(("gone", "path"), [("subject", "subject"), ("status", "status")])
def test_nobody_is_measured_by_guess(gone: str, path: str) -> None:
    resource = _observation("8867-4", valueQuantity=_quantity(72, code="/min"))
    del resource[gone]
    with pytest.raises(NotUsable, match=path):
        read(resource)


def test_a_mere_day_stays_that_day_in_every_zone() -> None:
    found = read(_observation("8867-4", valueQuantity=_quantity(72, code="/min"), effectiveDateTime="2019-03-12"))
    assert found.measured.local().date() == date(2019, 3, 12)


# there and back


@pytest.mark.parametrize("measurement", adult_set(), ids=lambda one: one.sign.value)
def test_an_adult_set_comes_back_as_it_went(measurement: Measurement) -> None:
    assert read(sent(measurement)).measurement == unsaid(measurement)


@pytest.mark.parametrize(
    "measurement",
    [
        Measurement(Sign.LAST_PERIOD, date(2026, 11, 2)),
        Measurement(Sign.RHYTHM, Coded("http://snomed.info/sct", "271636001", "Pulse regular"), derived_from=("r-2",)),
        Measurement(Sign.BP, Absent(Why.DECLINED, "sore arm")),
        measured(Sign.WEIGHT, "8.42", "kg", device="infant_scale", clothing="none", method="measured"),
        measured(Sign.SPO2, "92", oxygen="on_oxygen", site="a glued probe"),
        replace(measured(Sign.PULSE, "128", wakefulness="crying"), note="held by mother"),
    ],
    ids=lambda one: one.sign.value,
)
def test_other_shapes_come_back_too(measurement: Measurement) -> None:
    assert read(sent(measurement)).measurement == unsaid(measurement)


def _offered(sign: Sign) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({}, optional={name: st.sampled_from(words) for name, words in offered(sign).items()})


_DECIMALS = st.decimals(Decimal(0), Decimal(999), places=3)
_ABSENT = st.builds(Absent, st.sampled_from(Why), st.sampled_from(["", "asleep"]))


def _values(sign: Sign, component: Component | None = None) -> st.SearchStrategy[Quantity]:
    return st.builds(Quantity, _DECIMALS, st.sampled_from(scale(sign, component).units))


def _pressures() -> st.SearchStrategy[Measurement]:
    half = st.one_of(_values(Sign.BP, Component.SYSTOLIC), _ABSENT)
    halves = st.tuples(half, half).filter(lambda two: not (two[0] == two[1] and isinstance(two[0], Absent)))
    return st.builds(
        lambda two, how: Measurement(Sign.BP, parts=dict(zip(HALVES, two, strict=True)), qualifiers=how),
        halves,
        _offered(Sign.BP),
    )


def _simple() -> st.SearchStrategy[Measurement]:
    signs = [sign for sign in Sign if spec(sign).units]
    return st.sampled_from(signs).flatmap(
        lambda s: st.builds(Measurement, st.just(s), st.one_of(_values(s), _ABSENT), qualifiers=_offered(s))
    )


@given(st.one_of(_pressures(), _simple()), st.sampled_from(Status), st.integers(0, 2_000_000_000))
def test_any_reading_comes_back_as_it_went(measurement: Measurement, status: Status, seconds: int) -> None:
    at = Moment(datetime.fromtimestamp(seconds, UTC), -300)
    there = reading(measurement, status=status, measured=at)
    back = read(codec.decode(codec.encode(wire.observation(there, {}, SETS))))
    assert replace(back, recorded=there.recorded) == there
    assert wire.observation(back, sent(measurement, status=status, measured=at), SETS)["status"] == status
