"""What the state line says of the server: that it is synced with just now, since when it is away, or when it last was whole."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from maroom.app.window.states import Fact
from maroom.core.clock import Moment, shown_in
from maroom.sync.station import Standing
from maroom.sync.waiting import Past
from maroom.ui.times import clock, day


def server_fact(past: Past, standing: Standing, now: Moment, zone: ZoneInfo) -> Fact:
    if standing.going:
        return Fact("refresh-cw", _tr("syncing"))
    if past.away_since:
        return Fact("cloud-off", _tr("server away since {time}").format(time=_time(Moment(past.away_since), now, zone)), "warn")
    if past.whole and past.whole.ended:
        return Fact("cloud", _tr("synced {time}").format(time=_time(Moment(past.whole.ended), now, zone)))
    return Fact("cloud-off", _tr("not yet synced"))


def _time(when: Moment, now: Moment, zone: ZoneInfo) -> str:
    """`9:55`, and of another day that day."""
    local = shown_in(when, zone)
    return clock(local) if local.date() == shown_in(now, zone).date() else day(local.date())


def _tr(words: str) -> str:
    return QCoreApplication.translate("StateLine", words)
