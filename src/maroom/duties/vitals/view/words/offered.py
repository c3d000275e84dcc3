"""How the readings of instruments are said, and what became of those that are not offered."""

from __future__ import annotations

from datetime import timedelta

from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.devices.model import Refusal, Remark
from maroom.devices.offers import Doubt, Why
from maroom.duties.vitals.presenter.offered import Line, Missed
from maroom.duties.vitals.view.words.plain import tr
from maroom.duties.vitals.view.words.signs import piece, sign
from maroom.ui.times import clock

_REMARKS = {
    Remark.BODY_MOVED: QT_TRANSLATE_NOOP("Vitals", "the arm moved"),
    Remark.CUFF_LOOSE: QT_TRANSLATE_NOOP("Vitals", "the cuff was loose"),
    Remark.PULSE_IRREGULAR: QT_TRANSLATE_NOOP("Vitals", "pulse irregular"),
    Remark.PULSE_OUT_OF_RANGE: QT_TRANSLATE_NOOP("Vitals", "pulse out of its range"),
    Remark.WRONG_POSITION: QT_TRANSLATE_NOOP("Vitals", "the arm was not at heart level"),
    Remark.EARLY: QT_TRANSLATE_NOOP("Vitals", "an early estimate"),
    Remark.QUESTIONABLE: QT_TRANSLATE_NOOP("Vitals", "the instrument doubts it"),
    Remark.WEAK_SIGNAL: QT_TRANSLATE_NOOP("Vitals", "weak signal"),
    Remark.LOW_PERFUSION: QT_TRANSLATE_NOOP("Vitals", "weak flow"),
    Remark.FROM_MEMORY: QT_TRANSLATE_NOOP("Vitals", "from its memory"),
    Remark.CLOCK_NOT_SET: QT_TRANSLATE_NOOP("Vitals", "its clock is not set"),
}
_WHY = {
    Why.OLDER: QT_TRANSLATE_NOOP("Vitals", "from before this rooming, or its clock is behind"),
    Why.USED: QT_TRANSLATE_NOOP("Vitals", "saved before"),
    Why.UNDATED: QT_TRANSLATE_NOOP("Vitals", "from its memory, without a time"),
    Refusal.UNKNOWN: QT_TRANSLATE_NOOP("Vitals", "of a kind that is not read here"),
    Refusal.MALFORMED: QT_TRANSLATE_NOOP("Vitals", "it came in pieces, measure again"),
    Refusal.NO_NUMBER: QT_TRANSLATE_NOOP("Vitals", "it could not measure, try again"),
    Refusal.UNSUCCESSFUL: QT_TRANSLATE_NOOP("Vitals", "it could not measure, try again"),
    Refusal.OUT_OF_BOUNDS: QT_TRANSLATE_NOOP("Vitals", "no value that can be measured, try again"),
    Refusal.NOT_A_PATIENT: QT_TRANSLATE_NOOP("Vitals", "made for a demonstration or a test"),
}


def values(line: Line) -> str:
    """`BP 142/88, pulse 72, 10:41`."""
    return ", ".join([*(piece(value, of) for of, value in line.values), clock(line.at)])


def doubt(line: Line) -> str:
    """What to know before it is used; nothing where there is nothing. What keeps it from being used comes first."""
    return ", ".join([*_hindered(line), *(tr(_REMARKS[one]) for one in line.remarks), *_of_its_clock(line)])


def _hindered(line: Line) -> list[str]:
    if line.unfit:
        return [tr(QT_TRANSLATE_NOOP("Vitals", "switch the scale to kg and weigh again"))]
    if not line.may_use:
        signs = ", ".join(sign(of) for of, _ in line.values)
        return [tr(QT_TRANSLATE_NOOP("Vitals", "{signs}: there is a value already")).format(signs=signs)]
    return []


def _of_its_clock(line: Line) -> list[str]:
    found: list[str] = []
    if Doubt.NO_TIME in line.doubts and Remark.CLOCK_NOT_SET not in line.remarks:
        found.append(tr(QT_TRANSLATE_NOOP("Vitals", "it told no time")))
    if line.ahead is not None:
        found.append(tr(QT_TRANSLATE_NOOP("Vitals", "{clock}: the time is put right")).format(clock=_off(line.ahead)))
    return found


def missed(one: Missed) -> str:
    """`UA-651BLE: not offered, its clock is 59 min ahead`."""
    why = _off(one.off) if one.why is Why.AHEAD and one.off is not None else tr(_WHY.get(one.why, one.why))
    return tr(QT_TRANSLATE_NOOP("Vitals", "{instrument}: not offered, {why}")).format(instrument=one.instrument, why=why)


def _off(by: timedelta) -> str:
    ahead, behind = (
        QT_TRANSLATE_NOOP("Vitals", "its clock is {span} ahead"),
        QT_TRANSLATE_NOOP("Vitals", "its clock is {span} behind"),
    )
    return tr(behind if by < timedelta() else ahead).format(span=_span(abs(by)))


def _span(by: timedelta) -> str:
    """In the two largest units that say something."""
    minutes = round(by.total_seconds() / 60)
    if by.days:
        return tr(QT_TRANSLATE_NOOP("Vitals", "{days} d")).format(days=by.days)
    if minutes >= 60:
        return tr(QT_TRANSLATE_NOOP("Vitals", "{hours} h {minutes} min")).format(hours=minutes // 60, minutes=minutes % 60)
    return tr(QT_TRANSLATE_NOOP("Vitals", "{minutes} min")).format(minutes=minutes)


def more(count: int) -> str:
    return tr(QT_TRANSLATE_NOOP("Vitals", "{count} more came in")).format(count=count)
