"""The growth chart of the row at hand. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from maroom.duties.vitals.model import Reading, Sign
from maroom.duties.vitals.presenter.around import Around
from maroom.duties.vitals.presenter.form import Form
from maroom.duties.vitals.rules.asked import Line
from maroom.duties.vitals.rules.derived import TALL
from maroom.duties.vitals.rules.grown import MEASURES
from maroom.duties.vitals.rules.growth.drawing import Drawing, drawing
from maroom.duties.vitals.rules.growth.figures import Measure
from maroom.duties.vitals.rules.growth.measured import Measured, by_days, with_sign


def chart(form: Form, of: Line, around: Around, history: Callable[[Sign], Sequence[Reading]]) -> Drawing | None:
    """None where the sign has no chart at this age."""
    measure = MEASURES.get(of.sign)
    if measure is None:
        return None
    signs = TALL if measure is Measure.LENGTH else (of.sign,)
    before = by_days(reading for sign in signs for reading in history(sign))
    value = around.quantity(form, of.sign)
    now = with_sign(Measured(around.day), of.sign, value) if value else None
    found = drawing(measure, around.subject, around.day, before, now)
    return found if isinstance(found, Drawing) else None
