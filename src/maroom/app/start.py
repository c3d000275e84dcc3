"""From a data folder to an open store: first start, passphrase, faults, another window. Plain Python; the door shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from maroom.access import device_key
from maroom.access.model import NewStaff
from maroom.app import compose
from maroom.app.compose import Post, Services
from maroom.app.founding import NewClinic
from maroom.core.people import Role
from maroom.core.ports import Jobs
from maroom.core.problems import Code, Problem
from maroom.core.settings import Clinic
from maroom.store.engine import StoreKey
from maroom.store.lock import StoreLock
from maroom.store.opening import STORE

JOB = "open the store"


class Door(Protocol):
    """What stands before the program while no store is open."""

    def opening(self) -> None: ...

    def first_start(self) -> None: ...

    def no_administrator(self) -> None: ...

    def fault(self, problem: Problem) -> None: ...


class Start:
    """Holds the lock of the folder from `begin` to `end`. `entered` is called once, with the open store."""

    def __init__(
        self, folder: Path, passphrase: str | None, jobs: Jobs, post: Post, entered: Callable[[Services], None], door: Door
    ) -> None:
        self._folder = folder
        self._passphrase = passphrase
        self._jobs = jobs
        self._post = post
        self._entered = entered
        self._door = door
        self._demo = False
        self._lock = StoreLock(folder)
        self._services: Services | None = None

    def begin(self) -> None:
        """Problem IN_USE where another window has the store, NO_ACCESS where the folder is closed to this account."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise Problem(Code.NO_ACCESS, folder=str(self._folder)) from None
        self._lock.take("window")

    def go_on(self, demo: bool = False) -> None:
        """Opens the store, or offers to make one; with `demo` an invented clinic is made without asking."""
        self._demo = demo
        if (self._folder / STORE).exists():
            self._work(self._open)
        elif demo:
            self.make_demo()
        else:
            self._door.first_start()

    def open_with(self, passphrase: str) -> None:
        self._passphrase = passphrase
        self.go_on()

    def make_clinic(self, new: NewClinic) -> None:
        self._work(lambda: self._new_clinic(new))

    def make_demo(self) -> None:
        self._work(self._new_demo)

    def make_administrator(self, name: str, pin: str) -> None:
        """For a store that has no one who can sign in."""
        services = self._services
        assert services is not None
        services.people.first_administrator(NewStaff(name, Role.ADMINISTRATOR, pin))
        self._enter(services)

    def end(self) -> None:
        if self._services is not None:
            self._services.close()
        self._lock.release()

    # what the jobs do
    def _open(self) -> Services:
        services = compose.open_services(self._folder, self._key(), post=self._post)
        if services.settings.clinic.demo:
            self._renew(services)
        return services

    def _key(self) -> StoreKey:
        try:
            return device_key.unlock(self._folder, self._passphrase)
        except Problem as problem:
            if problem.code is not Code.PASSPHRASE_NEEDED or not self._demo:
                raise
        from maroom.app import demo

        return device_key.unlock(self._folder, demo.PASSPHRASE)

    def _renew(self, services: Services) -> None:
        from maroom.app import demo

        demo.renew(services, services.unit, compose.intake(services))

    def _new_clinic(self, new: NewClinic) -> Services:
        services = self._create(new.passphrase, compose.new_clinic(new.name, new.zone))
        services.people.first_administrator(NewStaff(new.administrator, Role.ADMINISTRATOR, new.pin))
        return services

    def _new_demo(self) -> Services:
        from maroom.app import demo

        services = self._create(self._passphrase or demo.PASSPHRASE, demo.clinic(demo.SEED))
        demo.fill(services, compose.intake(services), demo.SEED)
        return services

    def _create(self, passphrase: str, new: Clinic) -> Services:
        return compose.found(self._folder, passphrase, new, self._post)

    # and what comes of it
    def _work(self, make: Callable[[], Services]) -> None:
        self._door.opening()
        self._jobs.start(JOB, lambda _stop, _report: make(), self._opened, self._failed)

    def _opened(self, services: Services) -> None:
        self._services = services
        if services.people.present():
            self._enter(services)
        else:
            self._door.no_administrator()

    def _failed(self, fault: Exception) -> None:
        if not isinstance(fault, Problem):
            raise fault
        self._door.fault(fault)

    def _enter(self, services: Services) -> None:
        self._entered(services)
