"""What a record is in a few words: the code of what was done or seen, and its value."""

from __future__ import annotations

from dataclasses import dataclass

from maroom.core.clock import Moment
from maroom.duties.syncing.rules.values import Value, values
from maroom.fhir import reading
from maroom.fhir.exchange import NotUsable, Resource

_HALVES = (("8480-6", "8462-4"), ("96608-5", "96609-3"))
"""of a pressure, and of the average of several"""


@dataclass(frozen=True)
class Headline:
    """`code` is LOINC's where it has one, `words` what the record itself calls it; `value` is empty where it has none."""

    code: str = ""
    words: str = ""
    value: str = ""


def headline(body: Resource) -> Headline:
    try:
        named = reading.concept(body, "code")
        return Headline(named.code(reading.LOINC), named.words(), _value(body))
    except NotUsable:
        return Headline()


def _value(body: Resource) -> str:
    """A pressure as it is spoken, anything else as it stands; a status or a time is none."""
    halves = _halves(body)
    if halves:
        return halves
    found = next((values(body[name]) for name in body if name.startswith("value")), ())
    return found[0] if found and isinstance(found[0], str) else ""


def _halves(body: Resource) -> str:
    parts = {reading.concept(one, "code").code(reading.LOINC): one for one in reading.parts(body, "component")}
    for upper, lower in _HALVES:
        found = [reading.quantity(parts[code], "valueQuantity") for code in (upper, lower) if code in parts]
        if len(found) == 2 and all(found):
            unit = reading.text(reading.part(parts[upper], "valueQuantity"), "unit")
            return f"{'/'.join(str(one.value) for one in found if one)} {unit}"
    return ""


@dataclass(frozen=True)
class Fact:
    """One thing that tells a patient or a visit from another, by FHIR's name of the element."""

    name: str
    values: tuple[Value, ...]


_PATIENT = ("name", "birthDate", "gender", "identifier", "telecom", "address")
_VISIT = ("period", "status", "reasonCode", "participant")


def facts(resource: Resource) -> tuple[Fact, ...]:
    """What a person goes by who says that two are one, in the same order for both."""
    wanted = _PATIENT if resource.get("resourceType") == "Patient" else _VISIT
    told = (Fact(name, values(resource.get(name))) for name in wanted)
    return tuple(fact for fact in told if fact.values)


def began(resource: Resource) -> Moment | None:
    """When a visit began."""
    try:
        found = reading.period(resource, "period")[0]
    except NotUsable:
        return None
    return found if isinstance(found, Moment) else None
