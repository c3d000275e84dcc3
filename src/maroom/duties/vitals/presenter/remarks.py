"""What is computed and told in a row where there is nothing to find: index, category, percentile, change of weight. Pure."""

from __future__ import annotations

from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import Reading, Sign
from maroom.duties.vitals.presenter.around import Around
from maroom.duties.vitals.presenter.form import Form
from maroom.duties.vitals.presenter.state import Remark
from maroom.duties.vitals.rules.asked import Line
from maroom.duties.vitals.rules.body_mass import body_mass_category
from maroom.duties.vitals.rules.derived import TALL, indices, place
from maroom.duties.vitals.rules.grown import MEASURES
from maroom.duties.vitals.rules.growth.places import Place
from maroom.duties.vitals.rules.growth.words import percentile_words
from maroom.duties.vitals.rules.shown import in_unit, plain, short
from maroom.duties.vitals.rules.signs import symbol

PLACE = "percentile"


def remark(form: Form, of: Line, quantity: Quantity | None, around: Around) -> Remark | None:
    """The most useful one: of a child its percentile, of a grown height the index, of a grown weight the change."""
    if quantity is None or of.sign not in MEASURES:
        return None
    found = place(MEASURES[of.sign], {of.sign: quantity}, around.subject, around.day)
    if isinstance(found, Place):
        return Remark(PLACE, percentile_words(found.percentile), found.standard)
    if of.sign is Sign.HEIGHT:
        return _index(form, around)
    last = around.last.get(of.sign)
    return _change(quantity, last) if last and of.sign is Sign.WEIGHT else None


def _index(form: Form, around: Around) -> Remark | None:
    values = {sign: value for sign in (Sign.WEIGHT, *TALL) if (value := around.quantity(form, sign))}
    found = next((one.quantity for one, _ in indices(values, around.subject, around.day) if one.sign is Sign.BMI), None)
    return Remark("bmi", plain(found.value), body_mass_category(found.value, around.age)) if found else None


def _change(quantity: Quantity, last: Reading) -> Remark | None:
    before = last.measurement.quantity
    if before is None:
        return None
    change = in_unit(quantity, quantity.unit, Sign.WEIGHT) - in_unit(before, quantity.unit, Sign.WEIGHT)
    code = "same" if not change else "up" if change > 0 else "down"
    return Remark(code, short(abs(change)), symbol(quantity.unit))
