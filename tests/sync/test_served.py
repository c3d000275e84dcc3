"""A resource as a server gave it: whose it is, which version, and what is kept of it to compare with."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from maroom.fhir.exchange import NotUsable
from maroom.sync.attachments import LARGEST, is_whole, kept
from maroom.sync.served import Served

OWN = "0f8fad5b-d9cb-469f-a165-70867728950e"
OURS = "urn:ietf:rfc:3986"


def person(**elements: Any) -> dict[str, Any]:
    meta = {"versionId": "3", "lastUpdated": "2026-11-24T09:00:00.5-05:00"}
    return {"resourceType": "Patient", "id": "7", "meta": meta, **elements}


def test_where_it_stands_there() -> None:
    served = Served.of(person())
    assert (served.address, served.version, served.updated and served.updated.isoformat()) == (
        "Patient/7", "3", "2026-11-24T14:00:00.500000+00:00",
    )  # fmt: skip
    assert Served.of({"resourceType": "Patient", "id": "7"}).version == ""


@pytest.mark.parametrize(
    "resource",
    [{"resourceType": "Patient"}, person(meta={"tag": [{"code": "SUBSETTED"}]}), person(meta=5), person(id=7)],
)
def test_what_has_no_place_or_is_only_a_part(resource: dict[str, Any]) -> None:
    with pytest.raises(NotUsable):
        Served.of(resource)


@pytest.mark.parametrize(
    ("identifier", "own"),
    [
        ([{"system": OURS, "value": f"urn:uuid:{OWN}"}], OWN),
        ([{"system": "urn:mrn", "value": "1"}, {"system": OURS, "value": f"urn:uuid:{OWN.upper()}"}], OWN),
        ({"system": OURS, "value": f"urn:uuid:{OWN}"}, OWN),
        ([{"system": OURS, "value": "urn:oid:1.2"}], ""),
        ([{"system": OURS, "value": "urn:uuid:not-one"}], ""),
        ([{"system": "urn:other", "value": f"urn:uuid:{OWN}"}], ""),
        ([], ""),
    ],
)
def test_our_own_identifier(identifier: Any, own: str) -> None:
    assert Served.of(person(identifier=identifier)).own_id() == own


def test_a_version_more_of_the_same_content_is_the_same() -> None:
    other = person() | {"meta": {"versionId": "4", "lastUpdated": "2026-11-25T09:00:00Z"}}
    assert Served.of(person()).digest() == Served.of(other).digest()
    tagged = person() | {"meta": {"versionId": "3", "tag": [{"code": "x"}]}}
    assert Served.of(person()).digest() != Served.of(tagged).digest()


def test_of_a_large_body_attachments_are_kept_by_hash_and_size() -> None:
    octets = b"\0\xff" * LARGEST
    photo = {"contentType": "image/png", "title": "x", "data": base64.b64encode(octets).decode()}
    large = person(photo=[photo], extension=[{"url": "u", "valueAttachment": photo}])
    made = kept(large)
    sha = base64.b64encode(hashlib.sha1(octets).digest()).decode()
    assert made["photo"] == [{"contentType": "image/png", "title": "x", "hash": sha, "size": len(octets)}]
    assert made["extension"][0]["valueAttachment"]["size"] == len(octets)
    assert (is_whole(large), is_whole(made)) == (True, False)


def test_a_small_body_is_kept_as_it_is() -> None:
    small = person(photo=[{"contentType": "image/png", "data": "AAAA"}, {"url": "http://x", "hash": "h", "size": 3}])
    assert kept(small) is small
    assert is_whole(small)
