"""The people of the clinic: who may be added, changed or given a PIN by whom is the access package's to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from maroom.access.model import NewStaff, StaffMember
from maroom.access.rights import appoints
from maroom.access.service import People
from maroom.core.findings import Finding
from maroom.core.people import Opening, Role
from maroom.core.ports import Messages
from maroom.core.presenter import Presenter
from maroom.core.problems import Problem
from maroom.duties.admin import rules
from maroom.duties.admin.rules import Of
from maroom.store.changes import Change, Changes

STAFF_KINDS = ("staff", "staff_pin")


class Deed(StrEnum):
    """What is asked for on the sheet, and the further steps of a line."""

    ADD = "add"
    CHANGE = "change"
    PIN = "pin"
    LEAVE = "leave"
    COME_BACK = "come_back"


@dataclass(frozen=True)
class PersonLine:
    key: str
    name: str
    role: Role
    active: bool
    has_pin: bool
    deeds: tuple[Deed, ...] = ()


@dataclass(frozen=True)
class Form:
    """The sheet: about nobody where somebody is added. A PIN stands in no words of it."""

    deed: Deed
    about: StaffMember | None = None
    typed: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    shown: Mapping[str, Finding] = field(default_factory=dict[str, Finding])
    tries: int = 0


@dataclass(frozen=True)
class State:
    """`roles` are those that she may give."""

    lines: tuple[PersonLine, ...] = ()
    roles: tuple[Role, ...] = ()
    form: Form | None = None


class PeoplePresenter(Presenter[State]):
    def __init__(self, opening: Opening, people: People, messages: Messages, changes: Changes) -> None:
        roles = tuple(role for role in Role if appoints(opening.author.role, role))
        super().__init__(State(roles=roles))
        self._opening, self._people, self._messages = opening, people, messages
        self._forget = changes.listen(self._changed)
        self.state = self._read()

    def close(self) -> None:
        super().close()
        self._forget()

    def add(self) -> None:
        self._ask(Form(Deed.ADD, typed={Of.PERSON: "", Of.ROLE: "", Of.PIN: "", Of.PIN_AGAIN: ""}))

    def do(self, key: str, deed: Deed) -> None:
        """A step of a line: some are done at once, the others ask first."""
        member = self._people.find(key)
        if member is None:
            return
        if deed in (Deed.LEAVE, Deed.COME_BACK):
            changed = replace(member, active=deed is Deed.COME_BACK)
            self._try(lambda: self._people.change(self._opening, changed))
        elif deed is Deed.PIN:
            self._ask(Form(deed, member, {Of.PIN: "", Of.PIN_AGAIN: ""}))
        elif deed is Deed.CHANGE:
            self._ask(Form(deed, member, {Of.PERSON: member.name, Of.ROLE: member.role}))

    def typed(self, name: str, text: str) -> None:
        if form := self.state.form:
            self._ask(self._judged(replace(form, typed={**form.typed, name: text})))

    def dismiss(self) -> None:
        self._ask(None)

    def confirm(self) -> None:
        """Where it did not work, the sheet stays with all that was typed."""
        form = self.state.form
        if form is None:
            return
        if self._found(form):
            self._ask(self._judged(replace(form, tries=form.tries + 1)))
        elif self._try(lambda: self._done(form)):
            self._ask(None)

    # within

    def _done(self, form: Form) -> object:
        typed, people = form.typed, self._people
        if form.about is None:
            return people.add(self._opening, NewStaff(typed[Of.PERSON], Role(typed[Of.ROLE]), typed[Of.PIN]))
        if form.deed is Deed.PIN:
            return people.set_pin(self._opening, form.about.id, typed[Of.PIN])
        changed = replace(form.about, name=typed[Of.PERSON].strip(), role=Role(typed[Of.ROLE]))
        return people.change(self._opening, changed)

    def _try(self, deed: Callable[[], object]) -> bool:
        try:
            deed()
        except Problem as problem:
            self._messages.trouble(problem)
            return False
        return True

    def _found(self, form: Form) -> dict[str, Finding]:
        return rules.of_person(form.typed, pin_needed=form.deed is Deed.PIN)

    def _judged(self, form: Form) -> Form:
        return replace(form, shown=self._found(form) if form.tries else {})

    def _ask(self, form: Form | None) -> None:
        self.show(replace(self.state, form=form))

    def _changed(self, changes: Sequence[Change]) -> None:
        if any(change.kind in STAFF_KINDS for change in changes):
            self.show(self._read())

    def _read(self) -> State:
        lines = [self._line(member) for member in self._people.everyone()]
        return replace(self.state, lines=tuple(sorted(lines, key=lambda line: not line.active)))

    def _line(self, member: StaffMember) -> PersonLine:
        mine = member.id == self._opening.author.staff
        deeds: tuple[Deed, ...] = (Deed.PIN,) if mine else ()
        if appoints(self._opening.author.role, member.role):
            deeds = (Deed.PIN, Deed.CHANGE, Deed.LEAVE) if member.active else (Deed.COME_BACK,)
        return PersonLine(member.id, member.name, member.role, member.active, member.has_pin, deeds)
