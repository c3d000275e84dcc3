"""Clinic, station and people: what is refused, what is saved as one act, and what comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from maroom.access.rights import may
from maroom.core.people import Author, Opening, Right, Role
from maroom.core.presenter import NullView
from maroom.core.problems import Code
from maroom.duties.admin import rules
from maroom.duties.admin.presenter import AdminPresenter, ClinicPresenter, PeoplePresenter, Sections, StationPresenter
from maroom.duties.admin.presenter.people import Deed
from maroom.duties.admin.rules import OTHER, Of, Wrong
from maroom.kit import Page, Section, page
from tests.builders import DANA
from tests.duties.admin.conftest import CHIEF, LEAD, Office
from tests.visits.build import CLINIC


def clinic(office: Office, author: Author = CHIEF) -> ClinicPresenter:
    return ClinicPresenter(Opening(author), office.settings, office.messages, office.in_use)


def station(office: Office, author: Author = CHIEF) -> StationPresenter:
    return StationPresenter(Opening(author), office.settings, office.messages)


def people(office: Office, author: Author = CHIEF) -> PeoplePresenter:
    return PeoplePresenter(Opening(author), office.people, office.messages, office.changes)


def rooms(presenter: ClinicPresenter) -> list[str]:
    return [room.name for room in presenter.state.rooms]


# clinic


def test_all_of_a_clinic_is_saved_as_one_act(office: Office) -> None:
    presenter = clinic(office)
    for name, text in {Of.NAME: " Hill Clinic ", Of.ZONE: "America/Denver", Of.PHONE: "(555) 0100", Of.WAITING: "15"}.items():
        presenter.typed(name, text)
    presenter.rename("r1", "One")
    before = office.acts()
    presenter.save()
    saved = office.settings.clinic
    assert (saved.name, saved.zone, saved.phone, saved.waiting_limit) == ("Hill Clinic", "America/Denver", "(555) 0100", 15)
    assert [room.name for room in saved.rooms] == ["One", "2", "3", "4"]
    assert office.acts()[len(before) :] == ["clinic.change"]
    assert (presenter.state.saved, presenter.state.changed) == (1, False)


def test_nothing_is_saved_while_something_is_wrong(office: Office) -> None:
    presenter = clinic(office)
    presenter.typed(Of.NAME, " ")
    presenter.save()
    assert office.settings.clinic == CLINIC
    assert presenter.state.shown[Of.NAME].code == Wrong.MISSING


@pytest.mark.parametrize(
    ("field", "text", "wrong"),
    [
        (Of.PHONE, "call me", Wrong.NO_PHONE),
        (Of.AFTER_HOURS, "call me", Wrong.NO_PHONE),
        (Of.WAITING, "0", Wrong.NO_MINUTES),
        (Of.WAITING, "241", Wrong.NO_MINUTES),
        (Of.WAITING, "²", Wrong.NO_MINUTES),
        (Of.WAITING, "", Wrong.NO_MINUTES),
    ],
)
def test_what_is_refused_of_a_clinic(office: Office, field: Of, text: str, wrong: Wrong) -> None:
    presenter = clinic(office)
    presenter.typed(field, text)
    assert {name: finding.code for name, finding in presenter.state.shown.items()} == {field: wrong}


def test_another_zone_is_typed(office: Office) -> None:
    presenter = clinic(office)
    presenter.typed(Of.ZONE, OTHER)
    assert presenter.state.shown[Of.OTHER_ZONE].code == Wrong.NO_ZONE
    presenter.typed(Of.OTHER_ZONE, "America/Boise")
    presenter.save()
    assert office.settings.clinic.zone == "America/Boise"
    again = clinic(office).state.typed
    assert (again[Of.ZONE], again[Of.OTHER_ZONE]) == (OTHER, "America/Boise")


def test_rooms_are_added_moved_and_removed(office: Office) -> None:
    presenter = clinic(office)
    presenter.add_room()
    added = presenter.state.here
    assert presenter.state.shown[added].code == Wrong.MISSING
    presenter.rename(added, "Procedure")
    presenter.move_room(added, -1)
    presenter.move_room("r1", -1)
    presenter.remove_room("r2")
    assert rooms(presenter) == ["1", "3", "Procedure", "4"]
    presenter.save()
    assert [room.name for room in office.settings.clinic.rooms] == ["1", "3", "Procedure", "4"]
    assert office.settings.clinic.rooms[2].id == added


@pytest.mark.parametrize(
    ("name", "wrong"), [("2", Wrong.TWICE), (" 2 ", Wrong.TWICE), ("", Wrong.MISSING), ("x" * 17, Wrong.TOO_LONG)]
)
def test_what_is_refused_of_a_room(office: Office, name: str, wrong: Wrong) -> None:
    presenter = clinic(office)
    presenter.rename("r1", name)
    assert presenter.state.shown["r1"].code == wrong


def test_a_room_in_use_is_not_removed(office: Office) -> None:
    office.occupy("r2")
    presenter = clinic(office)
    presenter.remove_room("r2")
    assert rooms(presenter) == ["1", "2", "3", "4"]
    assert presenter.state.shown["r2"].code == Wrong.IN_USE


def test_a_room_that_somebody_came_into_before_it_was_saved_is_put_back(office: Office) -> None:
    presenter = clinic(office)
    presenter.remove_room("r2")
    office.occupy("r2")
    presenter.save()
    assert "2" in rooms(presenter)
    assert presenter.state.shown["r2"].code == Wrong.IN_USE
    assert office.settings.clinic == CLINIC


def test_who_has_no_right_changes_nothing(office: Office) -> None:
    presenter = clinic(office, DANA)
    presenter.typed(Of.NAME, "Mine")
    presenter.save()
    assert [problem.code for problem in office.messages.problems] == [Code.NOT_ALLOWED]
    assert (office.settings.clinic, presenter.state.typed[Of.NAME]) == (CLINIC, "Mine")


def test_what_was_typed_about_a_clinic_comes_back(office: Office) -> None:
    presenter = clinic(office)
    assert presenter.draft() is None
    presenter.typed(Of.NAME, "Hill Clinic")
    presenter.add_room()
    kept = presenter.draft()
    assert kept is not None
    later = clinic(office)
    later.restore(kept)
    assert (later.state.typed, later.state.rooms) == (presenter.state.typed, presenter.state.rooms)


# station


def test_a_stations_name_and_printers_are_saved_when_asked(office: Office) -> None:
    presenter = station(office)
    presenter.typed(Of.STATION, "Front desk")
    presenter.typed(Of.LABELS, "10.0.0.7:9100")
    assert office.settings.station.name != "Front desk"
    presenter.save()
    assert (office.settings.station.name, office.settings.station.label_printer) == ("Front desk", "10.0.0.7:9100")
    assert office.acts()[-1] == "station.change"


def test_the_look_applies_at_once_and_keeps_what_is_typed(office: Office) -> None:
    presenter = station(office)
    presenter.typed(Of.STATION, "Front")
    presenter.choose_palette("dark")
    presenter.choose_type_size(1.5)
    assert (office.settings.station.palette, office.settings.station.type_size) == ("dark", 1.5)
    assert office.settings.station.name == "Station 1"
    assert (presenter.state.typed[Of.STATION], presenter.state.changed) == ("Front", True)


def test_a_station_needs_a_name(office: Office) -> None:
    presenter = station(office)
    presenter.typed(Of.STATION, "  ")
    presenter.save()
    assert presenter.state.shown[Of.STATION].code == Wrong.MISSING
    assert office.settings.station.name == "Station 1"


# people


def fill(presenter: PeoplePresenter, **said: str) -> None:
    for name, text in said.items():
        presenter.typed(Of[name], text)


def test_somebody_is_added_and_can_sign_in(office: Office) -> None:
    presenter = people(office)
    presenter.add()
    fill(presenter, PERSON="Ann Low", ROLE="assistant", PIN="4711", PIN_AGAIN="4711")
    presenter.confirm()
    assert presenter.state.form is None
    assert [(line.name, line.has_pin) for line in presenter.state.lines if line.role is Role.ASSISTANT] == [("Ann Low", True)]


def test_without_a_pin_she_is_named_only(office: Office) -> None:
    presenter = people(office)
    presenter.add()
    fill(presenter, PERSON="Dr. Amin", ROLE="provider")
    presenter.confirm()
    assert "Dr. Amin" not in [who.name for who in office.people.present()]
    assert "Dr. Amin" in [who.name for who in office.people.everyone()]


def test_findings_come_with_the_first_try(office: Office) -> None:
    presenter = people(office)
    presenter.add()
    fill(presenter, PIN="4711", PIN_AGAIN="4712")
    assert presenter.state.form is not None
    assert presenter.state.form.shown == {}
    presenter.confirm()
    codes = {field: finding.code for field, finding in presenter.state.form.shown.items()}
    assert codes == {Of.PERSON: Wrong.MISSING, Of.ROLE: Wrong.MISSING, Of.PIN_AGAIN: Wrong.DIFFERS}


def test_a_new_pin_is_typed_twice(office: Office) -> None:
    presenter = people(office)
    presenter.do(LEAD.staff, Deed.PIN)
    presenter.confirm()
    assert presenter.state.form is not None
    assert presenter.state.form.shown[Of.PIN].code == Wrong.NO_PIN
    fill(presenter, PIN="4711", PIN_AGAIN="4711")
    assert "4711" not in repr(presenter.state)
    presenter.confirm()
    assert office.people.sign_in(LEAD.staff, "4711") is not None
    assert presenter.state.form is None


def test_who_leaves_stays_in_the_list_and_may_come_back(office: Office) -> None:
    presenter = people(office)
    presenter.do(LEAD.staff, Deed.LEAVE)
    assert [(line.name, line.active, line.deeds) for line in presenter.state.lines][-1] == (LEAD.name, False, (Deed.COME_BACK,))
    presenter.do(LEAD.staff, Deed.COME_BACK)
    assert all(line.active for line in presenter.state.lines)


def test_the_last_administrator_stays(office: Office) -> None:
    presenter = people(office)
    presenter.do(CHIEF.staff, Deed.LEAVE)
    assert [problem.code for problem in office.messages.problems] == [Code.LAST_ADMINISTRATOR]
    presenter.do(CHIEF.staff, Deed.CHANGE)
    fill(presenter, ROLE="assistant")
    presenter.confirm()
    assert presenter.state.form is not None, "what was chosen stays where it did not work"


def test_a_lead_makes_nobody_above_herself(office: Office) -> None:
    presenter = people(office, LEAD)
    assert Role.ADMINISTRATOR not in presenter.state.roles
    assert next(line for line in presenter.state.lines if line.key == CHIEF.staff).deeds == ()


def test_a_closed_list_is_told_no_more(office: Office) -> None:
    presenter = people(office)
    presenter.close()
    other = people(office)
    other.do(LEAD.staff, Deed.LEAVE)
    assert all(line.active for line in presenter.state.lines)


# all of them


class Blank:
    """A view that takes every state."""

    def attach(self, presenter: ClinicPresenter) -> None:
        self.presenter = presenter

    def place(self) -> Blank:
        return self

    def go_to(self, _place: object) -> None: ...

    field, cursor = "", 0


def sections(office: Office) -> Sections:
    def made(make: Callable[[Opening], ClinicPresenter | StationPresenter]) -> Callable[[object], Page]:
        return lambda _kit: page("it", Blank(), make)

    every = (
        Section("station", "Station", Right.CLINIC, made(lambda o: StationPresenter(o, office.settings, office.messages))),
        Section(
            "clinic",
            "Clinic",
            Right.CLINIC,
            made(lambda o: ClinicPresenter(o, office.settings, office.messages, office.in_use)),
        ),
        Section("keys", "Keys", Right.UPKEEP, made(lambda o: StationPresenter(o, office.settings, office.messages))),
    )
    return Sections(every, lambda section: section.build(None))  # type: ignore[arg-type]


def test_only_what_she_may_is_listed(office: Office) -> None:
    assert not may(Role.LEAD, Right.UPKEEP)
    assert [entry.key for entry in AdminPresenter(Opening(LEAD), sections(office)).state.entries] == ["station", "clinic"]
    assert [entry.key for entry in AdminPresenter(Opening(CHIEF), sections(office)).state.entries] == [
        "station",
        "clinic",
        "keys",
    ]


def test_what_is_typed_in_any_section_is_one_draft(office: Office) -> None:
    one = sections(office)
    admin = AdminPresenter(Opening(CHIEF), one)
    admin.attach(NullView())
    admin.choose("clinic")
    assert admin.draft() is None
    one.view("clinic").presenter.typed(Of.NAME, "Hill Clinic")
    one.view("station").presenter.typed(Of.STATION, "Front")
    kept = admin.draft()
    assert kept is not None
    other = sections(office)
    later = AdminPresenter(Opening(CHIEF), other)
    later.attach(NullView())
    later.restore(kept)
    assert later.state.here == "clinic"
    assert other.view("clinic").presenter.state.typed[Of.NAME] == "Hill Clinic"
    assert other.view("station").presenter.state.typed[Of.STATION] == "Front"


def test_zone_fields_know_the_zones_of_the_states() -> None:
    assert rules.zone_fields("America/Denver") == {Of.ZONE: "America/Denver", Of.OTHER_ZONE: ""}
