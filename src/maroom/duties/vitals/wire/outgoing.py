"""From a reading to an Observation: starts from what the server has, and sets or takes out only what is ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import HALVES, Absent, Coded, Component, Reading, Sign, Value, Why
from maroom.duties.vitals.rules.signs import Scale, Spec, spec, symbol
from maroom.duties.vitals.wire import qualifying
from maroom.duties.vitals.wire.elements import CATEGORY, DATA_ABSENT, NOT_OBTAINED, ROOM_AIR, VALUES
from maroom.duties.vitals.wire.incoming import OtherShape, component_of, times, value_of
from maroom.fhir import writing
from maroom.fhir.exchange import NotUsable, Resource
from maroom.fhir.reading import UCUM


def observation(reading: Reading, base: Mapping[str, Any], set_system: str) -> Resource:
    """The whole resource. References are `urn:uuid:<local_id>`; sync puts the server's own in their place."""
    body: Resource = deepcopy(dict(base)) | {"resourceType": "Observation", "status": str(reading.status)}
    body["identifier"] = _joined(body.get("identifier", []), writing.identifier(reading.id))
    _put_kind(body, reading.sign)
    _refer(body, "subject", reading.visit.patient)
    _refer(body, "encounter", reading.visit.visit)
    _put_times(body, reading)
    _put_performer(body, reading)
    _put_set(body, reading, set_system)
    _put_values(body, reading)
    qualifying.write(body, reading.measurement.qualifiers)
    qualifying.with_notes(body, _notes(reading))
    return body


def needs(reading: Reading) -> tuple[str, ...]:
    """Record ids that the body refers to."""
    referred = (reading.visit.patient, reading.visit.visit, reading.performer.staff, *reading.measurement.derived_from)
    return tuple(local_id for local_id in referred if local_id)


def _joined(there: list[Resource], one: Resource) -> list[Resource]:
    return there if one in there else [*there, one]


def _refer(body: Resource, name: str, local_id: str) -> None:
    if local_id:
        body[name] = body.get(name, {}) | writing.reference(local_id)


def _put_kind(body: Resource, sign: Sign) -> None:
    """Another system's codes for the same sign stay: they say what it meant."""
    known = spec(sign)
    coding = {"system": CATEGORY, "code": known.category}
    categories = body.get("category", [])
    if not any(coding["code"] == one.get("code") for category in categories for one in category.get("coding", [])):
        body["category"] = [*categories, {"coding": [coding]}]
    body.setdefault("code", _codes(known))


def _codes(scale: Scale) -> Resource:
    return {"coding": [{"system": scale.system, "code": code, "display": display} for code, display in scale.codes]}


def _put_times(body: Resource, reading: Reading) -> None:
    """A time that the base says already is left in its own precision."""
    until = reading.measurement.until
    if times(body) != (reading.measured, until):
        for name in ("effectiveDateTime", "effectivePeriod", "effectiveInstant"):
            body.pop(name, None)
        if until:
            body["effectivePeriod"] = {"start": reading.measured.iso(), "end": until.iso()}
        else:
            body["effectiveDateTime"] = reading.measured.iso()
    body["issued"] = reading.recorded.iso()


def _put_performer(body: Resource, reading: Reading) -> None:
    who = reading.performer
    if who.staff:
        body["performer"] = [writing.reference(who.staff) | ({"display": who.name} if who.name else {})]
    if reading.measurement.derived_from:
        body["derivedFrom"] = [writing.reference(local_id) for local_id in reading.measurement.derived_from]


def _put_set(body: Resource, reading: Reading, system: str) -> None:
    if reading.set_id:
        meta = dict(body.get("meta", {}))
        others = [tag for tag in meta.get("tag", []) if tag.get("system") != system]
        body["meta"] = meta | {"tag": [*others, {"system": system, "code": reading.set_id}]}


def _put_values(body: Resource, reading: Reading) -> None:
    value = None if _said_by_halves(reading) else reading.measurement.value
    _put_value(body, spec(reading.sign), value)
    components = list(_with_components(body.pop("component", []), spec(reading.sign), dict(_components(reading))))
    if components:
        body["component"] = components


def _put_value(element: Resource, scale: Scale, value: Value | Absent | None) -> None:
    """A value that the element says already is left as it says it, with its own words for the unit."""
    if value is None or not _says(element, scale, value):
        for name in VALUES:
            element.pop(name, None)
        element |= _value(value) if value else {}


def _says(element: Resource, scale: Scale, value: Value | Absent) -> bool:
    sent = replace(value, entered="") if isinstance(value, Quantity) else value
    try:
        return value_of(element, scale) == sent
    except (OtherShape, NotUsable):
        return False


def _with_components(there: list[Resource], sign: Spec, ours: dict[Component, Quantity | Absent]) -> Iterator[Resource]:
    """Ours take the place they had, others stay, new ones follow."""
    left = dict(ours)
    for element in there:
        component = component_of(element, sign)
        if component and component in left:
            _put_value(element, sign.parts[component], left.pop(component))
        if component is None or component in ours:
            yield element
    for component, value in left.items():
        yield {"code": _codes(sign.parts[component])} | _value(value)


def _said_by_halves(reading: Reading) -> bool:
    """A pressure or an average of them has no value of its own: that it was not taken is said in both halves."""
    return HALVES[0] in spec(reading.sign).parts and reading.measurement.absent is not None


def _components(reading: Reading) -> Iterator[tuple[Component, Quantity | Absent]]:
    what = reading.measurement
    if what.absent and _said_by_halves(reading):
        yield from ((half, what.absent) for half in HALVES)
    yield from what.parts.items()
    if what.qualifiers.get("oxygen") == "room_air":
        yield Component.OXYGEN_SHARE, ROOM_AIR


def _value(value: Value | Absent) -> Resource:
    match value:
        case Quantity():
            return {"valueQuantity": _quantity(value)}
        case Coded():
            coded = writing.concept(value.system, value.code, value.display)
            return {"valueCodeableConcept": coded if value.code else {"text": value.display}}
        case date():
            return {"valueDateTime": value.isoformat()}
        case Absent():
            text = value.text or (NOT_OBTAINED if value.why == Why.NOT_OBTAINED else "")
            return {"dataAbsentReason": writing.concept(DATA_ABSENT, value.why) | ({"text": text} if text else {})}


def _quantity(quantity: Quantity) -> Resource:
    unit = symbol(quantity.unit) or quantity.unit
    return {"value": quantity.value, "unit": unit, "system": UCUM, "code": quantity.unit}


def _notes(reading: Reading) -> Iterator[Resource]:
    what = reading.measurement
    for text in (*qualifying.in_notes(what.qualifiers), *what.note.split("\n")):
        yield {"text": text}
    if reading.reason:
        author = {"authorReference": writing.reference(reading.author)} if reading.author else {}
        yield author | {"time": reading.recorded.iso(), "text": reading.reason}
