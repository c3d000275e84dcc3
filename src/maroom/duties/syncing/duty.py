"""The sync as a duty of the clinic: what goes to its server and what a person has to decide about it."""

from __future__ import annotations

from collections.abc import Sequence

from maroom.core.people import Opening, Right
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.kit import Duty, Kit, Offers, Page, page

PAGE = "syncing"


def _offers(kit: Kit) -> Offers:
    del kit
    return Offers()


def _build(kit: Kit, gathered: Sequence[Offers]) -> Page:
    from maroom.duties.syncing.presenter import Ports, SyncPresenter
    from maroom.duties.syncing.view import SyncView

    mendings = {one.kind: one for offers in gathered for one in offers.mendings}

    def names() -> dict[str, str]:
        return {who.id: who.name for who in kit.people.everyone()}

    def make(opening: Opening) -> SyncPresenter:
        around = (kit.clock, kit.messages, kit.navigate, kit.changes, names, mendings, kit.signing, kit.jobs, kit.export)
        return SyncPresenter(opening, Ports(kit.sync, kit.records(), kit.settings, *around))

    return page(PAGE, SyncView(kit.look, kit.clock, kit.messages), make)


DUTY = Duty(
    key=PAGE,
    title=QT_TRANSLATE_NOOP("Duty", "Sync"),
    icon="refresh-cw",
    right=Right.CHART,
    needs_visit=False,
    shortcut="F8",
    offers=_offers,
    build=_build,
    view="maroom.duties.syncing.view",
)
