"""From the form to the set that is put on record: the measurements, and what follows from them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from maroom.core.clock import Moment
from maroom.core.findings import Finding
from maroom.core.quantity import Quantity
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import Derived, Entry, Measurement, Performer, Reading, Sign
from maroom.duties.vitals.presenter import scoring
from maroom.duties.vitals.presenter.around import Around
from maroom.duties.vitals.presenter.filling import measured_at
from maroom.duties.vitals.presenter.form import Form
from maroom.duties.vitals.rules import derived as rules
from maroom.duties.vitals.rules.asked import RHYTHM, Line, line, rhythm
from maroom.duties.vitals.rules.derived import Timed, average, indices


def entry(
    form: Form, lines: Sequence[Line], around: Around, visit: VisitRef, earlier: Sequence[Reading], performer: Performer | None
) -> Entry:
    """`earlier`: pressures of the visit that the average is of too. Nothing that was not said is in it."""
    taken = measurements(form, lines, around)
    places = {one.sign: at for at, one in reversed(tuple(enumerate(taken)))}
    score = scoring.derived(form, around, places)
    follows = (*_average(taken, around, earlier), *_rhythm(form, taken), *_indices(taken, around), *((score,) if score else ()))
    measured = Moment.parse(form.measured) if form.measured else None
    return Entry(visit, taken, tuple(follows), measured, performer, id=form.set_id)


def measurements(form: Form, lines: Sequence[Line], around: Around) -> tuple[Measurement, ...]:
    """In the order of the rows. What an instrument measured has its time, and of several pressures each when it was typed."""
    found = _taken(form, lines, around)
    many = sum(measurement.sign is Sign.BP for _, measurement in found) > 1
    return tuple(replace(measurement, at=_time(form, line.key, many)) for line, measurement in found)


def judged(form: Form, lines: Sequence[Line], around: Around) -> list[tuple[Measurement, Sequence[Finding]]]:
    """The same, each with all that is found about it."""
    return [(measurement, around.found(form, line)) for line, measurement in _taken(form, lines, around)]


def _taken(form: Form, lines: Sequence[Line], around: Around) -> list[tuple[Line, Measurement]]:
    rows = [(one, around.taken(form, one.key).measurement) for one in lines if not one.of_another]
    return [(line, measurement) for line, measurement in rows if measurement]


def _time(form: Form, key: str, many: bool) -> Moment | None:
    typed = form.times.get(key, "") if many and line(key).sign is Sign.BP else ""
    return measured_at(form, key) or (Moment.parse(typed) if typed else None)


def mean(form: Form, lines: Sequence[Line], around: Around, earlier: Sequence[Reading]) -> Measurement | None:
    """The average as it would be saved now."""
    pressures = [one for one in lines if one.sign is Sign.BP]
    return next((one.measurement for one in _average(measurements(form, pressures, around), around, earlier)), None)


def _average(taken: Sequence[Measurement], around: Around, earlier: Sequence[Reading]) -> Iterator[Derived]:
    places = [at for at, one in enumerate(taken) if rules.halves(one) and one.sign is Sign.BP]
    typed = [Timed(taken[at], taken[at].at or around.now) for at in places]
    before = [Timed(one.measurement, one.measured) for one in earlier]
    found = average([*before, *typed]) if typed else None
    if found:
        yield Derived(found, tuple(places), tuple(one.id for one in earlier))


def _rhythm(form: Form, taken: Sequence[Measurement]) -> Iterator[Derived]:
    said = form.said(Sign.PULSE.value).get(RHYTHM)
    for at, one in enumerate(taken):
        if said and one.sign is Sign.PULSE and one.quantity:
            yield Derived(Measurement(Sign.RHYTHM, rhythm(said)), (at,))


def _indices(taken: Sequence[Measurement], around: Around) -> Iterator[Derived]:
    if around.wishes.calculated:
        where = {one.sign: at for at, one in enumerate(taken) if one.quantity}
        for found, signs in indices(values(taken), around.subject, around.day):
            yield Derived(found, tuple(where[sign] for sign in signs))


def values(taken: Sequence[Measurement]) -> Mapping[Sign, Quantity]:
    return {one.sign: one.quantity for one in taken if one.quantity}
