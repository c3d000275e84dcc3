"""The same from a real HAPI server: pages, changes, removals, and all held against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from maroom.sync.pull.finding import Wanted, candidates
from maroom.sync.pull.scope import Scope
from tests.builders import opening
from tests.servers.hapis import Hapi
from tests.sync.pull.conftest import StartStation
from tests.sync.station import allergy, appointment, change, patient, seed, weight


@dataclass
class AsPeer:
    """It lets everybody write everything, so there is nothing to turn on before data is put there."""

    hapi: Hapi

    @property
    def base(self) -> str:
        return self.hapi.base

    def ask(self, *what: Any, **headers: str) -> Any:
        return self.hapi.ask(*what, **headers)

    def tell(self, *_what: Any) -> Any:
        return {"readOnlyTypes": []}

    def set(self, **_settings: Any) -> None:
        pass


def test_a_day_comes_down_from_hapi(hapi: Hapi, stations: StartStation) -> None:
    server: Any = AsPeer(hapi)
    people = {name: seed(server, patient(name=[{"family": name}])) for name in ("Ruiz", "Vega")}
    for hour, whose in zip(("09", "10"), people.values(), strict=True):
        seed(server, appointment(whose, f"2026-11-24T{hour}:00:00-05:00"))
    readings = [seed(server, weight(people["Ruiz"], 60 + day, f"2026-10-0{day}T09:00:00Z")) for day in range(1, 6)]
    seed(server, allergy(people["Vega"]))
    here = stations(server, count=2)
    pulled = here.receive()
    assert (pulled.complete, pulled.received.new, len(pulled.charts), pulled.unanswered, pulled.strangers) == (
        True,
        10,
        2,
        {},
        {},
    )
    assert [row.name.family for row in here.visits.today(opening()).visits] == ["Ruiz", "Vega"]
    assert here.here("Observation") == {one.partition("/")[2] for one in readings}
    again = here.receive().received
    assert (again.new, again.changed) == (0, 0)
    hapi.ask("DELETE", f"/{readings[0]}")
    change(server, readings[1], note=[{"text": "x"}])
    pulled = here.receive()
    assert (pulled.gone, pulled.received.changed) == ((here.local(readings[0]),), 1)
    assert here.pull().reconcile(Scope.of_today(here.clock)) == ()
    (found,) = candidates(here.client, here.unit, Wanted(family="ruiz", birth="1968-02-02"))
    assert found.local_id == here.local(people["Ruiz"])
