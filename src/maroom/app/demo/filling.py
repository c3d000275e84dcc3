"""Puts the invented clinic into a store, by the ways in which a real one comes in: import, roles, PINs."""

from __future__ import annotations

from dataclasses import replace

from maroom.access.model import NewStaff, StaffMember
from maroom.access.service import People
from maroom.app.compose import Services
from maroom.app.demo import invented
from maroom.app.demo.invented import Colleague
from maroom.app.demo.seed import Seed
from maroom.core.people import SYSTEM, Opening, Right
from maroom.core.problems import Code, Problem
from maroom.store import audit
from maroom.store.base import Origin
from maroom.store.unit_of_work import Act, UnitOfWork
from maroom.sync.intake import Intake


def fill(services: Services, intake: Intake, number: int) -> None:
    """Of a store that was made with `settings(number)`; on any other Problem NOT_DEMO. One that was cut short is finished,
    one that is whole stays as it is."""
    clinic = services.settings.clinic
    if not clinic.demo or clinic.id != Seed.clinic_id_of(number):
        raise Problem(Code.NOT_DEMO)
    everyone = invented.colleagues(number)
    if services.people.find(everyone[0].id) is None:
        seed = Seed(number, services.clock.today())
        intake.take(invented.resources(seed), Origin.IMPORTED, Act(SYSTEM, "demo", Right.UPKEEP))
    by = Opening(_administrator(services.people, invented.administrator(number)).author())
    for colleague in everyone:
        _employ(services.people, by, colleague)


def renew(services: Services, unit: UnitOfWork, intake: Intake) -> None:
    """On a later day than the one it was made on, the same people come again; on any other clinic nothing is done."""
    number, today = services.settings.clinic.demo, services.clock.today()
    with unit.glance() as session:
        made = audit.first_at(session).astimezone(services.clock.zone).date()
    if number and today > made and services.people.find(invented.colleagues(number)[0].id):
        intake.take(invented.booked(Seed(number, made), today), Origin.IMPORTED, Act(SYSTEM, "demo", Right.UPKEEP))


def _administrator(people: People, told: Colleague) -> StaffMember:
    return people.find(told.id) or people.first_administrator(NewStaff(told.name, told.role, told.pin, told.id))


def _employ(people: People, by: Opening, told: Colleague) -> None:
    """Gives somebody who came as a Practitioner her role and PIN."""
    member = people.find(told.id)
    if member is None:
        raise KeyError(told.id)
    if member.role is not told.role:
        people.change(by, replace(member, role=told.role))
    if not member.has_pin:
        people.set_pin(by, told.id, told.pin)
