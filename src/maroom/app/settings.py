"""The settings as they stand: the station's from settings.toml in the data folder, the clinic's from the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo

from maroom.app import station
from maroom.core.people import Opening, Right
from maroom.core.settings import Clinic, Station
from maroom.store import clinic
from maroom.store.changes import Change
from maroom.store.unit_of_work import Act, UnitOfWork

STATION, CLINIC = "station.change", "clinic.change"


class Settings:
    """Read at start; a change is written first and only then stands. Tells `listeners` that something changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unit: UnitOfWork | None = None
        self.station = station.read(folder)
        self.clinic = Clinic()
        self.listeners: list[Callable[[], None]] = []

    def zone(self) -> ZoneInfo:
        return self.clinic.tz()

    def station_id(self) -> str:
        return self.station.id

    def load(self, unit: UnitOfWork) -> None:
        """From here on the clinic's settings are known. The first start on this station gives it its id."""
        self._unit = unit
        with unit.glance() as session:
            self.clinic = clinic.clinic(session)
        if not station.is_kept(self._folder):
            station.write(self._folder, self.station)

    def change_station(self, opening: Opening, changed: Station) -> None:
        """Problem NOT_ALLOWED for those without the right."""
        names = [name for name, value in asdict(changed).items() if asdict(self.station)[name] != value]
        if not names:
            return
        with self._open_unit().write(Act.of(opening, STATION, Right.CLINIC, override=", ".join(names))) as unit:
            station.write(self._folder, changed)
            unit.note(Change("station_setting", ", ".join(names), ""))
        self.station = changed
        self._tell()

    def change_clinic(self, opening: Opening, changed: Clinic) -> None:
        """Problem NOT_ALLOWED for those without the right."""
        with self._open_unit().write(Act.of(opening, CLINIC, Right.CLINIC)) as unit:
            clinic.save(unit, changed)
        self.clinic = changed
        self._tell()

    def put_station(self, new: Station) -> None:
        """The station's settings before anybody works here: at set-up, without an audit line."""
        station.write(self._folder, new)
        self.station = new

    def _tell(self) -> None:
        for listener in tuple(self.listeners):
            listener()

    def _open_unit(self) -> UnitOfWork:
        if self._unit is None:
            raise LookupError("settings change only in an open store")
        return self._unit
