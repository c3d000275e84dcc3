"""How the quick line is read back: each piece in words, in both units; and why nothing is taken from one."""

from __future__ import annotations

from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.vitals.model import Sign
from maroom.duties.vitals.presenter.state import Chip, Quick
from maroom.duties.vitals.rules.quick.parts import Mark
from maroom.duties.vitals.view.words.how import told_choice
from maroom.duties.vitals.view.words.plain import tr
from maroom.duties.vitals.view.words.signs import beside, part_piece, piece, whole

_WHY = {
    Mark.UNKNOWN: QT_TRANSLATE_NOOP("Vitals", "{text}: of what?"),
    Mark.UNREADABLE: QT_TRANSLATE_NOOP("Vitals", "{text}: no {sign}"),
    Mark.NO_UNIT: QT_TRANSLATE_NOOP("Vitals", "{text}: in what unit?"),
    Mark.UNSURE: QT_TRANSLATE_NOOP("Vitals", "{text}: could be two things"),
    Mark.TWICE: QT_TRANSLATE_NOOP("Vitals", "{text}: said twice"),
    Mark.NO_SIGN: QT_TRANSLATE_NOOP("Vitals", "{text}: of what?"),
    Mark.POUNDS: QT_TRANSLATE_NOOP("Vitals", "{value} is {other}: switch the scale to kg"),
}


def chip(one: Chip) -> str:
    """`186 lb = 84.4 kg`, `BP 142/88, left arm`; or why it is not understood."""
    if one.unfinished:
        return f"{one.text}…"
    if one.why:
        named = whole(one.sign).lower() if one.sign else ""
        return tr(_WHY[one.why]).format(text=one.text, sign=named, value=one.value or "", other=one.other or "")
    if one.value is None or one.sign is None:
        return one.text
    said = part_piece(one.value, one.part) if one.part else piece(one.value, one.sign)
    both = (
        tr(QT_TRANSLATE_NOOP("Vitals", "{value} = {other}")).format(value=said, other=beside(one.other)) if one.other else said
    )
    return ", ".join((both, *(told_choice(word) for word in one.how)))


def key(quick: Quick) -> str:
    """What Enter does now."""
    if not quick.text.strip():
        return tr(QT_TRANSLATE_NOOP("Vitals", "goes on to the rows"))
    if quick.filled:
        return tr(QT_TRANSLATE_NOOP("Vitals", "saves"))
    if quick.marked:
        return tr(QT_TRANSLATE_NOOP("Vitals", "shows what is not clear"))
    return tr(QT_TRANSLATE_NOOP("Vitals", "puts it in the rows"))


def example(tall: Sign) -> str:
    """What stands in the empty line."""
    if tall is Sign.LENGTH:
        return tr(QT_TRANSLATE_NOOP("Vitals", "a whole set in one line: 8.42kg 69.5cm hc44.1 99.1f ax p128 r34"))
    return tr(QT_TRANSLATE_NOOP("Vitals", "a whole set in one line: 142/88 L lg sit p72 98.6f 186# 5'7\" r16 s97 pain3"))
