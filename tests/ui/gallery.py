"""Draws the window with the sample pages into PNG files, to be looked at: python -m tests.ui.gallery --out DIR [--only board]

Offscreen, in every palette, at two type sizes and two window sizes; names each word that has no room.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication

from maroom.app.window.look import Look
from maroom.app.window.states import BannerState, Fact, RailEntry, StateLine
from maroom.app.window.window import Window
from maroom.core.presenter import Presenter
from maroom.ui.dialogs import Answer, ChoiceSheet
from maroom.ui.dress import application, load_fonts
from maroom.ui.hits import Hit
from maroom.ui.labels import Tag
from maroom.ui.messages import Messages
from maroom.ui.page import Attached, Page
from maroom.ui.widgets import Widgets
from tests.ui import samples
from tests.ui.clipped import clipped

PLAIN, LARGE = QSize(1280, 800), QSize(1920, 1080)
LIGHT = Look()
RAIL = (
    RailEntry("today", "Today", "layout-list", "F2"),
    RailEntry("vitals", "Vitals", "heart-pulse", "F3", needs_visit=True),
    RailEntry("prep", "Prep", "list-checks", "F4", needs_visit=True),
    RailEntry("specimens", "Tubes", "test-tubes", "F5", needs_visit=True),
    RailEntry("handouts", "Paper", "file-text", "F6", needs_visit=True),
    RailEntry("sync", "Sync", "refresh-cw", "F8"),
    RailEntry("admin", "Settings", "settings", at_end=True),
    RailEntry("close", "Close day", "clipboard-check", at_end=True),
)
ADULT = BannerState(
    "OKAFOR-REYES, Thomas", ("M", "58 y", "born 2 Feb 1968", "MRN 002981"), "Allergies: penicillin (rash), latex", True,
    room="Room 5", reason="10:20  blood pressure follow-up",
)  # fmt: skip
CHILD = BannerState(
    "GARCIA, María Elena", ("F", "8 mo", "born 14 Mar 2026", "MRN 004417"), "Allergies: none known, asked today", False,
    (Tag("not verified", "warn", mark="warn"),), "same name today: García, Maria E., Room 6", "Room 3", "10:30  well child",
)  # fmt: skip
MANY = BannerState(
    "O'BRIEN-ŁUKASIEWICZ-MONTGOMERY, Niamh Aoife Caoilfhionn Bernadette", ("F", "72 y", "born 30 Jun 1954", "MRN 001730"),
    "Allergies: lidocaine (swelling), iodine (hives), penicillin (rash), latex, peanuts (throat closes), bee stings, "
    "adhesive tape, codeine (sick)", True, (Tag("critical result unanswered", "critical", mark="critical"),),
    "same name today: Room 6", "Procedure room", "11:00  skin biopsy, left forearm, and suture removal of last week",
)  # fmt: skip
STATE = StateLine(
    "Dana R., MA",
    "Station 2",
    (Fact("hard-drive", "saved here 10:41"), Fact("send", "6 to send"), Fact("cloud-off", "server away since 9:55", "warn")),
)
HITS = (
    Hit("user-round", "Garcia, María Elena", "F 8 mo, 14 Mar 2026, Room 3", "", 1),
    Hit("user-round", "García, Maria E.", "F 34 y, 9 Sep 1992, Room 6", "", 2),
    Hit("test-tubes", "Tubes for Garcia, María Elena", "2 to print", "F5", 3),
    Hit("printer", "Garment and gown stock list", "print", "", 4),
)


@dataclass(frozen=True)
class Shot:
    """One picture: what is done to the window before it is taken, and in which look."""

    name: str
    pose: Callable[[Window, Messages], Any]
    look: Look = LIGHT
    size: QSize = PLAIN

    @property
    def file(self) -> str:
        marks = [self.name, *([self.look.palette] if self.look.palette != "light" else [])]
        marks += [f"{round(self.look.type_size * 100)}"] if self.look.type_size != 1.0 else []
        marks += ["wide"] if self.size == LARGE else []
        return "-".join(marks) + ".png"


def page_of(window: Window, key: str, make: Callable[[Widgets], Page[Any, Any]], presenter: Presenter[Any]) -> Page[Any, Any]:
    """A page of the window, at home in every look it takes."""

    def made() -> Page[Any, Any]:
        page = make(window.widgets)
        page.attach(presenter)
        return page

    window.add_page(key, made)
    return window.show_page(key)


def signs_page(widgets: Widgets) -> samples.SignsPage:
    return samples.SignsPage(widgets, samples.SIGNS.signs)


def board(window: Window, messages: Messages) -> Page[Any, Any]:
    window.show_patient(None)
    return page_of(window, "today", samples.BoardPage, samples.BoardPresenter(samples.BOARD))


def vitals(window: Window, messages: Messages) -> Page[Any, Any]:
    window.show_patient(ADULT)
    return page_of(window, "vitals", signs_page, samples.SignsPresenter(samples.SIGNS))


def saved(window: Window, messages: Messages) -> None:
    vitals(window, messages)
    window.show_patient(CHILD)
    messages.said("Saved for María Garcia, 10:41")


def trouble(window: Window, messages: Messages) -> None:
    vitals(window, messages)
    window.show_patient(MANY)
    messages.offer("The label of Garcia was scanned.", "Go to Tubes", messages.clear, "warn")


def clinic(window: Window, messages: Messages) -> Page[Any, Any]:
    window.show_patient(None)
    return page_of(window, "admin", samples.ClinicPage, samples.ClinicPresenter(samples.CLINIC))


def pieces(window: Window, messages: Messages) -> None:
    window.show_patient(None)
    page_of(window, "sync", samples.PiecesPage, Presenter(None))


def command(window: Window, messages: Messages) -> None:
    board(window, messages)
    window.search_with(lambda text: HITS if text else ())
    window.search("gar")


def sheet(window: Window, messages: Messages) -> None:
    page = board(window, messages)
    rooms = (
        Answer("1", "Room 1", "ready since 10:31"),
        Answer("2", "Room 2", "occupied", on=False),
        Answer("8", "Room 8", "tray set"),
    )
    ChoiceSheet(window.widgets, "room").ask(page, "Which room?", "Lindqvist, Åsa has been waiting for 4 min.", rooms)


def keys(window: Window, messages: Messages) -> None:
    board(window, messages)
    window.show_keys()


def sign_in(window: Window, messages: Messages) -> None:
    board(window, messages)
    cover = samples.SignInCover(window.widgets)
    cover.attach(Presenter("12"))
    window.cover(cover)


POSES = (board, vitals, saved, trouble, clinic, pieces, command, sheet, keys, sign_in)


def shots() -> Iterator[Shot]:
    for pose in POSES:
        yield Shot(pose.__name__, pose)
        yield Shot(pose.__name__, pose, Look("light", 1.5))
    for pose in (board, vitals, saved, trouble, clinic, pieces):
        yield Shot(pose.__name__, pose, Look("dark"))
        yield Shot(pose.__name__, pose, Look("contrast"))
        yield Shot(pose.__name__, pose, size=LARGE)
        yield Shot(pose.__name__, pose, Look("light", 1.75), LARGE)


def window_of(app: QApplication, look: Look, size: QSize, messages: Messages) -> Window:
    """A window with everything on it but a page."""
    window = Window(app, RAIL, lambda: "10:42", messages, look, size)
    window.show_state(STATE)
    window.show_counts({"prep": 3, "specimens": 2, "sync": 6})
    return window


def settle(app: QApplication, window: Window) -> None:
    window.show()
    for _ in range(4):
        app.processEvents()


def drop(app: QApplication, window: Window) -> None:
    """Closed, and gone at once: no page, presenter or timer of it stays."""
    window.close()
    for view in window.findChildren(Attached):
        view.detach()
    window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def draw(app: QApplication, shot: Shot, out: Path) -> None:
    messages = Messages()
    window = window_of(app, shot.look, shot.size, messages)
    shot.pose(window, messages)
    settle(app, window)
    if window.size() != shot.size:
        print(f"{shot.file}: the window grew to {window.size().toTuple()}", file=sys.stderr)
    for words in clipped(window):
        print(f"{shot.file}: no room for: {words}", file=sys.stderr)
    window.grab().save(str(out / shot.file))
    drop(app, window)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--only", default="")
    args = asked.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    app = application()
    load_fonts()
    for shot in shots():
        if args.only in shot.file:
            draw(app, shot, args.out)


if __name__ == "__main__":
    main()
