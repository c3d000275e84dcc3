"""A patient or visit that the server lets nobody create: ours beside what the server has, for a person to say which it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.syncing.presenter.state import Candidate, Linking
from maroom.duties.syncing.rules.headline import Fact
from maroom.duties.syncing.view.looked import fact_table
from maroom.duties.syncing.view.parts import Body, Deed, Parts
from maroom.duties.syncing.view.words import values
from maroom.duties.syncing.view.words.records import tr, translate

MOST = 2
"""that stand side by side; further ones follow when these are ruled out on the server"""
_ABOUT = {
    "patient": QT_TRANSLATE_NOOP("Sync", "The server lets nobody create a patient. Which of its own is this one?"),
    "encounter": QT_TRANSLATE_NOOP("Sync", "The server lets nobody create a visit. Which of its own is this one?"),
}
_NONE = {
    "patient": QT_TRANSLATE_NOOP("Sync", "The server has nobody like this yet. It is asked again with each sync."),
    "encounter": QT_TRANSLATE_NOOP("Sync", "The server has no visit like this. It is asked again with each sync."),
}


def linking(shown: Linking, parts: Parts) -> Body:
    kind = shown.record.kind
    if not shown.candidates:
        return _nobody(shown, parts)
    items = (
        parts.say(tr(_ABOUT[kind]), "quiet"),
        _side_by_side(shown, shown.candidates[:MOST], parts),
        parts.say(_taken(shown), tone="warn"),
        parts.say(_more(len(shown.candidates) - MOST), "caption"),
    )
    none = parts.button(translate("Sync", "None of them"), Deed.NONE_THERE)
    return Body(items, (none,), translate("Sync", "What was charted of it waits here until you choose."))


def _nobody(shown: Linking, parts: Parts) -> Body:
    kind = shown.record.kind
    items = (parts.say(tr(_NONE[kind])), fact_table(shown.mine, parts))
    none = (parts.button(translate("Sync", "Send without the visit"), Deed.NONE_THERE),) if kind == "encounter" else ()
    return Body(items, none, translate("Sync", "What was charted of it waits here."))


def _side_by_side(shown: Linking, candidates: Sequence[Candidate], parts: Parts) -> QWidget:
    columns = [_by_name(shown.mine), *(_by_name(one.facts) for one in candidates)]
    names = dict.fromkeys(name for column in columns for name in column)
    text = parts.widgets.text
    heads = (
        QWidget(),
        text(translate("Sync", "Here"), "strong"),
        *(text(translate("Sync", "There"), "strong") for _ in candidates),
    )
    rows: list[tuple[QWidget, ...]] = [
        (text(values.element(name), "quiet"), *(_cell(column.get(name), columns[0].get(name), parts) for column in columns))
        for name in names
    ]
    choose = (parts.button(translate("Sync", "This one"), Deed.LINK, one.key, "tinted") for one in candidates)
    return parts.table(heads, [*rows, (QWidget(), QWidget(), *choose)])


def _cell(fact: Fact | None, mine: Fact | None, parts: Parts) -> QWidget:
    """What differs from ours is set off by weight and a mark, not by colour alone."""
    said = values.several(fact.values, parts.zone) if fact else translate("Sync", "none")
    differs = fact is not None and mine is not None and fact.values != mine.values
    return parts.widgets.text(said, "strong" if differs else "body", "warn" if differs else "", wrap=True)


def _by_name(facts: Sequence[Fact]) -> dict[str, Fact]:
    return {fact.name: fact for fact in facts}


def _taken(shown: Linking) -> str:
    if not shown.taken:
        return ""
    return translate("Sync", "That one is another record here already. Both are kept as they are; tell an administrator.")


def _more(number: int) -> str:
    return translate("Sync", "The server has {number} more that could be it.").format(number=number) if number > 0 else ""
