"""The way to the clinic's server as the settings ask of it: tried, given a key, known by what this store was exchanged with.

Light by itself: the client, the system's key store and what makes keys are loaded where they are used, in a job.
"""

from __future__ import annotations

from collections.abc import Callable

from maroom.access.rights import gate
from maroom.core.clock import Clock
from maroom.core.people import Opening, Right
from maroom.core.settings import Server, Station
from maroom.store import received, servers, signins
from maroom.store.changes import Change
from maroom.store.unit_of_work import Act, UnitOfWork
from maroom.sync.signing import Browser, Came
from maroom.sync.trial import Trial

MAKE_KEY = "server_key.make"


class Connection:
    """The `Connection` of the kit."""

    def __init__(self, unit: UnitOfWork, clock: Clock) -> None:
        self._unit = unit
        self._clock = clock

    def belongs_to(self) -> str:
        with self._unit.glance() as session:
            known = servers.addresses(session) if received.sample(session, 1) else frozenset[str]()
        return min(known, default="")

    def tried(self, server: Server, station: Station, who: str) -> Trial:
        from maroom.app import reaching

        return reaching.tried(self._unit, self._clock, server, station, who)

    def sign_in(self, server: Server, station: Station, who: str, browser: Browser, stop: Callable[[], bool]) -> Came:
        from maroom.app import reaching

        return reaching.sign_in(self._unit, self._clock, server, station, who, browser, stop)

    def has_signed_in(self, server: Server, who: str) -> bool:
        """Whether a token of hers is kept; it may have run out."""
        return signins.token(self._unit, server.address, who).load() is not None

    def public_keys(self) -> str:
        from maroom.access import server_key
        from maroom.fhir.signin import keys

        private = server_key.kept(signins.keys(self._unit))
        return keys.public(private) if private else ""

    def make_keys(self, opening: Opening) -> str:
        """The wish to make one is looked at before anything is made, and told to the audit when it is there."""
        from maroom.access import server_key
        from maroom.fhir.signin import keys

        act = Act.of(opening, MAKE_KEY, Right.UPKEEP)
        gate(act)
        private = keys.make()
        server_key.keep(signins.keys(self._unit), private)
        with self._unit.write(act) as write:
            write.note(Change("server_key", "", ""))
        return keys.public(private)

    def can_seal_for(self, key: str) -> bool:
        from maroom.sync.carrying.sealing import is_public

        return is_public(key)
