"""The tour's leg on the vitals page: a set row by row and corrected, one in a line with its repeat, an infant, a series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from maroom.core.names import listed
from maroom.core.people import Opening, Role
from maroom.core.quantity import Quantity
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import Component, Reading, ReadingSet, Sign
from maroom.duties.vitals.presenter.rowing import QUICK
from maroom.duties.vitals.rules.asked import line
from maroom.duties.vitals.rules.shown import in_unit
from maroom.duties.vitals.service import PAGE, Vitals
from maroom.kit import Driver, Entry, Kit, Leg
from maroom.visits.model import VisitStatus
from maroom.visits.rules.age import completed_years

KIND = "vitals"
_GROWN = {"bp": "142/88", "pulse": "72", "temperature": "98.6", "breathing": "16", "spo2": "97", "weight": "84.4 kg"} | {
    "height": "170.2 cm",
    "pain": "3",
}
_CHILD = {"bp": "102/62", "pulse": "92", "temperature": "98.6", "breathing": "20", "spo2": "98", "weight": "25.4 kg"} | {
    "height": "128 cm",
    "pain": "3",
}
_AS_BEFORE = {Sign.WEIGHT: "kg", Sign.HEIGHT: "cm"}
"""signs whose change would be asked about, and the unit that is taken at every age"""
_GROWN_FROM = 12
_CHOICES = ("bp:site", "bp:position", "temperature:site")
_NAMES = {
    Sign.BP: "BP",
    Sign.PULSE: "Pulse",
    Sign.TEMPERATURE: "Temperature",
    Sign.BREATHING: "Breathing",
    Sign.SPO2: "Oxygen",
    Sign.WEIGHT: "Weight",
    Sign.HEIGHT: "Height",
    Sign.LENGTH: "Length",
    Sign.HEAD: "Head",
    Sign.PAIN: "Pain",
    Sign.BMI: "BMI",
    Sign.BP_AVERAGE: "Mean BP",
}
"""as the page names them; what is not here has its own name"""


def drive(driver: Driver) -> None:
    """Somebody who is here already, then three more: a high pressure taken again, an infant, and a series."""
    first = _somebody(driver)
    driver.kit.navigate(PAGE, first)
    driver.picture("vitals-empty")
    _typed_in_rows(driver)
    _taken_again(driver)
    _an_infant(driver)
    _a_series(driver)
    _go_to(driver, first)


def _typed_in_rows(driver: Driver) -> None:
    """A whole set row by row; one value of it put right, one marked as wrong, and the pressure once more."""
    texts = _texts(driver)
    for choice in _CHOICES:
        _choose_first(driver, choice)
    whole = {one.sign: one for one in _chart(driver, texts, "vitals-typed").readings}
    _put_right(driver, whole[Sign.BP], "correction-done", _less(texts["bp"], 2))
    _put_right(driver, whole[Sign.PAIN], "correction-void")
    _chart(driver, {"bp": _less(texts["bp"], 4)}, "vitals-again")
    driver.picture("vitals-saved")


def _taken_again(driver: Driver) -> None:
    """A set in one line; the pressure is high, so that it is taken again after a rest."""
    _go_to(driver, _aged(driver, 40, 60))
    known = _as_known(driver)
    driver.type(QUICK, f"152/94 L lg sit p76 reg 98.6f oral r16 s97 finger ra pain2 {' '.join(known.values())}")
    driver.picture("vitals-line")
    driver.key("Return")
    driver.picture("vitals-line-in-rows")
    driver.press("bp#2:rest")
    driver.picture("vitals-rest")
    driver.press("bp#2:rest")
    _chart(driver, {"bp#2": "146/90"}, "vitals-repeat")
    driver.press("side-visit")
    driver.picture("vitals-mean")
    driver.press("side-trend")


def _an_infant(driver: Driver) -> None:
    """Two months old: weighed in kilograms, measured lying, with the head, on growth charts."""
    _go_to(driver, _infant(driver))
    last = _vitals(driver.kit).last_values(driver.opening)
    tall = _more_than(last, Sign.LENGTH, "57.5") or _more_than(last, Sign.HEIGHT, "57.5")
    weight, head = _more_than(last, Sign.WEIGHT, "5.12"), _more_than(last, Sign.HEAD, "38.9")
    driver.type(QUICK, f"{weight}kg {tall}cm hc{head} 98.9f rectal p138 apical r40 s98 toe ra pain0")
    driver.picture("vitals-infant-line")
    driver.key("Return")
    _chart(driver, {"weight": weight}, "vitals-infant")


def _a_series(driver: Driver) -> None:
    """Lying, then standing: the drop is named while it is typed."""
    _go_to(driver, _aged(driver, 65, 90))
    driver.press("more")
    driver.picture("vitals-more")
    driver.press("more-series")
    driver.press("lies-down")
    for field, text in _SERIES[:3]:
        driver.type(field, text)
    driver.press("stands-up")
    for field, text in _SERIES[3:]:
        driver.type(field, text)
    driver.picture("vitals-series")
    before = len(_sets(driver.kit, driver.opening))
    driver.press("save-series")
    _record_new(driver, before)
    driver.picture("vitals-series-saved")


_SERIES = (
    ("lying.systolic", "138"),
    ("lying.diastolic", "84"),
    ("lying.pulse", "70"),
    ("standing-1.systolic", "116"),
    ("standing-1.diastolic", "74"),
    ("standing-1.pulse", "88"),
    ("standing-3.systolic", "118"),
    ("standing-3.diastolic", "76"),
    ("standing-3.pulse", "86"),
)


# whose page


def _somebody(driver: Driver) -> VisitRef:
    """Whose page is open, else whoever is in a room and can stand to be measured, else anybody of today who can."""
    if driver.opening.visit:
        return driver.opening.visit
    rows = [row for row in driver.kit.visits.today(driver.opening).visits if row.age.removesuffix(" y").isdigit()]
    return min(rows, key=lambda row: row.status is not VisitStatus.ROOMED).visit


def _aged(driver: Driver, least: int, below: int) -> VisitRef:
    """The first of today in these years of life whose page is not open."""
    rows = driver.kit.visits.today(driver.opening).visits
    years = {row.visit: row.age.removesuffix(" y") for row in rows if row.visit != driver.opening.visit}
    return next(visit for visit, age in years.items() if age.isdigit() and least <= int(age) < below)


def _infant(driver: Driver) -> VisitRef:
    return next(row.visit for row in driver.kit.visits.today(driver.opening).visits if row.age == "2 mo")


def _go_to(driver: Driver, visit: VisitRef) -> None:
    driver.kit.navigate(PAGE, visit)
    driver.wait_for(lambda: driver.opening.visit == visit, "the visit was not opened")


# what is typed


def _as_known(driver: Driver) -> dict[str, str]:
    """Weight and height as they were, in the units that are taken at every age."""
    last = _vitals(driver.kit).last_values(driver.opening)
    known = {sign: last[sign].measurement.quantity for sign in _AS_BEFORE if sign in last}
    return {sign.value: f"{in_unit(was, _AS_BEFORE[sign], sign):f} {_AS_BEFORE[sign]}" for sign, was in known.items() if was}


def _more_than(last: Mapping[Sign, Reading], sign: Sign, instead: str) -> str:
    """A little more than the last time, as a child grows; `instead` where there is no last one."""
    was = last[sign].measurement.quantity if sign in last else None
    unit = "kg" if sign is Sign.WEIGHT else "cm"
    return f"{in_unit(was, unit, sign) * _GROWTH:.2f}".rstrip("0").rstrip(".") if was else instead


_GROWTH = Decimal("1.04")


def _texts(driver: Driver) -> dict[str, str]:
    """What suits the age, with weight and height as they were."""
    visit = driver.opening.visit
    assert visit is not None
    born = driver.kit.visits.patient(driver.opening, visit.patient).born
    grown = born is None or completed_years(born, driver.kit.clock.today()) >= _GROWN_FROM
    return (_GROWN if grown else _CHILD) | _as_known(driver)


def _choose_first(driver: Driver, choice: str) -> None:
    """Opens a choice and takes what stands first after the question."""
    driver.press(choice)
    for key in ("Home", "Down", "Return"):
        driver.key(key)


def _less(pressure: str, by: int) -> str:
    upper, lower = pressure.split("/")
    return f"{int(upper) - by}/{lower}"


def _chart(driver: Driver, texts: Mapping[str, str], picture: str) -> ReadingSet:
    """Types a set and saves it by its key."""
    before = len(_sets(driver.kit, driver.opening))
    for key, text in texts.items():
        for field, part in zip((name for name, _ in line(key).fields), text.split("/"), strict=True):
            driver.type(field, part)
    driver.picture(picture)
    driver.key("Ctrl+S")
    return _record_new(driver, before)


def _record_new(driver: Driver, before: int) -> ReadingSet:
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
                "sign": _NAMES.get(reading.sign, reading.sign.value),
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


def _vitals(kit: Kit) -> Vitals:
    return Vitals(kit.write, kit.read, kit.clock)


def _sets(kit: Kit, opening: Opening) -> tuple[ReadingSet, ...]:
    return _vitals(kit).sets(opening)


def _reading(kit: Kit, opening: Opening, reading_id: str) -> Reading:
    return next(one for made in _sets(kit, opening) for one in made.readings if one.id == reading_id)


LEG = Leg(drive, (KIND,), found)
