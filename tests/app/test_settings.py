"""Settings: the station's in a file, the clinic's in the store, each change with its audit line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from maroom.access.rights import gate
from maroom.app import station
from maroom.app.settings import Settings
from maroom.core.problems import Code, Problem
from maroom.core.settings import Clinic, Room, Server, SignIn, Station
from maroom.store.audit import AuditRow
from maroom.store.unit_of_work import UnitOfWork
from tests.builders import AMARA, DANA, SetClock, opening, unit_of_work


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[UnitOfWork]:
    with unit_of_work(tmp_path, SetClock(), gate) as made:
        yield made


def loaded(folder: Path, unit: UnitOfWork) -> Settings:
    settings = Settings(folder)
    settings.load(unit)
    return settings


def acts(unit: UnitOfWork) -> list[str]:
    with unit.glance() as session:
        return list(session.scalars(select(AuditRow.act)))


def test_a_station_keeps_its_id_from_the_first_start_on(tmp_path: Path, unit: UnitOfWork) -> None:
    first = loaded(tmp_path, unit).station_id()
    assert first
    assert loaded(tmp_path, unit).station_id() == first


def test_a_changed_station_is_there_after_a_restart_and_on_record(tmp_path: Path, unit: UnitOfWork) -> None:
    settings = loaded(tmp_path, unit)
    told: list[str] = []
    settings.listeners.append(lambda: told.append(settings.station.palette))
    settings.change_station(opening(AMARA), replace(settings.station, palette="dark", type_size=1.5))
    assert told == ["dark"]
    again = loaded(tmp_path, unit).station
    assert (again.palette, again.type_size) == ("dark", 1.5)
    assert acts(unit) == ["station.change"]


def test_the_server_of_the_clinic_and_the_way_of_the_station_to_it(tmp_path: Path, unit: UnitOfWork) -> None:
    settings = loaded(tmp_path, unit)
    server = Server("https://fhir.clinic.example/r4", SignIn.BACKEND, "maroom", every=15, calculated=False)
    settings.change_clinic(opening(AMARA), replace(settings.clinic, server=server))
    settings.change_station(opening(AMARA), replace(settings.station, ca_file="/etc/clinic.pem", proxy="direct"))
    again = loaded(tmp_path, unit)
    assert again.clinic.server == server
    assert (again.station.ca_file, again.station.proxy, again.station.client_certificate) == ("/etc/clinic.pem", "direct", "")


def test_a_changed_clinic_is_in_the_store_and_on_record(tmp_path: Path, unit: UnitOfWork) -> None:
    settings = loaded(tmp_path, unit)
    settings.change_clinic(opening(AMARA), replace(settings.clinic, rooms=(Room("r", "1"),), zone="Pacific/Honolulu"))
    assert loaded(tmp_path, unit).clinic.rooms == (Room("r", "1"),)
    assert settings.zone().key == "Pacific/Honolulu"
    assert acts(unit) == ["clinic.change"]


def test_an_assistant_changes_neither(tmp_path: Path, unit: UnitOfWork) -> None:
    settings = loaded(tmp_path, unit)
    before = (tmp_path / "settings.toml").read_bytes()
    for change in (
        lambda: settings.change_station(opening(DANA), replace(settings.station, name="Mine")),
        lambda: settings.change_clinic(opening(DANA), Clinic(name="Mine")),
    ):
        with pytest.raises(Problem) as raised:
            change()
        assert raised.value.code is Code.NOT_ALLOWED
    assert (tmp_path / "settings.toml").read_bytes() == before
    assert settings.clinic == Clinic()


def test_a_file_that_cannot_be_read_is_put_aside(tmp_path: Path, unit: UnitOfWork) -> None:
    (tmp_path / "settings.toml").write_text("[station\nname=", encoding="utf-8")
    assert loaded(tmp_path, unit).station.name == Station().name
    assert (tmp_path / "settings.unreadable").read_text(encoding="utf-8") == "[station\nname="


def test_no_secret_stands_in_the_file(tmp_path: Path, unit: UnitOfWork) -> None:
    loaded(tmp_path, unit)
    written = (tmp_path / "settings.toml").read_text(encoding="utf-8")
    assert {line.split(" =")[0] for line in written.splitlines() if " =" in line} == {
        "id", "name", "palette", "type_size", "label_printer", "office_printer", "bluetooth",
        "ca_file", "client_certificate", "proxy",
    }  # fmt: skip


def test_instruments_are_there_after_a_restart(tmp_path: Path, unit: UnitOfWork) -> None:
    settings = loaded(tmp_path, unit)
    changed = replace(settings.station, bluetooth=True, instruments={"C4:F1:00:00:00:01": "UA-651BLE"})
    settings.change_station(opening(AMARA), changed)
    assert loaded(tmp_path, unit).station == changed


@pytest.mark.parametrize(
    "written",
    [
        "[station]\nname = 3",
        "[station]\ntype_size = 'large'",
        "[station]\nbluetooth = 'yes'",
        "[station]\ninstruments = ['C4']",
        "[station.instruments]\nC4 = 1",
        "station = 1",
        "\x00",
    ],
)
def test_settings_of_another_kind_are_put_aside(tmp_path: Path, written: str) -> None:
    (tmp_path / "settings.toml").write_text(written, encoding="utf-8")
    assert station.read(tmp_path).name == Station().name
    assert (tmp_path / "settings.unreadable").exists()


def test_of_a_file_that_may_not_be_read_the_defaults_stand(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    assert station.read(tmp_path).palette == Station().palette
    assert (tmp_path / "settings.toml").is_dir()
