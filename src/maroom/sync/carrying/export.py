"""Records leave this station in a sealed file. From that moment on nobody here knows whether they are on the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from maroom.core.clock import Clock
from maroom.core.ids import new_id
from maroom.core.people import SYSTEM, Opening, Right
from maroom.core.problems import Code, Problem
from maroom.core.settings import Clinic
from maroom.store import exporting, sending
from maroom.store.audit_event import Event
from maroom.store.lock import SyncLock
from maroom.store.outbox import State
from maroom.store.unit_of_work import Act, UnitOfWork
from maroom.sync.carrying import content, file, sealing
from maroom.sync.carrying.gathering import Gathered, Gathering
from maroom.sync.kinds import Exchanges
from maroom.sync.push.errand import At
from maroom.sync.push.pace import Pace
from maroom.sync.push.plan import Why

_WHAT = "outbox.export"


@dataclass(frozen=True)
class Exported:
    """How many records left; nothing was written where none waits."""

    records: int


@dataclass(frozen=True)
class Export:
    """Of the store in `folder`. `station` is this installation's id."""

    folder: Path
    unit: UnitOfWork
    exchanges: Exchanges
    clinic: Clinic
    station: str
    clock: Clock
    at: At = lambda _name: None

    def everything(self, out: Path, public: str = "", holder: str = "export") -> Exported:
        """All that waits, sealed for `public`, else for the clinic's key. Problems NO_EXPORT_KEY, NOT_WRITTEN, SYNC_RUNNING."""
        act = Act(SYSTEM, _WHAT, Right.UPKEEP, opening=new_id())
        gathering = Gathering(self.unit, self.exchanges, act)

        def gather() -> Gathered:
            """What cannot be made is put before a person, as a sync does, and what needs it stays with it."""
            while (found := gathering.waiting(self.clinic, self.station, self.clock.now())).broken:
                with self.unit.bookkeeping("put before a person") as session:
                    sending.move(session, found.broken, State.QUARANTINED, Why.CANNOT_BE_MADE)
            return found

        with _Alone(self, holder):
            if not gathering.anything(self.clock.now()):
                return Exported(0)
            return self._left(act, gather, out, public or self.clinic.server.export_key)

    def refused(self, opening: Opening, local_id: str, out: Path, holder: str = "window") -> Exported:
        """One record that was refused, with what it needs, for somebody who can look into it; it still waits here. KeyError
        where it was not refused. Problems as above, and NOT_ALLOWED."""
        act = Act.of(opening, _WHAT, Right.READ)
        gathering = Gathering(self.unit, self.exchanges, act)

        def gather() -> Gathered:
            found = gathering.refused(local_id, self.clinic, self.station, self.clock.now())
            if local_id not in found.content.by_record:
                raise KeyError(local_id)
            return found

        with _Alone(self, holder):
            gather()
            return self._left(act, gather, out, self.clinic.server.export_key)

    def _left(self, act: Act, gather: Callable[[], Gathered], out: Path, public: str) -> Exported:
        """The act is told first, so that the word of it to the server's audit is in the file too."""
        if not sealing.is_public(public):
            raise Problem(Code.NO_EXPORT_KEY)
        with self.unit.write(replace(act, event=Event.EXPORT)):
            pass
        self.at("export.told")
        found = gather()
        with file.written(out, sealing.sealed(content.packed(found.content), public)):
            self.at("export.written")
            with self.unit.bookkeeping("what left in a file") as session:
                exporting.leave(session, found.leaving, found.covered, self.clock.now().utc)
            self.at("export.left")
        self.at("export.named")
        return Exported(len(found.content.by_record))


class _Alone:
    """Beside the window, but with no sync under way; what one left behind is known to be of unknown outcome."""

    def __init__(self, export: Export, holder: str) -> None:
        self._export = export
        self._holder = holder
        self._lock = SyncLock(export.folder)

    def __enter__(self) -> None:
        self._lock.take(self._holder)
        with self._export.unit.bookkeeping("recover") as session:
            sending.recover(session, self._export.clock.now().utc, Pace().hold)

    def __exit__(self, *_: object) -> None:
        self._lock.release()
