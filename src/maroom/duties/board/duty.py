"""The board as a duty of the clinic: the page that everybody begins and ends with."""

from __future__ import annotations

from collections.abc import Sequence

from maroom.core.people import Opening, Right
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.kit import Duty, Kit, Offers, Page, page

PAGE = "today"


def _offers(kit: Kit) -> Offers:
    del kit
    return Offers()


def _build(kit: Kit, gathered: Sequence[Offers]) -> Page:
    from maroom.duties.board.presenter import BoardPresenter, Recent
    from maroom.duties.board.view import BoardView

    del gathered
    recent = Recent()

    def make(opening: Opening) -> BoardPresenter:
        around = (kit.clock, kit.messages, kit.navigate, kit.changes)
        return BoardPresenter(opening, kit.visits, _limit(kit), *around, recent, unfolded=kit.look.wide)

    return page(PAGE, BoardView(kit.look), make)


def _limit(kit: Kit) -> int:
    return kit.settings.clinic.waiting_limit


DUTY = Duty(
    key=PAGE,
    title=QT_TRANSLATE_NOOP("Duty", "Today"),
    icon="layout-list",
    right=Right.READ,
    needs_visit=False,
    shortcut="F2",
    offers=_offers,
    build=_build,
    view="maroom.duties.board.view",
)
