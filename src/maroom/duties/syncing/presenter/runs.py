"""Intents of whoever syncs: a run, its end, and the sign-in at the server that it may want."""

from __future__ import annotations

from maroom.core.people import Opening
from maroom.core.problems import Problem
from maroom.duties.syncing.presenter.base import Ports, SyncBase
from maroom.sync.signing import Came


class RunIntents(SyncBase):
    def __init__(self, opening: Opening, ports: Ports) -> None:
        super().__init__(opening, ports)
        self._forget = (*self._forget, ports.signing.listen(self._signed))

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
