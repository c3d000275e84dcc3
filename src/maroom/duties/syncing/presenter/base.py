"""What the intents of the page share: what it works with, how it follows what happens, and what it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from maroom.access.rights import may
from maroom.core.clock import Clock
from maroom.core.people import Opening, Right
from maroom.core.ports import Jobs, Messages, Navigate
from maroom.core.presenter import Presenter
from maroom.core.problems import Problem
from maroom.core.settings import SignIn
from maroom.duties.syncing.presenter.details import detail
from maroom.duties.syncing.presenter.progress import seconds_left, steps
from maroom.duties.syncing.presenter.state import Asked, Detail, Linking, State, Under, Versions
from maroom.kit import Mending, Settings
from maroom.store.changes import Change, Changes
from maroom.sync.signing import Signing
from maroom.sync.station import Station
from maroom.sync.waiting import Record, Records, Wanted

MOST = 40
CONFIRMED = 12


@dataclass(frozen=True)
class Ports:
    """What stands around the page. `mendings` are by kind of record, `names` of staff by record id. `export` puts a refused
    record with what it needs into a sealed file."""

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
    jobs: Jobs
    export: Callable[[Opening, str, Path], object]


class SyncBase(Presenter[State]):
    """Reads anew at most once a second, however fast a run goes: `tick` is called about as often."""

    def __init__(self, opening: Opening, ports: Ports) -> None:
        role = opening.author.role
        super().__init__(State(ports.clock.now(), may_sync=may(role, Right.CHART), may_set=may(role, Right.CLINIC)))
        self._opening, self._ports, self._most = opening, ports, MOST
        self._since = ports.clock.now().utc
        self._stale = False
        self._forget = (ports.station.listen(self._moved), ports.changes.listen(self._changed))
        self.state = self._read()

    def close(self) -> None:
        super().close()
        for forget in self._forget:
            forget()

    def tick(self) -> None:
        """About once a second."""
        if self._stale:
            self._stale = False
            self.show(self._read())
        else:
            self.show(self._drawn(replace(self.state, now=self._ports.clock.now())))

    # within

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
            saved="",
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
