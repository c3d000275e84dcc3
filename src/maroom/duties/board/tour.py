"""The tour's legs at the board: somebody arrives and is taken to a room; later the way out, the turnover, and a walk-in."""

from __future__ import annotations

from collections.abc import Iterator

from maroom.core.names import fold, listed
from maroom.core.people import Opening, Role
from maroom.core.visit import VisitRef
from maroom.kit import Driver, Entry, Kit, Leg
from maroom.visits.model import OVER, BoardRow, Move, Visit, VisitStatus

KIND = "room_move"


def into_a_room(driver: Driver) -> None:
    """Arrives by Enter on the row, is undone and arrives again, goes to the room that is offered; then the visit is opened."""
    driver.picture("board")
    who = next(row for row in _shown(driver) if row.status is VisitStatus.EXPECTED and row.age.removesuffix(" y").isdigit())
    _go_to(driver, who.visit)
    _move(driver, who.visit, "Return", VisitStatus.ARRIVED)
    driver.press("undo")
    _wait(driver, who.visit, VisitStatus.EXPECTED)
    _go_to(driver, who.visit)
    _move(driver, who.visit, "Return", VisitStatus.ARRIVED)
    driver.picture("board-arrived")
    _move(driver, who.visit, "Return", VisitStatus.ROOMED)
    driver.picture("board-roomed")
    _record(driver, who.visit)
    driver.key("Space")
    driver.wait_for(lambda: driver.opening.visit == who.visit, "the visit was not opened")


def out_again(driver: Driver) -> None:
    """From whatever page: ready, with the provider, out; the room is cleaned, and somebody walks in."""
    driver.key("F2")
    driver.wait_for(lambda: driver.opening.visit is None, "the board was not opened")
    who = next(row for row in _shown(driver) if row.status is VisitStatus.ROOMED)
    before = len(_visit(driver.kit, driver.opening, who.visit).moves)
    _go_to(driver, who.visit)
    for status in (VisitStatus.READY, VisitStatus.WITH_PROVIDER, VisitStatus.OUT):
        _move(driver, who.visit, "Return", status)
    _record(driver, who.visit, before)
    driver.picture("board-dirty")
    for _turn in ("clean", "ready"):
        driver.press(f"room-{who.room.id if who.room else ''}")
    _walk_in(driver)


def _walk_in(driver: Driver) -> None:
    """Somebody of today, in for a second time; found without the marks on her name's letters."""
    name = next(name for row in _shown(driver) if (name := fold(row.name.family)).isascii())
    known = {row.visit for row in driver.kit.visits.today(driver.opening).visits}
    driver.press("add")
    driver.type("find", name)
    driver.picture("add-a-visit")
    driver.press("hit-0")
    driver.type("reason", "Ear pain since this morning")
    driver.press("add-visit-done")
    added = next(row.visit for row in driver.kit.visits.today(driver.opening).visits if row.visit not in known)
    _record(driver, added)
    driver.picture("board-walk-in")


# by keyboard


def _shown(driver: Driver) -> list[BoardRow]:
    """Those who have gone are folded."""
    return [row for row in driver.kit.visits.today(driver.opening).visits if row.status not in OVER]


def _go_to(driver: Driver, visit: VisitRef) -> None:
    driver.key("Home")
    for _row in range([row.visit for row in _shown(driver)].index(visit)):
        driver.key("Down")


def _move(driver: Driver, visit: VisitRef, key: str, to: VisitStatus) -> None:
    driver.key(key)
    _wait(driver, visit, to)


def _wait(driver: Driver, visit: VisitRef, to: VisitStatus) -> None:
    driver.wait_for(lambda: _visit(driver.kit, driver.opening, visit).status is to, f"the visit is not {to}")


# the account


def _visit(kit: Kit, opening: Opening, ref: VisitRef) -> Visit:
    return kit.visits.visit(Opening(opening.author, ref, opening.id))


def _record(driver: Driver, ref: VisitRef, before: int = 0) -> None:
    """Every move of the visit from the one of that number on."""
    for entry in _entries(driver.kit, driver.opening, ref, before):
        driver.record(entry)


def _entries(kit: Kit, opening: Opening, ref: VisitRef, before: int = 0) -> Iterator[Entry]:
    name = listed(kit.visits.patient(opening, ref.patient).name)
    moves = _visit(kit, opening, ref).moves
    yield from (_entry(ref, name, number, move) for number, move in enumerate(moves) if number >= before and move.by)


def _entry(ref: VisitRef, name: str, number: int, move: Move) -> Entry:
    """An undoing is told as the amendment that it is."""
    room = move.room.name if move.room else ""
    return {
        "kind": KIND,
        "id": f"{ref.visit}/{number}",
        "visit": ref.visit,
        "patient": ref.patient,
        "patient_name": name,
        "status": "amended" if move.undo else "final",
        "values": [{"sign": "Stands", "value": str(move.status), "unit": ""}, {"sign": "Room", "value": room, "unit": ""}],
        "time": move.at.iso(),
    }


def found(kit: Kit, entry: Entry) -> bool:
    """Whether the move stands in the store as it was noted."""
    author = next(who for who in kit.people.present() if who.role is Role.ASSISTANT).author()
    return any(entry == kept for kept in _entries(kit, Opening(author), VisitRef(entry["visit"], entry["patient"])))


IN = Leg(into_a_room, (KIND,), found)
OUT = Leg(out_again)
