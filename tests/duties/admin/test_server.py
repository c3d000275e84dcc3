"""The section Server: what is refused, what is saved, what a tried connection says, and whose address is taken."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from maroom.app.connection import Connection
from maroom.core.people import Author, Opening
from maroom.core.problems import Code
from maroom.core.settings import Server, SignIn
from maroom.duties.admin.presenter.server import Around, ServerPresenter
from maroom.duties.admin.rules.server import Of, Wrong
from maroom.store import mirror
from maroom.sync.belonging import belong
from maroom.sync.trial import Belongs, Met
from tests.builders import SetClock
from tests.duties.admin.conftest import CHIEF, LEAD, Office
from tests.fakes import JobsAtOnce
from tests.guards.surroundings import MemoryKeyring
from tests.servers.fixtures import StartPeer
from tests.servers.peers import Peer

NOBODY_THERE = "http://127.0.0.1:9/fhir"


def section(office: Office, author: Author = CHIEF, jobs: JobsAtOnce | None = None, machine: str = "-05:00") -> ServerPresenter:
    clock = SetClock(datetime.now(UTC), "America/Phoenix")
    around = Around(
        office.settings,
        Connection(office.unit, clock),
        jobs or JobsAtOnce(),
        office.messages,
        clock,
        lambda: datetime.fromisoformat(f"2026-11-24T12:00:00{machine}"),
    )
    return ServerPresenter(Opening(author), around)


def fill(presenter: ServerPresenter, **said: str) -> None:
    for name, text in said.items():
        presenter.typed(Of[name], text)


def exchanged_with(office: Office, server: Peer) -> str:
    """A record of this store that the server has; its address there."""
    made = server.ask("POST", "/Patient", {"resourceType": "Patient", "identifier": [{"system": "urn:mrn", "value": "7"}]})
    there = server.ask("GET", f"/Patient/{made.body['id']}").body
    with office.unit.bookkeeping("as a pull would") as session:
        mirror.put(
            session,
            local_id="11111111-aaaa-4aaa-8aaa-111111111111", rtype="Patient", kind="patient", source=mirror.SERVER,
            server_id=there["id"], version="1", updated=datetime.now(UTC), digest="", base=there, theirs=None, gone=False,
        )  # fmt: skip
    belong(office.unit, server.base)
    office.settings.change_clinic(Opening(CHIEF), replace(office.settings.clinic, server=Server(server.base)))
    return f"Patient/{there['id']}"


# saving


def test_server_and_station_are_saved_each_with_its_audit_line(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("-")
    presenter = section(office)
    fill(presenter, ADDRESS=" https://fhir.clinic.org/r4/ ", SIGN_IN="person", CLIENT="maroom", SCOPES=" openid  user/*.cruds")
    fill(presenter, MODE="S", CALCULATED="", AT_START="yes", ON_LOCK="yes", EVERY="15")
    fill(presenter, CA_FILE=str(file), PROXY="http://proxy.clinic.org:3128")
    before = office.acts()
    presenter.save()
    assert office.settings.clinic.server == Server(
        "https://fhir.clinic.org/r4", SignIn.PERSON, "maroom", "openid user/*.cruds", "S", False, 15, True, True
    )
    assert (office.settings.station.ca_file, office.settings.station.proxy) == (str(file), "http://proxy.clinic.org:3128")
    assert office.acts()[len(before) :] == ["clinic.change", "station.change"]
    assert (presenter.state.saved, presenter.state.changed) == (1, False)


def test_what_did_not_change_leaves_no_audit_line(office: Office) -> None:
    presenter = section(office)
    fill(presenter, PROXY="direct")
    before = office.acts()
    presenter.save()
    assert office.acts()[len(before) :] == ["station.change"]


@pytest.mark.parametrize(
    ("field", "text", "wrong"),
    [
        (Of.ADDRESS, "fhir.clinic.org", Wrong.NO_ADDRESS),
        (Of.ADDRESS, "https://me:secret@fhir.clinic.org/r4", Wrong.NO_ADDRESS),
        (Of.ADDRESS, "https://fhir.clinic.org/r4?x=1", Wrong.NO_ADDRESS),
        (Of.ADDRESS, "https://fhir.clinic.org:port/r4", Wrong.NO_ADDRESS),
        (Of.ADDRESS, "http://fhir.clinic.org/r4", Wrong.PLAIN_HTTP),
        (Of.EVERY, "0", Wrong.NO_MINUTES),
        (Of.EVERY, "241", Wrong.NO_MINUTES),
        (Of.EVERY, "soon", Wrong.NO_MINUTES),
        (Of.CA_FILE, "/no/such/file.pem", Wrong.NO_FILE),
        (Of.CERTIFICATE, "/no/such/file.pem", Wrong.NO_FILE),
        (Of.PROXY, "proxy.clinic.org", Wrong.NO_PROXY),
        (Of.PROXY, "http://me:secret@proxy", Wrong.NO_PROXY),
        (Of.PROXY, "socks5://proxy:1080", Wrong.NO_PROXY),
        (Of.EXPORT_KEY, "age1qqqq", Wrong.NO_KEY),
        (Of.EXPORT_KEY, "AGE-SECRET-KEY-1QQQ", Wrong.NO_KEY),
    ],
)
def test_what_is_refused(office: Office, field: Of, text: str, wrong: Wrong) -> None:
    presenter = section(office)
    presenter.typed(field, text)
    assert {name: found.code for name, found in presenter.state.shown.items()} == {field: wrong}
    presenter.save()
    assert office.settings.clinic.server == Server()
    presenter.typed(field, "")
    assert presenter.state.shown == {}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (Of.ADDRESS, "http://127.0.0.1:8080/fhir"),
        (Of.ADDRESS, "https://[::1]:8443/fhir"),
        (Of.EVERY, "240"),
        (Of.PROXY, "http://10.0.0.7:3128"),
        (Of.EXPORT_KEY, "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"),
    ],
)
def test_what_is_taken(office: Office, field: Of, text: str) -> None:
    presenter = section(office)
    presenter.typed(field, text)
    assert presenter.state.shown == {}


def test_who_signs_in_needs_the_servers_name_for_us(office: Office) -> None:
    presenter = section(office)
    fill(presenter, SIGN_IN="person", SCOPES='openid "x"')
    assert {name: found.code for name, found in presenter.state.shown.items()} == {
        Of.CLIENT: Wrong.NO_CLIENT,
        Of.SCOPES: Wrong.NO_SCOPE,
    }
    fill(presenter, SIGN_IN="none")
    assert presenter.state.shown == {}


def test_who_has_no_right_changes_nothing(office: Office) -> None:
    presenter = section(office, replace(LEAD, role=type(LEAD.role).ASSISTANT))
    fill(presenter, ADDRESS="https://fhir.clinic.org/r4")
    presenter.save()
    assert [problem.code for problem in office.messages.problems] == [Code.NOT_ALLOWED]
    assert office.settings.clinic.server == Server()


def test_what_was_typed_comes_back(office: Office) -> None:
    presenter = section(office)
    assert presenter.draft() is None
    fill(presenter, ADDRESS="https://fhir.clinic.org/r4", EVERY="soon")
    kept = presenter.draft()
    assert kept is not None
    later = section(office)
    later.restore(kept)
    assert (later.state.typed, later.state.shown) == (presenter.state.typed, presenter.state.shown)


# trying


def test_a_connection_is_tried_before_it_is_saved(office: Office, peer: StartPeer) -> None:
    server = peer("medplum")
    presenter = section(office)
    assert not presenter.state.may_try
    fill(presenter, ADDRESS=server.base + "/")
    presenter.try_connection()
    trial = presenter.state.trial
    assert trial is not None
    assert (trial.met, trial.mode, trial.belongs) == (Met.WELL, "C", Belongs.YES)
    assert presenter.state.apart == timedelta(hours=-2), "Phoenix is at -7, the machine at -5"
    assert office.settings.clinic.server == Server()


def test_a_station_with_a_file_of_authorities_and_nobody_there(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "empty.pem"
    file.write_text("nothing\n")
    presenter = section(office)
    fill(presenter, ADDRESS=NOBODY_THERE)
    presenter.try_connection()
    assert presenter.state.trial is not None
    assert presenter.state.trial.met is Met.REFUSED
    fill(presenter, CA_FILE=str(file))
    assert presenter.state.trial is None, "it was tried with other settings"
    presenter.try_connection()
    assert presenter.state.trial.met is Met.CA_FILE


def test_an_answer_about_another_address_is_not_shown(office: Office) -> None:
    jobs = JobsAtOnce(hold=True)
    presenter = section(office, jobs=jobs)
    fill(presenter, ADDRESS=NOBODY_THERE)
    presenter.try_connection()
    assert presenter.state.trying
    fill(presenter, ADDRESS="https://fhir.clinic.org/r4")
    jobs.answer()
    assert (presenter.state.trying, presenter.state.trial) == (False, None)


# the key


def test_the_stations_key_is_made_once_and_signs_it_in(
    office: Office, peer: StartPeer, tmp_path: Path, key_store: MemoryKeyring
) -> None:
    presenter = section(office)
    assert presenter.state.keys is None
    fill(presenter, SIGN_IN="backend")
    assert presenter.state.keys == ""
    presenter.make_key()
    made = presenter.state.keys
    assert made
    assert all("d" not in key for key in json.loads(made)["keys"])
    assert office.acts()[-1] == "server_key.make"
    presenter.make_key()
    assert presenter.state.keys == made
    file = tmp_path / "maroom-public-key.json"
    assert presenter.save_key(tmp_path) == file
    assert json.loads(file.read_text()) == json.loads(made)

    server = peer(options=("--auth", "on", "--client-jwks", str(file)))
    fill(presenter, ADDRESS=server.base, CLIENT="maroom")
    presenter.try_connection()
    assert presenter.state.trial is not None
    assert (presenter.state.trial.met, presenter.state.trial.why) == (Met.WELL, "")
    again = section(office)
    fill(again, SIGN_IN="backend")
    assert again.state.keys == made


def test_a_server_that_does_not_know_the_key(office: Office, peer: StartPeer, key_store: MemoryKeyring) -> None:
    server = peer(options=("--auth", "on"))
    presenter = section(office)
    fill(presenter, ADDRESS=server.base, SIGN_IN="backend", CLIENT="maroom")
    presenter.try_connection()
    assert presenter.state.trial is not None
    assert (presenter.state.trial.met, presenter.state.trial.why) == (Met.SIGN_IN, "no_key")
    presenter.make_key()
    presenter.try_connection()
    assert (presenter.state.trial.met, presenter.state.trial.why) == (Met.SIGN_IN, "invalid_client")


def test_only_who_keeps_the_store_up_makes_its_key(office: Office, key_store: MemoryKeyring) -> None:
    presenter = section(office, LEAD)
    fill(presenter, SIGN_IN="backend")
    presenter.make_key()
    assert [problem.code for problem in office.messages.problems] == [Code.NOT_ALLOWED]
    assert (presenter.state.keys, key_store.kept) == ("", {})


# another address


def test_the_same_server_at_another_address_is_taken(office: Office, peer: StartPeer) -> None:
    server = peer()
    exchanged_with(office, server)
    by_name = server.base.replace("127.0.0.1", "localhost")
    presenter = section(office)
    fill(presenter, ADDRESS=by_name)
    presenter.save()
    assert (presenter.state.moving_from, office.settings.clinic.server.address) == (server.base, server.base)
    presenter.move()
    assert office.settings.clinic.server.address == by_name
    assert (presenter.state.moving_from, presenter.state.saved) == ("", 1)


def test_another_server_is_refused(office: Office, peer: StartPeer) -> None:
    first, second = peer(), peer()
    exchanged_with(office, first)
    presenter = section(office)
    fill(presenter, ADDRESS=second.base)
    presenter.save()
    presenter.move()
    assert presenter.state.shown[Of.ADDRESS].code == Wrong.OTHER_SERVER
    assert office.settings.clinic.server.address == first.base
    assert second.state()["counts"] == {}


def test_an_address_that_cannot_be_asked_now_is_asked_by_the_next_exchange(office: Office, peer: StartPeer) -> None:
    exchanged_with(office, peer())
    presenter = section(office)
    fill(presenter, ADDRESS=NOBODY_THERE)
    presenter.save()
    presenter.move()
    assert office.settings.clinic.server.address == NOBODY_THERE
    assert presenter.state.trial is None or presenter.state.trial.met is Met.REFUSED


def test_she_thinks_better_of_it(office: Office, peer: StartPeer) -> None:
    server = peer()
    exchanged_with(office, server)
    presenter = section(office)
    fill(presenter, ADDRESS="https://fhir.clinic.org/r4", EVERY="15")
    presenter.save()
    presenter.stay()
    assert (presenter.state.typed[Of.ADDRESS], presenter.state.typed[Of.EVERY]) == (server.base, "15")
    presenter.save()
    assert (office.settings.clinic.server.address, office.settings.clinic.server.every) == (server.base, 15)
