"""NEWS2 of what stands in the form, where the clinic counts it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from maroom.core.findings import Finding, Severity
from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import Component, Derived, Measurement, Sign
from maroom.duties.vitals.presenter.around import Around
from maroom.duties.vitals.presenter.form import OXYGEN, Form
from maroom.duties.vitals.presenter.state import Remark
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.news2 import Band, Observed, applies, missing, score

CONSCIOUSNESS, ALERT = "consciousness", "alert"
_SIGNS = (Sign.BREATHING, Sign.SPO2, Sign.BP, Sign.PULSE, Sign.TEMPERATURE)
_FOUND = {
    Band.LOW: (Found.NEWS_LOW, Severity.OK),
    Band.LOW_MEDIUM: (Found.NEWS_LOW_MEDIUM, Severity.ASK),
    Band.MEDIUM: (Found.NEWS_MEDIUM, Severity.ASK),
    Band.HIGH: (Found.NEWS_HIGH, Severity.CRITICAL),
}


def asked(around: Around) -> bool:
    return around.wishes.news2 and applies(around.age, around.subject.pregnant)


def found(form: Form, around: Around) -> tuple[Finding, ...]:
    """The total and its band; nothing while any of the seven is missing."""
    total = score(observed(form, around))
    if total is None:
        return ()
    code, severity = _FOUND[total.band]
    return (Finding(Sign.NEWS2.value, code, severity, Decimal(total.total)),)


def remark(form: Form, around: Around) -> Remark | None:
    """What there is no total without, once anything of it was typed."""
    seen = observed(form, around)
    left = missing(seen)
    return Remark("missing", " ".join(left)) if left and seen != Observed() else None


def derived(form: Form, around: Around, places: Mapping[Sign, int]) -> Derived | None:
    total = score(observed(form, around))
    if total is None or not asked(around):
        return None
    said = {CONSCIOUSNESS: form.said(Sign.NEWS2.value).get(CONSCIOUSNESS, "")}
    value = Measurement(Sign.NEWS2, Quantity(Decimal(total.total), "{score}"), qualifiers=said)
    return Derived(value, tuple(places[sign] for sign in _SIGNS))


def observed(form: Form, around: Around) -> Observed:
    values = {sign: around.quantity(form, sign) for sign in _SIGNS}
    pressure = around.taken(form, Sign.BP.value).measurement
    systolic = pressure.half(Component.SYSTOLIC) if pressure else None
    air, alert = form.said(Sign.SPO2.value).get(OXYGEN), form.said(Sign.NEWS2.value).get(CONSCIOUSNESS)
    return Observed(
        breathing=_number(values[Sign.BREATHING]),
        spo2=_number(values[Sign.SPO2]),
        on_oxygen=None if not air else air != "room_air",
        systolic=_number(systolic),
        pulse=_number(values[Sign.PULSE]),
        alert=None if not alert else alert == ALERT,
        temperature=values[Sign.TEMPERATURE],
    )


def _number(quantity: Quantity | None) -> Decimal | None:
    return quantity.value if quantity else None
