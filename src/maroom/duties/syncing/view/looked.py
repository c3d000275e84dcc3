"""A record that was refused, that the server does not take, or that waits for nobody."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from maroom.core.clock import Moment
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.syncing.presenter.state import Looked, Refused
from maroom.duties.syncing.rules.headline import Fact
from maroom.duties.syncing.view.parts import Body, Deed, Parts
from maroom.duties.syncing.view.words import records as words
from maroom.duties.syncing.view.words import refusals, values
from maroom.duties.syncing.view.words.records import tr, translate
from maroom.store.base import Op
from maroom.store.outbox import State
from maroom.sync.waiting import Record
from maroom.ui.dialogs import Answer

_STANDS = {
    State.QUEUED: QT_TRANSLATE_NOOP("Sync", "Kept here, and goes with the next sync."),
    State.SENDING: QT_TRANSLATE_NOOP("Sync", "On its way to the server just now."),
    State.CONFLICT: QT_TRANSLATE_NOOP("Sync", "Changed here and there; the next sync brings the two together."),
    State.KEPT: QT_TRANSLATE_NOOP(
        "Sync", "It counts as neither waiting nor refused, and is offered again when the server takes it."
    ),
    State.BY_HAND: QT_TRANSLATE_NOOP("Sync", "Somebody has to change it on the server, as it stands here:"),
}


def refused(shown: Refused, parts: Parts) -> Body:
    record, fields = shown.record, refusals.fields(shown.said)
    means = translate("Sync", "It means: {fields}").format(fields=fields) if fields else ""
    own = refusals.own_words(shown.said)
    items = (
        parts.say(refusals.reason(record, shown.said), "strong", "critical"),
        parts.say(means, "strong"),
        parts.say(translate("Sync", "In its own words: {words}").format(words=own) if own else "", "quiet"),
        parts.say(words.waits_for(record, parts.zone, parts.now)),
    )
    correct = (parts.button(translate("Sync", "Correct"), Deed.CORRECT, kind="tinted"),) if shown.page else ()
    buttons = (parts.button(translate("Sync", "Try again"), Deed.RETRY), *correct)
    void = (Answer(Deed.VOID, translate("Sync", "Mark as entered in error")),) if shown.may_void else ()
    save = Answer(Deed.SAVE, translate("Sync", "Save as file"))
    more = (save, *void, Answer(Deed.KEEP, translate("Sync", "Leave it here")))
    return Body(items, buttons, translate("Sync", "Nothing of it was sent. All else goes on."), more)


def looked(shown: Looked, parts: Parts) -> Body:
    record, said = shown.record, shown.said
    items = [
        parts.say(refusals.reason(record, said)) if said else None,
        parts.say(_stands(record, parts), "quiet" if said and record.state is State.KEPT else "body"),
        parts.say(_as_it_stands(record, parts), "figure") if record.state is State.BY_HAND else None,
        fact_table(shown.facts, parts) if shown.facts else None,
    ]
    done = (parts.button(translate("Sync", "It was changed there"), Deed.BY_HAND, kind="tinted"),)
    return Body(items, done if record.state is State.BY_HAND else ())


def _as_it_stands(record: Record, parts: Parts) -> str:
    if record.op == Op.VOID:
        return translate("Sync", "{what}: entered in error").format(what=words.what(record, parts.zone))
    return words.what(record, parts.zone)


def _stands(record: Record, parts: Parts) -> str:
    if record.state is State.DONE:
        return _confirmed(record, parts)
    return words.waits_for(record, parts.zone, parts.now) or tr(_STANDS.get(record.state, _STANDS[State.QUEUED]))


def _confirmed(record: Record, parts: Parts) -> str:
    """The receipt of the server."""
    receipt = record.receipt
    if receipt is None:
        return translate("Sync", "On the server.")
    version = translate("Sync", "version {version}").format(version=receipt.version) if receipt.version else ""
    at = words.time(Moment(receipt.since), parts.zone, parts.now) if receipt.since else ""
    since = translate("Sync", "since {time}").format(time=at) if at else ""
    told = ", ".join(part for part in (version, since) if part)
    return translate("Sync", "On the server, as it says itself: {told}.").format(told=told or translate("Sync", "taken"))


def fact_table(facts: tuple[Fact, ...], parts: Parts) -> QWidget:
    rows = [
        (parts.widgets.text(values.element(fact.name), "quiet"), wrapped(values.several(fact.values, parts.zone), parts))
        for fact in facts
    ]
    return parts.table((QWidget(), QWidget()), rows)


def wrapped(said: str, parts: Parts) -> QWidget:
    return parts.widgets.text(said, wrap=True)
