"""A store with years of readings behind it: put in by the store's own way of inserting, the same from the same number."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Table, text

from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import HALVES, Sign
from maroom.duties.vitals.rows import VitalSignPartRow, VitalSignRow
from maroom.store import driver
from maroom.store.opening import Store

LONG = 120
"""sets of each patient who has a long history; what is left is of people whom nobody opens"""
SIGNS = (
    (Sign.BP, "", (95, 165)),
    (Sign.PULSE, "/min", (50, 110)),
    (Sign.TEMPERATURE, "[degF]", (96, 101)),
    (Sign.BREATHING, "/min", (11, 22)),
    (Sign.SPO2, "%", (93, 100)),
    (Sign.WEIGHT, "[lb_av]", (95, 260)),
    (Sign.HEIGHT, "[in_i]", (58, 76)),
)
_FIRST, _YEARS = datetime(2021, 1, 4, 13, tzinfo=UTC), 5
_TOGETHER = 2000
"""sets put in by one statement"""
_OTHERS = 20_000


def fill(store: Store, readings: int, known: Sequence[str]) -> None:
    """Puts `readings` on record, as if imported, in the order of time; `known` are the patients with a long history."""
    sets = readings // len(SIGNS)
    dice = random.Random(readings)
    whose = [*known] * min(LONG, sets // (2 * len(known)))
    whose += [_id(dice) for _ in range(min(_OTHERS, sets))] * (1 + sets // _OTHERS)
    whose = whose[:sets]
    dice.shuffle(whose)
    step = timedelta(days=365 * _YEARS) / sets
    with store.writer.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
        connection.execute(text("PRAGMA cache_size = -200000"))
        again = _without_indexes(connection, VitalSignRow.table())
        for first in range(0, sets, _TOGETHER):
            made = [_set(dice, whose[at], _FIRST + at * step) for at in range(first, min(first + _TOGETHER, sets))]
            driver.put(connection, VitalSignRow.table(), [row for heads, _ in made for row in heads])
            driver.put(connection, VitalSignPartRow.table(), [row for _, parts in made for row in parts])
        for statement in again:
            connection.execute(text(statement))
        connection.execute(text("PRAGMA cache_size = -2000"))
    with store.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _without_indexes(connection: Any, table: Table) -> list[str]:
    """What makes them again: sorted at once they take a tenth of the time."""
    found = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE tbl_name = :table AND type = 'index' AND sql IS NOT NULL"),
        {"table": table.name},
    ).all()
    for name, _ in found:
        connection.execute(text(f"DROP INDEX {name}"))
    return [sql for _, sql in found]


def _id(dice: random.Random) -> str:
    return str(UUID(int=dice.getrandbits(128), version=4))


def _set(dice: random.Random, patient: str, at: datetime) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    visit, together = VisitRef(_id(dice), patient), _id(dice)
    heads = [_head(dice, visit, together, at, *of) for of in SIGNS]
    return heads, list(_halves(dice, heads[0]["local_id"]))


def _head(
    dice: random.Random, visit: VisitRef, together: str, at: datetime, sign: Sign, unit: str, of: tuple[int, int]
) -> dict[str, Any]:
    value = str(dice.randint(*of))
    number = {"value": Decimal(value), "unit": unit, "entered": value} if unit else {"value": None, "unit": "", "entered": ""}
    return {
        "local_id": _id(dice),
        "revision": 1,
        "act": 1,
        "op": "create",
        "origin": "imported",
        "author": "",
        "recorded": at,
        "recorded_offset": 0,
        "reason": "",
        "patient": visit.patient,
        "visit": visit.visit,
        "set_id": together,
        "sign": sign,
        "status": "final",
        "measured": at,
        "measured_offset": -300,
        "performer": "",
        "performer_name": "Chris Lee",
        **number,
        "absent": "",
        "absent_text": "",
        "qualifiers": {},
        "note": "",
        "derived_from": [],
    }


def _halves(dice: random.Random, local_id: str) -> Iterator[dict[str, Any]]:
    for position, (half, of) in enumerate(zip(HALVES, ((95, 165), (55, 95)), strict=True)):
        value = str(dice.randint(*of))
        yield {
            "local_id": local_id,
            "revision": 1,
            "position": position,
            "component": half,
            "value": Decimal(value),
            "unit": "mm[Hg]",
            "entered": value,
            "absent": "",
            "absent_text": "",
        }
