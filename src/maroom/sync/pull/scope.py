"""What is asked of a server: a day's schedule, the charts of some patients, and what is read whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from maroom.core.clock import Clock, Moment, day_bounds
from maroom.fhir import reading
from maroom.fhir.exchange import NotUsable
from maroom.sync.pull.reader import Query
from maroom.sync.served import Served

WHOLE = ("Practitioner", "Location", "Organization")
"""Types of which there are few: read all of them."""
EVERYTHING = "*"
"""The scope of what is read whole."""


@dataclass(frozen=True)
class Scope:
    """`days`: whose schedule is read, with the charts of all who are on it. `patients`: record ids of others, such as those
    whose pages are open."""

    days: tuple[date, ...] = ()
    patients: tuple[str, ...] = ()

    @classmethod
    def of_today(cls, clock: Clock, opened: Iterable[str] = ()) -> Scope:
        """Today and tomorrow, ahead of an outage."""
        return cls((clock.today(), clock.today() + timedelta(days=1)), tuple(opened))


@dataclass(frozen=True)
class Part:
    """A part of a chart. `reach`: how far back in time, by the search parameter `date`; none: all of it."""

    rtype: str
    params: tuple[tuple[str, str], ...] = ()
    key: str = ""
    reach: timedelta | None = None


_YEAR = timedelta(days=366)
CHART: tuple[Part, ...] = (
    Part("Encounter", reach=2 * _YEAR),
    Part("AllergyIntolerance"),
    Part("Condition"),
    Part("MedicationRequest"),
    Part("MedicationStatement"),
    Part("ServiceRequest"),
    Part("Observation", (("category", "vital-signs"),), "vital-signs", 20 * _YEAR),
    Part("Observation", (("category", "laboratory"),), "laboratory", 2 * _YEAR),
)
"""In this order: what is referred to comes first. Vital signs reach back as far as a growth chart does."""


def whole(rtype: str) -> Query:
    return Query(rtype, (), (EVERYTHING,), lambda served: served.rtype == rtype)


def part(of: Part, patient_ids: Sequence[str], today: date) -> Query:
    """For patients by their ids on the server."""
    since = (("date", f"ge{(today - of.reach).isoformat()}"),) if of.reach else ()
    params = (("patient", ",".join(map(scope_of, patient_ids))), *of.params, *since)
    return Query(of.rtype, params, tuple(map(scope_of, patient_ids)), _of_patients(of.rtype, patient_ids), of.key)


def persons(patient_ids: Sequence[str]) -> Query:
    """The patients themselves."""
    wanted = frozenset(patient_ids)
    params = (("_id", ",".join(patient_ids)),)
    return Query("Patient", params, tuple(map(scope_of, patient_ids)), lambda one: one.rtype == "Patient" and one.id in wanted)


def scope_of(patient_id: str) -> str:
    return f"Patient/{patient_id}"


def _of_patients(rtype: str, patient_ids: Sequence[str]) -> Callable[[Served], bool]:
    wanted = frozenset(map(scope_of, patient_ids))
    return lambda served: served.rtype == rtype and patient_of(served) in wanted


def patient_of(served: Served) -> str:
    """`Patient/7`, of whom a resource is; empty where it does not say."""
    try:
        for element in ("subject", "patient"):
            written = reading.reference(served.resource, element)
            if written:
                return _tail(written)
        actors = (reading.reference(one, "actor") for one in reading.parts(served.resource, "participant"))
        return next((actor for actor in map(_tail, actors) if actor.startswith("Patient/")), "")
    except NotUsable:
        return ""


def _tail(reference: str) -> str:
    """`Patient/7` of a reference, whole or relative."""
    return "/".join(reference.partition("/_history/")[0].split("/")[-2:])


@dataclass(frozen=True)
class Span:
    """The days of a schedule, from the first instant of the first to the last of the last."""

    days: tuple[date, ...]
    zone: ZoneInfo

    def bounds(self) -> tuple[datetime, datetime]:
        return day_bounds(min(self.days), self.zone)[0], day_bounds(max(self.days), self.zone)[1]

    def params(self) -> tuple[tuple[str, str], ...]:
        """By instants, as a server has a zone of its own."""
        start, end = self.bounds()
        return ("date", f"ge{_instant(start)}"), ("date", f"lt{_instant(end)}")

    def holds(self, served: Served) -> bool:
        """Whether it is on one of the days: a server may ignore what it was asked for. One without a time is not."""
        try:
            times = _times(served)
        except NotUsable:
            return False
        start, end = self.bounds()
        return any(start <= time.utc < end for time in times)


def _times(served: Served) -> list[Moment]:
    if served.rtype == "Appointment":
        found = (reading.moment(served.resource, "start"),)
    else:
        found = tuple(time for time in reading.period(served.resource, "period") if isinstance(time, Moment))
    return [time for time in found if time]


def _instant(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")
