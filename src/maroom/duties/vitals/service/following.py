"""What follows from a reading that was put right or taken back: its averages, indices and percentiles, in the same act."""

from __future__ import annotations

from dataclasses import replace

from maroom.duties.vitals import rows
from maroom.duties.vitals.model import Measurement, Reading, Status, Subject
from maroom.duties.vitals.rules.derived import Timed, again
from maroom.store.base import Op, Origin
from maroom.store.unit_of_work import Write


def follow(w: Write, changed: Reading, subject: Subject) -> None:
    """With the reason of the change. What follows from nothing any more counts no more."""
    readings = {one.id: one for one in rows.of_visit(w.session, changed.visit)} | {changed.id: changed}
    for one in readings.values():
        if changed.id in one.measurement.derived_from and not one.retracted:
            found = [readings.get(source) for source in one.measurement.derived_from]
            sources = [source for source in found if source and not source.retracted]
            _put(w, one, again(one.measurement, [Timed(s.measurement, s.measured) for s in sources], subject), changed)


def _put(w: Write, old: Reading, new: Measurement | None, by: Reading) -> None:
    if new is None:
        gone = replace(old, status=Status.ENTERED_IN_ERROR, reason=by.reason)
        rows.put(w, gone, Origin.TYPED, op=Op.VOID)
    elif new != replace(old.measurement, at=None):
        rows.put(w, replace(old, status=Status.AMENDED, measurement=new, reason=by.reason), Origin.TYPED)
