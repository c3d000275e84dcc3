"""The shape of the settings: one field, one setting. The station's stand in settings.toml, the clinic's in the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Station:
    """This workstation, whoever works at it. Sizes of type run from 1.0 to 1.75."""

    id: str = ""
    """made at the first start here; stands in every audit and outbox line"""
    name: str = "Station 1"
    palette: str = "light"
    """light, dark or contrast"""
    type_size: float = 1.0
    """factor on the 14 px base"""
    label_printer: str = ""
    """queue name or host:port; empty: none"""
    office_printer: str = ""
    """queue name; empty: none"""


@dataclass(frozen=True)
class Room:
    """One exam room. `id` never changes, `name` is what stands on the door."""

    id: str
    name: str


@dataclass(frozen=True)
class Clinic:
    """What holds for all stations of a clinic and is given to a station that joins."""

    id: str = ""
    """UUID made with the clinic; a part of every visit id made from an appointment"""
    name: str = ""
    zone: str = "America/New_York"
    """IANA name; decides which day is today"""
    namespace: str = "urn:maroom"
    """URI that our own code systems and tags stand under"""
    phone: str = ""
    after_hours_phone: str = ""
    rooms: tuple[Room, ...] = ()
    demo: int = 0
    """number of an invented clinic, whose people nobody is; 0: a real one"""
    waiting_limit: int = 20
    """minutes after which a wait is flagged on the board"""
    units: dict[str, str] = field(default_factory=dict[str, str])
    """sign > UCUM unit offered first, e.g. {"temperature": "[degF]"}"""

    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)
