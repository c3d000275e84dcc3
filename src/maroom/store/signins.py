"""Sign-ins at servers, kept over the end of the program: one value for each server and whoever signed in there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from maroom.store.exchanged import TokenRow
from maroom.store.unit_of_work import UnitOfWork

STATION = "station"
_KEYS = "keys"


class SignIn:
    """One value. It is a secret: never in a log, never in a report."""

    def __init__(self, unit: UnitOfWork, server: str, who: str) -> None:
        self._unit = unit
        self._server = server
        self._who = who

    def load(self) -> Mapping[str, Any] | None:
        with self._unit.glance() as session:
            return _values(session, self._server).get(self._who)

    def save(self, value: Mapping[str, Any] | None) -> None:
        """In place of the last; None takes it away."""
        with self._unit.bookkeeping("keep a sign-in") as session:
            values = {who: kept for who, kept in _values(session, self._server).items() if who != self._who}
            if value is not None:
                values[self._who] = dict(value)
            session.merge(TokenRow(server=self._server, value=values))


def token(unit: UnitOfWork, server: str, who: str = STATION) -> SignIn:
    """The token of the station, or of a person (by her record's id), at a server (by its base address)."""
    return SignIn(unit, server, who)


def keys(unit: UnitOfWork) -> SignIn:
    """The station's own keys, for whatever server; wrapped, as `access.server_key` has them."""
    return SignIn(unit, "", _KEYS)


def _values(session: Session, server: str) -> dict[str, Any]:
    row = session.get(TokenRow, server)
    return dict(row.value) if row else {}
