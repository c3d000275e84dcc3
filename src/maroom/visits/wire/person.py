"""Patient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from maroom.core.names import HumanName
from maroom.fhir import reading
from maroom.fhir.exchange import Resource
from maroom.visits.model import Patient, Sex
from maroom.visits.rules.numbers import numbered
from maroom.visits.wire.elements import identified

_PHONES = ("phone", "sms")


def patient(resource: Resource, local_id: str, after: int, local: bool) -> Patient:
    """NotUsable where an element has the wrong shape; whatever may be missing may be missing."""
    name = reading.human_name(resource, "name")
    return Patient(
        id=local_id,
        revision=after,
        name=name,
        birth=reading.partial_date(resource, "birthDate"),
        sex=reading.text(resource, "gender") or Sex.UNKNOWN,
        record_number=reading.record_number(resource),
        phone=_phone(resource),
        language=_language(resource),
        local=local,
        verified=True,
        deceased=_deceased(resource),
        active=reading.flag(resource, "active") is not False,
        other_names=tuple(other for other in _names(resource) if other != name),
    )


def _names(resource: Resource) -> tuple[HumanName, ...]:
    """All that the patient ever went by, maiden and old names too: to be found by."""
    names = reading.parts(resource, "name")
    return tuple(HumanName(reading.text(n, "family"), reading.texts(n, "given"), reading.text(n, "text")) for n in names)


def _phone(resource: Resource) -> str:
    found = [one for one in reading.parts(resource, "telecom") if reading.text(one, "system") in _PHONES]
    current = [one for one in found if reading.text(one, "use") != "old"]
    return next((reading.text(one, "value") for one in current if reading.text(one, "value")), "")


def _language(resource: Resource) -> str:
    """The preferred one, else the first that is named."""
    spoken = sorted(reading.parts(resource, "communication"), key=lambda one: reading.flag(one, "preferred") is not True)
    codes = (coding.code for one in spoken for coding in reading.concept(one, "language").codings)
    return next((code for code in codes if code), "")


def _deceased(resource: Resource) -> bool:
    return reading.flag(resource, "deceasedBoolean") is True or bool(reading.text(resource, "deceasedDateTime"))


def body(of: Patient, namespace: str, base: Mapping[str, Any]) -> Resource:
    """What somebody is registered with. `namespace` is the clinic's."""
    made: Resource = {**base, "resourceType": "Patient", "active": of.active}
    made["identifier"] = numbered(identified(base, of.id), of.record_number, namespace)
    made["name"] = list(_names_with(of.name, dict(base)))
    if of.phone and of.phone != (before := _phone(dict(base))):
        others = [one for one in reading.parts(made, "telecom") if not before or reading.text(one, "value") != before]
        made["telecom"] = [{"system": "phone", "value": of.phone}, *others]
    if of.sex != Sex.UNKNOWN or base.get("gender"):
        made["gender"] = str(of.sex)
    if of.birth:
        made["birthDate"] = of.birth.text
    return made


def _names_with(name: HumanName, base: Resource) -> Iterator[Resource]:
    """The base's names; one that has another in its place is left out."""
    in_use = reading.human_name(base, "name")
    if in_use == name and base.get("name"):
        yield from reading.parts(base, "name")
        return
    yield _name(name)
    yield from (one for one in reading.parts(base, "name") if reading.human_name({"name": [one]}, "name") != in_use)


def _name(name: HumanName) -> Resource:
    parts: Resource = {"use": "official"}
    if name.family:
        parts["family"] = name.family
    if name.given:
        parts["given"] = list(name.given)
    if name.text:
        parts["text"] = name.text
    return parts
