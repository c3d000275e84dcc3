"""How readings on record are said: the last ones, those of a set, and what they were before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from maroom.core.findings import Finding
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.vitals.model import Measurement, Sign
from maroom.duties.vitals.presenter.state import Before, Last, SetLine, State, Value
from maroom.duties.vitals.rules.shown import as_shown
from maroom.duties.vitals.view.words.findings import finding
from maroom.duties.vitals.view.words.plain import tr
from maroom.duties.vitals.view.words.signs import piece, said, whole
from maroom.ui.times import clock, day


def last_day(last: Last, now: datetime) -> str:
    """`12 Mar`, or the year where it is another one."""
    words = day(last.at.date()).split()
    return " ".join(words[:2] if last.at.year == now.year else words[1:])


def person(name: str) -> str:
    """`Dana R.`: a colleague, in a column."""
    *given, family = name.split() or [""]
    return f"{' '.join(given)} {family[:1]}." if given else family


def readings(values: Sequence[Value]) -> str:
    """A set in one line, in the order in which signs are asked, what was calculated at its end."""
    return ", ".join(_piece(value) for value in sorted(values, key=lambda value: value.derived))


def measured(state: State, now: datetime) -> str:
    """Where the set being typed is not of now, or not of who types; empty else."""
    said = []
    if state.measured:
        at = state.measured
        words = (
            QT_TRANSLATE_NOOP("Vitals", "measured {time}")
            if at.date() == now.date()
            else QT_TRANSLATE_NOOP("Vitals", "measured {day}, {time}")
        )
        said.append(tr(words).format(day=day(at.date()), time=clock(at)))
    if state.performer:
        said.append(tr(QT_TRANSLATE_NOOP("Vitals", "by {who}")).format(who=person(state.performer)))
    return " ".join(said)


def taken(line: SetLine) -> str:
    """When and by whom."""
    return tr(QT_TRANSLATE_NOOP("Vitals", "{time} {who}")).format(time=clock(line.at), who=person(line.by))


def late(line: SetLine) -> str:
    """Where it was typed later than it was measured."""
    if line.typed is None:
        return ""
    return tr(QT_TRANSLATE_NOOP("Vitals", "entered late, {day} {time}")).format(
        day=day(line.typed.date()), time=clock(line.typed)
    )


def _piece(value: Value) -> str:
    words = piece(value.value, value.sign)
    if value.retracted:
        return tr(QT_TRANSLATE_NOOP("Vitals", "{what} in error")).format(what=words)
    if value.before:
        before = said(value.before[-1].value, value.sign)
        return tr(QT_TRANSLATE_NOOP("Vitals", "{what} (was {before})")).format(what=words, before=before)
    return words


def value_line(value: Value) -> str:
    """A reading where it is chosen to be put right."""
    return tr(QT_TRANSLATE_NOOP("Vitals", "{sign} {value}")).format(sign=whole(value.sign), value=said(value.value, value.sign))


def critical(taken: Measurement, found: Finding) -> str:
    """As it stands in the notice of what the clinician must hear of."""
    value = piece(as_shown(taken), taken.sign)
    return tr(QT_TRANSLATE_NOOP("Vitals", "{value}: {found}")).format(value=value, found=finding(found))


def before(old: Before, of: Sign) -> str:
    """Who replaced what, when and why."""
    words = tr(QT_TRANSLATE_NOOP("Vitals", "was {value} until {time}, {who}: {why}"))
    return words.format(value=said(old.value, of), time=clock(old.at), who=old.by, why=old.reason)


def changed(value: Value) -> str:
    """Quietly beside a reading that was put right before."""
    return (
        tr(QT_TRANSLATE_NOOP("Vitals", "was {value}")).format(value=said(value.before[-1].value, value.sign))
        if value.before
        else ""
    )


def correcting(value: Value) -> str:
    return tr(QT_TRANSLATE_NOOP("Vitals", "{what}: correct it")).format(what=value_line(value))
