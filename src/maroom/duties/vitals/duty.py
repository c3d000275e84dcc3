"""The vitals page as a duty of the clinic."""

from __future__ import annotations

from collections.abc import Sequence

from maroom.core.people import Right
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.vitals.service import PAGE, exchange
from maroom.kit import Duty, Kit, Offers, Page


def _offers(kit: Kit) -> Offers:
    return Offers(exchanges=(exchange(lambda: kit.settings.clinic.namespace),))


def _build(kit: Kit, gathered: Sequence[Offers]) -> Page:
    raise NotImplementedError


DUTY = Duty(
    key=PAGE,
    title=QT_TRANSLATE_NOOP("Duty", "Vitals"),
    icon="heart-pulse",
    right=Right.CHART,
    needs_visit=True,
    shortcut="F3",
    offers=_offers,
    build=_build,
)
