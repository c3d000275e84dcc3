"""The quick line read back while it is typed: one piece, one chip. Pure."""

from __future__ import annotations

from dataclasses import replace

from maroom.core.findings import Severity
from maroom.duties.vitals.model import HALVES, Component, Measurement, Sign
from maroom.duties.vitals.presenter.around import Around
from maroom.duties.vitals.presenter.form import Form
from maroom.duties.vitals.presenter.state import Chip, Quick
from maroom.duties.vitals.rules.asked import key_of, line
from maroom.duties.vitals.rules.quick.line import quick_line
from maroom.duties.vitals.rules.quick.parts import Kind, Mark, Part, QuickLine
from maroom.duties.vitals.rules.shown import Shown, as_shown, in_other_unit, in_unit, plain, shown
from maroom.duties.vitals.rules.signs import symbol

POUND = "[lb_av]"


def as_read(form: Form, around: Around) -> QuickLine:
    return quick_line(form.quick, pounds=POUND in around.offered(line(Sign.WEIGHT)), tall=around.tall)


def echo(form: Form, around: Around, entered: bool) -> Quick:
    """Each value is judged as it would be in its row. The piece that is still being typed is held against nobody until the
    line was `entered`."""
    if not form.quick.strip():
        return Quick(form.quick)
    found = as_read(form, around)
    filled = bool(form.filled) and form.filled == form.quick
    would = form if filled else form.from_line(found)
    chips = [_chip(part, found, form.quick, would, around) for part in found.parts if part.kind is not Kind.HOW]
    if chips and chips[-1].why and chips[-1].why is not Mark.POUNDS and chips[-1].at[1] == len(form.quick) and not entered:
        chips[-1] = replace(chips[-1], severity="", unfinished=True)
    return Quick(form.quick, tuple(chips), filled)


def _chip(part: Part, found: QuickLine, text: str, would: Form, around: Around) -> Chip:
    piece, at = text[part.start : part.end], (part.start, part.end)
    if part.kind is Kind.MARKED or part.sign is None:
        value, other = _pounds(part) if part.why is Mark.POUNDS else (None, None)
        return Chip(piece, at, part.sign, None, value, other, (), Severity.REFUSED, part.why or Mark.UNKNOWN)
    key = key_of(part.entries[0].field)
    component = line(key).fields[0][1] if line(key).of_another else None
    value, other = _values(part, component)
    how = tuple(one.word for sign, one in found.hows if sign is part.sign and component is None)
    findings = around.found(would, line(key))
    severity = findings[0].severity if findings else Severity.OK
    return Chip(piece, at, part.sign, component, value, other, how, severity)


def _values(part: Part, component: Component | None) -> tuple[Shown | None, Shown | None]:
    assert part.sign
    values = [entry.value for entry in part.entries]
    if part.sign is Sign.BP:
        whole = as_shown(Measurement(Sign.BP, parts=dict(zip(HALVES, values, strict=False))))
        return (whole if isinstance(whole, Shown) else None), None
    return shown(values[0], part.sign, component), None if component else in_other_unit(values[0], part.sign)


def _pounds(part: Part) -> tuple[Shown | None, Shown | None]:
    """As they were typed, and the kilograms that they are, for whom only those are taken."""
    pounds = part.entries[0].value
    return shown(pounds, Sign.WEIGHT), Shown(plain(in_unit(pounds, "kg", Sign.WEIGHT)), symbol("kg"))
