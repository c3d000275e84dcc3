"""Every construction of the program, read from top to bottom: settings > store > access > visits > kit > offers > exchanges.

No logic and no Qt: the window is put together in `app/window`, from what is made here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from maroom.access import device_key
from maroom.access import service as access
from maroom.access.rights import gate
from maroom.access.service import People
from maroom.app.connection import Connection
from maroom.app.duties import DUTIES
from maroom.app.settings import Settings
from maroom.app.windowless import Windowless
from maroom.core.clock import SystemClock
from maroom.core.ids import new_id
from maroom.core.people import SYSTEM, Author, Right
from maroom.core.ports import Jobs, Messages, Navigate
from maroom.core.problems import Code, Problem
from maroom.core.settings import Clinic, SignIn
from maroom.devices.instruments import Instruments
from maroom.kit import Exchanges, Kit, Offers
from maroom.store import clinic, opening
from maroom.store.changes import Changes
from maroom.store.drafts import Drafts
from maroom.store.engine import StoreKey
from maroom.store.opening import Store
from maroom.store.timers import Timers
from maroom.store.unit_of_work import Act, UnitOfWork
from maroom.store.used_readings import UsedReadings
from maroom.sync.intake import Intake
from maroom.sync.signing import Browser, Came, Signing
from maroom.sync.station import Make
from maroom.sync.station import Station as SyncStation
from maroom.sync.waiting import Records
from maroom.visits import service as visits
from maroom.visits.service import Visits

if TYPE_CHECKING:
    from maroom.sync.carrying.export import Export

Post = Callable[[Callable[[], None]], None]


@dataclass(frozen=True)
class Services:
    """An open store with all that works on it."""

    folder: Path
    store: Store
    settings: Settings
    clock: SystemClock
    unit: UnitOfWork
    people: People
    visits: Visits
    drafts: Drafts
    timers: Timers
    changes: Changes

    def close(self) -> None:
        self.store.close()


def open_services(folder: Path, key: StoreKey, alone: bool = True, post: Post | None = None) -> Services:
    """Opens an existing store. Problems: those of `store.opening`."""
    settings = Settings(folder)
    clock = SystemClock(settings.zone)
    return _services(folder, settings, clock, opening.open_store(folder, key, clock.now, alone), post)


def found(folder: Path, passphrase: str | None, new: Clinic, post: Post | None = None) -> Services:
    """A new clinic in a folder without a store: its key, wrapped, then its store. A key without a store, as a start that was
    cut short leaves it, opens nothing and is put aside. Problem PASSPHRASE_NEEDED where no key store can keep the key."""
    if not (folder / opening.STORE).exists():
        device_key.put_aside(folder)
    return create_services(folder, device_key.create(folder, passphrase), new, post)


def create_services(folder: Path, key: StoreKey, new: Clinic, post: Post | None = None) -> Services:
    """Makes a new store with its clinic. FileExistsError where there is one."""
    settings = Settings(folder)
    made = _services(folder, settings, SystemClock(settings.zone), opening.create(folder, key), post)
    with made.unit.write(Act(SYSTEM, "clinic.create", Right.UPKEEP)) as unit:
        clinic.save(unit, new)
    settings.load(made.unit)
    return made


def _services(folder: Path, settings: Settings, clock: SystemClock, store: Store, post: Post | None) -> Services:
    changes = Changes(post) if post else Changes()
    unit = UnitOfWork(store.writer, store.reader, clock, gate, changes, settings.station_id)
    settings.load(unit)
    return Services(
        folder=folder,
        store=store,
        settings=settings,
        clock=clock,
        unit=unit,
        people=People(unit, clock),
        visits=Visits(unit, clock, lambda: settings.clinic),
        drafts=Drafts(unit),
        timers=Timers(unit),
        changes=changes,
    )


def _no_run(_by: object, _asked: bool) -> NoReturn:
    raise Problem(Code.NO_SERVER)


def kit(
    services: Services,
    jobs: Jobs,
    messages: Messages,
    navigate: Navigate,
    look: Any = None,
    run: Make = _no_run,
    browser: Browser | None = None,
) -> Kit:
    """`run` makes a run of the sync, `browser` shows the server's page to sign in: without them there is none to be had."""
    connection = Connection(services.unit, services.clock)

    def sign_in(who: Author, stop: Callable[[], bool]) -> Came:
        here = services.settings
        return connection.sign_in(here.clinic.server, here.station, who.staff, browser, stop) if browser else Came.NO_WAY_IN

    def needed(who: Author) -> bool:
        server = services.settings.clinic.server
        by_person = bool(server.address) and server.sign_in is SignIn.PERSON
        return by_person and not connection.has_signed_in(server, who.staff)

    return Kit(
        write=services.unit.write,
        read=services.unit.read,
        visits=services.visits,
        people=services.people,
        clock=services.clock,
        jobs=jobs,
        messages=messages,
        navigate=navigate,
        settings=services.settings,
        drafts=services.drafts,
        changes=services.changes,
        timers=services.timers,
        instruments=Instruments(lambda: services.settings.station, services.clock, UsedReadings(services.unit), jobs),
        sync=SyncStation(run, jobs, services.clock),
        signing=Signing(sign_in, jobs, needed),
        connection=connection,
        records=lambda: _records(services),
        export=lambda opening, local_id, out: export(services).refused(opening, local_id, out),
        look=look,
    )


def offers(made: Kit) -> tuple[Offers, ...]:
    """What each duty gives, in the order of `app/duties.py`."""
    return tuple(duty.offers(made) for duty in DUTIES)


def exchanges(gathered: tuple[Offers, ...]) -> Exchanges:
    """The duties are asked first whether a resource is theirs; `visits` takes the rest as history."""
    return (*(exchange for offer in gathered for exchange in offer.exchanges), *access.exchanges(), *visits.exchanges())


def windowless(services: Services) -> Kit:
    """The kit of a terminal."""
    alone = Windowless()
    return kit(services, alone, alone, alone)


def _records(services: Services) -> Records:
    every, clinic = exchanges(offers(windowless(services))), services.settings.clinic
    return Records.of(services.unit, every, clinic.id, clinic.server.address)


def export(services: Services) -> Export:
    """What seals is loaded with it."""
    from maroom.sync.carrying.export import Export

    every, settings = exchanges(offers(windowless(services))), services.settings
    return Export(services.folder, services.unit, every, settings.clinic, settings.station.id, services.clock)


def intake(services: Services) -> Intake:
    """The way of resources into the store."""
    return Intake(services.unit, exchanges(offers(windowless(services))), services.settings.clinic.id)


def new_clinic(name: str = "", zone: str = "America/New_York") -> Clinic:
    return Clinic(id=new_id(), name=name, zone=zone, namespace=f"urn:uuid:{new_id()}")
