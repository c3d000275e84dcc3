"""Parcels as requests of their own or as entries of a transaction, and the answers to entries as answers. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from maroom.fhir import reading
from maroom.fhir.exchange import NotUsable, Resource
from maroom.fhir.reply import Location, Reply, version_of
from maroom.sync.push.answers import Asked
from maroom.sync.push.bodies import url_in_bundle
from maroom.sync.push.parcels import Parcel

_CONDITION = f"identifier={reading.OURS}%7Curn:uuid:"


def bundle(parcels: Sequence[Parcel], base: str) -> Resource:
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [_entry(parcel, base) for parcel in parcels],
    }


def _entry(parcel: Parcel, base: str) -> Resource:
    method, path, headers = request(parcel)
    asked: Resource = {"method": method, "url": path} | {_IN_BUNDLES[name]: value for name, value in headers}
    url = f"{base}/{path}" if parcel.asked is Asked.UPDATE else url_in_bundle(parcel.local_id)
    return {"fullUrl": url, "resource": parcel.body, "request": asked}


_IN_BUNDLES = {"If-Match": "ifMatch", "If-None-Exist": "ifNoneExist"}


def request(parcel: Parcel) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Method, path and headers."""
    match parcel.asked:
        case Asked.UPDATE:
            return "PUT", parcel.address, (("If-Match", f'W/"{parcel.version}"'),) if parcel.version else ()
        case Asked.PUT:
            return "PUT", parcel.address, ()
        case Asked.CONDITIONAL:
            return "POST", parcel.rtype, (("If-None-Exist", _CONDITION + parcel.local_id),)
        case _:
            return "POST", parcel.rtype, ()


def answers(whole: Reply, entries: int) -> list[Reply]:
    """To each entry, in the order they were sent; the caller has seen that there are as many."""
    told = cast("list[Resource]", (whole.resource or {})["entry"])
    return [_answer(whole, told[n]) for n in range(entries)]


def _answer(whole: Reply, entry: Resource) -> Reply:
    try:
        response = reading.part(entry, "response")
        resource = reading.part(entry, "resource") or reading.part(response, "outcome") or None
        status = int(reading.text(response, "status")[:3] or 0)
        version = version_of(reading.text(response, "etag")) or reading.text(reading.part(resource or {}, "meta"), "versionId")
        place = Location.parse(reading.text(response, "location"))
        modified = reading.moment(response, "lastModified")
    except (NotUsable, ValueError):
        return replace(whole, status=202, resource=None, version="", location=None, modified=None)
    changed = modified.utc if modified else None
    return replace(whole, status=status, resource=resource, version=version, location=place, modified=changed)
