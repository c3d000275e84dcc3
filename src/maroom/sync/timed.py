"""Runs of the sync that nobody asks for: at the start, on lock, every few minutes. They never wait, and say nothing when they
fail: the next one comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from maroom.core.clock import Clock
from maroom.core.people import Author
from maroom.core.settings import Server, SignIn
from maroom.sync.station import Station


class Timed:
    """`server` gives the settings as they stand; `token` tells whether a person (by record id) has signed in there. `tick` is
    called about once a minute."""

    def __init__(self, station: Station, server: Callable[[], Server], token: Callable[[str], bool], clock: Clock) -> None:
        self._station = station
        self._server = server
        self._token = token
        self._clock = clock
        self._here: Author | None = None
        self._last = clock.now().utc
        self._due = False

    def may_run(self, at_keyboard: Author | None) -> bool:
        """The one rule: where people sign in at the server, a run is hers who is at the keyboard and has signed in there. The
        station's own key, and a server without a sign-in, need nobody."""
        server = self._server()
        if not server.address:
            return False
        if server.sign_in is not SignIn.PERSON:
            return True
        return at_keyboard is not None and self._token(at_keyboard.staff)

    # what happens

    def begun(self) -> None:
        """The program started. Where that needs somebody, it is done when she comes."""
        self._wish(self._server().at_start)

    def came(self, who: Author) -> None:
        self._here = who
        self._try()

    def left(self, who: Author) -> None:
        """She locked the station: the last run is under her name at the server."""
        self._here = None
        if self._server().on_lock and self.may_run(who):
            self._run(who)

    def tick(self) -> None:
        every = timedelta(minutes=self._server().every)
        self._wish(bool(every) and self._now() - self._last >= every)

    # within

    def _wish(self, wished: bool) -> None:
        self._due = self._due or wished
        self._try()

    def _try(self) -> None:
        if self._due and self.may_run(self._here):
            self._run(self._here)

    def _run(self, who: Author | None) -> None:
        """One that is under way does as well: it takes what waits now."""
        self._due, self._last = False, self._now()
        self._station.start(who, asked=False)

    def _now(self) -> datetime:
        return self._clock.now().utc
