"""From a reading of an instrument to the rows of the form, and what of it still stands there. Pure.

What was typed is never typed over: a reading fills the rows that are empty. A row that is typed in afterwards is hers, and no
more the instrument's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from maroom.core.clock import Moment
from maroom.core.quantity import Quantity, rounded
from maroom.devices.model import DeviceReading, What
from maroom.devices.offers import Offer, as_charted
from maroom.duties.vitals.model import Component, Measurement, Sign
from maroom.duties.vitals.presenter.form import Form
from maroom.duties.vitals.presenter.from_instrument import FromInstrument
from maroom.duties.vitals.rules.signs import offered, scale

DEVICE, SITE = "device", "site"
_MEANT: Mapping[What, tuple[Sign, Component | None]] = {
    What.SYSTOLIC: (Sign.BP, Component.SYSTOLIC),
    What.DIASTOLIC: (Sign.BP, Component.DIASTOLIC),
    What.TEMPERATURE: (Sign.TEMPERATURE, None),
    What.SPO2: (Sign.SPO2, None),
    What.WEIGHT: (Sign.WEIGHT, None),
    What.PULSE: (Sign.PULSE, None),
}


class Place(Protocol):
    """A row: its key, and its fields with the part of the sign that each holds."""

    @property
    def key(self) -> str: ...

    @property
    def fields(self) -> tuple[tuple[str, Component | None], ...]: ...


Places = Callable[[Sign], Sequence[Place]]
"""The rows that a sign may be typed in, the first one first; none where the page has none for it."""
Units = Callable[[Sign], Collection[str]]
"""UCUM units that a sign is taken in for this patient."""


def measurements(reading: DeviceReading) -> tuple[Measurement, ...]:
    """As they would be charted, with the instrument's name: a pressure in whole mmHg, all else as sent."""
    quantities = {meant: _charted(reading.values[what], *meant) for what, meant in _MEANT.items() if what in reading.values}
    signs = dict.fromkeys(sign for sign, _ in quantities)
    return tuple(_measurement(sign, quantities, reading) for sign in signs)


def _charted(quantity: Quantity, sign: Sign, component: Component | None) -> Quantity:
    charted = as_charted(quantity)
    value = rounded(charted.value, 0) if scale(sign, component).whole else charted.value
    return Quantity(value, charted.unit, f"{value:f}")


def _measurement(
    sign: Sign, quantities: Mapping[tuple[Sign, Component | None], Quantity], reading: DeviceReading
) -> Measurement:
    how = {DEVICE: reading.instrument.name or reading.instrument.id}
    if reading.site in offered(sign).get(SITE, ()):
        how[SITE] = reading.site
    parts = {component: one for (of, component), one in quantities.items() if of is sign and component}
    return Measurement(sign, quantities.get((sign, None)), parts, how)


def quantities(measurement: Measurement) -> Iterator[tuple[Component | None, Quantity]]:
    if measurement.quantity:
        yield None, measurement.quantity
    yield from ((part, value) for part, value in measurement.parts.items() if isinstance(value, Quantity))


# into the form


def fits(measurement: Measurement, units: Units) -> bool:
    """Not a child's weight in pounds: the scale has to be switched."""
    return all(one.unit in units(measurement.sign) for _, one in quantities(measurement))


def fillings(form: Form, offer: Offer, places: Places, units: Units) -> tuple[FromInstrument, ...]:
    """What it would put into the rows that are empty."""
    fitting = [one for one in measurements(offer.reading) if fits(one, units)]
    found = [(one, _free(form, places(one.sign))) for one in fitting]
    return tuple(_from(offer, one, place) for one, place in found if place)


def _free(form: Form, places: Sequence[Place]) -> Place | None:
    return next((one for one in places if not any(form.texts.get(name) or name in form.absent for name, _ in one.fields)), None)


def _from(offer: Offer, one: Measurement, place: Place) -> FromInstrument:
    names = {component: name for name, component in place.fields}
    there = dict(quantities(one))
    texts = {names[component]: quantity.entered for component, quantity in there.items()}
    unit = next(quantity.unit for quantity in there.values())
    return FromInstrument(offer.key, place.key, texts, unit, dict(one.qualifiers), offer.measured)


def filled(form: Form, given: Sequence[FromInstrument]) -> Form:
    for one in given:
        form = _filled(form, one)
    return form


def _filled(form: Form, one: FromInstrument) -> Form:
    """A site that a person said counts more than that the instrument is set to."""
    said = form.said(one.row)
    told = {name: word for name, word in one.how.items() if name == DEVICE or name not in said}
    return replace(
        form,
        texts={**form.texts, **one.texts},
        units={**form.units, one.row: one.unit},
        how={**form.how, one.row: {**said, **told}},
        kept=tuple(key for key in form.kept if key != one.row),
        instruments=(*form.instruments, replace(one, how=told)),
    )


# what stands of it


def kept_true(form: Form) -> Form:
    """After anything was typed or chosen: where a row says another value now, the instrument has not said it."""
    gone = [one for one in form.instruments if not _stands(form, one)]
    for one in gone:
        form = _disowned(form, one)
    return form


def _stands(form: Form, one: FromInstrument) -> bool:
    return form.units.get(one.row) == one.unit and all(form.texts.get(name) == text for name, text in one.texts.items())


def _disowned(form: Form, one: FromInstrument) -> Form:
    said = {name: word for name, word in form.how.get(one.row, {}).items() if one.how.get(name) != word}
    left = tuple(other for other in form.instruments if other != one)
    return replace(form, how={**form.how, one.row: said}, instruments=left)


def used(form: Form) -> tuple[str, ...]:
    """Keys of the readings that are in the form, to be noted with the save."""
    return tuple(dict.fromkeys(one.reading for one in form.instruments))


def measured_at(form: Form, row: str) -> Moment | None:
    """When an instrument measured what stands in a row; None where it was typed."""
    return next((one.at for one in form.instruments if one.row == row), None)
