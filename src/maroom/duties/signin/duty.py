"""The sign-in page as the window asks for it. It stands over all pages and is not on the rail."""

from __future__ import annotations

from collections.abc import Callable

from maroom.core.drafts import Draft
from maroom.core.people import Author, Opening
from maroom.duties.signin.presenter import SignInPresenter
from maroom.kit import Kit, Page


def build(kit: Kit, signed_in: Callable[[Author], None]) -> Page:
    """`signed_in` is told who it is. The page is opened for whoever sat here last, or for the system where nobody did."""
    from maroom.duties.signin.view import SignInView

    view = SignInView(kit.look)

    def opened(opening: Opening) -> None:
        view.attach(_presenter(kit, signed_in, opening.author.staff))

    return Page(view, opened, _nothing_kept, _nothing_to_resume)


def _presenter(kit: Kit, signed_in: Callable[[Author], None], last: str) -> SignInPresenter:
    place = (kit.settings.clinic.name, kit.settings.station.name)
    around = (kit.clock, kit.jobs, kit.messages, kit.changes)
    return SignInPresenter(place, kit.people, kit.drafts.counts, *around, signed_in=signed_in, last=last)


def _nothing_kept() -> Draft | None:
    """A PIN is kept nowhere."""
    return None


def _nothing_to_resume(draft: Draft) -> None:
    del draft
