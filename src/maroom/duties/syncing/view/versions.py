"""Two versions of one record, field by field: before, mine, theirs. The two that can be chosen are buttons."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from maroom.core.clock import Moment
from maroom.duties.syncing.presenter.state import Versions
from maroom.duties.syncing.view.parts import Body, Deed, Parts, Version
from maroom.duties.syncing.view.words import records as words
from maroom.duties.syncing.view.words import values
from maroom.duties.syncing.view.words.records import translate
from maroom.sync.merge.result import Clash, Side
from maroom.ui.touch import Press

_SHORT = 14
"""letters of a value that is shown as large as a measured number"""


def versions(shown: Versions, parts: Parts) -> Body:
    """Nothing is thrown away whatever is chosen."""
    if shown.open.removed:
        return _removed(parts)
    if shown.open.unreadable:
        return _unreadable(parts)
    heads = _heads(shown, parts)
    rows = [tuple(_row(clash, shown, parts)) for clash in shown.open.clashes]
    items = (
        parts.say(translate("Sync", "Changed on the server after this station last read it. Touch what is to stand."), "quiet"),
        parts.table(heads, rows),
        parts.say(_merged(shown), "caption"),
    )
    best = any(clash.recommended is Side.BOTH for clash in shown.open.clashes)
    settle = parts.button(translate("Sync", "Keep what is marked"), Deed.SETTLE, kind="secondary" if best else "tinted")
    settle.setEnabled(parts.on and shown.settled)
    promise = translate("Sync", "Nothing is sent of this record until you choose; the other version stays in its history.")
    return Body(items, (*_both(shown, parts, best=best), settle), promise)


def _removed(parts: Parts) -> Body:
    said = translate("Sync", "It was changed here, and is no longer on the server.")
    buttons = (
        parts.button(translate("Sync", "Leave it here"), Deed.GIVE_UP),
        parts.button(translate("Sync", "Make it there again"), Deed.SEND_AGAIN),
    )
    return Body((parts.say(said),), buttons, translate("Sync", "Whichever you choose, it stays in the chart here."))


def _unreadable(parts: Parts) -> Body:
    said = translate("Sync", "It was changed here and on the server, and what the server has cannot be read here.")
    buttons = (
        parts.button(translate("Sync", "Leave theirs as it is"), Deed.GIVE_UP),
        parts.button(translate("Sync", "Send mine on top"), Deed.INSIST),
    )
    return Body((parts.say(said),), buttons, translate("Sync", "What is not ours in theirs stays as it is."))


def _both(shown: Versions, parts: Parts, *, best: bool) -> tuple[Press, ...]:
    if not shown.open.both:
        return ()
    said = translate("Sync", "Keep both (recommended)") if best else translate("Sync", "Keep both")
    return (parts.button(said, Deed.KEEP_BOTH, kind="tinted" if best else "quiet"),)


def _heads(shown: Versions, parts: Parts) -> tuple[QWidget, ...]:
    two, record = parts.widgets.two, shown.record
    mine = words.time(Moment(record.since), parts.zone, parts.now)
    there = shown.open.changed_there
    author = parts.names.get(shown.open.author or record.author, "")
    return (
        QWidget(),
        two(translate("Sync", "Before"), "", "strong"),
        two(translate("Sync", "Mine"), ", ".join(part for part in (author, mine) if part), "strong"),
        two(translate("Sync", "Theirs"), words.time(Moment(there), parts.zone, parts.now) if there else "", "strong"),
    )


def _row(clash: Clash, shown: Versions, parts: Parts) -> Iterator[QWidget]:
    widgets = parts.widgets
    yield widgets.text(values.element(clash.path), "quiet", wrap=True)
    yield widgets.text(values.said(clash.base, parts.zone), "quiet", wrap=True)
    for deed, side, value in ((Deed.MINE, Side.MINE, clash.mine), (Deed.THEIRS, Side.THEIRS, clash.theirs)):
        yield _version(deed, side, value, clash, shown, parts)


def _version(deed: Deed, side: Side, value: object, clash: Clash, shown: Versions, parts: Parts) -> Press:
    said = values.said(value, parts.zone)
    recommended = clash.recommended is side
    button = Version()
    button.setObjectName(f"{deed}-{clash.path}")
    button.setProperty("kind", "choice")
    button.setCheckable(True)
    button.setChecked(shown.chosen.get(clash.path) is side)
    button.setEnabled(parts.on)
    button.clicked.connect(lambda: parts.wish(deed, clash.path))
    whose = translate("Sync", "mine") if side is Side.MINE else translate("Sync", "theirs")
    button.setAccessibleName(f"{values.element(clash.path)}, {whose}: {said}")
    word = parts.widgets.text(said, "figure" if len(said) <= _SHORT else "strong", wrap=len(said) > _SHORT)
    best = parts.widgets.text(translate("Sync", "recommended"), "caption", "accent") if recommended else None
    for label in (word, best):
        if label is not None:
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    button.setLayout(parts.widgets.down(word, best, gap="tight", pad="gap"))
    return button


def _merged(shown: Versions) -> str:
    """What was brought together without asking, and comes with whatever is chosen."""
    if not shown.open.taken:
        return ""
    named = ", ".join(dict.fromkeys(values.element(one.path) for one in shown.open.taken))
    return translate("Sync", "Merged beside it: {fields}").format(fields=named)
