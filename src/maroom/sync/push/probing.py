"""Whether what was sent is there. A server may answer a search by a parameter that it does not know with all it has, so only
what carries our identifier, our id or the very content is believed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from maroom.core.ids import new_id
from maroom.fhir import reading
from maroom.fhir.client import Client, ForeignOrigin
from maroom.fhir.exchange import NotUsable, Resource
from maroom.sync.equality import equal
from maroom.sync.pull import pages
from maroom.sync.pull.pages import Params, Unavailable
from maroom.sync.served import Served

_OURS = f"{reading.OURS}|urn:uuid:"
_PAGES = 20
"""of a server that answers with all it has, the most that are looked through"""
_COUNT = 200


class By(StrEnum):
    """How a resource is known again."""

    ID = "id"
    IDENTIFIER = "identifier"
    CONTENT = "content"


@dataclass(frozen=True)
class Sought:
    """`body` as it was sent, with the server's references; `later`, as it may be by now by our own hand."""

    local_id: str
    rtype: str
    by: By
    body: Resource
    later: tuple[Resource, ...] = ()


@dataclass
class Found:
    """`there` has an entry for each record that was sought for to the end; `deaf`: the server ignores what it is asked by
    identifier. What is in neither could not be told: a person has to look."""

    there: dict[str, list[Served]] = field(default_factory=dict[str, list[Served]])
    deaf: bool = False


class Probe:
    """`other` tells whether an address there is another record than the one named. Halted and what the client raises."""

    def __init__(self, client: Client, at_once: int, other: Callable[[str, str], bool]) -> None:
        self._client = client
        self._at_once = at_once
        self._other = other

    def look(self, sought: Sequence[Sought]) -> Found:
        found = Found()
        for rtype in dict.fromkeys(one.rtype for one in sought):
            of_type = [one for one in sought if one.rtype == rtype]
            for n in range(0, len(of_type), self._at_once):
                self._some(rtype, of_type[n : n + self._at_once], found)
        return found

    def answers_with_strangers(self, rtype: str) -> bool:
        """Whether a search for an identifier that nobody has finds something all the same. Halted."""
        try:
            page = pages.search(self._client, rtype, [("identifier", _OURS + new_id()), ("_count", "1")])
        except Unavailable:
            return True
        return bool(page.served)

    def _some(self, rtype: str, sought: Sequence[Sought], found: Found) -> None:
        own = [one.local_id for one in sought if one.by is By.ID]
        named = [one for one in sought if one.by is By.IDENTIFIER]
        if own:
            self._by_id(rtype, own, found)
        if named:
            self._by_identifier(rtype, named, found)
        for one in sought:
            if one.by is By.CONTENT:
                self._by_content(one, found)

    def _by_id(self, rtype: str, ids: Sequence[str], found: Found) -> None:
        if len(ids) > 1:
            try:
                page = pages.search(self._client, rtype, [("_id", ",".join(ids)), ("_count", str(_COUNT))])
            except Unavailable:
                page = None
            if page and not page.next and all(served.id in ids for served in page.served):
                found.there |= {one: [served for served in page.served if served.id == one] for one in ids}
                return
        for one in ids:
            try:
                served = pages.read(self._client, f"{rtype}/{one}")
            except (Unavailable, NotUsable):
                continue
            found.there[one] = [served] if served else []

    def _by_identifier(self, rtype: str, sought: Sequence[Sought], found: Found) -> None:
        asked = ",".join(_OURS + one.local_id for one in sought)
        try:
            served, whole = self._all(rtype, [("identifier", asked)])
        except Unavailable:
            served, whole = [], False
        ours = {one.local_id: [served_ for served_ in served if _own(served_) == one.local_id] for one in sought}
        strangers = len(served) > sum(map(len, ours.values()))
        found.deaf |= strangers or not whole
        for one in sought:
            if whole or ours[one.local_id]:
                found.there[one.local_id] = ours[one.local_id]
            else:
                self._by_content(one, found)

    def _by_content(self, one: Sought, found: Found) -> None:
        """Of those that say all that ours says, without those that another record here is."""
        try:
            served, whole = self._all(one.rtype, content_params(one.body))
        except Unavailable:
            return
        ours = [_unnamed(body) for body in (one.body, *one.later)]
        alike = [other for other in served if any(equal(body, other.resource) for body in ours)]
        like = [other for other in alike if not self._other(other.address, one.local_id)]
        if whole or like:
            found.there[one.local_id] = like

    def _all(self, rtype: str, params: Params) -> tuple[list[Served], bool]:
        """All pages, as far as they are not too many; and whether that was all."""
        served: list[Served] = []
        page = pages.search(self._client, rtype, [*params, ("_count", str(_COUNT))])
        for _ in range(_PAGES):
            served += page.served
            if not page.next:
                return served, True
            try:
                page = pages.follow(self._client, page.next)
            except ForeignOrigin:
                return served, False
        return served, False


def _unnamed(body: Resource) -> Resource:
    return {name: value for name, value in body.items() if name not in ("identifier", "id")}


def _own(served: Served) -> str:
    try:
        return served.own_id()
    except NotUsable:
        return ""


def content_params(body: Resource) -> list[tuple[str, str]]:
    """What a server can be asked by of what a body says: the subject, what it is of, and when."""
    rtype = body["resourceType"]
    if rtype == "Patient":
        name = reading.human_name(body, "name")
        told = (("family", name.family), ("birthdate", reading.text(body, "birthDate")))
        return [(key, value) for key, value in told if value]
    if rtype == "Provenance":
        return [("target", reading.text(one, "reference")) for one in reading.parts(body, "target")[:1]]
    if rtype == "AuditEvent":
        return [("date", _second(reading.text(body, "recorded")))]
    subject = reading.reference(body, "subject") or reading.reference(body, "patient")
    coding = next(iter(reading.concept(body, "code").codings), None) if "code" in body else None
    code = f"{coding.system}|{coding.code}" if coding else ""
    told = (("patient", subject), ("code", code), ("date", _second(reading.text(body, "effectiveDateTime"))))
    return [(key, value) for key, value in told if value]


def _second(moment: str) -> str:
    """The whole second, which every server finds what it holds in."""
    return re.sub(r"\.\d+", "", moment)
