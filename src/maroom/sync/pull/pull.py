"""A run of receiving: what is read whole, the schedule, its patients and their charts, what was removed, who was merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from maroom.core.clock import Clock
from maroom.fhir.capability import Capability
from maroom.fhir.client import Client
from maroom.fhir.exchange import NotUsable
from maroom.store import received
from maroom.store.cursors import Mark, cursors
from maroom.store.merged import merged
from maroom.store.unit_of_work import UnitOfWork, Write
from maroom.sync.kinds import Exchanges, Kinds
from maroom.sync.pull import pages, scope
from maroom.sync.pull.absent import Absent
from maroom.sync.pull.deleting import Deleting
from maroom.sync.pull.following import Followed, Following
from maroom.sync.pull.pages import Unavailable
from maroom.sync.pull.reader import OVERLAP, Answer, Query, Reader, Stop
from maroom.sync.pull.reconciling import Among, Difference, Reconciling
from maroom.sync.pull.schedule import Schedule
from maroom.sync.pull.scope import CHART, WHOLE, Scope, Span
from maroom.sync.pull.slices import PULL, At, Slices
from maroom.sync.pull.taking import Received

Progress = Callable[[int, int], None]
"""Questions answered, of how many as far as is known."""
LoadCharts = Callable[[Write, Iterable[str]], None]
"""Says that all that is known elsewhere of these patients (record ids) is here."""
_CHART = "chart"
"""The cursor that says that a chart was read whole once."""
_REMOVED_FROM = tuple(dict.fromkeys(("Patient", "Appointment", *(part.rtype for part in CHART))))
_AT_ONCE = 20
"""patients asked for in one question"""


@dataclass
class Pulled:
    """What a run brought. `complete`: all that was asked for was answered to its end."""

    received: Received = field(default_factory=Received)
    complete: bool = True
    unanswered: dict[str, int] = field(default_factory=dict[str, int])
    """question > HTTP status, of what the server does not answer: a type it does not have, or that we may not read"""
    strangers: dict[str, int] = field(default_factory=dict[str, int])
    """question > how many resources came that were not asked for"""
    elsewhere: set[str] = field(default_factory=set[str])
    """questions whose further pages lead to another server"""
    gone: tuple[str, ...] = ()
    """record ids of what was removed on the server"""
    again: tuple[str, ...] = ()
    """record ids of what the server lost of ours, and gets anew"""
    lost: tuple[str, ...] = ()
    """addresses of what the server says that it never had"""
    followed: tuple[Followed, ...] = ()
    charts: tuple[str, ...] = ()
    """record ids of the patients whose charts are here now, and were not before"""

    def note(self, name: str, answer: Answer) -> None:
        self.received += answer.received
        self.complete = self.complete and (answer.complete or bool(answer.status))
        if answer.status:
            self.unanswered[name] = answer.status
        if answer.strangers:
            self.strangers[name] = self.strangers.get(name, 0) + answer.strangers
        if answer.elsewhere:
            self.elsewhere.add(name)


class Pull:
    """One run. Halted, NotSent, Unknown and SignInNeeded end it; what was read until then is kept, and the next one goes on
    from there."""

    def __init__(
        self,
        unit: UnitOfWork,
        exchanges: Exchanges,
        client: Client,
        clinic_id: str,
        clock: Clock,
        load_charts: LoadCharts,
        *,
        capability: Capability | None = None,
        overlap: timedelta = OVERLAP,
        count: int = 200,
        at: At = lambda _name: None,
    ) -> None:
        self._unit = unit
        self._kinds = Kinds(exchanges)
        self._client = client
        self._clock = clock
        self._load_charts = load_charts
        self._capability = capability or Capability()
        self._slices = Slices(unit, self._kinds, clinic_id, client.base, at)
        self._reader = Reader(client, self._slices, overlap, count)
        self._deleting = Deleting(unit, client, overlap)
        self._absent = Absent(self._kinds, self._slices, client, self._capability, self._deleting)
        self._following = Following(unit, self._kinds, clinic_id, client.base)
        self._pulled = Pulled()
        self._done, self._of = 0, 0
        self._tell: Progress = lambda _done, _of: None

    def run(self, wanted: Scope, stop: Stop = lambda: False, progress: Progress | None = None) -> Pulled:
        self._tell = progress or self._tell
        for rtype in self._types(WHOLE):
            self._ask(scope.whole(rtype), stop)
        schedule = Schedule(self._client, self._slices, self._absent, Span(wanted.days, self._clock.zone))
        patients = self._served_ids(wanted.patients)
        if wanted.days:
            patients |= schedule.look(stop)
        patients |= self._persons(sorted(patients), stop)
        if wanted.days and not stop():
            schedule.take()
            for rtype, answer in schedule.answers.items():
                self._pulled.note(f"{rtype}/day", answer)
        self._charts(sorted(patients), stop)
        self._removed(stop)
        return self._ended(stop)

    def patient(self, patient_id: str, stop: Stop = lambda: False, progress: Progress | None = None) -> tuple[str, Pulled]:
        """One patient with the whole chart, by the id on the server. The record id is empty where it could not be taken."""
        self._tell = progress or self._tell
        self._charts(sorted(self._persons([patient_id], stop)), stop)
        with self._unit.glance() as session:
            known = received.by_address(session, [scope.scope_of(patient_id)]).get(scope.scope_of(patient_id))
        return known.local_id if known else "", self._ended(stop)

    def reconcile(
        self, wanted: Scope, stop: Stop = lambda: False, *, all_types: bool = True, since: datetime | None = None
    ) -> tuple[Difference, ...]:
        """All of a scope, held against the server by id and version; after a run, so that what differs is a defect. Else only
        the types of which the server does not tell what is removed. `since`: when the run began, by the server's clock."""
        silent = frozenset(rtype for rtype in _REMOVED_FROM if not self._capability.history_type(rtype))
        if not (all_types or silent):
            return ()
        patients = self._served_ids(wanted.patients)
        if wanted.days:
            patients |= Schedule(self._client, self._slices, self._absent, Span(wanted.days, self._clock.zone)).look(stop)
        held = Reconciling(
            self._unit, self._kinds, self._client, self._reader, self._slices, self._absent, self._clock
        )  # fmt: skip
        among = Among(
            None if all_types else silent, frozenset(self._pulled.strangers), lambda rtype: rtype not in silent, since
        )
        found = tuple(one for some in _chunks(sorted(patients)) for one in held.of_patients(some, among, stop))
        self._note_absent()
        return found

    # what is asked

    def _types(self, rtypes: Iterable[str]) -> list[str]:
        """Those that somebody here takes and the server does not say that it lacks."""
        return [rtype for rtype in rtypes if rtype in self._kinds and self._capability.allows(rtype, "search-type")]

    def _ask(self, query: Query, stop: Stop) -> Answer:
        if stop():
            self._pulled.complete = False
            return Answer()
        self._of = max(self._of, self._done + 1)
        answer = self._reader.read(query, stop)
        self._pulled.note(query.name, answer)
        self._done += 1
        self._tell(self._done, self._of)
        return answer

    def _persons(self, ids: Sequence[str], stop: Stop) -> set[str]:
        """Whole each time, as there are few; who is missing is read alone, and a survivor of a merger comes with them. Their
        ids, with those of survivors."""
        asked: set[str] = set()
        left = list(ids)
        while left and not stop():
            asked |= set(left)
            for some in _chunks(left):
                self._reader.plain.add("Patient")
                answer = self._ask(scope.persons(some), stop)
                for address in {scope.scope_of(one) for one in some} - answer.seen.keys():
                    self._alone(address)
            left = sorted(self._survivors(asked) - asked)
        return asked | set(ids)

    def _alone(self, address: str) -> None:
        try:
            found = pages.read(self._client, address)
        except (Unavailable, NotUsable):
            return
        if found is None:
            self._absent.missing(address)
        else:
            self._pulled.received += self._slices.take([found])

    def _survivors(self, of: set[str]) -> set[str]:
        """Ids of those into whom these were merged, as far as is known."""
        with self._unit.glance() as session:
            into = merged(session)
            known = received.by_id(session, into)
        return {into[one.local_id].rpartition("/")[2] for one in known.values() if one.server_id in of}

    def _charts(self, ids: Sequence[str], stop: Stop) -> None:
        """Patients who were never asked for are asked together, so that nobody else's chart is read anew for them."""
        parts = [part for part in CHART if part.rtype in self._types([part.rtype])]
        groups = list(self._groups(ids))
        self._of = self._done + len(groups) * len(parts)
        for some in groups:
            whole = True
            for part in parts:
                answer = self._ask(scope.part(part, some, self._clock.today()), stop)
                whole = whole and (answer.complete or (bool(answer.status) and part.rtype != "AllergyIntolerance"))
            if whole and not stop():
                self._loaded(some)

    def _groups(self, ids: Sequence[str]) -> Iterator[list[str]]:
        with self._unit.glance() as session:
            loaded = cursors(session, map(scope.scope_of, ids), _CHART)
        for there in (False, True):
            yield from _chunks([one for one in ids if (scope.scope_of(one) in loaded) is there])

    def _loaded(self, ids: Sequence[str]) -> None:
        """Said once a patient, in one unit of work with the cursor that says so."""
        scopes = tuple(map(scope.scope_of, ids))
        with self._unit.glance() as session:
            before = cursors(session, scopes, _CHART)
            known = received.by_address(session, scopes)
        new = tuple(one for one in scopes if one not in before and one in known)
        if new:
            charts = [known[one].local_id for one in new]
            with self._unit.write(PULL) as write:
                self._load_charts(write, charts)
                Mark(new, _CHART, self._clock.now().utc, last=True).keep(write.session)
            self._pulled.charts += tuple(charts)

    # what is no more

    def _removed(self, stop: Stop) -> None:
        for rtype in self._types(_REMOVED_FROM):
            if self._capability.history_type(rtype) and not stop():
                self._deleting.by_history(rtype, stop)

    def _ended(self, stop: Stop) -> Pulled:
        followed = self._following.follow(self._merged(), self._clock.now().utc)
        news = self._pulled.received.replaced
        self._pulled.followed = tuple(one for one in followed if one.moved or one.left or one.patient in news)
        self._note_absent()
        self._pulled.complete = self._pulled.complete and not stop()
        return self._pulled

    def _note_absent(self) -> None:
        pulled, absent = self._pulled, self._absent
        pulled.gone, pulled.again, pulled.lost = tuple(self._deleting.gone_now), tuple(absent.again), tuple(absent.lost)

    def _merged(self) -> dict[str, str]:
        """Patient > survivor, by record id, of those who are both known here."""
        with self._unit.glance() as session:
            into = {one: scope.scope_of(reference.rpartition("/")[2]) for one, reference in merged(session).items()}
            known = received.by_address(session, into.values())
        return {one: known[at].local_id for one, at in into.items() if at in known and known[at].local_id != one}

    def _served_ids(self, local_ids: Iterable[str]) -> set[str]:
        """Ids on the server, of those whom it knows."""
        with self._unit.glance() as session:
            known = received.by_id(session, local_ids)
        return {one.server_id for one in known.values() if one.server_id}


def _chunks(ids: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
