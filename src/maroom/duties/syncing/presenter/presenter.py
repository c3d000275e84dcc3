"""The Sync page of one person: starts and stops runs, shows what waits, and does what she decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from maroom.access.rights import may
from maroom.core.clock import Clock
from maroom.core.people import Opening, Right
from maroom.core.ports import Messages, Navigate
from maroom.core.presenter import Presenter
from maroom.core.problems import Problem
from maroom.core.settings import SignIn
from maroom.duties.syncing.presenter.details import detail
from maroom.duties.syncing.presenter.progress import seconds_left, steps
from maroom.duties.syncing.presenter.state import Asked, Detail, Linking, Question, Refused, State, Under, Versions
from maroom.kit import Mending, Settings
from maroom.store.changes import Change, Changes
from maroom.store.outbox import State as Stands
from maroom.sync.merge.result import Side
from maroom.sync.push.bench import AlreadyHere
from maroom.sync.signing import Came, Signing
from maroom.sync.station import Station
from maroom.sync.waiting import Record, Records, Wanted

MOST = 40
CONFIRMED = 12
SETTINGS, BOARD = "admin", "today"


@dataclass(frozen=True)
class Ports:
    """What stands around the page. `mendings` are by kind of record, `names` of staff by record id."""

    station: Station
    records: Records
    settings: Settings
    clock: Clock
    messages: Messages
    navigate: Navigate
    changes: Changes
    names: Callable[[], Mapping[str, str]]
    mendings: Mapping[str, Mending]
    signing: Signing


class SyncPresenter(Presenter[State]):
    """Reads anew at most once a second, however fast a run goes: `tick` is called about as often."""

    def __init__(self, opening: Opening, ports: Ports) -> None:
        role = opening.author.role
        super().__init__(State(ports.clock.now(), may_sync=may(role, Right.CHART), may_set=may(role, Right.CLINIC)))
        self._opening, self._ports, self._most = opening, ports, MOST
        self._since = ports.clock.now().utc
        self._stale = False
        self._forget = (
            ports.station.listen(self._moved),
            ports.changes.listen(self._changed),
            ports.signing.listen(self._signed),
        )
        self.state = self._read()

    def close(self) -> None:
        super().close()
        for forget in self._forget:
            forget()

    # runs

    def sync(self) -> None:
        """Sends what can go now, whatever back-off there is; what was put right goes first of all."""
        if not self.state.may_sync or not self.state.server or self.state.under:
            return
        try:
            for local_id in self._ports.records.outbox.corrected():
                self._ports.records.bench.fixed(self._opening, local_id)
        except (KeyError, Problem):
            self._stale = True  # it was settled meanwhile, or waits until the store is free
        self._since = self._ports.clock.now().utc
        self._ports.station.start(self._opening.author, asked=True)

    def stop(self) -> None:
        self._ports.station.stop()

    def sign_in(self) -> None:
        """At the server, in her browser; then it is synced at once."""
        if self.state.may_sync and self.state.server:
            self._ports.signing.start(self._opening.author)

    def stop_sign_in(self) -> None:
        self._ports.signing.stop()

    def _signed(self) -> None:
        """One that came to be is told by its end; an earlier one of hers was before this page was opened."""
        was = self.state.signing
        self.show(self._read())
        if was and self.state.came is Came.IN:
            self.sync()

    def tick(self) -> None:
        """About once a second."""
        if self._stale:
            self._stale = False
            self.show(self._read())
        else:
            self.show(self._drawn(replace(self.state, now=self._ports.clock.now())))

    def settings(self) -> None:
        if self.state.may_set:
            self._ports.navigate(SETTINGS)

    # what is shown

    def select(self, key: str) -> None:
        self.show(self._chosen(replace(self.state, here=key, asked=None)))

    def more(self) -> None:
        """More of a long list, then what stays here; and that no more."""
        if self.state.waiting.more:
            self._most += MOST
        else:
            self.state = replace(self.state, kept=not self.state.kept)
        self.show(self._read())

    # what was refused

    def correct(self) -> None:
        """Opens the page of the record, where it is put right."""
        shown = self.state.detail
        if isinstance(shown, Refused) and shown.page:
            self._ports.navigate(shown.page, shown.record.about)

    def open_visit(self) -> None:
        record = self._record()
        mending = self._ports.mendings.get(record.kind) if record else None
        if record and mending:
            self._ports.navigate(mending.page, record.about)

    def retry(self) -> None:
        self._do(self._ports.records.bench.retry)

    def keep(self) -> None:
        self._do(self._ports.records.bench.keep)

    def void(self) -> None:
        """Asks why."""
        shown = self.state.detail
        if isinstance(shown, Refused) and shown.may_void:
            self._ask(Asked(Question.VOID, shown.record))

    # what the server does not take

    def by_hand(self) -> None:
        """Asks who changed it there."""
        record = self._record()
        if record and record.state is Stands.BY_HAND:
            self._ask(Asked(Question.BY_HAND, record))

    def link(self, address: str) -> None:
        """It is this one of the server's. What is another record here already stays as it is, and it is said."""
        bench, shown = self._ports.records.bench, self.state.detail
        if not isinstance(shown, Linking):
            return
        found = bench.candidates(self._opening, shown.record.local_id)
        served = next((one for one in found if one.address == address), None)
        if served is None:
            self.show(self._read())
            return
        try:
            self._do(lambda opening, local_id: bench.link(opening, local_id, served))
        except AlreadyHere:
            self.show(replace(self.state, detail=replace(shown, taken=address)))

    def none_there(self) -> None:
        self._do(self._ports.records.bench.none_there)

    # two versions

    def choose(self, path: str, side: Side) -> None:
        shown = self.state.detail
        if isinstance(shown, Versions):
            self.show(replace(self.state, detail=replace(shown, chosen={**shown.chosen, path: side})))

    def settle(self) -> None:
        """As it was chosen, field by field."""
        shown = self.state.detail
        if isinstance(shown, Versions) and shown.settled:
            conflicts, chosen = self._ports.records.conflicts, shown.chosen
            self._do(lambda opening, local_id: conflicts.choose(opening, local_id, chosen))

    def keep_both(self) -> None:
        self._do(self._ports.records.conflicts.keep_both)

    def give_up(self) -> None:
        """What was changed here stays here."""
        self._do(self._ports.records.conflicts.give_up)

    def insist(self) -> None:
        """Ours is sent on top of what cannot be read here."""
        self._do(self._ports.records.conflicts.insist)

    def send_again(self) -> None:
        """Made there anew."""
        self._do(self._ports.records.conflicts.send_again)

    # questions

    def say(self, words: str) -> None:
        if self.state.asked:
            self._ask(replace(self.state.asked, words=words))

    def dismiss(self) -> None:
        self._ask(None)

    def answer(self) -> None:
        asked = self.state.asked
        if asked is None or not asked.answered:
            return
        self.state = replace(self.state, asked=None)
        if asked.what is Question.VOID:
            self._do(lambda _opening, _id: self._voided(asked.record, asked.words.strip()))
        else:
            self._do(lambda opening, local_id: self._ports.records.bench.said_by_hand(opening, local_id, asked.words.strip()))

    # within

    def _voided(self, record: Record, why: str) -> None:
        """At the record's own visit; then what was refused need not go up at all."""
        page = replace(self._opening, visit=record.about)
        self._ports.mendings[record.kind].void(page, record.local_id, record.revision, why)
        self._ports.records.bench.fixed(self._opening, record.local_id)

    def _do(self, deed: Callable[[Opening, str], object]) -> None:
        """To the record at hand. What a run or somebody else settled in the meantime is only read anew."""
        record = self._record()
        if record is None or not self.state.may_sync:
            return
        try:
            deed(self._opening, record.local_id)
        except Problem as problem:
            self._ports.messages.trouble(problem)
        except (KeyError, ValueError):
            pass
        self.show(self._read())

    def _ask(self, asked: Asked | None) -> None:
        self.show(replace(self.state, asked=asked))

    def _record(self) -> Record | None:
        return next((one for one in self.state.waiting.records if one.key == self.state.here), None)

    def _moved(self) -> None:
        """A run began, went on or ended. Its end is read at once."""
        if (self._ports.station.standing.going is None) != (self.state.under is None):
            self.show(self._read())
        else:
            self._stale = True
            self.show(self._drawn(replace(self.state, now=self._ports.clock.now())))

    def _changed(self, _changes: Sequence[Change]) -> None:
        self._stale = True

    def _read(self) -> State:
        """As everything stands now. Who was at hand stays at hand, or the one that took its place."""
        ports, outbox = self._ports, self._ports.records.outbox
        wanted = Wanted(self._most, self.state.kept, self._since, CONFIRMED)
        waiting = outbox.look(self._opening, wanted)
        state = replace(
            self.state,
            now=ports.clock.now(),
            server=ports.settings.clinic.server.address,
            needs_sign_in=ports.signing.needed(self._opening.author),
            past=outbox.past(),
            waiting=waiting,
            names=ports.names(),
            here=_stays(self.state, [one.key for one in waiting.records]),
        )
        return self._chosen(self._drawn(state))

    def _drawn(self, state: State) -> State:
        standing = self._ports.station.standing
        going = standing.going
        under = Under(going, steps(going), seconds_left(going, state.now)) if going else None
        signing = self._ports.signing.standing
        mine = signing.who == self._opening.author
        return replace(
            state,
            under=under,
            account=standing.account,
            problem=standing.problem,
            by_person=self._ports.settings.clinic.server.sign_in is SignIn.PERSON,
            signing=mine and signing.going,
            came=signing.came if mine else None,
        )

    def _chosen(self, state: State) -> State:
        """With what there is to see of the record at hand."""
        record = next((one for one in state.waiting.records if one.key == state.here), None)
        if record is None:
            return replace(state, detail=None)
        try:
            found = detail(self._opening, self._ports.records, record, self._ports.mendings)
        except KeyError:
            self._stale = True
            return replace(state, detail=None)
        return replace(state, detail=_with_choices(found, state.detail))


def _stays(state: State, keys: Sequence[str]) -> str:
    if state.here in keys:
        return state.here
    before = [one.key for one in state.waiting.records]
    at = before.index(state.here) if state.here in before else 0
    return keys[min(at, len(keys) - 1)] if keys else ""


def _with_choices(found: Detail, before: Detail | None) -> Detail:
    """What was chosen so far stands as long as the two versions are the same."""
    if isinstance(found, Versions) and isinstance(before, Versions) and found.open == before.open:
        return replace(found, chosen=before.chosen)
    if isinstance(found, Linking) and isinstance(before, Linking) and found == replace(before, taken=""):
        return before
    return found
