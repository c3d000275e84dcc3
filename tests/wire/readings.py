"""Every kind of reading that can be put on record here, each by a name that says what is special about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from maroom.core.clock import Moment
from maroom.core.quantity import Quantity
from maroom.duties.vitals import wire
from maroom.duties.vitals.model import HALVES, Absent, Coded, Component, Measurement, Performer, Reading, Sign, Status, Why
from maroom.duties.vitals.rules.signs import offered, qualifiers, spec
from maroom.duties.vitals.wire.elements import set_system
from maroom.fhir.exchange import Resource
from tests.builders import AMARA, DANA
from tests.duties.vitals.build import VISIT

AT = Moment(datetime(2026, 11, 24, 15, 42, tzinfo=UTC), -300)
LATER = replace(AT, utc=AT.utc + timedelta(minutes=8))
SETS = set_system("https://clinic.example/maroom")
FIRST, SECOND = (str(uuid5(NAMESPACE_URL, name)) for name in ("first pressure", "second pressure"))
"""readings that others rest on"""
EXAMPLE = {
    "mm[Hg]": "142", "/min": "72", "[degF]": "98.6", "Cel": "37.04", "%": "97", "L/min": "2.5", "[lb_av]": "186.4",
    "kg": "84.550", "g": "3289", "[in_i]": "67.25", "cm": "170.2", "kg/m2": "29.1", "{score}": "3", "{#}": "2",
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """`changed` are parts of the Reading that are other than usual."""

    name: str
    measurement: Measurement
    changed: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(uuid5(NAMESPACE_URL, self.name))

    def reading(self) -> Reading:
        usual = Reading(
            self.id,
            1,
            Status.FINAL,
            VISIT,
            "5e7",
            AT,
            Performer(DANA.staff, DANA.name),
            self.measurement,
            AT,
            author=DANA.staff,
        )
        return replace(usual, **self.changed)

    def body(self) -> Resource:
        return wire.observation(self.reading(), {}, SETS)


def kinds() -> tuple[Kind, ...]:
    made = (*_taken(), *_absent(), *_pressures(), *_with_oxygen(), *_qualified(), *_standing())
    assert len({kind.name for kind in made}) == len(made)
    return made


def number(unit: str) -> Quantity:
    return Quantity(Decimal(EXAMPLE[unit]), unit, EXAMPLE[unit])


def usual(sign: Sign) -> Measurement:
    """The sign, taken."""
    return next(measurement for _, measurement in _values(sign))


def _values(sign: Sign) -> Iterator[tuple[str, Measurement]]:
    """In every unit."""
    known = spec(sign)
    if known.kind == "day":
        yield "a day", Measurement(sign, date(2026, 11, 2))
    elif known.kind == "word":
        yield "a code", Measurement(sign, Coded("http://snomed.info/sct", "271636001", "Pulse regular"), derived_from=(FIRST,))
        yield "words", Measurement(sign, Coded("", "", "regularly irregular"), derived_from=(FIRST,))
    elif sign in (Sign.BP, Sign.BP_AVERAGE):
        yield "both halves", Measurement(sign, parts=dict.fromkeys(HALVES, number("mm[Hg]")))
    else:
        yield from ((unit, Measurement(sign, number(unit))) for unit in known.units)


def _taken() -> Iterator[Kind]:
    for sign in Sign:
        yield from (Kind(f"{sign} in {how}", measurement) for how, measurement in _values(sign))


def _absent() -> Iterator[Kind]:
    for sign in Sign:
        for why in Why:
            yield Kind(f"{sign} absent, {why}", Measurement(sign, Absent(why)))
        yield Kind(f"{sign} absent, with words", Measurement(sign, Absent(Why.NOT_OBTAINED, "left before it was done")))


def _pressures() -> Iterator[Kind]:
    there, upper, lower = number("mm[Hg]"), *HALVES
    for why in Why:
        absent = Absent(why, "Korotkoff sounds to zero")
        yield Kind(f"bp without systolic, {why}", Measurement(Sign.BP, parts={upper: absent, lower: there}))
        yield Kind(f"bp without diastolic, {why}", Measurement(Sign.BP, parts={upper: there, lower: absent}))
    two = {upper: Absent(Why.NOT_DONE), lower: Absent(Why.NOT_OBTAINED)}
    yield Kind("bp without either, for two reasons", Measurement(Sign.BP, parts=two))
    counted = usual(Sign.BP_AVERAGE).parts | {Component.COUNT: number("{#}")}
    average = Measurement(Sign.BP_AVERAGE, parts=counted, until=LATER, derived_from=(FIRST, SECOND))
    yield Kind("bp_average of two readings", average)
    position = {"position": "standing", "site": "left_arm"}
    yield Kind("bp standing, after minutes", replace(usual(Sign.BP), qualifiers=position, note="Standing for 3 minutes."))


def _with_oxygen() -> Iterator[Kind]:
    taken = usual(Sign.SPO2)
    flow, share = Component.OXYGEN_FLOW, Component.OXYGEN_SHARE
    yield Kind("spo2 with flow", replace(taken, parts={flow: number("L/min")}))
    yield Kind("spo2 with share", replace(taken, parts={share: Quantity(Decimal(40), "%", "40")}))
    yield Kind(
        "spo2 with flow, share not known", replace(taken, parts={flow: number("L/min"), share: Absent(Why.NOT_OBTAINED)})
    )
    yield Kind("spo2 not obtained, with flow", Measurement(Sign.SPO2, Absent(Why.NOT_OBTAINED), {flow: number("L/min")}))


def _qualified() -> Iterator[Kind]:
    """Every word of every qualifier, on a sign that is asked for it."""
    for name, qualifier in qualifiers().items():
        sign = next((sign for sign in Sign if name in offered(sign)), Sign.PULSE)
        for word in (*qualifier.choice, *(() if qualifier.carrier in ("note", "oxygen") else ("as the sender put it",))):
            yield Kind(f"{sign} with {name} {word}", replace(usual(sign), qualifiers={name: word}))
    for sign in Sign:
        every = {name: words[0] for name, words in offered(sign).items()}
        yield Kind(
            f"{sign} with all that is asked", replace(usual(sign), qualifiers=every, note="Held by mother.\nSecond try.")
        )


def _standing() -> Iterator[Kind]:
    """What became of readings, where and when they were taken, and by whom."""
    corrected = {"recorded": LATER, "author": AMARA.staff, "reason": "typed into the wrong field"}
    for sign in Sign:
        for status in (Status.AMENDED, Status.ENTERED_IN_ERROR):
            yield Kind(f"{sign} {status}", usual(sign), {"status": status, **corrected})
        gone = Measurement(sign, Absent(Why.DECLINED))
        yield Kind(f"{sign} absent, {Status.ENTERED_IN_ERROR}", gone, {"status": Status.ENTERED_IN_ERROR, **corrected})
    for status in (Status.PRELIMINARY, Status.CORRECTED, Status.CANCELLED):
        yield Kind(f"pulse {status}", usual(Sign.PULSE), {"status": status, **corrected})
    yield Kind("pulse of no set", usual(Sign.PULSE), {"set_id": ""})
    yield Kind("pulse of no visit", usual(Sign.PULSE), {"visit": replace(VISIT, visit="")})
    yield Kind("pulse entered late", usual(Sign.PULSE), {"recorded": replace(AT, utc=AT.utc + timedelta(days=2))})
    yield Kind("pulse with milliseconds", usual(Sign.PULSE), {"measured": replace(AT, utc=AT.utc.replace(microsecond=250_000))})
    yield Kind("pulse in Greenwich", usual(Sign.PULSE), {"measured": replace(AT, offset=0)})
    yield Kind("pulse by somebody unnamed", usual(Sign.PULSE), {"performer": Performer(DANA.staff, "")})
    yield Kind("pulse by somebody unknown", usual(Sign.PULSE), {"performer": Performer("", "A nurse elsewhere")})
