"""What a person does on the Sync page, in a real store and with a server."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from maroom.core.people import Author, Opening, Role
from maroom.core.problems import Code
from maroom.core.settings import Server
from maroom.duties.syncing.presenter import SyncPresenter
from maroom.duties.syncing.presenter.state import Linking, Looked, Question, Versions
from maroom.store import mirror
from maroom.store.audit import AuditRow
from maroom.store.outbox import State as Stands
from maroom.sync.carrying import content, sealing
from maroom.sync.merge.result import Side
from maroom.sync.phase import Ended
from tests.builders import AMARA, DANA
from tests.duties.syncing.office import Office, record, refused
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer
from tests.sync.push.oracle import is_of, of, one_of
from tests.sync.station import change, patient, seed

WATCHES = Author("provider", "Dr. Koroma", Role.PROVIDER)


def kinds(page: SyncPresenter) -> list[str]:
    return [one.kind for one in page.state.waiting.records]


def sums(page: SyncPresenter) -> dict[Stands, int]:
    return {stands: number for stands, number in page.state.waiting.counts.items() if number}


def acts(here: Office) -> list[str]:
    with here.desk.unit.glance() as session:
        return list(session.scalars(select(AuditRow.act).order_by(AuditRow.seq)))


def address_of(here: Office, local_id: str) -> str:
    with here.desk.unit.glance() as session:
        row = mirror.of(session, local_id)
    assert row
    return f"{row.rtype}/{row.server_id}"


def test_without_a_server_all_waits_here_and_nothing_can_be_sent(here: Office) -> None:
    here.desk.charted()
    page = here.opened()
    page.sync()
    assert (page.state.server, page.state.under, sums(page)) == ("", None, {Stands.QUEUED: 10})
    assert kinds(page)[:2] == ["patient", "encounter"]
    assert {(one.patient, one.author) for one in page.state.waiting.records} == {("García, María", DANA.staff)}
    assert page.state.waiting.notes == 3


def test_who_may_is_led_to_the_settings(here: Office) -> None:
    here.opened().settings()
    assert here.went.to == []
    here.opened(AMARA).settings()
    assert here.went.to == [("admin", None)]


def test_what_waits_goes_up_and_its_receipt_is_shown(here: Office, peer: StartPeer) -> None:
    here.use(peer("hapi").base)
    here.desk.charted()
    page = here.opened()
    page.sync()
    assert page.state.account
    assert (page.state.account.ended, page.state.account.clean) == (Ended.NOT_YET, True)
    assert sums(page) == {}
    confirmed = page.state.waiting.records
    assert {one.state for one in confirmed} == {Stands.DONE}
    assert {one.receipt.version for one in confirmed if one.receipt} == {"1"}
    assert page.state.past.whole
    assert page.state.past.whole.report["by"] == DANA.name


def test_a_run_goes_on_while_the_page_is_left_and_is_found_as_it_is(here: Office, peer: StartPeer) -> None:
    here.use(peer("hapi").base)
    here.desk.charted()
    here.jobs.hold = True
    page = here.opened()
    page.sync()
    assert page.state.under
    page.sync()
    page.close()
    again = here.opened(AMARA)
    assert again.state.under
    assert again.state.under.going.by == DANA
    again.stop()
    assert again.state.under
    assert again.state.under.going.stopping
    here.jobs.answer()
    assert again.state.under is None
    assert sums(again) == {}


def test_a_server_that_is_away_is_said_with_the_time(here: Office) -> None:
    here.use("http://127.0.0.1:9/fhir")
    here.desk.charted()
    page = here.opened()
    began = here.desk.clock.utc
    page.sync()
    here.desk.clock.forward(minutes=10)
    page.sync()
    assert (page.state.past.away_since, page.state.past.whole) == (began, None)
    assert sums(page) == {Stands.QUEUED: 10}


def test_who_only_watches_sends_and_decides_nothing(here: Office, peer: StartPeer) -> None:
    server = peer("hapi", validate="base")
    here.use(server.base)
    here.refuse(server)
    page = here.opened(WATCHES)
    refused(page)
    page.retry()
    page.sync()
    assert (page.state.under, page.state.account, sums(page)) == (None, None, {Stands.QUARANTINED: 1})


# what was refused


def test_a_refused_record_stands_first_and_says_why(here: Office, peer: StartPeer) -> None:
    server = peer("hapi", validate="base")
    here.use(server.base)
    bad = here.refuse(server)
    here.desk.charted("Okafor")
    page = here.opened()
    assert page.state.waiting.records[0].local_id == bad
    shown = refused(page)
    assert (shown.said.status, shown.page, shown.may_void) == (422, "vitals", True)
    assert shown.said.issues[0].text


def test_it_is_put_right_on_its_own_page_and_goes_with_the_next_sync(here: Office, peer: StartPeer) -> None:
    server = peer("hapi", validate="base")
    here.use(server.base)
    bad = here.refuse(server)
    page = here.opened()
    about = refused(page).record.about
    page.correct()
    assert here.went.to == [("vitals", about)]
    page.close()
    with_visit = next(one for one in here.opened().state.waiting.records if one.local_id == bad)
    assert with_visit.about
    visit = here.desk.visits.visit(Opening(DANA, with_visit.about))
    here.desk.amend(visit, bad, "72")
    page = here.opened()
    assert record(page, Stands.QUARANTINED).corrected
    page.sync()
    assert sums(page) == {}
    assert one_of(server, bad)["valueQuantity"]["value"] == 72


def test_it_is_saved_for_somebody_who_can_look_into_it(here: Office, peer: StartPeer, tmp_path: Path) -> None:
    server = peer("hapi", validate="base")
    here.use(server.base)
    bad = here.refuse(server)
    page = here.opened()
    refused(page)
    page.save_to(tmp_path)
    assert [problem.code for problem in here.messages.problems] == [Code.NO_EXPORT_KEY]
    secret, public = sealing.new_pair()
    here.settings.clinic = replace(here.settings.clinic, server=Server(address=server.base, export_key=public))
    page.save_to(tmp_path)
    (file,) = tmp_path.glob("*.age")
    assert page.state.saved == str(file)
    inside = content.unpacked(sealing.opened(file.read_bytes(), secret))
    assert bad in inside.by_record
    assert sums(page)[Stands.QUARANTINED] == 1
    assert "outbox.export" in acts(here)


def test_it_is_tried_again(here: Office, peer: StartPeer) -> None:
    server = peer("hapi", validate="base")
    here.use(server.base)
    bad = here.refuse(server)
    server.no_faults()
    page = here.opened()
    refused(page)
    page.retry()
    page.sync()
    assert sums(page) == {}
    assert one_of(server, bad)["valueQuantity"]["value"] == 222


def test_marked_as_entered_in_error_it_never_goes_up(here: Office, peer: StartPeer) -> None:
    server = peer("hapi", validate="base")
    here.use(server.base)
    bad = here.refuse(server)
    page = here.opened()
    refused(page)
    page.void()
    assert page.state.asked
    assert page.state.asked.what is Question.VOID
    page.answer()
    assert page.state.asked, "it must be said why"
    page.say("another patient's")
    page.answer()
    page.sync()
    assert sums(page) == {}
    assert not any(is_of(one, bad) for one in server.dump())
    assert "vitals.void" in acts(here)


def test_left_here_it_counts_no_more_and_is_folded_away(here: Office, peer: StartPeer) -> None:
    server = peer("hapi", validate="base")
    here.use(server.base)
    bad = here.refuse(server)
    page = here.opened()
    refused(page)
    page.keep()
    assert sums(page) == {Stands.KEPT: 1}
    assert bad not in [one.local_id for one in page.state.waiting.records]
    page.more()
    page.select(bad)
    assert isinstance(page.state.detail, Looked)
    page.more()
    assert bad not in [one.local_id for one in page.state.waiting.records]


# what the server does not take


def test_a_change_that_the_server_does_not_take_is_made_there_by_hand(here: Office, peer: StartPeer) -> None:
    here.use(peer("hapi", updates=False).base)
    visit = here.desk.charted()
    pulse = here.desk.pulse(visit)
    page = here.opened()
    page.sync()
    here.desk.amend(visit, pulse, "78")
    page.sync()
    page.select(record(page, Stands.BY_HAND).key)
    assert page.state.here == pulse
    page.by_hand()
    page.say("Amara Koroma")
    page.answer()
    assert Stands.BY_HAND not in sums(page)
    with here.desk.unit.glance() as session:
        said = session.scalars(select(AuditRow.reason).where(AuditRow.act == "outbox.by_hand")).all()
    assert said == ["Amara Koroma"]


def test_a_patient_whom_the_server_lets_nobody_create_is_matched(here: Office, peer: StartPeer) -> None:
    server = peer("ehr")
    here.use(server.base)
    other = seed(server, patient(identifier=[{"system": "urn:mrn", "value": "2002"}]))
    its = seed(server, patient())
    here.desk.charted()
    page = here.opened()
    page.sync()
    page.select(record(page, Stands.TO_LINK).key)
    shown = page.state.detail
    assert isinstance(shown, Linking)
    assert {one.key for one in shown.candidates} == {other, its}
    assert ("identifier", ("2002",)) in [(fact.name, fact.values) for one in shown.candidates for fact in one.facts]
    page.link(its)
    page.sync()
    assert {one["subject"]["reference"] for one in of(server, "Observation")} <= {its}
    assert "outbox.link" in acts(here)


def test_none_of_them_is_asked_again_with_each_run(here: Office, peer: StartPeer) -> None:
    server = peer("ehr")
    here.use(server.base)
    seed(server, patient())
    here.desk.charted()
    page = here.opened()
    page.sync()
    page.select(record(page, Stands.TO_LINK).key)
    page.none_there()
    shown = page.state.detail
    assert isinstance(shown, Linking)
    assert (shown.candidates, shown.none) == ((), True)


# two versions


def clashing(here: Office, server: Peer) -> tuple[SyncPresenter, str]:
    """A pulse of 72 that was made 90 there and 78 here."""
    here.use(server.base)
    visit = here.desk.charted()
    pulse = here.desk.pulse(visit)
    page = here.opened()
    page.sync()
    value = {"value": 90, "unit": "/min", "system": "http://unitsofmeasure.org", "code": "/min"}
    change(server, address_of(here, pulse), valueQuantity=value)
    here.desk.amend(visit, pulse, "78")
    page.sync()
    page.select(record(page, Stands.CONFLICT).key)
    return page, pulse


def test_two_versions_are_shown_field_by_field_and_one_is_chosen(here: Office, peer: StartPeer) -> None:
    server = peer("hapi")
    page, pulse = clashing(here, server)
    shown = page.state.detail
    assert isinstance(shown, Versions)
    (clash,) = shown.open.clashes
    assert [int(side["valueQuantity"]["value"]) for side in (clash.base, clash.mine, clash.theirs)] == [72, 78, 90]
    page.settle()
    assert sums(page) == {Stands.CONFLICT: 1}, "nothing was chosen yet"
    page.choose(clash.path, Side.MINE)
    page.tick()
    page.settle()
    page.sync()
    assert sums(page) == {}
    assert one_of(server, pulse)["valueQuantity"]["value"] == 78


def test_both_readings_are_kept(here: Office, peer: StartPeer) -> None:
    server = peer("hapi")
    page, pulse = clashing(here, server)
    page.keep_both()
    page.sync()
    assert sums(page) == {}
    there = [one["valueQuantity"]["value"] for one in of(server, "Observation") if one["code"]["coding"][0]["code"] == "8867-4"]
    assert sorted(there)[-2:] == [78, 90]
    assert one_of(server, pulse)["valueQuantity"]["value"] == 90


def test_what_was_settled_meanwhile_is_only_read_anew(here: Office, peer: StartPeer) -> None:
    page, pulse = clashing(here, peer("hapi"))
    other = here.opened(AMARA)
    other.select(pulse)
    page.choose("value", Side.THEIRS)
    page.settle()
    other.choose("value", Side.MINE)
    other.settle()
    assert Stands.CONFLICT not in sums(other)
    assert here.messages.problems == []


def test_a_long_list_is_shown_in_parts(here: Office) -> None:
    for _ in range(5):
        here.desk.charted()
    page = here.opened()
    assert (len(page.state.waiting.records), page.state.waiting.more) == (40, 10)
    page.more()
    assert (len(page.state.waiting.records), page.state.waiting.more) == (50, 0)
