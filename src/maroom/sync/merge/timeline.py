"""The statuses and places of an Encounter as points in time, and back. NotUsable for elements of another shape."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from maroom.fhir import reading
from maroom.fhir.exchange import NotUsable, Resource
from maroom.sync.merge.same import plain

ORDER = ("planned", "arrived", "triaged", "in-progress", "onleave", "finished")


class Point(NamedTuple):
    """A status or a place (`what`, without its period) since when; `until` is as written, or empty."""

    at: datetime
    written: str
    what: Resource
    until: str = ""

    @property
    def key(self) -> tuple[Hashable, datetime]:
        """A place is known by its name, as a room of ours has no other, else by its reference."""
        where = reading.part(self.what, "location")
        return plain(reading.text(where, "display") or where or self.what.get("status")), self.at


def rank(status: str) -> int:
    """-1 for what is no step on the way through a visit."""
    return ORDER.index(status) if status in ORDER else -1


def instant(written: str) -> datetime:
    """NotUsable for a mere date."""
    found = plain(written)
    if not isinstance(found, datetime):
        raise NotUsable("period", "has no time with an offset")
    return found


def states(body: Resource) -> list[Point]:
    """By time, the present one last."""
    before = _points(reading.parts(body, "statusHistory"))
    status = reading.text(body, "status")
    begun = _begun(body, status, before)
    if not begun or status == "planned":
        return before
    return [*before, Point(instant(begun), begun, {"status": status})]


def _begun(body: Resource, status: str, before: Sequence[Point]) -> str:
    """A state began when the one before it ended."""
    period = reading.part(body, "period")
    ended = reading.text(period, "end") if status == "finished" else ""
    last = next((point.until for point in reversed(before) if point.until), "")
    return ended or last or reading.text(period, "start")


def stays(body: Resource) -> list[Point]:
    """By time. A stay without a time of its own holds from the start of the visit."""
    start = reading.part(body, "period")
    return _points([one if "period" in one else one | {"period": start} for one in reading.parts(body, "location")])


def _points(parts: Iterable[Resource]) -> list[Point]:
    return sorted(map(_point, parts), key=lambda point: point.at)


def _point(part: Resource) -> Point:
    period = reading.part(part, "period")
    start = reading.text(period, "start")
    what = {name: value for name, value in part.items() if name != "period"}
    return Point(instant(start), start, what, reading.text(period, "end"))


def once(points: Iterable[Point]) -> list[Point]:
    """Each status or stay once, by time; of two ends of one stay the earlier."""
    found: dict[tuple[Hashable, datetime], Point] = {}
    for point in points:
        there = found.setdefault(point.key, point)
        ends = [end for end in (there.until, point.until) if end]
        found[point.key] = there._replace(until=min(ends, key=instant, default=""))
    return sorted(found.values(), key=lambda point: (point.at, rank(str(point.what.get("status")))))


def history(points: Sequence[Point]) -> list[Resource]:
    """The statusHistory of all but the last."""
    ends = [point.written for point in points[1:]]
    pairs = zip(points[:-1], ends, strict=True)
    return [{**point.what, "period": {"start": point.written, "end": end}} for point, end in pairs]


def located(points: Sequence[Point], until: str) -> list[Resource]:
    """One place at a time: a stay ends at the latest with the next, the last with the visit (empty: it goes on)."""
    after = [*(point.written for point in points[1:]), until]
    return [_stay(point, latest) for point, latest in zip(points, after, strict=False)]


def _stay(point: Point, latest: str) -> Resource:
    end = min((end for end in (point.until, latest) if end), key=instant, default="")
    period = {"start": point.written} | ({"end": end} if end else {})
    return {**point.what, "status": "completed" if end else "active", "period": period}
