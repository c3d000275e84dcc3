"""A real HAPI server that was put back from an earlier copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maroom.duties.vitals.model import Sign
from tests.builders import opening
from tests.duties.vitals.build import measured
from tests.servers.hapis import Hapi
from tests.sync.pull.test_hapi import AsPeer
from tests.sync.station import got, station
from tests.visits.build import new

_TYPES = ("Patient", "Encounter", "Observation", "Provenance")


def test_what_hapi_lost_goes_up_again(hapi: Hapi, tmp_path: Path) -> None:
    """A reading that is not there any more, and one of which there is the first version."""
    server: Any = AsPeer(hapi)
    with station(tmp_path / "a", server) as here:
        visit = here.visits.add_visit(opening(), here.visits.register(opening(), new()).id, "Cough")
        (amended,) = here.chart(visit.ref, measured(Sign.WEIGHT, "186"))
        assert here.sync().clean
        copy = [one for rtype in _TYPES for one in hapi.search(rtype)]
        here.vitals.amend(here.page(visit.ref), amended, 1, measured(Sign.WEIGHT, "185"), "typed wrong")
        (lost,) = here.chart(visit.ref, measured(Sign.WEIGHT, "184"))
        assert here.sync().clean
        count = len(hapi.search("Observation"))
        hapi.empty()
        for one in copy:
            assert hapi.ask("PUT", f"/{one['resourceType']}/{one['id']}", one).status == 201
        account = here.sync()
        assert (account.set_back, account.ended, account.clean) == (("server",), "", True)
        assert account.again > 0
        for reading, value in ((amended, 185), (lost, 184)):
            assert float(got(server, f"/{here.mirrored_address(reading)}")["valueQuantity"]["value"]) == value
        assert len(hapi.search("Observation")) == count
        assert here.conflicts.listed(opening()) == ()
        again = here.sync()
        assert (again.set_back, again.sent, again.again) == ((), 0, 0)


def test_a_change_of_what_hapi_lost_makes_it_anew_and_is_told(hapi: Hapi, tmp_path: Path) -> None:
    """Another one came later and is there: a look at the last alone does not tell it."""
    server: Any = AsPeer(hapi)
    with station(tmp_path / "a", server) as here:
        visit = here.visits.add_visit(opening(), here.visits.register(opening(), new()).id, "Cough")
        (lost,) = here.chart(visit.ref, measured(Sign.WEIGHT, "186"))
        assert here.sync().clean
        here.chart(visit.ref, measured(Sign.PULSE, "72"))
        assert here.sync().clean
        address = here.mirrored_address(lost)
        copy = [one for rtype in _TYPES for one in hapi.search(rtype) if address not in str(one) and one["id"] != lost]
        hapi.empty()
        for one in copy:
            assert hapi.ask("PUT", f"/{one['resourceType']}/{one['id']}", one).status == 201
        here.vitals.amend(here.page(visit.ref), lost, 1, measured(Sign.WEIGHT, "185"), "typed wrong")
        account = here.sync()
        assert account.made_again + account.again >= 1
        assert float(got(server, f"/{address}")["valueQuantity"]["value"]) == 185
        assert account.clean
