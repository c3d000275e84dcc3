"""Readings to and from other systems: the exchange of kind `vital_sign`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from maroom.duties.vitals import rows, wire
from maroom.duties.vitals.model import Reading, Sign
from maroom.duties.vitals.wire.elements import set_system
from maroom.fhir.exchange import Arrival, Exchange, Resource
from maroom.fhir.rule import Manner, Rule
from maroom.store.base import Origin
from maroom.store.unit_of_work import Read, Write

KIND = rows.KIND.name
_RULE = Rule(
    Manner.APPEND_ONLY,
    together=("value", "dataAbsentReason", "component", "effective"),
    latest=("issued",),
    order=("registered", "preliminary", "final", "amended", "corrected"),
)


def exchange(namespace: Callable[[], str], calculated: Callable[[], bool] = lambda: True) -> Exchange[Read, Write]:
    """`namespace` is the clinic's URI as it stands now: the tag that holds a set together is under it. `calculated`: whether
    BMI, means and percentiles are sent; some servers refuse them."""

    def take(w: Write, arrival: Arrival, origin: str) -> None:
        rows.put(w, wire.reading(arrival, set_system(namespace())), Origin(origin))

    def body(r: Read, local_id: str, revision: int, base: Mapping[str, Any]) -> Resource:
        return wire.observation(_at(r, local_id, revision), base, set_system(namespace()))

    def withheld(r: Read, local_id: str, revision: int) -> bool:
        """A rhythm rests on a pulse as well, but somebody felt it."""
        what = _at(r, local_id, revision).measurement
        return not calculated() and bool(what.derived_from) and what.sign is not Sign.RHYTHM

    return Exchange(KIND, "Observation", wire.is_ours, take, _revision, body, _needs, _RULE, withheld)


def _revision(open_store: Read | Write, local_id: str) -> int:
    return rows.revision(open_store.session, local_id)


def _needs(r: Read, local_id: str, revision: int) -> tuple[str, ...]:
    return wire.needs(_at(r, local_id, revision))


def _at(r: Read, local_id: str, revision: int) -> Reading:
    found = rows.at_revision(r.session, local_id, revision)
    if found is None:
        raise LookupError(f"no revision {revision} of vital sign {local_id}")
    return found
