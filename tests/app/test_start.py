"""From a data folder to an open store: what the door is told, and that nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from maroom.access import device_key
from maroom.app.compose import Services
from maroom.app.founding import NewClinic
from maroom.app.start import Start
from maroom.core.people import Role
from maroom.core.problems import Code, Problem
from maroom.store.lock import StoreLock
from tests.fakes import JobsAtOnce

SECRET = "four words that nobody guesses"
RIVERSIDE = NewClinic("Riverside Clinic", "America/Chicago", "Sofia Petrov", "482913", SECRET)


@dataclass
class FakeDoor:
    said: list[str] = field(default_factory=list)
    problems: list[Code] = field(default_factory=list)

    def opening(self) -> None:
        self.said.append("opening")

    def first_start(self) -> None:
        self.said.append("first start")

    def no_administrator(self) -> None:
        self.said.append("no administrator")

    def fault(self, problem: Problem) -> None:
        self.said.append("fault")
        self.problems.append(problem.code)


@dataclass
class Entrance:
    """A door, and a start that tells who came in."""

    folder: Path
    door: FakeDoor = field(default_factory=FakeDoor)
    inside: list[Services] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)

    def start(self, passphrase: str | None = None) -> Start:
        made = Start(self.folder, passphrase, JobsAtOnce(), lambda call: call(), self.inside.append, self.door)
        self.starts.append(made)
        return made


@pytest.fixture
def entrance(tmp_path: Path) -> Iterator[Entrance]:
    made = Entrance(tmp_path / "data")
    yield made
    for start in made.starts:
        start.end()


def test_an_empty_folder_offers_a_first_start_and_makes_nothing(entrance: Entrance) -> None:
    start = entrance.start()
    start.begin()
    start.go_on()
    assert entrance.door.said == ["first start"]
    assert not (entrance.folder / "store.db").exists()


def test_a_new_clinic_has_its_administrator_and_both_its_keys(entrance: Entrance) -> None:
    start = entrance.start()
    start.begin()
    start.make_clinic(RIVERSIDE)
    (services,) = entrance.inside
    assert (services.settings.clinic.name, services.settings.clinic.zone) == ("Riverside Clinic", "America/Chicago")
    assert services.settings.clinic.id
    assert not services.settings.clinic.demo
    assert [(who.name, who.role) for who in services.people.present()] == [("Sofia Petrov", Role.ADMINISTRATOR)]
    start.end()
    assert device_key.unlock(entrance.folder, SECRET)
    assert device_key.unlock(entrance.folder, None)


def test_the_next_start_opens_by_the_key_store_without_asking(entrance: Entrance) -> None:
    first = entrance.start()
    first.begin()
    first.make_clinic(RIVERSIDE)
    first.end()
    second = entrance.start()
    second.begin()
    second.go_on()
    assert len(entrance.inside) == 2
    assert entrance.door.problems == []


def test_a_wrong_passphrase_is_told_and_the_right_one_opens(entrance: Entrance) -> None:
    first = entrance.start()
    first.begin()
    first.make_clinic(RIVERSIDE)
    first.end()
    second = entrance.start("wrong words")
    second.begin()
    second.go_on()
    assert entrance.door.problems == [Code.WRONG_PASSPHRASE]
    second.open_with(SECRET)
    assert len(entrance.inside) == 2


def test_a_damaged_store_stays_closed_and_whole(entrance: Entrance) -> None:
    first = entrance.start()
    first.begin()
    first.make_clinic(RIVERSIDE)
    first.end()
    path = entrance.folder / "store.db"
    with path.open("r+b") as file:
        file.seek(4096 * 3 + 10)
        file.write(b"\0" * 300)
    before = path.read_bytes()
    second = entrance.start()
    second.begin()
    second.go_on()
    assert entrance.door.problems == [Code.DAMAGED]
    assert path.read_bytes() == before


def test_a_second_window_is_told_who_has_the_store(entrance: Entrance) -> None:
    entrance.start().begin()
    with pytest.raises(Problem) as raised:
        entrance.start().begin()
    assert raised.value.code is Code.IN_USE
    assert "window" in raised.value.what()


def test_the_end_frees_the_folder(entrance: Entrance) -> None:
    start = entrance.start()
    start.begin()
    start.make_clinic(RIVERSIDE)
    start.end()
    lock = StoreLock(entrance.folder)
    lock.take("import")
    lock.release()
    assert not list(entrance.folder.glob("*-wal"))


def test_the_demo_is_open_to_its_people(entrance: Entrance) -> None:
    start = entrance.start()
    start.begin()
    start.make_demo()
    (services,) = entrance.inside
    assert services.settings.clinic.demo
    assert {who.role for who in services.people.present()} >= {Role.ASSISTANT, Role.LEAD, Role.ADMINISTRATOR}


def test_a_start_that_was_cut_short_can_be_made_again(entrance: Entrance) -> None:
    device_key.create(_made(entrance.folder), SECRET)
    start = entrance.start()
    start.begin()
    start.make_clinic(RIVERSIDE)
    assert entrance.door.problems == []
    assert len(entrance.inside) == 1
    assert (entrance.folder / "key.unused").exists()


def test_a_store_without_anybody_asks_for_its_administrator(entrance: Entrance) -> None:
    from maroom.app import compose

    services = compose.create_services(
        _made(entrance.folder), device_key.create(entrance.folder, SECRET), compose.new_clinic("X")
    )
    services.close()
    start = entrance.start()
    start.begin()
    start.go_on()
    assert entrance.door.said[-1] == "no administrator"
    assert entrance.inside == []
    start.make_administrator("Sofia Petrov", "482913")
    assert [who.name for who in entrance.inside[0].people.present()] == ["Sofia Petrov"]


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
