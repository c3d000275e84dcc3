"""What a server says it can do. What it does not speak of may work all the same: it is tried, and what it then does counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from maroom.fhir.exchange import NotUsable, Resource
from maroom.fhir.reading import flag, part, parts, text, texts


class Said(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_SAID = "not_said"

    def __bool__(self) -> bool:
        """Whether it may be tried."""
        return self is not Said.NO


@dataclass(frozen=True)
class TypeAbility:
    """Of one resource type. Empty sets: not said."""

    interactions: frozenset[str] = frozenset()
    """read, vread, update, patch, delete, history-instance, history-type, create, search-type"""
    profiles: frozenset[str] = frozenset()
    """canonical addresses that are supported, without their version"""
    update_create: Said = Said.NOT_SAID
    """a PUT of an unknown id creates"""
    conditional_create: Said = Said.NOT_SAID
    conditional_update: Said = Said.NOT_SAID


_NOT_SAID = TypeAbility()


@dataclass(frozen=True)
class Capability:
    """`types` empty: the statement names none, so every type may be tried."""

    software: str = ""
    """name and version as they write it"""
    fhir: str = ""
    """4.0.1 is R4"""
    address: str = ""
    """the base that the server itself thinks it has; empty: not said"""
    types: Mapping[str, TypeAbility] = field(default_factory=dict[str, TypeAbility])
    whole: frozenset[str] = frozenset()
    """interactions of the whole system: transaction, batch, history-system, search-system. Empty: not said"""
    security: Resource = field(default_factory=dict[str, Any])

    @classmethod
    def of(cls, statement: Resource | None) -> Capability:
        """Of a CapabilityStatement as far as it can be read; of anything else nothing is known."""
        if not statement or statement.get("resourceType") != "CapabilityStatement":
            return cls()
        try:
            return _read(statement)
        except NotUsable:
            return cls()

    @property
    def transaction(self) -> Said:
        return _among("transaction", self.whole)

    @property
    def batch(self) -> Said:
        return _among("batch", self.whole)

    def history_type(self, rtype: str) -> Said:
        return self.allows(rtype, "history-type")

    def takes(self, rtype: str) -> Said:
        """Whether the type is there at all."""
        return _among(rtype, frozenset(self.types))

    def allows(self, rtype: str, interaction: str) -> Said:
        """`interaction` as FHIR names it: create, update, read, search-type, history-type."""
        return _among(interaction, self.of_type(rtype).interactions) if self.takes(rtype) else Said.NO

    def names_profile(self, rtype: str, profile: str) -> bool:
        """Only what is named: a server that checks refuses a meta.profile that it does not know."""
        return profile.partition("|")[0] in self.of_type(rtype).profiles

    def of_type(self, rtype: str) -> TypeAbility:
        """Nothing said where the statement does not name the type."""
        return self.types.get(rtype, _NOT_SAID)


def _among(word: str, said: frozenset[str]) -> Said:
    if not said:
        return Said.NOT_SAID
    return Said.YES if word in said else Said.NO


def _read(statement: Resource) -> Capability:
    software, rest = part(statement, "software"), _server(parts(statement, "rest"))
    return Capability(
        f"{text(software, 'name')} {text(software, 'version')}".strip(),
        text(statement, "fhirVersion"),
        text(part(statement, "implementation"), "url").rstrip("/"),
        {text(one, "type"): _ability(one) for one in parts(rest, "resource")},
        _codes(rest, "interaction", "code"),
        part(rest, "security"),
    )


def _server(rests: tuple[Resource, ...]) -> Resource:
    found: list[Resource] = [one for one in rests if text(one, "mode") in ("server", "")]
    return found[0] if found else {}


def _ability(told: Resource) -> TypeAbility:
    profiles = [*texts(told, "supportedProfile"), text(told, "profile")]
    return TypeAbility(
        _codes(told, "interaction", "code"),
        frozenset(profile.partition("|")[0] for profile in profiles if profile),
        _said(told, "updateCreate"),
        _said(told, "conditionalCreate"),
        _said(told, "conditionalUpdate"),
    )


def _codes(element: Resource, name: str, of: str) -> frozenset[str]:
    return frozenset(text(one, of) for one in parts(element, name)) - {""}


def _said(element: Resource, name: str) -> Said:
    told = flag(element, name)
    if told is None:
        return Said.NOT_SAID
    return Said.YES if told else Said.NO
