"""Type-ahead among 200,000 patients: from the text of the key press to rows in hand, beside a bare scan of the same names."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from maroom.access import service as access
from maroom.core.people import SYSTEM, Opening, Right
from maroom.core.settings import Clinic
from maroom.store.base import Origin
from maroom.store.unit_of_work import Act
from maroom.sync.intake import Intake
from maroom.visits import service as visits
from maroom.visits.service import Visits
from tests.bench.figures import line, milliseconds
from tests.builders import DANA, SetClock, unit_of_work

PATIENTS = 200_000
FAMILY = (
    "Garcia", "Smith", "Nguyen", "Łukasiewicz", "Okafor", "Weiß", "Johnson", "Đào",
    "Müller", "Kim", "O'Brien", "Patel", "Haddad", "Ivanov", "Lindqvist",
)  # fmt: skip
GIVEN = (
    "María", "Anna", "Bao", "Jan", "Thomas", "Wei", "John", "Ánh", "Lena",
    "Min-jun", "Niamh", "Priya", "Ahmad", "Olga", "Åsa", "Peter", "Ruth",
)  # fmt: skip
TYPED = (
    "g",
    "ga",
    "gar",
    "garcia",
    "garcia m",
    "luk",
    "o'br",
    "nguyen b",
    "2 feb 1968",
    "1968-02-02",
    "MRN 1234",
    "x",
    "smith an",
)


def lines() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, unit_of_work(Path(folder), SetClock()) as unit:
        intake = Intake(unit, (*access.exchanges(), *visits.exchanges()), "bench")
        intake.take(_people(random.Random(7)), Origin.IMPORTED, Act(SYSTEM, "import", Right.UPKEEP))
        found = Visits(unit, SetClock(), Clinic)
        opening = Opening(DANA)
        ours = [taken for typed in TYPED for taken in milliseconds(lambda typed=typed: found.find(opening, typed, 50), 40, 5)]
        with unit.glance() as session:
            connection = session.connection()
            scan = "SELECT count(*) FROM patient_card WHERE family || ' ' || given LIKE ?"
            bare = [
                taken
                for typed in TYPED
                for taken in milliseconds(lambda typed=typed: connection.exec_driver_sql(scan, (f"%{typed}%",)).scalar(), 3, 1)
            ]
    yield line(f"search among {PATIENTS:,} patients", ours, bare, "a bare scan by LIKE")


def _people(dice: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(PATIENTS):
        yield {
            "resourceType": "Patient",
            "id": f"p{number}",
            "identifier": [{"type": {"coding": [{"code": "MR"}]}, "system": "urn:bench", "value": f"{number:06}"}],
            "name": [
                {
                    "family": f"{dice.choice(FAMILY)}{dice.choice(('', '', '-Lee'))}",
                    "given": [dice.choice(GIVEN), dice.choice(GIVEN)],
                }
            ],
            "gender": dice.choice(("female", "male")),
            "birthDate": f"{dice.randint(1930, 2025)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
        }
