"""How a record is named, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from maroom.core.clock import Moment, shown_in
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.syncing.rules.headline import began, headline
from maroom.store.base import Op
from maroom.store.outbox import State
from maroom.sync.push.plan import Why
from maroom.sync.waiting import Record
from maroom.ui.labels import Tag
from maroom.ui.times import clock, day

translate = QCoreApplication.translate

_KINDS = {
    "vital_sign": QT_TRANSLATE_NOOP("Sync", "Vital sign"),
    "patient": QT_TRANSLATE_NOOP("Sync", "Patient"),
    "encounter": QT_TRANSLATE_NOOP("Sync", "Visit"),
    "allergy": QT_TRANSLATE_NOOP("Sync", "Allergy"),
    "order": QT_TRANSLATE_NOOP("Sync", "Order"),
    "critical_notice": QT_TRANSLATE_NOOP("Sync", "Notice of a critical value"),
    "provenance": QT_TRANSLATE_NOOP("Sync", "Note of who did what"),
    "audit_event": QT_TRANSLATE_NOOP("Sync", "Note of a chart that was opened"),
}
_SIGNS = {
    "85354-9": QT_TRANSLATE_NOOP("Sync", "Blood pressure"),
    "8867-4": QT_TRANSLATE_NOOP("Sync", "Pulse"),
    "9279-1": QT_TRANSLATE_NOOP("Sync", "Respirations"),
    "8310-5": QT_TRANSLATE_NOOP("Sync", "Temperature"),
    "29463-7": QT_TRANSLATE_NOOP("Sync", "Weight"),
    "8302-2": QT_TRANSLATE_NOOP("Sync", "Height"),
    "8306-3": QT_TRANSLATE_NOOP("Sync", "Length"),
    "9843-4": QT_TRANSLATE_NOOP("Sync", "Head circumference"),
    "59408-5": QT_TRANSLATE_NOOP("Sync", "Oxygen saturation"),
    "2708-6": QT_TRANSLATE_NOOP("Sync", "Oxygen saturation"),
    "39156-5": QT_TRANSLATE_NOOP("Sync", "BMI"),
    "72514-3": QT_TRANSLATE_NOOP("Sync", "Pain"),
    "96607-7": QT_TRANSLATE_NOOP("Sync", "Average blood pressure"),
    "8280-0": QT_TRANSLATE_NOOP("Sync", "Waist"),
    "33452-4": QT_TRANSLATE_NOOP("Sync", "Peak flow"),
    "8665-2": QT_TRANSLATE_NOOP("Sync", "Last period"),
    "8289-1": QT_TRANSLATE_NOOP("Sync", "Head circumference percentile"),
    "59576-9": QT_TRANSLATE_NOOP("Sync", "BMI percentile"),
    "77606-2": QT_TRANSLATE_NOOP("Sync", "Weight for length"),
    "88330-6": QT_TRANSLATE_NOOP("Sync", "NEWS2"),
}
_STANDS = {
    State.QUEUED: Tag(QT_TRANSLATE_NOOP("Sync", "here"), "outline", "hard-drive"),
    State.SENDING: Tag(QT_TRANSLATE_NOOP("Sync", "on its way"), "plain", "send"),
    State.HELD: Tag(QT_TRANSLATE_NOOP("Sync", "sent, checking"), "plain", "send"),
    State.BLOCKED: Tag(QT_TRANSLATE_NOOP("Sync", "here, waits"), "outline", "hard-drive"),
    State.QUARANTINED: Tag(QT_TRANSLATE_NOOP("Sync", "refused"), "refused", "circle-x"),
    State.CONFLICT: Tag(QT_TRANSLATE_NOOP("Sync", "two versions"), "notice", "git-compare"),
    State.TO_LINK: Tag(QT_TRANSLATE_NOOP("Sync", "which one?"), "notice", "users"),
    State.BY_HAND: Tag(QT_TRANSLATE_NOOP("Sync", "by hand"), "warn", "pen-line"),
    State.KEPT: Tag(QT_TRANSLATE_NOOP("Sync", "stays here"), "outline", "hard-drive"),
    State.DONE: Tag(QT_TRANSLATE_NOOP("Sync", "confirmed"), "ok", "circle-check"),
}
_CORRECTED = Tag(QT_TRANSLATE_NOOP("Sync", "corrected"), "outline", "check")
_BLOCKED = {
    Why.NEEDS_STOPPED: QT_TRANSLATE_NOOP("Sync", "Goes once the record that it belongs to has gone."),
    Why.NEEDS_LINK: QT_TRANSLATE_NOOP("Sync", "Goes once it is known which patient or visit of the server it belongs to."),
    Why.NEEDS_GONE: QT_TRANSLATE_NOOP("Sync", "What it belongs to was removed on the server."),
}


def tr(words: str) -> str:
    """Of words that were marked in a table."""
    return translate("Sync", words)


def kind(record: Record) -> str:
    return tr(_KINDS.get(record.kind, QT_TRANSLATE_NOOP("Sync", "Record")))


def title(record: Record, zone: ZoneInfo) -> str:
    """`Pulse 72 /min, changed`."""
    words = what(record, zone)
    if record.op == Op.VOID:
        return translate("Sync", "{what}, in error").format(what=words)
    return translate("Sync", "{what}, changed").format(what=words) if record.op == Op.UPDATE else words


def what(record: Record, zone: ZoneInfo) -> str:
    """`Pulse 72 /min`, `Visit of 12 Mar 2026`, `Order: Urine dipstick`."""
    if record.kind == "encounter":
        start = began(record.body)
        return translate("Sync", "Visit of {day}").format(day=day(shown_in(start, zone))) if start else kind(record)
    head = headline(record.body)
    named = tr(_SIGNS[head.code]) if head.code in _SIGNS else head.words
    if record.kind == "vital_sign":
        return " ".join(words for words in (named or kind(record), head.value) if words)
    return translate("Sync", "{kind}: {what}").format(kind=kind(record), what=named) if named else kind(record)


def about(record: Record, names: Mapping[str, str], zone: ZoneInfo, now: Moment) -> str:
    """`García, María, by Dana Reyes, 10:41`."""
    at = time(Moment(record.since), zone, now)
    by = translate("Sync", "by {name}").format(name=names[record.author]) if record.author in names else ""
    return "; ".join(words for words in (record.patient, ", ".join(part for part in (by, at) if part)) if words)


def time(when: Moment, zone: ZoneInfo, now: Moment) -> str:
    """`10:41`, and of another day the day as well."""
    local, today = shown_in(when, zone), shown_in(now, zone).date()
    return clock(local) if local.date() == today else f"{day(local)}, {clock(local)}"


def stands(record: Record) -> Tag:
    tag = _CORRECTED if record.corrected else _STANDS[record.state]
    return Tag(tr(tag.words), tag.tone, tag.icon)


def waits_for(record: Record, zone: ZoneInfo, now: Moment) -> str:
    """What has to happen before it goes on; empty where it only has to be sent."""
    if record.state is State.HELD and record.until:
        at = time(Moment(record.until), zone, now)
        return translate("Sync", "Sent, and no answer came. The server is asked for it, from {time} on.").format(time=at)
    if record.state is State.BLOCKED:
        return tr(_BLOCKED.get(Why(record.why), QT_TRANSLATE_NOOP("Sync", "Goes after another record.")))
    if record.corrected:
        return translate("Sync", "It was put right here, and goes with the next sync.")
    return ""
