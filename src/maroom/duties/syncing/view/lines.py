"""The cells of one record: what it is, whose and by whom, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from maroom.core.clock import Moment
from maroom.duties.syncing.view.words import records as words
from maroom.sync.waiting import Record
from maroom.ui.labels import Tag
from maroom.ui.widgets import STRETCH, Column, Widgets


def columns() -> tuple[Column, ...]:
    return Column(words.translate("Sync", "Record"), share=1), Column(words.translate("Sync", "Stands"), "col_status")


_NEVER = Moment(datetime.min.replace(tzinfo=UTC))


class Cells:
    """`tell` is called before the rows are drawn: names and the day are those of the moment."""

    def __init__(self, widgets: Widgets) -> None:
        self._widgets = widgets
        self._names: Mapping[str, str] = {}
        self._zone, self._now = ZoneInfo("UTC"), _NEVER

    def tell(self, names: Mapping[str, str], zone: ZoneInfo, now: Moment) -> None:
        self._names, self._zone, self._now = names, zone, now

    def __call__(self, record: Record) -> tuple[QWidget, ...]:
        widgets = self._widgets
        what = widgets.line(words.title(record, self._zone), "strong")
        whose = widgets.line(words.about(record, self._names, self._zone, self._now), "caption")
        tag: Tag = words.stands(record)
        chip = widgets.holder(widgets.chip(tag.words, tag.tone, tag.icon), STRETCH)
        return widgets.stack(STRETCH, what, whose, STRETCH), chip
