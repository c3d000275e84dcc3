"""What there is to see of the record at hand, read from where it stands."""

from __future__ import annotations

from collections.abc import Mapping

from maroom.core.people import Opening
from maroom.duties.syncing.presenter.state import Candidate, Detail, Linking, Looked, Refused, Versions
from maroom.duties.syncing.rules.headline import facts
from maroom.kit import Mending
from maroom.store.outbox import State as Stands
from maroom.sync.push.plan import Why
from maroom.sync.waiting import Record, Records

_WITH_FACTS = ("patient", "encounter")


def detail(opening: Opening, records: Records, record: Record, mendings: Mapping[str, Mending]) -> Detail:
    """KeyError where it no longer stands as it did."""
    match record.state:
        case Stands.QUARANTINED:
            mending = mendings.get(record.kind) if record.about and record.about.visit else None
            said = records.outbox.said(opening, record.local_id)
            return Refused(record, said, mending.page if mending else "", bool(mending) and not record.corrected)
        case Stands.CONFLICT:
            found = next((one for one in records.conflicts.listed(opening) if one.local_id == record.local_id), None)
            return Versions(record, found) if found else _looked(record)
        case Stands.TO_LINK:
            served = records.bench.candidates(opening, record.local_id)
            candidates = tuple(Candidate(one.address, facts(one.resource)) for one in served)
            return Linking(record, facts(record.body), candidates, record.why == Why.NONE_THERE)
        case Stands.KEPT | Stands.BY_HAND:
            return Looked(record, _looked(record).facts, records.outbox.said(opening, record.local_id))
        case _:
            return _looked(record)


def _looked(record: Record) -> Looked:
    return Looked(record, facts(record.body) if record.kind in _WITH_FACTS else ())
