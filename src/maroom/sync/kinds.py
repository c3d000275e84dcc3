"""Which exchange a resource goes to, and in what order resources are taken."""

from __future__ import annotations

from collections.abc import Sequence

from maroom.fhir.exchange import Exchange, Resource
from maroom.store.unit_of_work import Read, Write

Kind = Exchange[Read, Write]
Exchanges = Sequence[Kind]
_ORDER = ("Organization", "Location", "Practitioner", "PractitionerRole", "Patient", "Appointment", "Encounter")


def order_of(rtype: str) -> int:
    """What is referred to comes before what refers to it."""
    return _ORDER.index(rtype) if rtype in _ORDER else len(_ORDER)


class Kinds:
    """The exchanges by resource type, each type's in the order they are asked."""

    def __init__(self, exchanges: Exchanges) -> None:
        self._of_type: dict[str, list[Kind]] = {}
        for exchange in exchanges:
            self._of_type.setdefault(exchange.rtype, []).append(exchange)
        self._by_name = {(exchange.rtype, exchange.kind): exchange for exchange in reversed(exchanges)}

    def __contains__(self, rtype: object) -> bool:
        return rtype in self._of_type

    def of(self, kind: str, resource: Resource) -> Kind | None:
        """That of the kind it is known as, else the first to claim it."""
        rtype = resource["resourceType"]
        known = self._by_name.get((rtype, kind))
        return known or next((exchange for exchange in self._of_type[rtype] if exchange.claims(resource)), None)

    def written(self) -> list[Kind]:
        """Those that are sent."""
        return [exchange for exchange in self._by_name.values() if exchange.body]

    def of_record(self, unit: Read | Write, local_id: str) -> Kind | None:
        """That of the record of this id, where there is one."""
        return next((exchange for exchange in self._by_name.values() if exchange.revision(unit, local_id)), None)

    def named(self, kind: str, rtype: str = "") -> Kind:
        """By the name of its kind; KeyError. Medicines are one kind of two types."""
        found = (exchange for (of, name), exchange in self._by_name.items() if name == kind and rtype in ("", of))
        exchange = next(found, None)
        if exchange is None:
            raise KeyError(kind)
        return exchange
