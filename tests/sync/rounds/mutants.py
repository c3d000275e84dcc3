"""Broken protocols that the rounds must catch: a suite that lets one pass is too weak. Each breaks a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from maroom.sync.push.parcels import Parcel
from maroom.sync.push.probing import Found, Probe, Sought
from maroom.sync.push.seeking import Seeking
from tests.sync.oracle.judged import Wrong


@dataclass(frozen=True)
class Mutant:
    """`found`: what the oracle must say of it, one of these at least."""

    says: str
    preset: str
    found: tuple[Wrong, ...]
    break_it: Callable[[], None]
    mode: str = ""
    hold: timedelta = timedelta(seconds=120)
    faults: tuple[str, ...] = ("lose", "zombie")
    settings: tuple[tuple[str, Any], ...] = ()
    fails: bool = False
    """a run may also end with an exception, as what it took for ours cannot be read"""


def _send_blindly() -> None:
    """Nothing is ever looked for: what may be there is sent again."""

    def look(_self: Seeking, parcels: Sequence[Parcel]) -> Found:
        return Found({parcel.local_id: [] for parcel in parcels})

    Seeking.look = look


def _as_it_is() -> None:
    """Broken by its settings alone."""


def _believe_strangers() -> None:
    """Whatever a search by our identifier finds is taken for ours, if nothing else here is known to be that."""

    def by_identifier(self: Probe, rtype: str, sought: Iterable[Sought], found: Found) -> None:
        for one in sought:
            served, _ = self._all(rtype, [("identifier", f"urn:ietf:rfc:3986|urn:uuid:{one.local_id}")])
            taken = {other.address for those in found.there.values() for other in those}
            free = [other for other in served if not (other.address in taken or self._other(other.address, one.local_id))]
            found.there[one.local_id] = free[:1]

    Probe._by_identifier = by_identifier
    Probe.answers_with_strangers = lambda _self, _rtype: False


NOW = timedelta(0)
_TWICE = (Wrong.DUPLICATE, Wrong.STRANGER)
MUTANTS = {
    "blind_s": Mutant("S, sends again without asking", "ehr", (*_TWICE, Wrong.WRONG_ID), _send_blindly, mode="S"),
    "hasty_s": Mutant("S, asks, but does not hold", "ehr", _TWICE, _as_it_is, mode="S", hold=NOW),
    "racing_c": Mutant(
        "C, neither holds nor asks", "azure", (*_TWICE, Wrong.STOPPED), _send_blindly, mode="C", hold=NOW, faults=("race",)
    ),
    "blind_p": Mutant("P, sends again without asking", "hapi", (Wrong.VERSIONS,), _send_blindly, mode="P"),
    "gullible": Mutant(
        "believes whatever a server finds",
        "lenient",
        (Wrong.WRONG_ID, Wrong.LOST, Wrong.MISSING, Wrong.CHANGED),
        _believe_strangers,
        mode="S",
        settings=(("identifierSearch", False), ("unknownParams", "ignore")),
        fails=True,
    ),
}
