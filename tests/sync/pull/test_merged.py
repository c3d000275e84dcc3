"""A patient whom the server merged into another while she was charted here: all follows the survivor, and it is said."""

from __future__ import annotations

from dataclasses import replace

from maroom.core.drafts import Draft, DraftKey
from maroom.duties.vitals.model import Sign
from maroom.store import check
from maroom.store.drafts import Drafts
from maroom.store.opening import STORE
from maroom.visits.model import NewAllergy, Visit
from tests.builders import DANA, KEY, opening
from tests.duties.vitals.build import measured
from tests.servers.peers import Peer
from tests.sync.station import Station, allergy, appointment, change, got, patient, seed


def merged(server: Peer, double: str, survivor: str) -> None:
    change(server, double, active=False, link=[{"other": {"reference": survivor}, "type": "replaced-by"}])


def arrived(here: Station) -> Visit:
    (row,) = here.visits.today(opening()).visits
    return here.visits.arrive(opening(), row.visit, here.visits.visit(here.page(row.visit)).revision)


def test_all_that_was_charted_for_her_follows(server: Peer, here: Station) -> None:
    """Also a notice that went up already, which never comes down again, and what was only typed."""
    double, survivor = seed(server, patient(name=[{"family": "Garcia"}])), seed(server, patient())
    seed(server, appointment(double))
    seed(server, allergy(survivor, "Penicillin"))
    here.sync()
    visit = arrived(here)
    page = here.page(visit.ref)
    (reading,) = here.chart(visit.ref, measured(Sign.PULSE, "190"))
    notice = here.visits.report_critical(page, reading, "Pulse 190", "")
    here.sync()
    here.visits.ask_allergies(page, (NewAllergy("Latex"),))
    drafts = Drafts(here.unit)
    drafts.keep(Draft(DraftKey(DANA.staff, visit.ref.visit, visit.ref.patient, "vitals"), b"{}"), here.clock.now())
    assert here.visits.banner(page).survivor is None
    merged(server, double, survivor)
    account = here.sync()
    assert (account.survivors, account.ended) == (1, "")
    new = here.local(survivor)
    (row,) = here.visits.today(opening()).visits
    assert row.visit.patient == new
    banner = here.visits.banner(here.page(row.visit))
    assert [one.id for one in banner.notices] == [notice.id]
    assert {one.substance for one in banner.allergies.listed} == {"Latex", "Penicillin"}
    (kept,) = [drafts.find(DANA.staff, visit.ref.visit, "vitals")]
    assert kept
    assert kept.key.patient == new
    old = here.visits.banner(page)
    assert old.survivor
    assert (old.survivor.family, old.notices) == ("García", ())
    assert got(server, f"/{here.mirrored_address(notice.id)}")["subject"]["reference"] == survivor
    assert check.faults(here.folder / STORE, KEY) == []


def test_what_is_charted_for_her_afterwards_follows_with_the_next_run(server: Peer, here: Station) -> None:
    """Her page was open all the while."""
    double, survivor = seed(server, patient(name=[{"family": "Garcia"}])), seed(server, patient())
    seed(server, appointment(double))
    here.sync()
    visit = arrived(here)
    merged(server, double, survivor)
    here.sync()
    moved = here.visits.visit(here.page(replace(visit.ref, patient=here.local(survivor))))
    assert moved.ref.patient == here.local(survivor)
    (reading,) = here.chart(visit.ref, measured(Sign.PULSE, "90"))
    here.sync()
    here.sync()
    assert got(server, f"/{here.mirrored_address(reading)}")["subject"]["reference"] == survivor
    assert here.sync().survivors == 0
