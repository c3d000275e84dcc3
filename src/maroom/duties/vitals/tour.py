"""The tour's leg on the vitals page: a whole set, a value of it put right, another marked as wrong, and the pressure again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from maroom.core.names import listed
from maroom.core.people import Opening, Role
from maroom.core.quantity import Quantity
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import Component, Reading, ReadingSet, Sign
from maroom.duties.vitals.service import PAGE, Vitals
from maroom.kit import Driver, Entry, Kit, Leg
from maroom.visits.model import VisitStatus

KIND = "vitals"
_WHOLE = {
    "bp.systolic": "142/",
    "bp.diastolic": "88",
    "pulse": "72",
    "temperature": "98.6",
    "breathing": "16",
    "spo2": "97",
    "weight": "186",
    "height": "5'7\"",
    "pain": "3",
}
_AGAIN = {"bp.systolic": "138/", "bp.diastolic": "84"}
_NAMES = {
    Sign.BP: "BP",
    Sign.PULSE: "Pulse",
    Sign.TEMPERATURE: "Temperature",
    Sign.BREATHING: "Breathing",
    Sign.SPO2: "Oxygen",
    Sign.WEIGHT: "Weight",
    Sign.HEIGHT: "Height",
    Sign.PAIN: "Pain",
}
"""as the page names them"""


def drive(driver: Driver) -> None:
    driver.kit.navigate(PAGE, _grown_up_here(driver))
    driver.picture("vitals-empty")
    whole = {one.sign: one for one in _chart(driver, _WHOLE, "vitals-typed").readings}
    _put_right(driver, whole[Sign.BP], "correction-done", "140/88")
    _put_right(driver, whole[Sign.PAIN], "correction-void")
    _chart(driver, _AGAIN, "vitals-again")
    driver.picture("vitals-saved")


def _grown_up_here(driver: Driver) -> VisitRef:
    """Whose page is open, else a grown-up who is in a room, else any grown-up of today."""
    if driver.opening.visit:
        return driver.opening.visit
    rows = [row for row in driver.kit.visits.today(driver.opening).visits if row.age.removesuffix(" y").isdigit()]
    return min(rows, key=lambda row: row.status is not VisitStatus.ROOMED).visit


def _chart(driver: Driver, texts: Mapping[str, str], picture: str) -> ReadingSet:
    """Types a set and saves it by its key."""
    before = len(_sets(driver.kit, driver.opening))
    for field, text in texts.items():
        driver.type(field, text)
    driver.picture(picture)
    driver.key("Ctrl+S")
    driver.wait_for(lambda: len(_sets(driver.kit, driver.opening)) > before, "the set was not saved")
    made = _sets(driver.kit, driver.opening)[0]
    driver.record(_entry(driver.kit, driver.opening, made.id, made.readings))
    return made


def _put_right(driver: Driver, reading: Reading, done: str, text: str = "") -> None:
    """By the step of the newest set, its list of readings and the sheet."""
    driver.press("step")
    driver.press(reading.id)
    if text:
        driver.type("new-value", text)
    driver.type("new-reason", "typed the wrong number")
    driver.picture(f"vitals-{done}")
    driver.press(done)
    driver.record(_entry(driver.kit, driver.opening, reading.id, (_reading(driver.kit, driver.opening, reading.id),)))


# the account


def _entry(kit: Kit, opening: Opening, record_id: str, readings: tuple[Reading, ...]) -> Entry:
    visit = readings[0].visit
    return {
        "kind": KIND,
        "id": record_id,
        "visit": visit.visit,
        "patient": visit.patient,
        "patient_name": listed(kit.visits.patient(opening, visit.patient).name),
        "status": str(readings[0].status),
        "values": [value for reading in readings for value in _values(reading)],
        "time": readings[0].measured.iso(),
    }


def _values(reading: Reading) -> Iterator[dict[str, Any]]:
    what = reading.measurement
    own: dict[Component | None, Any] = {None: what.value}
    for part, value in (own | dict(what.parts)).items():
        if isinstance(value, Quantity):
            yield {
                "sign": _NAMES[reading.sign],
                "part": str(part or ""),
                "position": what.qualifiers.get("position", ""),
                "value": f"{value.value:f}",
                "unit": value.unit,
            }


def found(kit: Kit, entry: Entry) -> bool:
    """Whether it stands in the store as it was noted. A set is compared with what its readings were before any correction."""
    author = next(who for who in kit.people.present() if who.role is Role.ASSISTANT).author()
    opening = Opening(author, VisitRef(entry["visit"], entry["patient"]))
    for made in _sets(kit, opening):
        first = tuple((one.replaced or (one,))[0] for one in made.readings)
        if made.id == entry["id"]:
            return _entry(kit, opening, made.id, first) == entry
        for one in made.readings:
            if one.id == entry["id"]:
                return _entry(kit, opening, one.id, (one,)) == entry
    return False


def _sets(kit: Kit, opening: Opening) -> tuple[ReadingSet, ...]:
    return Vitals(kit.write, kit.read, kit.clock).sets(opening)


def _reading(kit: Kit, opening: Opening, reading_id: str) -> Reading:
    return next(one for made in _sets(kit, opening) for one in made.readings if one.id == reading_id)


LEG = Leg(drive, (KIND,), found)
