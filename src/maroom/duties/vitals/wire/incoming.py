"""From an Observation to a reading: tolerant of other systems' codes, units and precision, never of a value we cannot hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import TypeVar

from maroom.core.clock import Moment
from maroom.core.quantity import Quantity
from maroom.core.visit import VisitRef
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
    Value,
    Why,
)
from maroom.duties.vitals.rules.signs import LOINC, Scale, Spec, coded, spec, unit_of
from maroom.duties.vitals.wire import qualifying
from maroom.duties.vitals.wire.elements import CATEGORY, DATA_ABSENT, NOT_OBTAINED, ROOM_AIR
from maroom.fhir import reading as fhir
from maroom.fhir.exchange import Arrival, NotUsable, Resource
from maroom.fhir.reading import Concept, PartialDate
from maroom.store.base import known

Parts = dict[Component, Quantity | Absent]


def is_ours(resource: Resource) -> bool:
    """Whether it is one of our signs in a shape that we can hold; else it is history like any other observation. One of our
    signs that is malformed counts as ours, so that it is told instead of dropped."""
    try:
        sign = _sign(resource)
    except NotUsable:
        return False
    return sign is not None and _holds(resource, sign)


def _holds(resource: Resource, sign: Sign) -> bool:
    try:
        return times(resource)[0] is not None and _observed(resource, sign) != (None, {})
    except OtherShape:
        return False
    except NotUsable:
        return True


class OtherShape(Exception):
    """A value with a comparator, in a unit or of a type that this sign is not held in."""


def reading(arrival: Arrival, set_system: str) -> Reading:
    """NotUsable for what has no sign, no value and no absence, no time, no status, or nobody whom it is about."""
    resource = arrival.resource
    measured = _there("effective", times(resource)[0])
    patient = _there("subject", arrival.link(fhir.reference(resource, "subject")))
    return Reading(
        id=arrival.local_id,
        revision=arrival.after,
        status=known(Status, _there("status", fhir.text(resource, "status"))),
        visit=VisitRef(arrival.link(fhir.reference(resource, "encounter")), patient),
        set_id=_set_id(resource, set_system),
        measured=measured,
        performer=_performer(arrival),
        measurement=_measurement(arrival, _there("code", _sign(resource))),
        recorded=measured,
    )


T = TypeVar("T")


def _there(path: str, found: T | None) -> T:
    if not found:
        raise NotUsable(path, "is missing or not known here")
    return found


def _measurement(arrival: Arrival, sign: Sign) -> Measurement:
    resource = arrival.resource
    try:
        value, parts = _observed(resource, sign)
    except OtherShape:
        raise NotUsable("value", "is of a type or unit that this sign is not held in") from None
    if value is None and not parts:
        raise NotUsable("value", "is missing, and no reason for it is given")
    words = _qualifiers(resource, sign, parts)
    links = (arrival.link(fhir.text(one, "reference")) for one in fhir.parts(resource, "derivedFrom"))
    return Measurement(
        sign,
        value,
        parts,
        words,
        qualifying.free_notes(resource),
        until=times(resource)[1],
        derived_from=tuple(link for link in links if link),
    )


# what it is of


def _sign(resource: Resource) -> Sign | None:
    """By the sign's codes; of two that share one, the sign that has more of its codes here."""
    codes = {coding.code for coding in fhir.concept(resource, "code").codings if coding.system == LOINC}
    if any(category.has(CATEGORY, "laboratory") for category in fhir.concepts(resource, "category")):
        return None
    found = {coded()[code][0] for code in codes if code in coded()}
    return max(found, key=lambda sign: (_present(sign, codes), sign), default=None)


def _present(sign: Sign, codes: set[str]) -> int:
    return sum(code in codes for code, _ in spec(sign).codes)


def _qualifiers(resource: Resource, sign: Sign, parts: Parts) -> dict[str, str]:
    words = qualifying.said(resource)
    codings = fhir.concept(resource, "code").codings
    site = next((site for coding in codings if (site := coded().get(coding.code, (sign, ""))[1])), "")
    if site:
        words.setdefault("site", site)
    if parts.get(Component.OXYGEN_SHARE) == ROOM_AIR:
        del parts[Component.OXYGEN_SHARE]
        words["oxygen"] = "room_air"
    return words


# when


def times(resource: Resource) -> tuple[Moment | None, Moment | None]:
    """When it was measured, and the end where it covers a time."""
    start, end = fhir.period(resource, "effectivePeriod")
    at = fhir.when(resource, "effectiveDateTime") or fhir.moment(resource, "effectiveInstant")
    return _moment(at or start), _moment(end)


def _moment(found: Moment | PartialDate | None) -> Moment | None:
    """Of a mere day its first instant in UTC, shown without shift: the day stays the day in every zone."""
    if isinstance(found, PartialDate):
        return Moment(datetime.combine(found.first, time(), UTC)) if found.exact else None
    return found


# what was observed


def _observed(resource: Resource, sign: Sign) -> tuple[Value | Absent | None, Parts]:
    """The values alone. OtherShape, NotUsable."""
    parts = dict(_parts(resource, spec(sign)))
    upper, lower = (parts.get(half) for half in HALVES)
    if isinstance(upper, Absent) and upper == lower:
        return upper, {}
    return value_of(resource, spec(sign)), parts


def value_of(element: Resource, scale: Scale) -> Value | Absent | None:
    """The value of an observation or of a component. OtherShape, NotUsable."""
    kind = scale.kind if isinstance(scale, Spec) else "quantity"
    absent = _absent(element)
    if absent:
        return absent
    if kind == "word":
        return _word(fhir.concept(element, "valueCodeableConcept"))
    if kind == "day":
        day = fhir.partial_date(element, "valueDateTime")
        return day.first if day and day.exact else None
    return _quantity(element, scale) if scale.units else None


def _word(concept: Concept) -> Coded | None:
    first = next((coding for coding in concept.codings if coding.code), None)
    if first is None:
        return Coded("", "", concept.text) if concept.text else None
    return Coded(first.system, first.code, concept.text or first.display)


def _quantity(element: Resource, numbers: Scale) -> Quantity | None:
    """The number with all its digits. Scores come as integers too, and some without a unit."""
    if isinstance(whole := element.get("valueInteger"), int) and "{score}" in numbers.units:
        return Quantity(Decimal(whole), "{score}")
    found = fhir.part(element, "valueQuantity")
    value = fhir.number(found, "value")
    if value is None:
        return None
    said = fhir.text(found, "code") or fhir.text(found, "unit") or "{score}"
    unit = unit_of(said, numbers.units)
    if unit is None or fhir.text(found, "comparator"):
        raise OtherShape
    return Quantity(value, unit)


def _parts(resource: Resource, sign: Spec) -> Iterator[tuple[Component, Quantity | Absent]]:
    for element in fhir.parts(resource, "component"):
        component = component_of(element, sign)
        value = value_of(element, sign.parts[component]) if component else None
        if component and isinstance(value, Quantity | Absent):
            yield component, value


def component_of(element: Resource, sign: Spec) -> Component | None:
    """Which of our components it is, if it is one."""
    concept = fhir.concept(element, "code")
    return next((name for name, scale in sign.parts.items() if concept.has(scale.system, scale.codes[0][0])), None)


def _absent(element: Resource) -> Absent | None:
    if "dataAbsentReason" not in element:
        return None
    concept = fhir.concept(element, "dataAbsentReason")
    code = concept.code(DATA_ABSENT)
    return Absent(known(Why, code) if code else Why.NOT_OBTAINED, "" if concept.text == NOT_OBTAINED else concept.text)


# who, and with what


def _performer(arrival: Arrival) -> Performer:
    for first in fhir.parts(arrival.resource, "performer")[:1]:
        return Performer(arrival.link(fhir.text(first, "reference")), fhir.text(first, "display"))
    return Performer("", "")


def _set_id(resource: Resource, system: str) -> str:
    tags = (fhir.as_coding(tag) for tag in fhir.parts(fhir.part(resource, "meta"), "tag"))
    return next((tag.code for tag in tags if tag.system == system), "")
