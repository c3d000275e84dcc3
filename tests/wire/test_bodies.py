"""What goes out is FHIR R4 and US Core: every kind of body, handed to a server that checks it."""

from __future__ import annotations

import pytest

from maroom.duties.vitals.model import Sign
from maroom.fhir.exchange import Resource
from tests.servers.peers import Peer
from tests.wire.judged import US_CORE, claiming, r4_profile, refused, us_core_profile
from tests.wire.others import others
from tests.wire.readings import kinds

KINDS = kinds()
CORE_5 = (f"{US_CORE}us-core-blood-pressure",)
"""profiles of US Core that come with the server"""


def readings(sign: Sign, *profiles: str) -> dict[str, Resource]:
    of_sign = (kind for kind in KINDS if kind.measurement.sign is sign)
    return {kind.name: claiming(kind.body(), *profiles) for kind in of_sign}


@pytest.mark.parametrize("sign", Sign)
def test_every_kind_of_reading_is_fhir(r4: Peer, sign: Sign) -> None:
    known = us_core_profile(sign) in CORE_5
    assert refused(r4, readings(sign, r4_profile(sign), us_core_profile(sign) if known else "")) == {}


@pytest.mark.parametrize("sign", [sign for sign in Sign if us_core_profile(sign)])
def test_every_kind_of_reading_is_us_core(us_core: Peer, sign: Sign) -> None:
    if us_core_profile(sign).endswith("average-blood-pressure") and "6.1.0" in str(us_core.wish.profiles):
        pytest.skip("US Core 6.1.0 has no average")
    assert refused(us_core, readings(sign, us_core_profile(sign))) == {}


def test_what_else_goes_out_is_fhir(r4: Peer) -> None:
    assert refused(r4, others()) == {}


# the server does check


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"category": []}, "category"),
        ({"status": "done"}, "status"),
        ({"subject": None}, "subject"),
        ({"effectiveDateTime": None}, "effective"),
        ({"bogus": 1}, "bogus"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_is_wrong_is_found(r4: Peer, wrong: Resource, said: str) -> None:
    good = next(kind for kind in KINDS if kind.name == "pulse in /min").body()
    body = {name: part for name, part in (good | wrong).items() if part not in (None, [])}
    found = refused(r4, {"wrong": claiming(body, r4_profile(Sign.PULSE))})
    assert said in str(found["wrong"])


def test_us_core_knows_its_units(us_core: Peer) -> None:
    body = next(kind for kind in KINDS if kind.name == "pulse in /min").body()
    body["valueQuantity"] |= {"code": "{beats}/min"}
    assert refused(us_core, {"wrong": claiming(body, us_core_profile(Sign.PULSE))}) != {}
