"""The verbs of vital signs: each one unit of work, with its audit line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

from maroom.core.clock import Clock, Moment
from maroom.core.drafts import DraftKey
from maroom.core.ids import new_id
from maroom.core.people import Opening, Right
from maroom.core.visit import VisitRef
from maroom.duties.vitals import rows
from maroom.duties.vitals.model import Derived, Entry, Measurement, Performer, Reading, ReadingSet, Sign, Status, Subject
from maroom.duties.vitals.rules.limits import limits
from maroom.duties.vitals.service import following
from maroom.store import drafts, used_readings
from maroom.store.base import Op, Origin
from maroom.store.unit_of_work import Act, Read, Write
from maroom.visits.service import notify

PAGE = "vitals"
"""the page whose draft is gone with the save"""
UNKNOWN = Subject(None)


class Vitals:
    """Everything takes the opening of the page first; its visit is the one that is written to or read."""

    def __init__(
        self,
        write: Callable[[Act], AbstractContextManager[Write]],
        read: Callable[[Act], AbstractContextManager[Read]],
        clock: Clock,
    ) -> None:
        self._write = write
        self._read = read
        self._clock = clock

    def record(self, opening: Opening, entry: Entry) -> ReadingSet:
        """Puts a set on record with a notice of each critical value, and drops the draft it was typed in. An entry that is on
        record already is given back as it stands. Problem READING_USED. ValueError where the entry is of another visit than
        the page, or holds nothing: both are bugs of the caller."""
        visit = _visit(opening)
        if entry.visit != visit or not entry.measurements:
            raise ValueError("an entry belongs to the visit of its page, and holds something")
        measured = _whole_seconds(entry.measured or self._clock.now())
        with self._write(Act.of(opening, "vitals.record", Right.CHART, late=self._late(measured))) as w:
            if rows.has_set(w.session, visit, entry.id):
                readings = tuple(one for one in rows.of_visit(w.session, visit) if one.set_id == entry.id)
            else:
                used_readings.take(w.session, entry.instruments, w.now)
                readings = tuple(rows.put(w, one, Origin.TYPED) for one in _readings(opening, entry, measured, w.now))
                for one in entry.critical:
                    notify(w, visit, readings[one.of].id, one.words)
            drafts.forget(w.session, DraftKey.of(opening, PAGE))
        return ReadingSet(entry.id, readings)

    def amend(
        self,
        opening: Opening,
        reading_id: str,
        after: int,
        new: Measurement,
        reason: str,
        subject: Subject = UNKNOWN,
        critical: str = "",
    ) -> Reading:
        """Replaces what was observed; who measured it and when stay. What follows from it is worked out anew, by the age and
        sex of `subject`; `critical` is what the clinician must hear of it, in words. `after` is the revision that was looked
        at: Problem CHANGED_MEANWHILE where it is not the latest."""
        with self._write(Act.of(opening, "vitals.amend", Right.CHART)) as w:
            found = _of_this_patient(rows.standing(w.session, reading_id), opening)
            if new.sign is not found.sign:
                raise ValueError("an amendment is of the same sign")
            changed = replace(found, revision=after, status=Status.AMENDED, measurement=new, reason=reason)
            put = rows.put(w, changed, Origin.TYPED)
            following.follow(w, put, subject)
            if critical:
                notify(w, _visit(opening), put.id, critical)
            return put

    def void(self, opening: Opening, reading_id: str, after: int, reason: str, subject: Subject = UNKNOWN) -> Reading:
        """Marks a reading as entered in error; it stays on record, and what followed from it alone is taken back with it.
        Problem CHANGED_MEANWHILE."""
        with self._write(Act.of(opening, "vitals.void", Right.CHART)) as w:
            found = _of_this_patient(rows.standing(w.session, reading_id), opening)
            changed = replace(found, revision=after, status=Status.ENTERED_IN_ERROR, reason=reason)
            put = rows.put(w, changed, Origin.TYPED, op=Op.VOID)
            following.follow(w, put, subject)
            return put

    def sets(self, opening: Opening) -> tuple[ReadingSet, ...]:
        """The sets of the visit, the newest first, each reading with what it replaced."""
        with self._read(_reads(opening)) as r:
            readings = rows.of_visit(r.session, _visit(opening))
        by_set = groupby(sorted(readings, key=_set_key), key=_set_key)
        sets = [ReadingSet(key[0] or readings[0].id, readings) for key, group in by_set if (readings := tuple(group))]
        return tuple(sorted(sets, key=_newness, reverse=True))

    def last_values(self, opening: Opening) -> dict[Sign, Reading]:
        """The newest value of each sign from before this visit."""
        with self._read(_reads(opening)) as r:
            return {reading.sign: reading for reading in rows.last_of_each(r.session, _visit(opening))}

    def history(self, opening: Opening, sign: Sign, most: int = 24) -> tuple[Reading, ...]:
        """The newest `most` values of one sign, this visit's among them, the oldest first."""
        with self._read(_reads(opening)) as r:
            return rows.newest(r.session, _visit(opening).patient, sign, most)

    def _late(self, measured: Moment) -> bool:
        return self._clock.now().utc - measured.utc > timedelta(hours=limits().time.late_hours)


def _newness(one: ReadingSet) -> tuple[Moment, Moment]:
    """When it was measured; of two in one second the one that was typed later is the newer."""
    first = one.readings[0]
    return one.measured, (first.replaced or (first,))[0].recorded


def _visit(opening: Opening) -> VisitRef:
    if opening.visit is None:
        raise ValueError("vital signs are of a visit")
    return opening.visit


def _reads(opening: Opening) -> Act:
    return Act.of(opening, "vitals.read", Right.READ)


def _of_this_patient(found: Reading | None, opening: Opening) -> Reading:
    if found is None or found.visit.patient != _visit(opening).patient:
        raise ValueError("the reading is of the patient whose page this is")
    return found


def _readings(opening: Opening, entry: Entry, measured: Moment, now: Moment) -> Iterator[Reading]:
    """Two of one sign are told apart by a second at least: some servers take no two of the same time."""
    taken: set[tuple[Sign, Moment]] = set()
    made: list[Reading] = []
    performer = entry.performer or Performer(opening.author.staff, opening.author.name)
    for measurement, derived in _all(entry):
        at = _whole_seconds(measurement.at or measured)
        while (measurement.sign, at) in taken:
            at = replace(at, utc=at.utc + timedelta(seconds=1))
        taken.add((measurement.sign, at))
        what = replace(measurement, at=None, until=max(at, _whole_seconds(measurement.until)) if measurement.until else None)
        if derived:
            what = replace(what, derived_from=(*derived.readings, *(made[place].id for place in derived.of)))
        made.append(Reading(new_id(), 0, Status.FINAL, entry.visit, entry.id, at, performer, what, now))
        yield made[-1]


def _all(entry: Entry) -> Iterator[tuple[Measurement, Derived | None]]:
    yield from ((measurement, None) for measurement in entry.measurements)
    yield from ((derived.measurement, derived) for derived in entry.derived)


def _whole_seconds(moment: Moment) -> Moment:
    return replace(moment, utc=moment.utc.replace(microsecond=0))


def _set_key(reading: Reading) -> tuple[str, str, str]:
    """Readings of one set; where a server dropped the mark of it, those of one performer and minute."""
    if reading.set_id:
        return reading.set_id, "", ""
    return "", reading.performer.staff or reading.performer.name, f"{reading.measured.utc:%Y-%m-%dT%H:%M}"
