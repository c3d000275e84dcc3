"""Why the server did not take a record, in plain words: what is known is translated, else its own words stand."""

from __future__ import annotations

from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.syncing.view.words.records import tr, translate
from maroom.duties.syncing.view.words.values import element
from maroom.store.outbox import State
from maroom.sync.push.plan import Why
from maroom.sync.waiting import Record, Said

_WHY = {
    Why.NOT_ALLOWED: QT_TRANSLATE_NOOP("Sync", "The server does not let this station write it. Its administrator can."),
    Why.SERVER_FAILS: QT_TRANSLATE_NOOP("Sync", "The server failed on it five times over more than an hour."),
    Why.DUPLICATE: QT_TRANSLATE_NOOP("Sync", "The server has it twice. One of them has to be taken back there."),
    Why.TAKEN_BY_ANOTHER: QT_TRANSLATE_NOOP("Sync", "What the server has of it belongs to another record here."),
    Why.AMBIGUOUS: QT_TRANSLATE_NOOP("Sync", "Several records on the server could be it."),
    Why.CANNOT_BE_MADE: QT_TRANSLATE_NOOP("Sync", "It cannot be written in the way that the server reads."),
    Why.TYPE_NOT_TAKEN: QT_TRANSLATE_NOOP("Sync", "The server takes no records of this kind, so it stays here."),
    Why.CHANGE_NOT_TAKEN: QT_TRANSLATE_NOOP("Sync", "The server takes no changes of such records."),
    Why.NOTHING_SENT: QT_TRANSLATE_NOOP("Sync", "It tells of records that all stay here."),
    Why.NONE_THERE: QT_TRANSLATE_NOOP("Sync", "Somebody said that the server has none of it."),
    Why.KEPT_BY_HAND: QT_TRANSLATE_NOOP("Sync", "Somebody said that it stays here."),
}
_CODES = {
    "required": QT_TRANSLATE_NOOP("Sync", "Something is missing that the server wants."),
    "value": QT_TRANSLATE_NOOP("Sync", "The server does not take this value."),
    "code-invalid": QT_TRANSLATE_NOOP("Sync", "The value is not on the server's list."),
    "invariant": QT_TRANSLATE_NOOP("Sync", "Parts of the record do not fit together for the server."),
    "structure": QT_TRANSLATE_NOOP("Sync", "The server does not read a record of this shape."),
    "business-rule": QT_TRANSLATE_NOOP("Sync", "It is against a rule of the server."),
    "duplicate": QT_TRANSLATE_NOOP("Sync", "The server has such a record already."),
    "not-found": QT_TRANSLATE_NOOP("Sync", "Something that it refers to is not on the server."),
    "forbidden": QT_TRANSLATE_NOOP("Sync", "The server does not let this station write it. Its administrator can."),
    "too-long": QT_TRANSLATE_NOOP("Sync", "A text in it is too long for the server."),
}
_OTHER = QT_TRANSLATE_NOOP("Sync", "The server did not take it.")


def reason(record: Record, said: Said) -> str:
    """One sentence."""
    if record.state is State.QUARANTINED and record.why == Why.REFUSED:
        return next((tr(_CODES[issue.code]) for issue in said.issues if issue.code in _CODES), tr(_OTHER))
    known = {str(why): words for why, words in _WHY.items()}
    return tr(known.get(record.why, _OTHER))


def fields(said: Said) -> str:
    """Which parts of the record the server means; empty where it does not say."""
    named = [element(path) for issue in said.issues for path in issue.expression]
    return ", ".join(dict.fromkeys(name for name in named if name))


def own_words(said: Said) -> str:
    """As the server said it."""
    words = list(dict.fromkeys(issue.text for issue in said.issues if issue.text))
    status = translate("Sync", "answer {status}").format(status=said.status) if said.status else ""
    return " ".join([*words, f"({status})" if status else ""]).strip()
