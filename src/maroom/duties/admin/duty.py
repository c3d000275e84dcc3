"""The admin page as a duty: the sections of its own, and those that the other duties offer."""

from __future__ import annotations

from collections.abc import Sequence

from maroom.core.people import Opening, Right
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.kit import Duty, Kit, Offers, Page, Section, page
from maroom.visits.model import RoomState

PAGE = "admin"
STATION, CLINIC, PEOPLE, SERVER = "station", "clinic", "people", "server"


def _offers(kit: Kit) -> Offers:
    """The station comes first: a change of its look makes the page anew, which then shows the first section."""
    del kit
    return Offers(
        sections=(
            Section(STATION, QT_TRANSLATE_NOOP("Section", "Station"), Right.CLINIC, _station),
            Section(CLINIC, QT_TRANSLATE_NOOP("Section", "Clinic"), Right.CLINIC, _clinic),
            Section(PEOPLE, QT_TRANSLATE_NOOP("Section", "People"), Right.CLINIC, _people),
            Section(SERVER, QT_TRANSLATE_NOOP("Section", "Server"), Right.UPKEEP, _server),
        )
    )


def _station(kit: Kit) -> Page:
    from maroom.duties.admin.presenter import StationPresenter
    from maroom.duties.admin.view import StationView

    view = StationView(kit.look, kit.messages)
    return page(STATION, view, lambda opening: StationPresenter(opening, kit.settings, kit.messages))


def _clinic(kit: Kit) -> Page:
    from maroom.duties.admin.presenter import ClinicPresenter
    from maroom.duties.admin.view import ClinicView

    def in_use(opening: Opening) -> frozenset[str]:
        return frozenset(room.room.id for room in kit.visits.rooms(opening) if room.state is RoomState.OCCUPIED)

    view = ClinicView(kit.look, kit.messages)
    return page(CLINIC, view, lambda opening: ClinicPresenter(opening, kit.settings, kit.messages, in_use))


def _people(kit: Kit) -> Page:
    from maroom.duties.admin.presenter import PeoplePresenter
    from maroom.duties.admin.view import PeopleView

    view = PeopleView(kit.look)
    return page(PEOPLE, view, lambda opening: PeoplePresenter(opening, kit.people, kit.messages, kit.changes))


def _server(kit: Kit) -> Page:
    from maroom.duties.admin.presenter.server import Around, ServerPresenter
    from maroom.duties.admin.view import ServerView

    around = Around(kit.settings, kit.connection, kit.jobs, kit.messages, kit.clock)
    return page(SERVER, ServerView(kit.look, kit.messages), lambda opening: ServerPresenter(opening, around))


def _build(kit: Kit, gathered: Sequence[Offers]) -> Page:
    """Its own sections first, then those of the other duties in their order."""
    from maroom.duties.admin.presenter import AdminPresenter, Sections
    from maroom.duties.admin.view import AdminView

    every = [section for offers in gathered for section in offers.sections]
    own = (STATION, CLINIC, PEOPLE, SERVER)
    sections = Sections(sorted(every, key=lambda section: section.key not in own), lambda section: section.build(kit))
    return page(PAGE, AdminView(kit.look, sections.view), lambda opening: AdminPresenter(opening, sections))


DUTY = Duty(
    key=PAGE,
    title=QT_TRANSLATE_NOOP("Duty", "Settings"),
    icon="settings",
    right=Right.CLINIC,
    needs_visit=False,
    shortcut="",
    offers=_offers,
    build=_build,
    view="maroom.duties.admin.view",
    at_end=True,
)
