"""A resource as a server gave it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from maroom.fhir import codec, reading
from maroom.fhir.exchange import NotUsable, Resource
from maroom.store import mirror
from maroom.sync.attachments import kept

_OURS = "urn:uuid:"
_SUBSETTED = "SUBSETTED"
_OF_A_VERSION = ("versionId", "lastUpdated")


@dataclass(frozen=True)
class Served:
    """`version` and `updated` are empty and None where the server told none."""

    resource: Resource
    rtype: str
    id: str
    version: str
    updated: datetime | None

    @classmethod
    def of(cls, resource: Resource) -> Served:
        """NotUsable for what has no id, or only a part of its elements."""
        meta = reading.part(resource, "meta")
        if any(reading.text(tag, "code") == _SUBSETTED for tag in reading.parts(meta, "tag")):
            raise NotUsable("meta", "says that only a part of it was given")
        server_id = reading.text(resource, "id")
        if not server_id:
            raise NotUsable("id", "is missing")
        updated = reading.moment(meta, "lastUpdated")
        rtype = reading.text(resource, "resourceType")
        return cls(resource, rtype, server_id, reading.text(meta, "versionId"), updated.utc if updated else None)

    @property
    def address(self) -> str:
        """As in a relative reference."""
        return f"{self.rtype}/{self.id}"

    def own_id(self) -> str:
        """The record id in its identifier, where a station of this program made it; else empty."""
        many = isinstance(self.resource.get("identifier", []), list)
        given = reading.parts(self.resource, "identifier") if many else (reading.part(self.resource, "identifier"),)
        values = (reading.text(one, "value") for one in given if reading.text(one, "system") == reading.OURS)
        return next((local_id for value in values if (local_id := _uuid(value))), "")

    def digest(self) -> str:
        """The same for every version of the same content."""
        meta = {name: value for name, value in reading.part(self.resource, "meta").items() if name not in _OF_A_VERSION}
        return mirror.digest(codec.canonical(self.resource | {"meta": meta}))

    def line(self, local_id: str, kind: str, with_base: bool) -> dict[str, Any]:
        """Of the mirror: known, and nothing in question."""
        return {
            "local_id": local_id,
            "rtype": self.rtype,
            "kind": kind,
            "source": mirror.SERVER,
            "server_id": self.id,
            "version": self.version or None,
            "updated": self.updated,
            "digest": self.digest(),
            "base": kept(self.resource) if with_base else None,
            "theirs": None,
            "gone": False,
        }


def _uuid(value: str) -> str:
    try:
        return str(UUID(value.removeprefix(_OURS))) if value.startswith(_OURS) else ""
    except ValueError:
        return ""
