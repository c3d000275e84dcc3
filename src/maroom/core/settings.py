"""The shape of the settings: one field, one setting. The station's stand in settings.toml, the clinic's in the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    ca_file: str = ""
    """PEM file of the only authorities that are trusted for the server; empty: those of the system"""
    client_certificate: str = ""
    """PEM file of this station's certificate and its key; empty: none"""
    proxy: str = ""
    """address, or `direct` for none; empty: that of the system"""
    bluetooth: bool = False
    """whether this station listens to instruments"""
    instruments: dict[str, str] = field(default_factory=dict[str, str])
    """those of this room: address > what they call themselves"""


class SignIn(StrEnum):
    """How this program shows the server who asks."""

    NONE = "none"
    BACKEND = "backend"
    """the station by its own key"""
    PERSON = "person"
    """a person in the browser"""


@dataclass(frozen=True)
class Server:
    """The clinic's FHIR server, and when to exchange with it. Without an address there is none."""

    address: str = ""
    """base address, as far as /fhir or the like"""
    sign_in: SignIn = SignIn.NONE
    client_id: str = ""
    scopes: str = ""
    """with spaces between; empty: the usual ones of the way to sign in"""
    mode: str = ""
    """P, C, S or F: how records are created there; empty: chosen by what the server does"""
    calculated: bool = True
    """whether BMI, averages and percentiles are sent"""
    every: int = 0
    """minutes; 0: never by itself"""
    at_start: bool = False
    on_lock: bool = False
    export_key: str = ""
    """public age key ("age1...") that records carried by hand are sealed for; empty: none are exported"""


@dataclass(frozen=True)
class Room:
    """One exam room. `id` never changes, `name` is what stands on the door."""

    id: str
    name: str


@dataclass(frozen=True)
class VitalSigns:
    """How a clinic takes vital signs."""

    pounds_under_18: bool = False
    """children may be weighed in pounds; kilograms are shown large all the same"""
    news2: bool = False
    """the early warning score of acutely unwell adults is counted"""
    calculated: bool = True
    """an index of body mass and percentiles become readings of their own"""
    figures: dict[str, str] = field(default_factory=dict[str, str])
    """figures of the clinic's own, in place of those that ship: key > as typed"""


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
    vitals: VitalSigns = field(default_factory=VitalSigns)
    server: Server = field(default_factory=Server)

    def tz(self) -> ZoneInfo:
        from zoneinfo import ZoneInfo  # these settings are read before anything is drawn, a zone is asked for after it

        return ZoneInfo(self.zone)
